"""Calls of ships, on all stores."""

from vigie.store import Store
from vigie.terms import Moment
from vigie.tracking import Called

CALL = Called("9074729", "BEANR", "001E", Moment(500), "port-call", None, "", Moment(7))


def test_the_latest_word_on_a_call_takes_the_place_of_the_one_before(store: Store) -> None:
    assert store.ship_calls.of(["9074729"]) == []
    other = Called("9074729", "NLRTM", "001E", None, "", Moment(900), "ais", Moment(8))
    store.ship_calls.put([CALL, other])
    later = Called("9074729", "BEANR", "001E", Moment(600), "ais", Moment(800), "port-call", Moment(9))
    store.ship_calls.put([later])
    store.ship_calls.put([])
    assert store.ship_calls.of(["9074729", "9074729"]) == [later, other]
    assert store.ship_calls.of([]) == []
    assert store.ship_calls.of(["1234567"]) == []
