"""A sender takes an event back by its name alone, as DCSA and EPCIS allow: the boxes it was told of hear of it."""

import msgspec
import pytest
from tests.desk.port import BOX, NOW, SHIP, VISIT, manifest, numbers, take_in

from vigie.arrivals import Movement, write_dcsa_events, write_epcis
from vigie.terms import HOUR, EntryKind, Moment

EVENT = "3cecb101-7a1a-43a4-9d62-e88a131651e2"


def landed(box=BOX, **more):
    return Movement(
        EVENT, "DISC", container=box, at=Moment(NOW - HOUR), place="BEANR", call=SHIP, recorded_at=NOW, **more
    )


def dcsa(*movements):
    return write_dcsa_events(movements)


def epcis(movement):
    """An error declaration that repeats nothing of the event but its name and its time."""
    told = msgspec.json.decode(write_epcis([movement], NOW))
    if movement.retracts:
        for event in told["epcisBody"]["eventList"]:
            event["epcList"] = []
    return msgspec.json.encode(told)


def moves(node, visit=VISIT):
    return {one.movement.event_id: one for one in node.store.visits.get([visit])[visit].visit.moves}


@pytest.mark.parametrize("write", [dcsa, epcis])
def test_an_event_taken_back_by_its_name_no_longer_counts(node, write):
    gone = landed(retracts=EVENT)
    take_in(node, manifest(), write(landed()))
    assert moves(node)[EVENT].retracted is None
    take_in(node, write(gone))
    assert moves(node)[EVENT].retracted == node.store.log.last()
    entry = node.store.log.get(node.store.log.last())
    assert (entry.kind, entry.subject) == (EntryKind.MOVEMENT, BOX)
    before = node.store.log.last()
    take_in(node, write(gone) + b"\n")
    assert node.store.log.last() == before  # told twice, it says nothing new


def test_the_name_of_an_event_may_hold_the_number_of_its_box(node):
    told = Movement(f"SIM:DISC:{BOX}:1", "DISC", container=BOX, at=Moment(NOW - HOUR), place="BEANR", call=SHIP)
    take_in(node, manifest(), dcsa(told))
    take_in(node, dcsa(Movement("x", "", retracts=told.event_id)))
    assert moves(node)[told.event_id].retracted is not None


def test_event_and_retraction_may_come_together_and_for_several_boxes(node):
    boxes = numbers(2)
    take_in(node, dcsa(*(landed(box) for box in boxes)), dcsa(landed(retracts=EVENT)))
    for box in boxes:
        assert moves(node, f"{box}-1")[EVENT].retracted is not None


def test_a_retraction_of_an_event_that_nobody_told_touches_no_box(node):
    take_in(node, manifest(), dcsa(landed(retracts=EVENT)))
    assert moves(node) == {}
    assert [one.kind for one in node.store.log.after(0, 10)] == [EntryKind.CONSIGNMENT, EntryKind.VESSEL]
