"""Closed months go to the archive: who may ask, what is told, and what the archive holds."""

from collections.abc import Callable
from datetime import UTC, datetime

from vigie.desk.gate import permit
from vigie.desk.sequencing import LIVE
from vigie.desk.trail import leave
from vigie.desk.views import ArchivedMonth, MonthsView
from vigie.desk.work import Working
from vigie.terms import BadRequest, Moment, Officer, Purpose

KEPT = 3
"""Months that stay in the store, the one under way not counted: longer than a box is looked into (its windows are read
from prefix rows, which stay)."""

MOST_KEPT = 120
ADMINISTRATION = Purpose.ADMINISTRATION
Told = Callable[[int, int], None]


def months(officer: Officer, node: Working, purpose: Purpose = ADMINISTRATION) -> MonthsView:
    """List what the archive holds.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "archive-months", purpose, "store", node)
    held = tuple(ArchivedMonth(one.source, one.month, one.state, one.held, one.file_bytes, one.file, one.digest)
                 for one in node.store.archived.months())  # fmt: skip
    return MonthsView(held, sum(one.rows for one in held), sum(one.bytes for one in held), KEPT)


def move(
    officer: Officer, node: Working, keep: int = KEPT, told: Told | None = None, purpose: Purpose = ADMINISTRATION
) -> MonthsView:
    """Move closed months from the store to the archive; done again after it was cut off, it goes on.

    Args:
        keep: Whole months that stay in the store, 0 to `MOST_KEPT`. told: Months dealt with, months in all.

    Raises:
        NotForYou: The officer may not. BadRequest: `keep` is out of range. AnalyticsMissing: The extra is not
        installed. StoreFault: The disk is full, or a file differs from the store; what was not compared stays.
    """
    permit(officer, "archive-months", purpose, "store", node)
    if not 0 <= keep <= MOST_KEPT:
        raise BadRequest(reason="out-of-range", field="keep", most=MOST_KEPT)
    wanted = node.store.archived.closed(closed_before(_ended(node), keep))
    moved = 0
    for place, (source, month, _, _) in enumerate(wanted):
        if told is not None:
            told(place, len(wanted))
        moved += node.store.archived.move(source, month, node.now()) is not None
    if told is not None:
        told(len(wanted), len(wanted))
    leave(officer, purpose, "archive-months", "store", node, moved=moved, keep=keep)
    return months(officer, node, purpose)


def _ended(node: Working) -> Moment:
    """Up to when nothing can be added any more: the clock; while the past is loaded, the last entry of the log."""
    return node.now() if node.store.settings.get(LIVE) else Moment(min(node.now(), node.store.log.last()))


def closed_before(now: Moment, keep: int) -> Moment:
    """The start of the month from which on everything stays in the store.

    >>> from vigie.terms import read_moment, write_moment
    >>> write_moment(closed_before(read_moment("2026-03-02T06:00:00Z"), 3))
    '2025-12-01T00:00:00Z'
    """
    at = datetime.fromtimestamp(now // 1_000_000, UTC)
    number = at.year * 12 + at.month - 1 - keep
    return Moment(int(datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC).timestamp()) * 1_000_000)
