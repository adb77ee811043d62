"""Release rights as a table: each row is one step of a right that this node keeps; a bad row is a doubt by its cell."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from vigie.terms import BadMoment, Doubt, Moment, Place, TableRow, read_moment, read_table, written_number

RELEASE_COLUMNS = ("verb", "container", "terminal", "party", "to", "role", "start", "end", "reason")
"""Columns of a table of rights. verb: `issue`, `transfer`, `accept` or `revoke`; rows are taken in their order."""

TABLE_VERBS = ("issue", "transfer", "accept", "revoke")


class ReleaseLine(msgspec.Struct, frozen=True):
    """One row. row: Its number, the header being 1."""

    row: int
    verb: str
    container: str
    terminal: str = ""
    party: str = ""
    to: str = ""
    role: str = ""
    start: Moment | None = None
    end: Moment | None = None
    reason: str = ""


def read_release_rows(lines: Iterable[str]) -> Iterator[ReleaseLine | Doubt]:
    """Read a CSV table row by row, comma or semicolon between cells; a bad row becomes a doubt."""
    for row in read_table(lines, ("verb", "container")):
        if isinstance(row, TableRow):
            yield _line(row.number, row.cells)
        elif row.number == 1:
            yield Doubt("release-header", Place(segment=1), {"wanted": "verb, container"})
        else:
            yield Doubt("release-cell", Place(segment=row.number), {"column": ""})


def _line(number: int, row: Mapping[str, str]) -> ReleaseLine | Doubt:
    column = "verb"
    try:
        if row.get("verb", "").lower() not in TABLE_VERBS:
            raise ValueError
        column = "container"
        container = written_number(row.get("container", ""))
        if not container:
            raise ValueError
        column = "start"
        start = read_moment(row["start"]) if row.get("start") else None
        column = "end"
        end = read_moment(row["end"]) if row.get("end") else None
    except (ValueError, BadMoment):
        return Doubt("release-cell", Place(segment=number, path=column), {"column": column})
    return ReleaseLine(
        number, row["verb"].lower(), container, row.get("terminal", ""), row.get("party", ""), row.get("to", ""),
        row.get("role", ""), start, end, row.get("reason", ""),
    )  # fmt: skip
