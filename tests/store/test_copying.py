"""A store is moved to another database and back: nothing is lost, nothing is added, numbers go on."""

import re
from importlib.resources import files

import pytest
from tests.desk.port import a_node, manifest, take_in

from vigie.store.copying import _COUNTED, Table, copy, tables_of
from vigie.store.opening import open_db
from vigie.terms import StoreFault


@pytest.fixture
def filled(tmp_path):
    """The database of a node that has taken something in."""
    with a_node(tmp_path / "home") as node:
        take_in(node, manifest())
        node.store.outbox.put("orders", b"one")
        yield node.store.db


@pytest.fixture
def other(lasting_url):
    db = open_db(lasting_url, create=True)
    yield db
    db.close()


def contents(db):
    return {table.name: db.rows(f"SELECT * FROM {table.name} ORDER BY {', '.join(table.key)}") for table in tables_of(db)}


def test_every_row_arrives_and_is_counted_and_hashed(filled, other):
    steps = []
    copied = copy(filled, other, lambda table, rows: steps.append((table, rows)))
    assert contents(other) == contents(filled)
    assert {one.table: one.rows for one in copied if one.rows}.items() >= dict(steps).items()
    assert dict(steps)["log"] >= 1
    assert all(re.fullmatch(r"[0-9a-f]{64}", one.digest) for one in copied)


def test_it_comes_back_the_same(filled, other, tmp_path):
    there = copy(filled, other)
    back = open_db(f"sqlite:///{tmp_path}/back.db", create=True)
    try:
        assert copy(other, back) == there
        assert contents(back) == contents(filled)
    finally:
        back.close()


def test_numbers_that_a_table_hands_out_go_on_where_they_were(filled, other, tmp_path):
    last = filled.one("SELECT max(id) FROM outbox")[0]
    filled.run("DELETE FROM outbox")  # what was worked off is gone, its number is not used again
    copy(filled, other)
    back = open_db(f"sqlite:///{tmp_path}/back.db", create=True)
    try:
        copy(other, back)
        for db in (other, back):
            db.run("INSERT INTO outbox (topic, body, due, tries) VALUES (?, ?, ?, ?)", ("orders", b"x", 1, 0))
            assert db.one("SELECT id FROM outbox")[0] == last + 1
    finally:
        back.close()


def test_a_store_that_holds_something_is_left_alone(filled, other):
    copy(filled, other)
    before = contents(other)
    with pytest.raises(StoreFault) as refused:
        copy(filled, other)
    assert refused.value.facts["reason"] == "not-an-empty-store"
    assert contents(other) == before


def test_a_copy_that_differs_is_undone(filled, other, monkeypatch):
    load = type(other).load

    def torn(self, table, columns, rows):
        load(self, table, columns, rows[:-1] if table == "log" else rows)

    monkeypatch.setattr(type(other), "load", torn)
    with pytest.raises(StoreFault) as refused:
        copy(filled, other)
    assert (refused.value.facts["reason"], refused.value.facts["table"]) == ("copy-differs", "log")
    assert contents(other)["log"] == []
    assert contents(other)["head"][0][1] == 0


def test_every_table_has_a_key_by_which_its_rows_are_ordered(filled):
    found = tables_of(filled)
    assert Table("inbox_waiting", ("id",), ("id",)) in found
    assert all(each.key for each in found)


def test_tables_that_hand_out_numbers_are_known():
    folder, counted = files("vigie.store").joinpath("migrations"), {}
    for file in folder.iterdir():
        for table, column in re.findall(r"CREATE TABLE (\w+) \(\s*(\w+) \{counted\}", file.read_text()):
            counted[table] = column
    assert counted == _COUNTED
