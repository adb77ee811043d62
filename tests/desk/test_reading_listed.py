import pytest
from tests.desk.port import BOB
from tests.desk.read import CAT, a_room

from vigie.desk.reading_listed import listed, ordered, row_for, rows_for
from vigie.desk.reading_room import set_room
from vigie.desk.views import ReadingRow
from vigie.scanning import MachineReading, Place, RoomRules, Zones
from vigie.terms import HOUR, MINUTE, Moment, Purpose

NOW = Moment(1_700_000_000_000_000)


@pytest.fixture
def room(tmp_path):
    node, scans = a_room(tmp_path)
    yield node, scans
    node.__exit__(None, None, None)


def row(scan, score=0, awaits="first", due=0):
    return ReadingRow(scan, "", "", "", "", NOW, Moment(NOW + due), False, awaits, score_milli=score)


def machine(place):
    return MachineReading(place=place, score=0.5, findings=(), zones=Zones(container=None))


def test_arbiters_first_then_the_machines_queues_then_risk_then_time():
    rows = [row("a", 9), row("b", 1), row("c", 5, "arbiter"), row("d", 5, due=2), row("e", 5, due=1), row("f", 7)]
    told = ordered(rows, {"b": machine(Place.LOOK_FIRST), "f": machine(Place.RANDOM_AUDIT)})
    assert [one.scan for one in told.rows] == ["c", "b", "a", "f", "e", "d"]
    assert told.machine
    assert not ordered(rows, {}).machine


def test_a_row_is_due_late_and_shows_its_queue_as_the_site_wishes(room):
    node, scans = room
    record = node.store.scans.get(scans[0])
    node.store.machine_readings.put(scans[0], record.unit, node.now(), machine(Place.LOOK_FIRST))
    shown = row_for(CAT, record, node)
    assert (shown.place, shown.late, shown.mine) == ("look-first", False, "first")
    assert shown.due == record.received + HOUR
    set_room(BOB, RoomRules(places_shown=False, due_minutes=5), node)
    node.clock.at = Moment(node.now() + 6 * MINUTE)
    (hidden,) = rows_for(CAT, [record], node)
    assert (hidden.place, hidden.late) == ("", True)
    told = listed(CAT, node, Purpose.TARGETING)
    assert told.machine
    assert told.rows[0].scan == scans[0]
