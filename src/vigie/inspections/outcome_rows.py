"""Outcomes as teams bring them back in a table: each row becomes an outcome, or a doubt that names the cell."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from vigie.terms import (
    BadAmount,
    BadMoment,
    Concealment,
    Depth,
    Detector,
    Doubt,
    Found,
    OfficerId,
    Outcome,
    Place,
    TableRow,
    VisitId,
    read_grams,
    read_moment,
    read_table,
    written_number,
)

COLUMNS = (
    "container", "at", "found", "quantity_kg", "concealment", "detector", "detector_id", "team", "depth", "note",
    "analyst",
)  # fmt: skip
"""Columns of an outcome table; `container` may also hold a visit (`CSQU3054383-2`); `team` is split at semicolons."""


class ReportedOutcome(msgspec.Struct, frozen=True):
    """An outcome whose visit the desk still has to find where the row names only a container.

    Attributes:
        row: Row number in the table, the header being 1. container: As written, normalised.
        outcome: Its `visit` is empty unless the row names one.
    """

    row: int
    container: str
    outcome: Outcome


def read_outcomes(lines: Iterable[str], officer: OfficerId) -> Iterator[ReportedOutcome | Doubt]:
    """Read a CSV table of outcomes, row by row; a bad row becomes a doubt and the next is read.

    Args:
        lines: Text lines, header first; comma or semicolon between cells.
        officer: Who brings the table.
    """
    for row in read_table(lines, ("container", "found")):
        if isinstance(row, TableRow):
            yield _read_row(row.number, row.cells, officer)
        elif row.number == 1:
            yield Doubt("outcome-header", Place(segment=1), {"wanted": "container, found"})
        else:
            yield Doubt("outcome-row", Place(segment=row.number), {})


def _read_row(number: int, row: Mapping[str, str], officer: OfficerId) -> ReportedOutcome | Doubt:
    column = "container"
    try:
        raw = row.get("container", "")
        box, dash, segment = raw.rpartition("-")
        named = bool(dash) and segment.isdecimal() and len(written_number(box)) >= 11
        container = written_number(box if named else raw)
        if not container:
            raise ValueError
        column = "at"
        at = read_moment(row.get("at", ""))
        column = "found"
        found = Found(row.get("found", "").lower())
        column = "concealment"
        concealment = Concealment(row["concealment"].lower()) if row.get("concealment") else None
        column = "detector"
        detector = Detector(row.get("detector", "").lower() or Detector.TEAM)
        column = "depth"
        depth = Depth(row.get("depth", "").lower() or Depth.SCAN)
        column = "quantity_kg"
        quantity = read_grams(row["quantity_kg"]) if row.get("quantity_kg") else None
    except (ValueError, BadMoment, BadAmount):
        return Doubt("outcome-cell", Place(segment=number, path=column), {"column": column})
    team = tuple(name.strip() for name in row.get("team", "").split(";") if name.strip())
    return ReportedOutcome(
        number,
        container,
        Outcome(
            visit=VisitId(f"{container}-{segment}" if named else ""),
            at=at,
            found=found,
            detector=detector,
            depth=depth,
            officer=officer,
            quantity_g=quantity,
            concealment=concealment,
            detector_id=row.get("detector_id", ""),
            team=team,
            note=row.get("note", ""),
            analyst=row.get("analyst", ""),
        ),
    )
