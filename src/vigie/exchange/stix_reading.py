"""Reading STIX that others wrote: what has the shape of STIX 2.1 is taken, whatever its type; nothing is guessed."""

import re
from functools import lru_cache
from typing import Any

import msgspec

from vigie.exchange.refusals import Why, refuse
from vigie.terms import Moment, VigieError, read_moment

_TYPE = re.compile(r"[a-z][a-z0-9-]{1,248}[a-z0-9]")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-9a-f][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z")
TIMELESS = frozenset((
    "artifact", "autonomous-system", "container", "directory", "domain-name", "email-addr", "email-message", "file",
    "ipv4-addr", "ipv6-addr", "mac-addr", "mutex", "network-traffic", "process", "software", "url", "user-account",
    "windows-registry-key", "x509-certificate",
))  # fmt: skip
"""Types without `created` and `modified`: the observables of STIX 2.1, section 6, and our container."""

_LONGEST = 250  # characters of a type; section 3.1
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
    if not isinstance(kind, str) or len(kind) > _LONGEST or not _is_type(kind):
        refuse(Why.BAD_CONTENT, part="type")
    if not isinstance(name, str) or not name.startswith(kind + "--") or not _UUID.fullmatch(name, len(kind) + 2):
        refuse(Why.BAD_CONTENT, part="id")
    extensions, new_sco = told.get("extensions", {}), False
    if not isinstance(extensions, dict):
        refuse(Why.BAD_CONTENT, part="extensions")
    for one in extensions.values():
        if not isinstance(one, dict):
            refuse(Why.BAD_CONTENT, part="extensions")
        new_sco = new_sco or one.get("extension_type") == "new-sco"
    if kind not in TIMELESS and not new_sco:
        _check_times(told, kind)


@lru_cache(maxsize=1 << 8)
def _is_type(text: str) -> bool:
    return _TYPE.fullmatch(text) is not None and "--" not in text and text != "bundle"


def _check_times(told: dict[str, Any], kind: str) -> None:
    if told.get("spec_version") != "2.1":
        refuse(Why.BAD_CONTENT, part="spec_version")
    times = []
    for name in ("created",) if kind == "marking-definition" else ("created", "modified"):
        text = told.get(name)
        when = _moment(text) if isinstance(text, str) and len(text) <= _LONGEST else None
        if when is None:
            refuse(Why.BAD_CONTENT, part=name)
        times.append(when)
    if times[0] > times[-1]:
        refuse(Why.BAD_CONTENT, part="modified")


@lru_cache(maxsize=1 << 8)  # what was told together was made together
def _moment(text: str) -> Moment | None:
    try:
        return read_moment(text) if _TIME.fullmatch(text) else None
    except VigieError:
        return None
