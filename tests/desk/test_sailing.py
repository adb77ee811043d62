"""Positions told in a batch: ships that lost hours at sea, and the boxes aboard, judged again by it."""

from tests.desk.port import BOX, EVE, NOW, SHIP, VISIT, a_consignment, bay_plan, manifest, numbers, sending, take_in

from vigie.arrivals import Position, write_ais, write_cuscar
from vigie.desk import rederiving
from vigie.desk.sailing import Sails
from vigie.terms import DAY, HOUR, Moment
from vigie.tracking import Fix

MMSI = "205000001"
KM = 1e6 / 111.19


def ais(*places, named=True, mmsi=MMSI):
    """Positions on a meridian of the Atlantic: (hours before now, km north)."""
    return write_ais([
        Position(mmsi, Moment(NOW - round(hours * HOUR)), SHIP.imo if named else "", SHIP.name if named else "",
                 "", "", round(40e6 + km * KM), -30_000_000, 100, 0)
        for hours, km in places
    ])  # fmt: skip


def fired(node, visit=VISIT):
    (made, *_) = node.store.assessments.of(visit)
    return b'"R4"' in made.body


STEADY = [(hours, (30 - hours) * 26) for hours in range(30, 0, -3)]
STOPPED = [(hours, (30 - max(hours, 15)) * 26) for hours in range(30, 8, -3)]


def test_a_steady_ship_costs_nothing_and_marks_nothing(node):
    take_in(node, manifest(), bay_plan(), ais(*STEADY))
    assert not fired(node)
    assert node.store.sailings.lost([SHIP.imo]) == set()
    assert node.store.sailings.fixes([MMSI])[MMSI].at == NOW - 3 * HOUR


def test_boxes_aboard_are_judged_again_when_their_ship_lost_hours(node):
    take_in(node, manifest(a_consignment("A", *numbers(3)), a_consignment("B", BOX)))
    judged = len(node.store.assessments.of(VISIT))
    take_in(node, ais(*STOPPED))
    assert fired(node)
    assert fired(node, f"{numbers(3)[2]}-1")
    assert len(node.store.assessments.of(VISIT)) == judged + 1
    assert node.store.inbox.waiting() == 0
    found = rederiving.sample(EVE, 100, node)
    assert (found.equal, found.different) == (found.checked, 0), found.faults


def test_a_box_announced_after_its_ship_lost_hours_is_judged_by_them_at_once(node):
    take_in(node, ais(*STOPPED))
    take_in(node, manifest())
    assert fired(node)
    assert len(node.store.assessments.of(VISIT)) == 1
    assert rederiving.sample(EVE, 10, node).different == 0


def test_what_is_told_position_by_position_counts_the_same(node):
    take_in(node, manifest())
    for place in STOPPED:
        take_in(node, ais(place, named=place == STOPPED[0]))
    assert fired(node)
    take_in(node, ais(*STOPPED))  # told again: nothing happens twice
    (made, *_) = node.store.assessments.of(VISIT)
    assert b'"ship_lost_h_30d":6' in made.body
    assert rederiving.sample(EVE, 100, node).different == 0


def test_while_history_is_loaded_the_log_keeps_to_its_time(node):
    then = Moment(NOW - 20 * DAY)
    take_in(node, write_cuscar((a_consignment(),), sending(1, then)), backload=True)
    take_in(node, ais(*STOPPED), backload=True)
    take_in(node, write_cuscar((a_consignment("LATER", *numbers(1)),), sending(2, Moment(then + DAY))), backload=True)
    assert fired(node)
    assert node.store.log.last() == then + DAY
    assert len(node.store.assessments.of(VISIT)) == 2


def test_another_ship_or_one_that_nobody_named_is_not_ours(node):
    take_in(node, manifest(), ais(*STOPPED, named=False, mmsi="205000009"))
    assert not fired(node)


def test_a_ship_is_counted_by_every_name_its_radio_gave():
    sails = Sails({MMSI: Fix(Moment(NOW - 5 * HOUR), 40_000_000, -30_000_000)}, {MMSI: ["EVER FICTIVE"]})
    still = Position(MMSI, NOW, SHIP.imo, "", "", "", 40_000_000, -30_000_000, 0, 0)
    rows = list(sails.take(still, Moment(NOW + 1)))
    assert len(rows) == 2
    assert sails.lost == [("EVER FICTIVE", NOW + 1), (SHIP.imo, NOW + 1)]
    assert list(sails.take(Position("", NOW), Moment(NOW + 2))) == []
