"""What ports and terminals send of what happens under way: a plan at arrival, choices, yard moves, release rights."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from vigie.arrivals import Movement
from vigie.terms import HOUR, MINUTE, Moment, write_moment
from vigie.tracking import RawRelease
from vigie.world import rows
from vigie.world.drafts import Bill, Box, Voyage
from vigie.world.known import OWN, Known
from vigie.world.telling import Sheet

PLAN_H = Known(6.0, "hours before arrival", OWN + "when the plan at arrival is sent")
SPAN_H = Known(6.0, "hours of one file", OWN + "as terminals send")
AT_ONCE = Known(500, "events of rights in one file", OWN + "a message of theirs stays below a megabyte")


def tell_underway(voyage: Voyage) -> Iterator[Sheet]:
    """Tell what happened under way, in no order of time; nothing of it is late or sent twice."""
    name = f"{voyage.service.id}{voyage.number}{voyage.site[2:]}"
    pairs = [(bill, box) for bill in voyage.bills for box in bill.boxes]
    at = Moment(voyage.arrival - round(PLAN_H.value * HOUR))
    restowed: list[rows.Row] = [_restowed(voyage, bill, box, at) for bill, box in pairs if box.restow]
    if restowed:
        yield Sheet(at, "baplie", f"{name}ARR", restowed)
    chosen = [_chosen(voyage, bill, box) for bill, box in pairs if box.chosen is not None]
    yield from _spans("dcsa", f"{name}CU", [(row.at or at, row) for row in chosen])
    moved = [(since, _put(voyage, box, since, slot)) for box in (*voyage.boxes, *voyage.land_empties)
             for since, slot in box.slots if since < box.out or box.empty]  # fmt: skip
    yield from _spans("yard", f"{name}YD", moved)
    yield from _spans("rights", f"{name}RR", [event for bill, box in pairs for event in rights_of(voyage, bill, box)])


def _spans(kind: str, name: str, told: Sequence[tuple[Moment, rows.Row]]) -> Iterator[Sheet]:
    every = round(SPAN_H.value * HOUR)
    spans: dict[int, list[rows.Row]] = {}
    for at, row in sorted(told, key=_when):
        spans.setdefault(at // every, []).append(row)
    for span, events in spans.items():
        for part, first in enumerate(range(0, len(events), AT_ONCE.value)):
            yield Sheet(Moment((span + 1) * every), kind, f"{name}{span}P{part}", events[first : first + AT_ONCE.value])


def _when(told: tuple[Moment, rows.Row]) -> Moment:
    return told[0]


def _restowed(voyage: Voyage, bill: Bill, box: Box, at: Moment) -> rows.Row:
    """The same box on the plan at arrival, in another cell."""
    told = rows.stowed(voyage, bill, box, at)
    return msgspec.structs.replace(told, equipment=msgspec.structs.replace(told.equipment, stow=box.restow))


def _chosen(voyage: Voyage, bill: Bill, box: Box) -> Movement:
    at = box.chosen
    assert at is not None
    return Movement(f"SIM-CUSS-{box.number}-{at // MINUTE}", "CUSS", container=box.number, at=at, recorded_at=at,
                    place=voyage.site, facility=voyage.terminal, documents=(f"BL:{bill.number}",))  # fmt: skip


def _put(voyage: Voyage, box: Box, at: Moment, slot: str) -> Movement:
    return Movement(f"SIM-DROP-{box.number}-{at // MINUTE}", "DROP", container=box.number, at=at, place=voyage.site,
                    facility=voyage.terminal, empty=box.empty, slot=slot)  # fmt: skip


def rights_of(voyage: Voyage, bill: Bill, box: Box) -> Iterator[tuple[Moment, RawRelease]]:
    """The events of the right to collect a box, as the terminal's own system tells them."""
    carrier, name = voyage.service.carrier, f"{box.number}-{voyage.number}"
    chain = [f"{carrier}AGENT", *(f"SIMF{(len(bill.number) * 7 + turn * 5 + int(box.number[4:8])) % 24:02d}"
                                  for turn in range(max(box.hands, 1) - 1)), box.haulier]  # fmt: skip
    steps = [("issued", "", chain[0], "shipping-agent", "")]
    for holder, to in pairwise(chain):
        role = "carrier" if to == box.haulier else "forwarder"
        steps += [("transferred", holder, to, role, ""), ("accepted", to, to, role, "")]
    if box.reissued:
        steps += [("revoked", chain[0], "", "", ""), ("issued", "", chain[0], "shipping-agent", ""),
                  ("transferred", chain[0], box.haulier, "carrier", ""),
                  ("accepted", box.haulier, box.haulier, "carrier", "")]
    begun = box.landed - 12 * HOUR
    early = [(Moment(begun + turn * 20 * MINUTE), *step) for turn, step in enumerate(steps)]
    late = [(Moment(box.out - 3 * HOUR), "key-issued", box.haulier, box.haulier, "carrier", "")]
    if box.refused:
        late += [(Moment(box.out - 2 * HOUR), "refused", box.haulier, "", "", box.lorry)]
        late += [(Moment(box.out - HOUR), "key-issued", box.haulier, box.haulier, "carrier", "")]
    late += [(Moment(box.out - 10 * MINUTE), "presented", box.haulier, "", "", box.lorry),
             (box.out, "picked-up", box.haulier, "", "", box.lorry)]  # fmt: skip
    floor = Moment(0)
    for turn, (at, kind, party, to, role, lorry) in enumerate((*early, *late)):
        floor = Moment(max(at, floor + MINUTE))  # who leaves early has a hurried chain
        yield floor, RawRelease(f"{name}-{turn}", kind, name, box.number, write_moment(floor), voyage.terminal, party,
                                to, role, vehicle=lorry)  # fmt: skip
