"""Statistics: findings and kilos beside the effort that made them, this year against the last."""

import csv
from collections.abc import Iterator
from io import StringIO

from vigie.desk.gate import permit
from vigie.desk.trail import leave
from vigie.desk.trends import ACT, Counting, purpose_of
from vigie.desk.views.trends import StatisticsView
from vigie.terms import BadRequest, Moment, Officer, Purpose, datetime_of
from vigie.trends import Counts, Figures, Line, Span, month_of, month_text

TABLES = ("months", "ports", "provenances", "covers", "lots")
"""Tables of the page, in its order."""

YEAR = 12
LONGEST = 1200
"""Months of one span: a century."""

FIELDS = Figures.__struct_fields__


def statistics(
    officer: Officer, node: Counting, first: str = "", last: str = "", place: str = "", provenance: str = "",
    purpose: Purpose | None = None,
) -> StatisticsView:
    """Count findings and effort of some months, and of as many a year (or the span's own length) before.

    Args:
        first, last: Months (`2026-01`); without any, the twelve that end with this one. place: UN/LOCODE of a port.
        provenance: Country; empty for all.

    Raises:
        NotForYou: The officer may not. BadRequest: No months, or not in order. AnalyticsMissing: Not installed.
    """
    asked = purpose or purpose_of(officer)
    permit(officer, ACT, asked, "statistics", node)
    span = _span(first, last, place, provenance, node.now())
    columns = node.statistics(int(officer.clearance))
    counts: Counts = columns.remembered(f"counts {span}", lambda: columns.counts(span))
    every: Counts = counts
    if place or provenance:
        whole = Span(span.first, span.last, span.before_first, span.before_last)
        every = columns.remembered(f"counts {whole}", lambda: columns.counts(whole))
    leave(officer, asked, ACT, "statistics", node, first=month_text(span.first), last=month_text(span.last))
    return StatisticsView(
        month_text(span.first), month_text(span.last), month_text(span.before_first), month_text(span.before_last),
        place, provenance, counts, tuple(sorted(one.name for one in every.ports if one.name)),
        tuple(sorted(one.name for one in every.provenances if one.name)), _month(node.now()) > span.last,
    )  # fmt: skip


def _month(at: Moment) -> int:
    told = datetime_of(at)
    return 12 * told.year + told.month - 1


def _span(first: str, last: str, place: str, provenance: str, now: Moment) -> Span:
    field = "first"
    try:
        end = month_of(last) if last else _month(now)
        start = month_of(first) if first else end - YEAR + 1
        field = "last"
        length = end - start + 1
        if not 0 < length <= LONGEST:
            raise ValueError
    except ValueError:
        raise BadRequest(reason="unknown-choice", field=field) from None
    back = -(-length // YEAR) * YEAR
    return Span(start, end, start - back, end - back, place, provenance)


def export(officer: Officer, node: Counting, table: str, first: str = "", last: str = "", place: str = "",
           provenance: str = "", purpose: Purpose | None = None) -> str:  # fmt: skip
    """Write one table as CSV, header first; what is not known is an empty cell.

    Raises:
        NotForYou: The officer may not. BadRequest: An unknown table or no months. AnalyticsMissing: Not installed.
    """
    if table not in TABLES:
        raise BadRequest(reason="unknown-choice", field="table")
    view = statistics(officer, node, first, last, place, provenance, purpose)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("name", *FIELDS, *(f"before_{name}" for name in FIELDS)))
    writer.writerows(_cells(getattr(view.counts, table)))
    return out.getvalue()


def _cells(lines: tuple[Line, ...]) -> Iterator[tuple[object, ...]]:
    for one in lines:
        yield (one.name, *(("" if (value := getattr(side, name)) is None else value) for side in (one.now, one.before)
                           for name in FIELDS))  # fmt: skip
