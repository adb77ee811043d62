import sqlite3

from tests.cli.conftest import BOXES


def test_chains_verify_until_somebody_touches_them(port):
    told = port.lines("audit", "verify")
    assert {line["chain"]: line["whole"] for line in told[:-1]} == {"trail": True, "log": True}
    assert told[-1]["whole"] is True
    with sqlite3.connect(port.home / "vigie.db") as store:
        table = next(name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE name LIKE '%trail%'"))
        columns = {name for _, name, *_ in store.execute(f"PRAGMA table_info({table})")}
        assert "officer" in columns
        store.execute(f"UPDATE {table} SET officer = 'somebody-else' WHERE rowid = 1")
    store.close()
    broken = port.lines("audit", "verify", code=4)
    assert [line["broken_at"] for line in broken if line.get("chain") == "trail"] == [1]


def test_the_trail_tells_who_looked_at_what(port):
    port.run("arrivals", "show", BOXES[0])
    told = port.lines("audit", "list", "--act", "see", "--officer", "operator")
    assert [line["subject"] for line in told[:-1]] == [f"{BOXES[0]}-1"]
    assert "operator" in port.run("audit", "list", "--limit", 3).stdout
    assert port.lines("audit", "list", "--limit", 1)[-1]["next"]
