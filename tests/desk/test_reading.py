import pytest
from tests.desk.port import ANN, BOB, EVE, trail
from tests.desk.read import BAGS, BOXES, CAT, DAN, a_room

from vigie.desk import reading, reading_room
from vigie.scanning import RoomRules
from vigie.terms import BadRequest, Conflict, Depth, EntryKind, Found, Moment, NotForYou, Purpose, VisitId
from vigie.tracking import Status

OVERSIGHT = Purpose.OVERSIGHT


@pytest.fixture
def room(tmp_path):
    node, scans = a_room(tmp_path)
    reading_room.set_room(BOB, RoomRules(second_ppm=0), node)
    yield node, scans
    node.__exit__(None, None, None)


def visit(node, scan):
    return VisitId(node.store.scans.get(scan).visit)


def kept(node, scan):
    name = visit(node, scan)
    return node.store.visits.get([name])[name]


def test_what_waits_is_listed_claimed_and_given_back(room):
    node, scans = room
    view = reading.worklist(CAT, node)
    assert {row.scan for row in view.rows} == set(scans)
    assert view.counts == {"first": 5, "second": 0, "arbiter": 0}
    assert reading.claim(CAT, scans[0], node).claimed_by == "cat"
    with pytest.raises(Conflict):
        reading.claim(DAN, scans[0], node)
    with pytest.raises(Conflict):
        reading.give(DAN, scans[0], "nothing-seen", node)
    assert [row.scan for row in reading.worklist(CAT, node, claimed="me").rows] == [scans[0]]
    assert len(reading.worklist(CAT, node, claimed="none").rows) == 4
    assert [row.container for row in reading.worklist(CAT, node, container=BOXES[2][:11]).rows] == [BOXES[2]]
    assert reading.release(CAT, scans[0], node).claimed_by == ""
    node.clock.at = Moment(node.now() + 1)
    reading.claim(DAN, scans[0], node)
    node.clock.at = Moment(node.now() + 16 * 60 * 1_000_000)  # after a quarter of an hour it is anybody's
    assert reading.claim(CAT, scans[0], node).claimed_by == "cat"
    with pytest.raises(BadRequest):
        reading.worklist(CAT, node, awaits="somebody")


def test_a_hold_holds_the_box_with_its_reasons_and_goes_into_the_log(room):
    node, scans = room
    given = reading.give(CAT, scans[1], "hold-and-visit", node, BAGS, "left of the doors", seconds=31)
    assert (given.order, given.awaits, given.visit) == ("first", "done", visit(node, scans[1]))
    assert given.next in scans
    assert kept(node, scans[1]).listed.status == Status.HELD.value
    (override,) = node.store.overrides.of(visit(node, scans[1]))
    assert b"bags; left of the doors" in override.body
    assert [one.kind for one in node.store.log.after(0, 1000)][-2:] == [EntryKind.READING, EntryKind.OVERRIDE]
    (report,) = node.store.scans.reports(scans[1], "OPERATOR")
    assert (report.decision.value, report.threats[0].box, report.took_ms) == ("ALARM", (20, 30, 40, 30), 31_000)
    assert report.author.startswith("an-")
    (told,) = [one for one in trail(node) if one.act == "read-scans" and one.facts.get("verdict")]
    assert (told.facts["machine"], told.facts["regions"]) == (False, 1)


def test_nothing_seen_is_a_control_that_found_nothing(room):
    node, scans = room
    reading.give(CAT, scans[2], "nothing-seen", node)
    (control,) = kept(node, scans[2]).visit.controlled
    assert (control.outcome.found, control.outcome.depth) == (Found.NOTHING, Depth.SCAN)
    assert control.outcome.analyst.startswith("an-")
    assert [row.scan for row in reading.worklist(CAT, node).rows if row.scan == scans[2]] == []
    with pytest.raises(BadRequest):
        reading.give(DAN, scans[2], "nothing-seen", node)


def test_a_second_reader_is_another_person_and_an_arbiter_decides(room):
    node, scans = room
    reading_room.set_room(BOB, RoomRules(second_ppm=1_000_000), node)
    reading.give(CAT, scans[3], "hold-and-visit", node, BAGS)
    assert reading.following(CAT, node) != scans[3]
    with pytest.raises(BadRequest):
        reading.give(CAT, scans[3], "nothing-seen", node)
    assert reading.give(DAN, scans[3], "nothing-seen", node).awaits == "arbiter"
    assert kept(node, scans[3]).listed.status == Status.HELD.value
    assert reading.worklist(BOB, node).rows[0].scan == scans[3]  # a box is held meanwhile
    assert reading.give(BOB, scans[3], "nothing-seen", node).awaits == "done"
    assert kept(node, scans[3]).listed.status != Status.HELD.value
    assert [one.type.value for one in node.store.scans.reports(scans[3])] == ["OPERATOR", "OPERATOR", "AGGREGATE"]
    assert reading.agreement_of(EVE, node, OVERSIGHT).first_only == 1
    with pytest.raises(NotForYou):
        reading.agreement_of(CAT, node)


def test_a_reading_that_cannot_stand_changes_nothing(room):
    node, scans = room
    before = node.store.log.last()
    for verdict, regions in (("hold-and-visit", ()), ("cleared", ()), ("nothing-seen", (BAGS[0],) * 30)):
        with pytest.raises(BadRequest):
            reading.give(CAT, scans[0], verdict, node, regions)
    with pytest.raises(NotForYou):
        reading.give(EVE, scans[0], "nothing-seen", node, purpose=OVERSIGHT)
    with pytest.raises(NotForYou):
        reading.give(CAT, "X0000000000000000", "nothing-seen", node)
    assert node.store.log.last() == before
    assert node.store.readings.all() == {}


def test_who_may_not_see_the_box_sees_no_scan_of_it(room):
    node, scans = room
    assert len(reading.worklist(ANN, node).rows) == 5
    elsewhere = type(ANN)(ANN.id, ANN.name, ANN.roles, ANN.clearance, ANN.purposes, ("NLRTM",))
    assert reading.worklist(elsewhere, node).rows == ()
    with pytest.raises(NotForYou):
        reading.claim(elsewhere, scans[0], node)
