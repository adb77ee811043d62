"""A node is moved at the command line, and goes on from its new database."""


def test_a_node_moves_and_goes_on(terminal, ship, tmp_path, monkeypatch):
    terminal.run("arrivals", "import", ship)
    listed = terminal.lines("arrivals", "list")[-1]
    url = f"sqlite:///{tmp_path}/moved.db"
    told = terminal.lines("store", "copy", url)
    assert {row["table"] for row in told[:-1]} >= {"log", "visit", "trail"}
    assert all(len(row["digest"]) == 64 for row in told[:-1])
    assert told[-1]["rows"] == sum(row["rows"] for row in told[:-1])
    assert terminal.lines("store", "copy", url, code=4)[-1]["facts"]["reason"] == "not-an-empty-store"
    monkeypatch.setenv("VIGIE_STORE", url)
    assert terminal.lines("arrivals", "list")[-1] == listed
    assert terminal.lines("audit", "verify")[-1]["whole"] is True
