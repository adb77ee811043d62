"""Last fixes of ships, and which ships lost hours at sea, on all stores."""

from vigie.terms import Moment
from vigie.tracking import Fix


def test_the_last_fix_takes_the_place_of_the_one_before(store):
    assert store.sailings.fixes(["205000001"]) == {}
    first, last, other = Fix(Moment(5), -40_000_000, 179_000_000), Fix(Moment(9), 1, 2), Fix(Moment(7), 3, 4)
    store.sailings.put({"205000001": first, "205000002": other}, ())
    store.sailings.put({"205000001": last}, ())
    store.sailings.put({}, ())
    assert store.sailings.fixes(["205000001", "205000002", "1"]) == {"205000001": last, "205000002": other}


def test_ships_are_known_by_their_radio(store):
    store.heard.name([("9074729", "205000001"), ("EVER", "205000001"), ("OTHER", "205000002")])
    assert store.sailings.ships(["205000001", "3"]) == {"205000001": ["9074729", "EVER"]}


def test_ships_that_lost_hours_are_known_from_the_entry_on(store):
    assert store.sailings.lost(["9074729"]) == set()
    store.sailings.put({}, [("9074729", Moment(50)), ("9074729", Moment(50)), ("EVER", Moment(70))])
    assert store.sailings.lost(["9074729", "EVER", "NONE"]) == {"9074729", "EVER"}
    assert store.sailings.lost(["9074729", "EVER"], 50) == {"9074729"}
    assert store.sailings.lost(["9074729"], 49) == set()
    assert store.sailings.lost([]) == set()
