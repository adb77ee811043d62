"""Months that moved: read as before, erased like the rest, never lost, whatever is cut off where."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.desk.port import BOB, VISIT, a_consignment, a_node, manifest, take_in

from vigie.desk import container
from vigie.desk.rederiving import rederive
from vigie.risk import Kind
from vigie.store.archived import MOVED, WRITTEN, span_of
from vigie.store.archived_files import BY_NAME, SOURCES
from vigie.terms import Moment, StoreFault

LATER = Moment(span_of("2026-03")[1])
ROOT = Path(__file__).parents[2]


def move_all(store, before=LATER):
    moved = [store.archived.move(source, month, before) for source, month, _, _ in store.archived.closed(before)]
    return [one for one in moved if one is not None]


def told_of(node):
    return (
        node.store.log.after(0, 1000), node.store.history.after(0, 1000), node.store.assessments.of(VISIT),
        [node.store.inbox.get(number) for number in range(20)], node.store.log.verify(),
        container.container(BOB, VISIT, node).timeline,
    )  # fmt: skip


@pytest.fixture
def node(tmp_path, home_store):
    with a_node(tmp_path / "home", store=home_store) as made:
        take_in(made, manifest())
        yield made


def test_what_moved_is_read_as_if_it_had_not(node):
    before = told_of(node)
    moved = move_all(node.store)
    assert {one.source for one in moved} == {source.name for source in SOURCES}
    assert all(one.state == WRITTEN for one in moved)
    assert [one.state for one in node.store.archived.months()] == [MOVED] * len(moved)
    db = node.store.db
    for table in ("log", "inbox", "assessment"):
        assert db.one(f"SELECT count(*), count(body) FROM {table}")[1] == 0, table
    assert db.one("SELECT count(*) FROM history") == (0,)
    assert told_of(node) == before
    assert rederive(BOB, VISIT, node).verdict == "equal"
    assert node.store.archived.closed(LATER) == []


def test_a_month_that_is_not_over_stays(node):
    assert node.store.archived.closed(node.now()) == []


def test_what_is_in_store_and_archive_is_read_as_one(node):
    move_all(node.store)
    moved = node.store.history.after(0, 1000)
    node.clock.at = Moment(LATER + 1)
    take_in(node, manifest(a_consignment("XYZ", "MSKU0383250"), number=9))
    rows, after = [], 0
    while found := node.store.history.after(after, 1):
        rows += found
        after = found[-1].hlc
    assert rows[: len(moved)] == moved
    assert len(rows) > len(moved)
    assert len(node.store.log.after(0, 1000)) > len({row.hlc for row in moved})
    assert all(entry.body for entry in node.store.log.after(0, 1000))


def test_a_line_that_moved_is_found_by_its_retraction(node):
    rows = [row for row in node.store.history.after(0, 1000) if row.kind == Kind.ANNOUNCED]
    move_all(node.store)
    wanted = [(row.line, int(row.kind), row.hlc) for row in rows]
    assert node.store.history.counted([*wanted, (1, 1, 5)]) == [*rows, None]


def test_an_erasure_reaches_what_moved(node):
    move_all(node.store)
    unit = node.store.log.after(0, 10)[0].unit
    node.store.erase([unit])
    assert [entry.body for entry in node.store.log.after(0, 10) if entry.unit == unit] == [None]
    assert node.store.inbox.get(unit) is None
    assert node.store.log.verify().broken is None


def test_nothing_is_removed_where_the_file_is_not_what_was_catalogued(node):
    archived = node.store.archived
    source = BY_NAME["log"]
    (_, month, _first, _until), *_ = [one for one in archived.closed(LATER) if one[0].name == "log"]
    archived._written(source, month, LATER)
    path = archived.folder / f"log-{month}.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(StoreFault) as fault:
        archived.move(source, month, LATER)
    assert fault.value.facts == {"reason": "archive-file", "file": path.name}
    assert node.store.db.one("SELECT count(*) FROM log WHERE body IS NULL") == (0,)


def test_a_full_disk_is_told_and_nothing_is_removed(node):
    before = told_of(node)
    archived = node.store.archived
    archived.folder.mkdir(parents=True)
    for source, month, _, _ in archived.closed(LATER):
        (archived.folder / f".{source.name}-{month}.parquet.part").symlink_to("/dev/full")
        with pytest.raises(StoreFault) as fault:
            archived.move(source, month, LATER)
        assert fault.value.facts["reason"] == "full"
    assert archived.months() == []
    assert told_of(node) == before


@pytest.mark.parametrize("place", [0, 1, 2, 3, 4, 5, 13, 23])  # of 24: six steps of each of four tables
def test_a_kill_at_any_step_loses_nothing(tmp_path, place):
    with a_node(tmp_path / "home") as node:
        take_in(node, manifest())
        before = told_of(node)
    told = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path / "home"), str(place)], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}, timeout=120, check=False,
    )  # fmt: skip
    assert told.returncode == -signal.SIGKILL, told.stderr
    with a_node(tmp_path / "home") as node:
        assert told_of(node) == before
        move_all(node.store)
        assert told_of(node) == before
        assert {one.state for one in node.store.archived.months()} == {MOVED}
        assert len(list(node.store.archived.folder.glob("*.parquet"))) == len(node.store.archived.months()) == 4
        assert not [one for one in node.store.archived.folder.iterdir() if one.name.endswith(".part")]


_KILLED = """
import os, signal, sys
from pathlib import Path
from tests.desk.port import a_node
from tests.store.test_archived import LATER
from vigie.store import archived, archived_files as files

home, place = Path(sys.argv[1]), int(sys.argv[2])
steps = [(files, "_settle"), (files, "digest_of"), (files, "file_digest"), (archived.Archived, "_remove")]
calls = 0


def at(owner, name):
    real = getattr(owner, name)

    def told(*args):
        global calls
        calls += 1
        if calls == place + 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args)

    setattr(owner, name, told)


for owner, name in steps:
    at(owner, name)
with a_node(home) as node:
    many = node.store.db.many

    def removed(sql, rows):
        global calls
        many(sql, rows)
        calls += 1
        if calls == place + 1:
            os.kill(os.getpid(), signal.SIGKILL)

    node.store.db.many = removed
    for source, month, _, _ in node.store.archived.closed(LATER):
        node.store.archived.move(source, month, LATER)
"""


def test_without_a_folder_nothing_moves():
    from vigie.store import open_store

    with open_store("sqlite://", None) as store:
        assert store.archived.months() == []
        assert store.history.after(0, 10) == []
        with pytest.raises(StoreFault) as fault:
            store.archived.paths("log") or store.archived.move(BY_NAME["log"], "2026-01", LATER)
        assert fault.value.facts["reason"] == "no-archive"


def test_months_follow_each_other():
    assert span_of("2025-12")[1] == span_of("2026-01")[0]
    assert span_of("2024-02")[1] - span_of("2024-02")[0] == 29 * 86_400_000_000
