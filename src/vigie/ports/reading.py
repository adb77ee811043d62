"""Access logs as systems write them, CSV or JSON: each line becomes an event, or a doubt that names its place."""

import json
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

import msgspec

from vigie.ports.access import AccessEvent, Act, pseudonym
from vigie.terms import BadMoment, Doubt, Place, TableRow, read_moment, read_table, written_number

COLUMNS = ("at", "user", "system", "act", "container", "zone", "role", "group", "party")
"""Columns of an access log; `at`, `user`, `act` must be there. `at` is ISO 8601 with a zone."""

LONGEST = 80
"""Characters of one cell: no badge number, zone or system is longer; what is longer is no access log."""

_NEEDED = ("at", "user", "act")


class ReadEvent(msgspec.Struct, frozen=True):
    """A line that was read.

    Attributes:
        event: With pseudonyms. who: The person as the source wrote it, to be sealed at once. raw: The line, the same.
    """

    event: AccessEvent
    who: str
    raw: bytes


def read_access(text: str, secret: bytes) -> Iterator[ReadEvent | Doubt]:
    """Read an access log: CSV with a header (comma or semicolon), a JSON array of objects, or one object per line.

    Args:
        text: The whole file. secret: The node's own, for pseudonyms.
    """
    start = text.lstrip("\ufeff \t\r\n")
    rows = _json_rows(start) if start.startswith(("[", "{")) else _csv_rows(start)
    for number, row in rows:
        yield row if isinstance(row, Doubt) else _event(number, row, secret)


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | Doubt]]:
    for row in read_table(StringIO(text, newline=""), _NEEDED):
        if isinstance(row, TableRow):
            yield row.number, row.cells
        elif row.number == 1:
            yield 1, Doubt("access-header", Place(segment=1), {"wanted": ", ".join(_NEEDED)})
        else:
            yield row.number, Doubt("access-row", Place(segment=row.number))


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | Doubt]]:
    if text.startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            yield 1, Doubt("access-json", Place(segment=1))
            return
        yield from _objects(enumerate(found, 1))
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield from _objects([(number, json.loads(line))])
            except (ValueError, RecursionError):
                yield number, Doubt("access-json", Place(segment=number))


def _objects(rows: Iterable[tuple[int, object]]) -> Iterator[tuple[int, Mapping[str, Any] | Doubt]]:
    for number, row in rows:
        yield number, row if isinstance(row, dict) else Doubt("access-json", Place(segment=number))


def _event(number: int, row: Mapping[str, Any], secret: bytes) -> ReadEvent | Doubt:
    told = {name: str(row.get(name) or "").strip() for name in COLUMNS}
    long = next((name for name, cell in told.items() if len(cell) > LONGEST), "")
    if long:
        return _cell(number, long)
    try:
        at = read_moment(told["at"])
    except BadMoment:
        return _cell(number, "at")
    try:
        act = Act(told["act"].lower())
    except ValueError:
        return _cell(number, "act")
    if not told["user"]:
        return _cell(number, "user")
    container = written_number(told["container"])
    if act is Act.BADGE and not told["zone"]:
        return _cell(number, "zone")
    if act is not Act.BADGE and not container:
        return _cell(number, "container")
    event = AccessEvent(
        at, pseudonym(told["user"], secret), told["system"].lower(), act, container, told["zone"].lower(),
        told["role"].lower(), told["group"].lower(), pseudonym(told["party"], secret, "p"),
    )  # fmt: skip
    raw = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    return ReadEvent(event, told["user"], raw)


def _cell(number: int, column: str) -> Doubt:
    return Doubt("access-cell", Place(segment=number, path=column), {"column": column})
