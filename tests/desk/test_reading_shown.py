import pytest
from tests.desk.port import BOB, EVE, trail
from tests.desk.read import BAGS, CAT, DAN, a_room

from vigie.desk import reading
from vigie.desk.reading_room import set_room
from vigie.desk.reading_shown import show
from vigie.scanning import Finding, FindingKind, MachineReading, Place, RoomRules, Zone, Zones
from vigie.terms import NotForYou, Purpose

FOUND = Finding(kind=FindingKind.BRICK_LATTICE, zone=Zone.DOORS, box=(9, 9, 30, 20), score=0.9, threshold=0.5,
                false_alarm_rate=0.01, negatives=500, against="hard", kg=40.0, kg_low=20.0, kg_high=70.0)  # fmt: skip
ALL = RoomRules(second_ppm=1_000_000)


@pytest.fixture
def room(tmp_path):
    node, scans = a_room(tmp_path)
    for scan in scans[:2]:
        told = MachineReading(place=Place.LOOK_FIRST, score=0.9, findings=(FOUND,), zones=Zones(container=None),
                              quiet=("no-model",))  # fmt: skip
        node.store.machine_readings.put(scan, node.store.scans.get(scan).unit, node.now(), told)
    yield node, scans
    node.__exit__(None, None, None)


def test_the_machine_is_hidden_until_the_own_reading_and_both_are_told_in_the_trail(room):
    node, scans = room
    before = show(CAT, scans[0], node)
    assert (before.machine, before.machine_why, before.base_rate) == (None, "hidden", "")
    reading.give(CAT, scans[0], "nothing-seen", node)
    after = show(CAT, scans[0], node)
    assert after.machine[0].alarm
    assert "bricks" in after.machine[0].text
    assert "1 true in about 11" in after.base_rate
    assert after.quiet
    assert not after.quiet[0].startswith("quiet-")
    told = [one.facts.get("machine") for one in trail(node) if one.act == "see-scans" and "machine" in one.facts]
    assert told == ["shown", "hidden"]
    assert show(CAT, scans[2], node).machine_why == "hidden"
    set_room(BOB, RoomRules(machine_first=True), node)
    assert show(DAN, scans[1], node).machine[0].box == (9, 9, 30, 20)
    assert show(CAT, scans[2], node).machine_why == "not-read"


def test_two_readers_are_blind_to_each_other(room):
    node, scans = room
    set_room(BOB, ALL, node)
    reading.give(CAT, scans[1], "hold-and-visit", node, BAGS, "behind the doors")
    second = show(DAN, scans[1], node)
    assert (second.given, second.verdict, second.machine) == ((), "", None)
    own = show(CAT, scans[1], node)
    assert [(one.order, one.reader, one.verdict) for one in own.given] == [("first", "cat", "hold-and-visit")]
    assert own.verdict == ""
    reading.give(DAN, scans[1], "nothing-seen", node)
    arbiter = show(BOB, scans[1], node)
    assert [(one.order, one.reader) for one in arbiter.given] == [("first", ""), ("second", "")]
    assert arbiter.machine is not None
    reading.give(BOB, scans[1], "hold-and-visit", node, BAGS)
    done = show(DAN, scans[1], node)
    assert (done.verdict, done.agreed, len(done.given)) == ("hold-and-visit", False, 3)


def test_the_box_stands_beside_its_picture_with_its_reasons_as_the_site_wishes(room):
    node, scans = room
    view = show(CAT, scans[0], node)
    assert view.context.documents[0].goods[0].description == "BANANAS"
    assert view.reasons is not None
    assert [one.scan for one in view.earlier] == [scans[4]]
    assert {(one.scan, one.why) for one in view.references} >= {(scans[4], "same-box"), (scans[1], "same-goods")}
    assert (view.density, view.row.simulated) == ((), True)  # no scanner is calibrated: nothing is claimed
    set_room(BOB, RoomRules(reasons_shown=False), node)
    assert show(CAT, scans[0], node).reasons is None
    reading.give(CAT, scans[0], "nothing-seen", node)
    assert show(CAT, scans[0], node).reasons is not None
    with pytest.raises(NotForYou):
        show(CAT, "X0000000000000000", node)
    assert show(EVE, scans[2], node, Purpose.OVERSIGHT).context is not None
