def test_a_simulated_port_is_written_and_taken_in(terminal, tmp_path):
    folder = tmp_path / "world"
    made = terminal.lines("world", "generate", "--out", folder, "--scale", 0.02, "--days", 3, "--seed", 7)[-1]
    assert made["simulated"] is True
    messages, outcomes = (list((folder / name).iterdir()) for name in ("messages", "outcomes"))
    assert sum(made["files"].values()) == len(messages) + len(outcomes)
    assert len(messages) > len(outcomes) > 0
    assert (folder / "truth.jsonl").exists()
    assert "SIMUL" in (folder / "README").read_text()
    told = terminal.lines("arrivals", "import", folder / "messages", code=1)[-1]
    assert (told["faults"], told["files"]) == (0, len(messages))
    assert told["containers"] > 0
    assert not any(code == "unread-table" for code in told["doubts"])
    recorded = terminal.lines("inspections", "record", "--csv", folder / "outcomes")[-1]
    assert (recorded["recorded"] > 0, recorded["doubts"]) == (True, 0)
    assert str(folder) in terminal.run("world", "generate", "--out", folder, "--scale", 0.002).stdout


def test_the_folder_says_whether_smugglers_adapt(terminal, tmp_path):
    for name, more in (("usual", ()), ("moved", ("--adapt",))):
        terminal.run("world", "generate", "--out", tmp_path / name, "--scale", 0.002, *more)
        assert f"adapt: {bool(more)}" in (tmp_path / name / "README").read_text()


def test_what_happens_under_way_is_told_where_it_is_asked_for(terminal, tmp_path):
    told, plain = tmp_path / "told", tmp_path / "plain"
    terminal.run("world", "generate", "--out", plain, "--scale", 0.02, "--days", 3, "--seed", 7)
    made = terminal.lines("world", "generate", "--out", told, "--scale", 0.02, "--days", 3, "--seed", 7, "--underway")[-1]
    assert made["files"]["yard"] == len(list((told / "yard").iterdir()))
    assert made["files"]["rights"] == len(list((told / "releases").iterdir()))
    assert (told / "access.csv").read_text().startswith("at,user,system,act,container")
    assert b'"type":"insider"' in (told / "truth.jsonl").read_bytes()
    assert sorted(one.name for one in plain.iterdir()) == ["README", "messages", "outcomes", "truth.jsonl"]
    moved = terminal.lines("arrivals", "import", told / "yard", "--columns", told / "yard.toml")[-1]
    assert moved["faults"] == 0


def test_more_lots_than_the_published_figures_are_planted_and_told(terminal, tmp_path):
    cases = [
        terminal.lines("world", "generate", "--out", tmp_path / str(uplift), "--scale", 0.05, "--uplift", uplift)[-1]["cases"]
        for uplift in (1, 200)
    ]
    assert cases[1] > cases[0]
    assert "uplift: 200" in (tmp_path / "200" / "README").read_text()
    terminal.run("world", "generate", "--out", tmp_path / "w", "--uplift", 0, code=2)


def test_a_moment_that_cannot_be_read_is_wrong_usage(terminal, tmp_path):
    terminal.run("world", "generate", "--out", tmp_path / "w", "--start", "soon", code=2)
    terminal.run("world", "generate", "--out", tmp_path / "w", "--days", 0, code=2)
