"""Reading STIX that others wrote: what has the shape of STIX 2.1 is taken, whatever its type; nothing is guessed."""

import re
from typing import Any

import msgspec

from vigie.exchange.refusals import Why, refuse
from vigie.terms import VigieError, read_moment

_TYPE = re.compile(r"[a-z][a-z0-9-]{1,248}[a-z0-9]")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-9a-f][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z")
TIMELESS = frozenset((
    "artifact", "autonomous-system", "container", "directory", "domain-name", "email-addr", "email-message", "file",
    "ipv4-addr", "ipv6-addr", "mac-addr", "mutex", "network-traffic", "process", "software", "url", "user-account",
    "windows-registry-key", "x509-certificate",
))  # fmt: skip
"""Types without `created` and `modified`: the observables of STIX 2.1, section 6, and our container."""

MOST_OBJECTS = 10_000  # in one bundle; a body of 1 MiB holds fewer


def read_objects(raw: bytes) -> list[dict[str, Any]]:
    """Read a bundle, a list of objects, or one object.

    Raises:
        ExchangeRefused: Not JSON, not STIX 2.1, or an object without what each has to have.
    """
    try:
        told = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        refuse(Why.BAD_CONTENT, part="json")
    if isinstance(told, dict):
        told = told.get("objects", []) if told.get("type") == "bundle" else [told]
    objects = told
    if not isinstance(objects, list) or not 0 < len(objects) <= MOST_OBJECTS:
        refuse(Why.BAD_CONTENT, part="bundle")
    for one in objects:
        _check(one)
    return objects


def _check(told: Any) -> None:
    if not isinstance(told, dict):
        refuse(Why.BAD_CONTENT, part="object")
    kind, name = told.get("type"), told.get("id")
    if not isinstance(kind, str) or not _TYPE.fullmatch(kind) or kind == "bundle":
        refuse(Why.BAD_CONTENT, part="type")
    before, _, uuid = name.partition("--") if isinstance(name, str) else ("", "", "")
    if before != kind or not _UUID.fullmatch(uuid):
        refuse(Why.BAD_CONTENT, part="id")
    extensions = told.get("extensions", {})
    if not isinstance(extensions, dict) or not all(isinstance(one, dict) for one in extensions.values()):
        refuse(Why.BAD_CONTENT, part="extensions")
    new_sco = any(one.get("extension_type") == "new-sco" for one in extensions.values())
    if kind not in TIMELESS and not new_sco:
        _check_times(told, kind)


def _check_times(told: dict[str, Any], kind: str) -> None:
    if told.get("spec_version") != "2.1":
        refuse(Why.BAD_CONTENT, part="spec_version")
    times = []
    for name in ("created",) if kind == "marking-definition" else ("created", "modified"):
        text = told.get(name)
        if not isinstance(text, str) or not _TIME.fullmatch(text):
            refuse(Why.BAD_CONTENT, part=name)
        try:
            times.append(read_moment(text))
        except VigieError:
            refuse(Why.BAD_CONTENT, part=name)
    if times != sorted(times):
        refuse(Why.BAD_CONTENT, part="modified")
