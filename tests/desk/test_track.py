from tests.desk.port import ANN, BOX, NOW, SHIP, discharge, manifest, take_in

from vigie.arrivals import Movement, Position, write_ais, write_dcsa_events
from vigie.desk import tracking
from vigie.desk.track import MOST
from vigie.terms import DAY, MINUTE, Moment


def at_sea(at, mmsi="205000001", named=True):
    return Position(mmsi, Moment(at), SHIP.imo if named else "", SHIP.name if named else "", "", "", 40_000_000,
                    -20_000_000 + (at // MINUTE) % 1000, 165, 450)  # fmt: skip


def track(node):
    (life,) = tracking.show(ANN, BOX, node).lives
    return [point.at for point in life.track]


def test_only_while_the_box_was_aboard(node):
    loaded = Movement("l", "LOAD", container=BOX, at=Moment(NOW - 9 * DAY), place="ECGYE", call=SHIP)
    days = [NOW - 12 * DAY, NOW - 8 * DAY, NOW - 4 * DAY, NOW - DAY]
    take_in(node, manifest(), write_dcsa_events([loaded]), discharge(at=NOW - 2 * DAY), write_ais(map(at_sea, days)))
    assert track(node) == days[1:3]


def test_another_ship_leaves_no_track(node):
    take_in(node, manifest(), write_ais([at_sea(NOW - DAY, "205000009", named=False)]))
    assert track(node) == []


def test_a_long_track_is_thinned(node):
    take_in(node, manifest(), write_ais([at_sea(NOW - DAY + n * MINUTE, named=n == 0) for n in range(MOST + 50)]))
    assert MOST // 2 <= len(track(node)) <= MOST
