"""The high-water mark outside the database: no place of the log is given twice, not after any restore."""

import shutil
from itertools import pairwise

import pytest
from tests.desk.port import BOB, NOW, VISIT, a_consignment, a_node, manifest, take_in

from vigie.desk import arrivals
from vigie.store.issued import BLOCK, Issued, Mark
from vigie.terms import DAY, HOUR, Entry, EntryKind, Moment, StoreFault


def hlcs(node):
    return [entry.hlc for entry in node.store.log.after(0, 10_000)]


def test_the_mark_is_written_before_the_entries_and_seldom(tmp_path):
    issued = Issued(tmp_path / "mark")
    issued.reserve(0, 100)
    assert issued.read() == Mark(0, 100 + BLOCK)
    made = (tmp_path / "mark").stat().st_mtime_ns
    issued.reserve(100, 100 + BLOCK)
    assert (tmp_path / "mark").stat().st_mtime_ns == made
    issued.reserve(100 + BLOCK, 101 + BLOCK)
    assert issued.read() == Mark(100 + BLOCK, 101 + 2 * BLOCK)


def test_an_older_database_is_noticed_and_nothing_is_issued_twice(tmp_path):
    home = tmp_path / "home"
    with a_node(home) as node:
        take_in(node, manifest())
    shutil.copy(home / "vigie.db", tmp_path / "backup.db")
    with a_node(home) as node:
        for day in range(1, 4):
            node.clock.at = Moment(NOW + day * HOUR)
            take_in(node, manifest(a_consignment(f"X{day}"), number=day + 10))
        given = hlcs(node)
        assert node.store.log.missing() is None
    for name in ("vigie.db", "vigie.db-wal", "vigie.db-shm"):
        (home / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", home / "vigie.db")
    with a_node(home) as node:  # its clock stands where it stood at first: as if it had been set back, too
        last, high = node.store.log.missing()
        assert last == node.store.log.last() < given[-1] <= high
        fact = next(one for one in node.health("en") if one.name == "restored")
        assert fact.state == "bad"
        with pytest.raises(StoreFault) as fault:
            node.store.log.append([Entry(Moment(last + 1), EntryKind.OUTCOME, "x", 1, b"", "x")])
        assert fault.value.facts["reason"] == "order"
        take_in(node, manifest(a_consignment("NEW"), number=77))
        fresh = [hlc for hlc in hlcs(node) if hlc > last]
        assert fresh
        assert not set(fresh) & set(given)
        assert min(fresh) > max(given)


def test_a_restored_node_goes_on_and_still_says_what_is_gone(tmp_path):
    home = tmp_path / "home"
    test_an_older_database_is_noticed_and_nothing_is_issued_twice(tmp_path)
    with a_node(home) as node:
        assert node.store.log.missing() is None
        fact = next(one for one in node.health("en") if one.name == "restored")
        assert fact.state == "warn"
        before = hlcs(node)
        take_in(node, manifest(a_consignment("MORE"), number=78))
        assert hlcs(node)[: len(before)] == before


def test_a_clock_that_steps_back_reorders_nothing(tmp_path):
    with a_node(tmp_path / "home") as node:
        take_in(node, manifest())
        node.clock.at = Moment(NOW - 2 * DAY)
        arrivals.override(BOB, VISIT, "hold", "the clock was set back", node)
        told = hlcs(node)
        assert all(one < other for one, other in pairwise(told))
        assert next(one for one in node.health("en") if one.name == "clock").state == "bad"
        assert node.store.log.verify().broken is None


def test_a_damaged_mark_is_told(tmp_path):
    (tmp_path / "mark").write_bytes(b"{")
    with pytest.raises(StoreFault) as fault:
        Issued(tmp_path / "mark").floor(5)
    assert fault.value.facts["reason"] == "damaged-mark"


def test_a_store_in_memory_has_none():
    issued = Issued(None)
    issued.reserve(5, 9)
    assert (issued.floor(5), issued.missing(5)) == (5, None)


def test_without_the_mark_on_the_disk_nothing_is_written(tmp_path):
    issued = Issued(tmp_path / "absent" / "mark")
    with pytest.raises(StoreFault):
        issued.reserve(0, 1)
