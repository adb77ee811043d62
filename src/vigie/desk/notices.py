"""Warnings to officers: a selected or watched box moves, is amended, or nears its deadline."""

from collections.abc import Iterator, Mapping

import msgspec

from vigie.arrivals import Classifier
from vigie.desk.deadlines import minded, moved_deadline
from vigie.desk.erasure import finish
from vigie.desk.judging import Judged
from vigie.desk.ledger import Ledger
from vigie.desk.needs import Node
from vigie.terms import HOUR, Fact, Handling, Moment, VisitId
from vigie.tracking import Listed, Notice, Query, Reach, Status

_EVERYTHING = Reach(clearance=max(Handling))
OPEN = (Status.NEW.value, Status.SELECTED.value, Status.HELD.value)
"""Where something is still to be done."""


def warnings(ledger: Ledger, judged: Mapping[VisitId, Judged]) -> list[Notice]:
    """Write the warnings that a batch gives: boxes that were selected or watched before it, and moved or changed."""
    made = []
    for visit, movement in ledger.moved.items():
        kept = ledger.before.get(visit)
        if kept is not None and minded(kept) and movement.classifier is Classifier.ACTUAL and not movement.retracts:
            facts: dict[str, Fact] = {"event": movement.code, "place": movement.place, "container": movement.container}
            made.append(_notice(kept.listed, "moved", ledger.last, facts))
    for visit in ledger.amended:
        kept = ledger.before.get(visit)
        if kept is not None and minded(kept):
            made.append(_notice(kept.listed, "amended", ledger.last, {"container": kept.listed.container}))
    for visit, result in judged.items():
        kept = ledger.before.get(visit)
        if kept is not None:
            made += moved_deadline(kept, result.listed, ledger.last)
        if result.listed.watched and not (kept is not None and kept.listed.watched):
            made.append(_notice(result.listed, "watched", ledger.last, {"container": result.listed.container}))
    return made


def _notice(listed: Listed, code: str, at: Moment, facts: dict[str, Fact]) -> Notice:
    return Notice(listed.visit, code, at, listed.claimed_by, listed.site, facts)


def tick(node: Node) -> int:
    """Warn of selected or watched boxes whose deadline came near, once each; gives how many.

    An erasure that was confirmed and interrupted is carried out, too.
    """
    store = node.store
    finish(node)
    due: dict[tuple[VisitId, str], Notice] = {}
    for wanted in (Query(selected=True), Query(watched=True)):
        for notice in _near(wanted, node):
            if (notice.visit, notice.code) not in due and not store.notices.told(notice.visit, notice.code):
                due[notice.visit, notice.code] = notice
    if due:
        store.notices.add(list(due.values()))
    return len(due)


def _near(wanted: Query, node: Node) -> Iterator[Notice]:
    now = node.now()
    ahead = Moment(now + node.settings.warn_hours * HOUR)
    open_ones = msgspec.structs.replace(wanted, statuses=OPEN, limit=1000)
    query = msgspec.structs.replace(open_ones, due_from=now, due_to=ahead)
    for row in node.store.visits.page(query, _EVERYTHING).rows:
        yield _notice(row, "deadline", now, {"container": row.container, "due": row.due})
    query = msgspec.structs.replace(open_ones, leaves_from=now, leaves_to=ahead)
    for row in node.store.visits.page(query, _EVERYTHING).rows:
        facts: dict[str, Fact] = {"container": row.container, "leaves": row.leaves, "source": row.leaves_source}
        yield _notice(row, "last-chance", now, facts)
