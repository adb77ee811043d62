"""What an officer writes down to be told: a thing and its marking, as words and days a person types."""

from collections.abc import Mapping
from typing import Any

import msgspec

from vigie.exchange.agreements import Agreement
from vigie.exchange.markings import Marking, check_marking
from vigie.exchange.refusals import Why, refuse
from vigie.exchange.stix import FORMS
from vigie.exchange.things import Thing
from vigie.terms import BadMoment, Handling, read_moment

KINDS = {form.thing.__name__.lower(): form for form in FORMS}
"""What can be told, by the word for it: `concealment`, `movement`, `seizure` ..."""


def read_telling(kind: str, thing: Mapping[str, Any], marking: Mapping[str, Any]) -> tuple[Thing, Marking]:
    """Read a thing and its marking. Moments are ISO 8601 with a zone, the traffic light a word (`amber+strict`).

    Raises:
        ExchangeRefused: No such kind, or a field is missing, unknown or not what its place allows.
    """
    form = KINDS.get(kind)
    if form is None:
        refuse(Why.BAD_CONTENT, part="kind")
    return _read(thing, form.thing, form.moments, Why.BAD_CONTENT), read_marked(marking)


def read_marked(marking: Mapping[str, Any]) -> Marking:
    """Read a marking as a person writes it.

    Raises:
        ExchangeRefused: A field is missing, unknown or not what its place allows, or nobody may have it.
    """
    said = {**marking, "tlp": _light(marking, Why.BAD_MARKING).value}
    marked: Marking = _read(said, Marking, frozenset(("retain_until",)), Why.BAD_MARKING)
    check_marking(marked)
    return marked


def read_agreed(agreement: Mapping[str, Any]) -> Agreement:
    """Read an agreement as a person writes it: moments in ISO 8601 with a zone, the traffic light a word.

    Raises:
        ExchangeRefused: A field is missing, unknown or not what its place allows.
    """
    said = {**agreement, "tlp": _light(agreement, Why.BAD_CONTENT).value}
    agreed: Agreement = _read(said, Agreement, frozenset(("starts", "ends")), Why.BAD_CONTENT)
    return agreed


def _light(told: Mapping[str, Any], why: Why) -> Handling:
    light = str(told.get("tlp", "")).upper().replace("+", "_").replace("-", "_")
    if light not in Handling.__members__:
        refuse(why, field="tlp", part="tlp")
    return Handling[light]


def _read(told: Mapping[str, Any], kind: Any, moments: frozenset[str], why: Why) -> Any:
    unknown = sorted(set(told) - set(kind.__struct_fields__))
    if unknown:
        refuse(why, field=unknown[0][:40], part=unknown[0][:40])
    try:
        ready = {name: read_moment(str(value)) if name in moments else value for name, value in told.items()}
        return msgspec.convert(ready, kind)
    except (msgspec.ValidationError, BadMoment) as fault:
        field = str(fault).rpartition("$.")[2].rstrip("`") if "$." in str(fault) else "moment"
        refuse(why, field=field[:40], part=field[:40])
