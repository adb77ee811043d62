"""SQLite: durable settings, faults said in our words, readers that never wait."""

from pathlib import Path

import pytest

from vigie.store.sqlite import SqliteDb
from vigie.terms import StoreFault


def test_commits_are_forced_to_disk(tmp_path: Path) -> None:
    db = SqliteDb(tmp_path / "a.db", create=True)
    with db.transaction():
        assert db.one("PRAGMA journal_mode") == ("wal",)
        assert db.one("PRAGMA synchronous") == (2,)  # FULL
        assert db.one("PRAGMA foreign_keys") == (1,)
    db.close()


def test_readers_cannot_write(tmp_path: Path) -> None:
    db = SqliteDb(tmp_path / "a.db", create=True)
    db.run("CREATE TABLE a (b INTEGER)")
    with pytest.raises(StoreFault) as error:
        db.rows("INSERT INTO a VALUES (1) RETURNING b")
    assert error.value.facts["reason"] == "read-only"
    db.close()


@pytest.mark.parametrize(("sql", "reason"), [
    ("INSERT INTO a VALUES (1)", "constraint"), ("SELECT * FROM nothing", "database"),
])  # fmt: skip
def test_faults_are_ours(sql: str, reason: str) -> None:
    db = SqliteDb(None, create=True)
    db.run("CREATE TABLE a (b INTEGER UNIQUE)")
    db.run("INSERT INTO a VALUES (1)")
    with pytest.raises(StoreFault) as error:
        db.run(sql)
    assert error.value.facts["reason"] == reason
    assert not db.busy()
    db.close()


def test_a_full_disk_is_said_and_undone(tmp_path: Path) -> None:
    db = SqliteDb(tmp_path / "a.db", create=True)
    db.run("CREATE TABLE a (b BLOB)")
    db.run("INSERT INTO a VALUES (x'00')")
    db.run("PRAGMA max_page_count = 10")
    with pytest.raises(StoreFault) as error:
        db.many("INSERT INTO a VALUES (?)", [(bytes(4000),)] * 40)
    assert error.value.facts["reason"] == "full"
    assert db.one("SELECT count(*) FROM a") == (1,)
    db.close()


def test_an_absent_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreFault) as error:
        SqliteDb(tmp_path / "a.db", create=False)
    assert error.value.facts["reason"] == "absent"


def test_what_was_written_is_folded_into_the_file_while_others_write_and_read(tmp_path: Path) -> None:
    db = SqliteDb(tmp_path / "a.db", create=True)
    db.run("CREATE TABLE a (b BLOB)")
    db.run("INSERT INTO a VALUES (zeroblob(200000))")
    with db.reading(), db.transaction():
        db.run("INSERT INTO a VALUES (zeroblob(100000))")
        db.checkpoint()
        db.checkpoint()  # nothing new since
    assert 200_000 < (tmp_path / "a.db").stat().st_size < 300_000
    db.checkpoint()
    assert (tmp_path / "a.db").stat().st_size > 300_000
    assert db.one("SELECT sum(length(b)) FROM a") == (300_000,)
    db.close()
    SqliteDb(None, create=True).checkpoint()
