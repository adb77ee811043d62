"""Writes of several threads: together where they meet, and each as if it were alone."""

import threading
from collections.abc import Callable, Sequence

import pytest
from tests.store_values import a_look, an_item

from vigie.store import Store
from vigie.store.together import Together
from vigie.terms import StoreFault


def at_once(store: Store, acts: Sequence[Callable[[], object]]) -> None:
    """Start each act in a thread of its own while the database is held, so that all of them wait for it."""
    threads = [threading.Thread(target=act) for act in acts]
    with store.db.transaction():
        store.db.run("UPDATE head SET seq = seq WHERE name = 'trail'")  # held on PostgreSQL, too
        for thread in threads:
            thread.start()
        threads[0].join(0.2)
    for thread in threads:
        thread.join()


def test_what_meets_is_written_together(store: Store) -> None:
    sizes: list[int] = []

    def write(things: Sequence[int]) -> list[int]:
        store.db.one("SELECT seq FROM head WHERE name = 'trail'" + store.db.dialect.for_update)
        sizes.append(len(things))
        return [thing * 10 for thing in things]

    write_all: Together[int, int] = Together(store.db, write)
    results: dict[int, list[int]] = {}
    at_once(store, [lambda n=n: results.update({n: write_all([n, n + 100])}) for n in range(8)])  # type: ignore[misc]
    assert results == {n: [n * 10, (n + 100) * 10] for n in range(8)}
    assert sum(sizes) == 16
    assert len(sizes) <= 2  # who came first, and all the others


def test_what_fails_is_told_to_its_own_thread_alone(store: Store) -> None:
    def write(things: Sequence[int]) -> list[int]:
        store.db.one("SELECT seq FROM head WHERE name = 'trail'" + store.db.dialect.for_update)
        if 3 in things:
            raise StoreFault(reason="constraint")
        return list(things)

    write_all: Together[int, int] = Together(store.db, write)
    results: dict[int, list[int]] = {}
    failed: list[int] = []

    def act(n: int) -> None:
        try:
            results[n] = write_all([n])
        except StoreFault:
            failed.append(n)

    at_once(store, [lambda n=n: act(n) for n in range(6)])  # type: ignore[misc]
    assert failed == [3]
    assert results == {n: [n] for n in (0, 1, 2, 4, 5)}


def test_a_transaction_of_the_thread_holds_what_it_writes(store: Store) -> None:
    def undone() -> None:
        with store.db.transaction():
            store.inbox.add([an_item(b"a")])
            store.trail.keep(a_look())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert store.inbox.waiting() == 0
    assert store.trail.page() == []


def test_hand_ins_and_looks_of_many_threads_are_all_kept_once(store: Store) -> None:
    places: dict[int, tuple[int, ...]] = {}

    def act(n: int) -> None:
        places[n] = tuple(receipt.id for receipt in store.inbox.add([an_item(b"same"), an_item(b"%d" % n)]))
        store.trail.keep(a_look(f"B{n}"))

    at_once(store, [lambda n=n: act(n) for n in range(8)])  # type: ignore[misc]
    assert len({same for same, _ in places.values()}) == 1
    assert len({own for _, own in places.values()}) == 8
    for _, own in places.values():
        assert store.inbox.state([own]) == {own: "waiting"}
    assert store.inbox.waiting() == 9
    assert sorted(kept.entry.subject for kept in store.trail.page()) == [f"B{n}" for n in range(8)]
    assert store.trail.verify().broken is None
