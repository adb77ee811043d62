"""Watch lists match while they last."""

from vigie.store import Store
from vigie.terms import Handling, Moment, OfficerId
from vigie.tracking import Reach, WatchAction, WatchEntry, WatchList

ANA = OfficerId("ana")


def test_watch_lists_match_while_they_last(store: Store) -> None:
    red = WatchList("red", "Red", ANA, "tip", Moment(100), Handling.RED, WatchAction.MANDATORY)
    old = WatchList("old", "Old", ANA, "over", Moment(5), Handling.GREEN, weight_milli=700)
    before = store.watchlists.stamp()
    store.watchlists.put(red)
    store.watchlists.put(old)
    entry = WatchEntry("container", "MSCU1234566", "seen with J. Doe", Moment(3), "ana")
    assert store.watchlists.add("red", [entry, WatchEntry("seal", "X1")]) == 2
    assert store.watchlists.add("old", [entry]) == 1
    assert store.watchlists.add("none", [entry]) == 0
    assert store.watchlists.matches([("container", "MSCU1234566"), ("seal", "Q")], Moment(50)) == [(red, entry)]
    assert store.watchlists.all() == [old, red]
    assert store.watchlists.all(Reach(2)) == [old]
    assert store.watchlists.all(Reach(none=True)) == []
    assert store.watchlists.entries("red") == [entry, WatchEntry("seal", "X1")]
    assert store.watchlists.entries("red", after=("container", "MSCU1234566")) == [WatchEntry("seal", "X1")]
    assert store.watchlists.remove("red", "seal", "X1")
    assert store.watchlists.count("red") == 1
    assert store.watchlists.stamp() > before
    assert b"Doe" not in bytes((store.db.one("SELECT note FROM watch_entry") or (b"",))[0])
    store.watchlists.put(WatchList("red", "Redder", ANA, "tip", Moment(100), Handling.RED))
    found = store.watchlists.get("red")
    assert found is not None
    assert found.title == "Redder"
    assert store.watchlists.entries("red") == [entry]
