"""PostgreSQL: places numbered, faults said in our words, the server's loss survived."""

import pytest

from vigie.store.postgres import PostgresDb, numbered
from vigie.terms import StoreFault


@pytest.mark.parametrize(("sql", "told"), [
    ("SELECT 1", "SELECT 1"), ("a = ? AND b IN (?,?)", "a = $1 AND b IN ($2,$3)"), ("?", "$1"), ("", ""),
])  # fmt: skip
def test_places_are_numbered(sql: str, told: str) -> None:
    assert numbered(sql) == told


@pytest.mark.postgres
def test_faults_are_ours(postgres_url: str) -> None:
    db = PostgresDb(postgres_url)
    with db.transaction():
        db.run("CREATE TEMP TABLE a (b BIGINT UNIQUE, c TEXT) ON COMMIT DROP")
        db.run("INSERT INTO a VALUES (?, ?)", (1, "x"))
        assert db.one("SELECT b, c FROM a") == (1, "x")
        assert db.run("UPDATE a SET c = ?", ("y",)) == 1
    with pytest.raises(StoreFault) as error:
        db.rows("SELECT * FROM nothing_of_that_name")
    assert error.value.facts["reason"] == "database"
    with pytest.raises(ValueError, match="0x00"):
        db.one("SELECT CAST(? AS TEXT)", ("a\0b",))
    db.close()
    db.close()


@pytest.mark.postgres
def test_a_broken_connection_is_a_fault_and_the_next_one_works(postgres_url: str) -> None:
    db, killer = PostgresDb(postgres_url), PostgresDb(postgres_url)

    def interrupted() -> None:
        with db.transaction():
            found = db.one("SELECT pg_backend_pid()")
            killer.run("SELECT pg_terminate_backend(?)", found or ())
            db.one("SELECT 1")

    with pytest.raises(StoreFault):
        interrupted()
    assert not db.busy()
    assert db.one("SELECT 1") == (1,)
    db.close()
    killer.close()
