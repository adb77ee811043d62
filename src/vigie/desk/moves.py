"""What a batch tells of moves beside the boxes' own state: a number in two places, and who was heard of."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from vigie.arrivals import Movement, Position
from vigie.desk.judging import Judged
from vigie.desk.ledger import Ledger
from vigie.desk.needs import Node
from vigie.desk.told import Told
from vigie.terms import HOUR, Fact, VisitId
from vigie.tracking import NEWEST, Conflict, Notice, Visit, conflicts

CLONE = "clone"
"""Code of the notice that a number is in two places."""


def hear(told: Sequence[Told], ledger: Ledger, node: Node) -> None:
    """Count events by facility and hour of receipt, and keep which ship speaks by which radio."""
    counts: Counter[tuple[str, str, int]] = Counter()
    named: list[tuple[str, str]] = []
    for one in told:
        first = ledger.first.get(one.item.id)
        for word in one.words:
            row = word.row
            if isinstance(row, Movement) and row.facility and first is not None:
                counts[row.place, row.facility, first // HOUR * HOUR] += 1
            elif isinstance(row, Position) and row.mmsi and (row.imo or row.name):
                named.append((row.imo or row.name.strip().upper(), row.mmsi))
    node.store.heard.add(counts)
    node.store.heard.name(named)


def sightings(ledger: Ledger, judged: Mapping[VisitId, Judged], node: Node) -> list[Notice]:
    """Warn of numbers that a batch shows in two places: once per visit, to all officers of its site."""
    made: list[Notice] = []
    for container, found in _conflicts(ledger):
        for one in found:
            visit = one.visits[1]
            result = judged.get(visit)
            if result is None or any(notice.visit == visit for notice in made):
                continue
            if not node.store.notices.told(visit, CLONE):
                made.append(Notice(visit, CLONE, ledger.last, "", result.listed.site, facts_of(container, one)))
    return made


def facts_of(container: str, found: Conflict) -> dict[str, Fact]:
    """What the text of a notice names."""
    return {
        "container": container, "kind": found.kind, "place": found.places[0], "other": found.places[1],
        "hours": round(found.took / HOUR), "first": found.first, "second": found.second,
    }  # fmt: skip


def _conflicts(ledger: Ledger) -> Iterator[tuple[str, tuple[Conflict, ...]]]:
    """Conflicts of the numbers whose events a batch changed."""
    moved = {visit.container for name, visit in ledger.touched.items() if visit.moves and _moved(ledger, name, visit)}
    for container in sorted(moved):
        if found := conflicts(ledger.visits[container][-NEWEST:]):
            yield container, found


def _moved(ledger: Ledger, name: VisitId, visit: Visit) -> bool:
    before = ledger.before.get(name)
    return before is None or before.visit.moves is not visit.moves
