"""What an officer can do about risk: judge boxes again, see why, see the indicators, keep watch lists."""

from collections.abc import Callable, Sequence

from vigie.desk.acts import Again, item_of
from vigie.desk.arrivals import find
from vigie.desk.explaining import explanation_of
from vigie.desk.gate import permit, reach, visit_for, visits_for
from vigie.desk.trail import leave
from vigie.desk.views import Explanation
from vigie.desk.watching import (
    WATCHED,
    create_watch_list,
    expire,
    unwatch,
    watch,
    watch_csv,
    watch_list,
    watch_lists,
)
from vigie.desk.work import Working, hand_in
from vigie.terms import NotFound, Officer, Purpose, VisitId
from vigie.tracking import Query, Status

__all__ = [
    "WATCHED", "assess", "create_watch_list", "expire", "explain", "unwatch", "watch", "watch_csv",
    "watch_list", "watch_lists",
]  # fmt: skip

_HERE = tuple(status.value for status in Status if status is not Status.GONE)
_AT_ONCE = 500  # boxes judged in one transaction: some tenths of a second, so that messages do not wait long


def assess(
    officer: Officer, node: Working, visits: Sequence[VisitId] = (), purpose: Purpose = Purpose.TARGETING,
    told: Callable[[int, int], None] | None = None,
) -> int:  # fmt: skip
    """Judge boxes again, by today's rules and by what is known now of earlier controls.

    Args:
        visits: Which; none means all that are not gone and that the officer reaches.
        told: Who is told how far it is: boxes judged, boxes in all.

    Returns:
        How many.

    Raises:
        NotForYou: The officer may not, or one of the boxes is not for the officer.
    """
    permit(officer, "assess", purpose, "arrivals", node)
    if visits:
        wanted = list(visits_for(officer, visits, purpose, node, "assess"))
    else:
        wanted = _all(officer, purpose, node)
        leave(officer, purpose, "assess", "arrivals", node, boxes=len(wanted))
    now = node.now()
    for start in range(0, len(wanted), _AT_ONCE):
        hand_in([item_of(Again(tuple(wanted[start : start + _AT_ONCE]), officer.id, now), officer.id, now)], node)
        if told is not None:
            told(min(start + _AT_ONCE, len(wanted)), len(wanted))
    return len(wanted)


def _all(officer: Officer, purpose: Purpose, node: Working) -> list[VisitId]:
    within, found, after = reach(officer, purpose, "assess"), list[VisitId](), ""
    while True:
        page = node.store.visits.page(Query(statuses=_HERE, sort="opened", limit=1000, after=after), within)
        found += [row.visit for row in page.rows]
        after = page.after
        if not after:
            return found


def explain(officer: Officer, number: str, node: Working, purpose: Purpose = Purpose.TARGETING) -> Explanation:
    """Explain the score of a box.

    Args:
        number: Container number (its latest visit is meant), or a visit.

    Raises:
        NotForYou: Not for the officer, or there is none. NotFound: It was never judged, or its explanation is erased.
    """
    kept = visit_for(officer, find(officer, number, node, purpose), purpose, node)
    assessed = node.store.assessments.latest([kept.visit.id]).get(kept.visit.id)
    told = None if assessed is None else explanation_of(assessed, kept, officer, node)
    if told is None:
        raise NotFound(kind="assessment")
    return told
