"""What waits in the reading room, as rows in the order in which people read them."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from vigie.desk.gate import reach
from vigie.desk.reading_machine import machine_readings
from vigie.desk.reading_room import rules_of
from vigie.desk.views import ReadingRow
from vigie.desk.work import Working
from vigie.scanning import (
    Awaits,
    MachineReading,
    Place,
    Reading,
    RoomRules,
    ScanRecord,
    due_at,
    may_read,
    shows_machine,
    standing,
)
from vigie.terms import Moment, Officer, Purpose
from vigie.tracking import Kept

NEWEST = 1_000
"""Scans among which those that wait are looked for: at ten a minute the last hour and a half. Source: own figure."""

_PLACES = {place: rank for rank, place in enumerate(Place)}


class Waiting(msgspec.Struct, frozen=True):
    """What waits. rows: In their order. machine: The machine's queues made it."""

    rows: tuple[ReadingRow, ...]
    machine: bool


class _Known(msgspec.Struct, frozen=True):
    """What the rows are made of."""

    readings: Mapping[str, Sequence[Reading]]
    claims: Mapping[str, object]
    machine: Mapping[str, MachineReading]
    boxes: Mapping[str, Kept]
    rules: RoomRules
    now: Moment


def listed(officer: Officer, node: Working, purpose: Purpose) -> Waiting:
    """The scans within an officer's reach that wait for anybody; asks no trail."""
    newest = node.store.scans.page(reach(officer, purpose, "see-scans"), limit=NEWEST)
    done = node.store.readings.done([one.id for one in newest])
    records = [one for one in newest if one.id not in done]
    known = _known(records, node)
    rows = [_row(officer, one, known) for one in records]
    return ordered(rows, {one: known.machine[one] for one in (row.scan for row in rows) if one in known.machine})


def row_for(officer: Officer, record: ScanRecord, node: Working) -> ReadingRow:
    """The row of one scan, whatever it waits for."""
    return _row(officer, record, _known([record], node))


def rows_for(officer: Officer, records: Iterable[ScanRecord], node: Working) -> tuple[ReadingRow, ...]:
    """The rows of some scans."""
    asked = list(records)
    known = _known(asked, node)
    return tuple(_row(officer, one, known) for one in asked)


def _known(records: Sequence[ScanRecord], node: Working) -> _Known:
    ids, now = [one.id for one in records], node.now()
    store = node.store
    boxes = store.visits.get([one.visit for one in records if one.visit])
    return _Known(store.readings.of(ids), store.readings.claims(ids, now), machine_readings(ids, node),
                  {str(name): kept for name, kept in boxes.items()}, rules_of(node), now)  # fmt: skip


def _row(officer: Officer, record: ScanRecord, known: _Known) -> ReadingRow:
    readings = known.readings.get(record.id, ())
    case, mine = standing(readings), may_read(officer.id, readings)
    kept, claim, machine = known.boxes.get(record.visit), known.claims.get(record.id), known.machine.get(record.id)
    box = None if kept is None else kept.listed
    due = due_at(record.received, None if box is None else box.leaves, known.rules)
    told = machine is not None and (known.rules.places_shown or shows_machine(officer.id, readings, known.rules))
    return ReadingRow(
        scan=record.id, container=box.container if box else record.facts.container, visit=record.visit,
        site=record.site, scanner=record.facts.scanner, received=record.received, due=due,
        late=due < known.now and case.awaits is Awaits.FIRST, awaits=case.awaits.value,
        mine="" if mine is None else mine.value, place=machine.place.value if machine is not None and told else "",
        band=box.band if box else "", score_milli=box.score_milli if box else 0,
        claimed_by=getattr(claim, "officer", ""), until=getattr(claim, "until", None),
        simulated=record.facts.simulated, doubts=len(record.findings), taken=record.at,
    )  # fmt: skip


def ordered(rows: Iterable[ReadingRow], machine: Mapping[str, MachineReading]) -> Waiting:
    """Put rows into the order of reading.

    Who waits for an arbiter comes first, since a box is held meanwhile; then the machine's queues; a scan that no
    machine has read stands with LOOK. Inside a queue: the box's risk, then what is due first. A scan drawn for audit
    stands among the others of its risk and not behind all of them, or nobody would ever get to it.
    """

    def place(row: ReadingRow) -> tuple[int, int, int, Moment, str]:
        told = machine.get(row.scan)
        queue = _PLACES[Place.LOOK] if told is None or told.place is Place.RANDOM_AUDIT else _PLACES[told.place]
        return row.awaits != Awaits.ARBITER.value, queue, -row.score_milli, row.due, row.scan

    return Waiting(tuple(sorted(rows, key=place)), bool(machine))
