"""Deadlines move when ships do: what port calls, positions and ship events tell reaches every box that they bring."""

from collections.abc import Iterable

import msgspec

from vigie.arrivals import Call
from vigie.desk.ledger import Ledger
from vigie.desk.needs import Node
from vigie.terms import Fact, Moment, VisitId, write_moment
from vigie.tracking import Called, Kept, Listed, Notice, Status, Visit, listed, retold, ship_of


class Book:
    """What is known of ships' calls while a batch is written: what was kept, and what the batch tells.

    Attributes:
        changed: Calls of which the batch tells something new.
    """

    def __init__(self, known: Iterable[Called] = (), told: Iterable[Called] = ()) -> None:
        self._calls = {one.key: one for one in known}
        self.changed: dict[tuple[str, str, str], Called] = {}
        for one in told:
            before = self._calls.get(one.key)
            now = retold(before, one)
            if before is None or msgspec.structs.replace(now, hlc=before.hlc) != before:
                self.changed[one.key] = now
                self._calls[one.key] = now
        self._by_ship: dict[tuple[str, str], list[Called]] = {}
        for one in self._calls.values():
            self._by_ship.setdefault((one.ship, one.place), []).append(one)

    def of(self, call: Call, place: str) -> list[Called]:
        """What was told of a ship at a port."""
        return self._by_ship.get((ship_of(call), place), []) if self._by_ship else []


def open_book(ledger: Ledger, node: Node) -> Book:
    """Look up what was told of the ships that a batch speaks of, and add what the batch tells."""
    ships = {one.ship for one in ledger.called}
    for visit in ledger.touched.values():
        ships |= _ships(visit)
    return Book(node.store.ship_calls.of(sorted(ships - {""})), ledger.called)


def _ships(visit: Visit) -> set[str]:
    return {ship_of(line.call) for line in visit.lines} | {ship_of(plan.stowed.call) for plan in visit.plans}


def reschedule(ledger: Ledger, book: Book, node: Node) -> list[Notice]:
    """Move the deadlines of boxes whose ship's call was told anew; gives the warnings that this is worth.

    Boxes that the batch itself wrote have theirs already. A box that has landed or left keeps what it has.
    """
    store = node.store
    if not book.changed:
        return []
    store.ship_calls.put(book.changed.values())
    names: dict[VisitId, None] = {}
    for ship, place in dict.fromkeys((one.ship, one.place) for one in book.changed.values()):
        names.update((name, None) for name in store.visits.waiting_for(ship, place) if name not in ledger.touched)
    moved, notices = [], []
    for kept in store.visits.get(list(names)).values():
        row = listed(kept.visit, kept, None, book.of)
        if _deadlines(row) != _deadlines(kept.listed):
            row = msgspec.structs.replace(row, changed=Moment(max(row.changed, ledger.last)))
            moved.append(row)
            notices += moved_deadline(kept, row, ledger.last)
    store.visits.reschedule(moved)
    return notices


def _deadlines(row: Listed) -> tuple[Moment | None, str, Moment | None, str]:
    return row.due, row.due_source, row.leaves, row.leaves_source


def minded(kept: Kept) -> bool:
    """Tell whether somebody waits for a box: it is selected, watched or held."""
    return kept.listed.selected or kept.listed.watched or kept.listed.status == Status.HELD.value


def moved_deadline(kept: Kept, row: Listed, at: Moment) -> list[Notice]:
    """Warn of deadlines of a selected, watched or held box that moved; a landing is told as the event that it is."""
    if not minded(kept) or row.status == Status.GONE.value:
        return []
    made = []
    before = kept.listed
    pairs = (("due-moved", before.due, row.due, row.due_source), ("leaves-moved", before.leaves, row.leaves,
                                                                  row.leaves_source))  # fmt: skip
    for code, was, now, source in pairs:
        if now is not None and now != was and source != "landed":
            facts: dict[str, Fact] = {
                "container": row.container, "was": _told(was), "now": _told(now),
                "source": source,
            }
            made.append(Notice(row.visit, code, at, row.claimed_by, row.site, facts))
    return made


def _told(moment: Moment | None) -> str:
    """A moment to the minute, UTC; a dash where it was not known."""
    return "–" if moment is None else f"{write_moment(moment)[:16].replace('T', ' ')}Z"
