"""What both databases share: portions of fixed sizes, and statements with any number of values."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.store import Store, open_store
from vigie.store.db import POSTGRESQL, SQLITE, among, insertion, places, portions, remove
from vigie.terms import StoreFault


@given(st.lists(st.integers(), max_size=600))
def test_portions_hold_every_value_in_few_sizes(values: list[int]) -> None:
    cut = list(portions(values))
    assert {value for portion in cut for value in portion} == set(values)
    assert {len(portion) for portion in cut} <= {1, 4, 16, 64, 256}


def test_both_dialects_know_the_same_types() -> None:
    assert SQLITE.types.keys() == POSTGRESQL.types.keys()


def test_statements() -> None:
    assert places(3) == "?,?,?"
    assert insertion("a", ("b", "c")) == "INSERT INTO a (b, c) VALUES (?,?)"


def test_any_number_of_values(store: Store) -> None:
    store.db.load("setting", ("name", "body"), [(f"n{number:04d}", b"") for number in range(700)])
    names = [f"n{number:04d}" for number in range(0, 700, 2)]
    assert {row[0] for row in among(store.db, "SELECT name FROM setting WHERE name IN ({})", names)} == set(names)
    assert among(store.db, "SELECT name FROM setting WHERE name IN ({})", []) == []
    assert remove(store.db, "DELETE FROM setting WHERE name IN ({})", names) == 350


def test_filling_adds_what_is_not_there(store: Store) -> None:
    columns = ("name", "body")
    store.db.fill("setting", columns, [("a", b"1"), ("b", b"1")])
    store.db.fill("setting", columns, [("b", b"2"), ("c", b"2")])
    store.db.fill("setting", columns, [])
    found = store.db.rows("SELECT name, body FROM setting WHERE name IN ('a', 'b', 'c') ORDER BY name")
    assert [(name, bytes(body)) for name, body in found] == [("a", b"1"), ("b", b"1"), ("c", b"2")]


def _settings(store: Store) -> list[str]:
    return [name for (name,) in store.db.rows("SELECT name FROM setting WHERE name LIKE 'b%' ORDER BY name")]


def _loads_beside(store: Store, *names: list[str], looks: bool = False) -> None:
    """Load one bulk after the other beside; where asked, look in between and take no notice of what that raises."""
    with store.behind(lambda: None), store.transaction():
        for bulk in names:
            store.db.load("setting", ("name", "body"), [(name, b"") for name in bulk])
            if looks:
                with suppress(StoreFault):
                    _settings(store)


def test_bulk_writes_go_on_beside_and_whatever_is_asked_waits_for_them(store: Store) -> None:
    columns, done = ("name", "body"), list[str]()
    with store.behind(lambda: done.append("meanwhile")), store.transaction():
        store.db.load("setting", columns, [(f"b{number:04d}", b"1") for number in range(1000)])
        store.db.fill("setting", columns, [("b0000", b"2"), ("b1000", b"2")])
        assert len(_settings(store)) == 1001
        store.db.many("DELETE FROM setting WHERE name = ?", [("b0001",), ("b0002",)])
        assert store.db.run("DELETE FROM setting WHERE name = ?", ("b0001",)) == 0
        store.db.many("DELETE FROM setting WHERE name = ?", [("b0003",)])
        assert done == []
    assert done == ["meanwhile"]
    assert len(_settings(store)) == 998


def test_what_fails_beside_is_raised_and_undoes_all(store: Store) -> None:
    with pytest.raises(StoreFault) as told:
        _loads_beside(store, ["b1"], ["b2", "b1"], ["b3"])
    assert told.value.facts["reason"] == "constraint"
    assert _settings(store) == []
    with store.transaction():
        store.db.load("setting", ("name", "body"), [("b4", b"")])
    assert _settings(store) == ["b4"]


def test_an_exception_in_the_middle_undoes_what_goes_on_beside(store: Store) -> None:
    with suppress(ZeroDivisionError), store.behind(lambda: None), store.transaction():
        store.db.load("setting", ("name", "body"), [(f"b{number}", b"") for number in range(5000)])
        _ = 1 / 0
    assert _settings(store) == []


@given(st.integers(0, 700))
def test_any_number_of_rows_is_loaded_once(count: int) -> None:
    with open_store("sqlite://", None) as store:
        store.db.load("setting", ("name", "body"), [(f"b{number:04d}", b"") for number in range(count)])
        assert _settings(store) == [f"b{number:04d}" for number in range(count)]


def test_a_failure_that_somebody_catches_still_undoes_all(store: Store) -> None:
    with pytest.raises(StoreFault):
        _loads_beside(store, ["b1", "b1"], ["b2"], looks=True)
    assert _settings(store) == []
