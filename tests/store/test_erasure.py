"""Erasure: what was erased cannot be read again, from the store or from any copy of it made before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.store_values import a_look, a_party, a_visit, an_entry, an_item, listed
from tests.three_stores import Opener

from vigie.store import Store, open_store
from vigie.terms import Doubt, Moment, OfficerId, PartyKey, Place, StoreFault
from vigie.tracking import Act, Assessed, Described, Query, Reach, WatchEntry, WatchList

ALL = Reach(4)


def filled(store: Store) -> tuple[int, int, int]:
    """A store with one box and everything about it; gives the units of part, visit and party."""
    part = store.inbox.add([an_item(b"secret")])[0].id
    unit, spare = store.units(2)
    visit, key = a_visit(), PartyKey("00000000000000aa")
    store.log.append([an_entry(1, part, b"secret"), an_entry(2, unit, b"secret"), an_entry(3, spare, b"kept")])
    store.parts.add([Described(part, Moment(1), "M", 0, "edifact", "CUSCAR", doubts=(Doubt("x", Place()),))])
    store.visits.put([(visit, listed(visit), unit)])
    store.assessments.add([Assessed(visit.id, Moment(2), unit, "p", 1, "low", False, (1,), b"secret")])
    store.lookup.add([("container", visit.container, visit.id)])
    store.parties.add([(key, a_party("ACME IMPORT"))])
    store.parties.link([(key, "consignee", visit.id)])
    store.outcomes.add([Act(Moment(2), visit.id, "ana", Moment(2), "nothing", unit, b"secret")])
    store.trail.keep(a_look())
    found = store.db.one("SELECT unit FROM party")
    assert found is not None
    return part, unit, int(found[0])


def test_erasing_removes_bodies_and_everything_derived(store: Store) -> None:
    part, unit, party = filled(store)
    visit = a_visit()
    told = store.erase([part, unit, party])
    assert told.units == 3
    assert told.rows > 8
    assert store.inbox.get(part) is None
    assert store.inbox.waiting() == 0
    assert [entry.body for entry in store.log.after(0, 9)] == [None, None, b"kept"]
    assert store.visits.get([visit.id]) == {}
    assert store.visits.page(Query(), ALL).rows == ()
    assert store.lookup.near(visit.container, ALL) == []
    assert store.parties.named("acme") == []
    assert store.assessments.of(visit.id) == []
    assert [act.body for act in store.outcomes.of(visit.id)] == [None]
    assert store.parts.doubts(part) == ()
    for table in ("party_term", "visit_party", "lookup", "visit_body"):
        assert store.db.one(f"SELECT count(*) FROM {table}") == (0,)


def test_the_chains_still_verify(store: Store) -> None:
    part, unit, party = filled(store)
    heads = store.log.verify().head, store.trail.verify().head
    store.erase([part, unit, party])
    assert (store.log.verify().head, store.trail.verify().head) == heads
    assert store.log.verify().broken is None


def test_erasing_twice_is_harmless_and_the_unit_stays_shut(store: Store) -> None:
    part, unit, _ = filled(store)
    store.erase([unit])
    assert store.erase([unit]).rows == 0
    with pytest.raises(StoreFault):
        store.log.append([an_entry(9, unit)])
    assert store.inbox.get(part) is not None


def test_a_watch_list_is_erased_as_a_whole(store: Store) -> None:
    store.watchlists.put(WatchList("red", "Red", OfficerId("ana"), "tip", Moment(9)))
    store.watchlists.add("red", [WatchEntry("seal", "X1", "note")])
    unit = (store.db.one("SELECT unit FROM watchlist") or (0,))[0]
    store.erase([unit])
    assert store.watchlists.all() == []
    assert store.watchlists.count("red") == 0


def test_content_that_was_erased_is_not_taken_in_again(store: Store) -> None:
    part, _, _ = filled(store)
    store.erase([part])
    receipt = store.inbox.add([an_item(b"secret")])[0]
    assert (receipt.id, receipt.known) == (part, True)


def test_another_handle_notices(opened: Opener, url: str) -> None:
    if url == "sqlite://":
        pytest.skip("a store in memory has one handle")
    one, two = opened(), opened()
    part, _, _ = filled(one)
    assert two.inbox.get(part) is not None
    two.vault.seal(part, b"x", b"")
    one.erase([part])
    with two.transaction(), pytest.raises(StoreFault):
        two.vault.seal(part, b"x", b"")
    assert two.inbox.get(part) is None


def copied(database: Path, copy: Path) -> None:
    """Copy a database as a backup does: what still stands in its write-ahead log belongs to it."""
    with closing(sqlite3.connect(database)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)


def test_a_copy_of_the_database_from_before_cannot_be_opened(tmp_path: Path) -> None:
    url, keys, copy = f"sqlite:///{tmp_path}/a.db", tmp_path / "keys", tmp_path / "b.db"
    with open_store(url, keys) as store:
        part, unit, _ = filled(store)
        kept = store.inbox.add([an_item(b"kept")])[0].id
    copied(tmp_path / "a.db", copy)
    with open_store(url, keys) as store:
        store.erase([part, unit])
    with open_store(f"sqlite:///{copy}", keys) as restored:
        assert restored.inbox.get(part) is None
        assert restored.visits.get([a_visit().id]) == {}
        assert [entry.body for entry in restored.log.after(0, 9)] == [None, None, b"kept"]
        assert restored.log.verify().broken is None
        item = restored.inbox.get(kept)
        assert item is not None
        assert item.body == b"kept"


def test_a_restored_database_never_hands_out_a_used_unit(tmp_path: Path) -> None:
    url, keys, copy = f"sqlite:///{tmp_path}/a.db", tmp_path / "keys", tmp_path / "b.db"
    with open_store(url, keys) as store:
        store.units(10)
    copied(tmp_path / "a.db", copy)
    with open_store(url, keys) as store:
        used = {*store.units(100_000), *store.units(5)}
    with open_store(f"sqlite:///{copy}", keys) as restored:
        again = {*restored.units(3), *restored.units(100_000), *restored.units(2)}
    assert not used & again
