"""What both databases share: portions of fixed sizes, and statements with any number of values."""

from hypothesis import given
from hypothesis import strategies as st

from vigie.store import Store
from vigie.store.db import POSTGRESQL, SQLITE, among, insertion, places, portions, remove


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
