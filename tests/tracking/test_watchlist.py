"""Watch lists as values."""

import msgspec

from vigie.terms import Handling, Moment, OfficerId
from vigie.tracking import WatchAction, WatchEntry, WatchList


def test_a_list_is_held_closely_and_only_weighs_unless_told() -> None:
    told = WatchList("red", "Red", OfficerId("ana"), "tip", Moment(9))
    assert (told.handling, told.action, told.weight_milli) == (Handling.AMBER, WatchAction.WEIGHTED, 0)
    assert msgspec.json.decode(msgspec.json.encode(told), type=WatchList) == told


def test_an_entry_survives_a_round_trip() -> None:
    entry = WatchEntry("seal", "X1", "note", Moment(3), "ana")
    assert msgspec.json.decode(msgspec.json.encode(entry), type=WatchEntry) == entry
