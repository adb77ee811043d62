"""The same things for who reads no STIX: a MISP event, and one line of a table.

MISP drops what it does not know, even standard types (incident, infrastructure) and custom ones, so every thing is
mapped to plain MISP attributes by name. Source: reference exchange, section 2; MISP core format.
"""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any
from uuid import UUID

import msgspec

from vigie.exchange.markings import Marking
from vigie.exchange.things import Thing
from vigie.terms import Handling, datetime_of, write_moment

COLUMNS = (
    "id", "version", "thing", "tlp", "handling", "evaluation", "originator", "purpose", "case", "retain_until",
    "name", "container", "place", "when", "rest",
)  # fmt: skip
"""Columns of the table. rest: What has no column, as JSON."""

_TAGS = {
    Handling.CLEAR: "tlp:clear", Handling.GREEN: "tlp:green", Handling.AMBER: "tlp:amber",
    Handling.AMBER_STRICT: "tlp:amber+strict", Handling.RED: "tlp:red",
}  # fmt: skip
"""Tags of the MISP taxonomy `tlp`, version 2.0."""

_HASHES = frozenset(("sha256",))
_MOMENTS = frozenset(("when", "starts", "ends"))


def _fields(thing: Thing) -> dict[str, Any]:
    told = msgspec.to_builtins(thing)
    told = {name: value for name, value in told.items() if value not in (None, "", [], ())}
    return {name: write_moment(value) if name in _MOMENTS else value for name, value in told.items()}


def misp_event(id: str, thing: Thing, marking: Marking) -> dict[str, Any]:
    """Write a thing as a MISP event; the receiver decides about publishing it (distribution 0: its organisation)."""
    uuid, when = UUID(id.partition("--")[2]), datetime_of(marking.retain_until)
    attributes = [
        {"type": "sha256" if name in _HASHES else "text", "category": "Other", "comment": name, "to_ids": False,
         "value": str(one), "distribution": "0"}
        for name, value in _fields(thing).items() for one in (value if isinstance(value, list) else [value])
    ]  # fmt: skip
    tags = (_TAGS[marking.tlp], f"vigie:handling={marking.handling.value}", f"vigie:case={marking.case}",
            f"vigie:retain-until={when:%Y-%m-%d}", f"vigie:originator={marking.originator}")  # fmt: skip
    told = _fields(thing)
    return {"Event": {
        "uuid": str(uuid), "info": f"{type(thing).__name__}: {told.get('name', told.get('container', ''))}",
        "distribution": "0", "threat_level_id": "4", "analysis": "2", "published": False,
        "Attribute": attributes, "Tag": [{"name": one} for one in tags],
    }}  # fmt: skip


def write_table(rows: Iterable[tuple[str, int, Thing, Marking]]) -> str:
    """Write things as a table, a line each, with a line of headings; opened in a spreadsheet no cell is a formula.

    Args:
        rows: (id, version, thing, marking).
    """
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow(COLUMNS)
    for id, version, thing, marking in rows:
        told = _fields(thing)
        container = told.pop("container", told.pop("number", ""))
        own = (told.pop("name", ""), container, told.pop("place", told.pop("where", "")), told.pop("when", ""))
        sheet.writerow([
            _cell(str(one)) for one in (
                id, version, type(thing).__name__, marking.tlp.name, marking.handling.value,
                f"{marking.source.value}{marking.information}", marking.originator, marking.purpose.value, marking.case,
                write_moment(marking.retain_until), *own, msgspec.json.encode(told, order="sorted").decode(),
            )
        ])  # fmt: skip
    return out.getvalue()


def _cell(text: str) -> str:
    """A cell that a spreadsheet shows and does not run. Source: OWASP, CSV injection."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
