"""A wrong command is told in the reader's language, with exit code 2 and how to get help."""

import pytest

from vigie.cli import speech

WRONG = {
    "no-option": (["arrivals", "list", "--sote", "score"], "--sote"),
    "missing": (["arrivals", "import"], "FILES"),
    "missing option": (["erasure", "request", "box", "X-1", "--reason", "r"], "--basis"),
    "choice": (["erasure", "request", "ship", "x", "--reason", "r", "--basis", "b"], "box, message, party, days"),
    "no-file": (["arrivals", "import", "nothing-here.edi"], "nothing-here.edi"),
    "range": (["arrivals", "list", "--limit", "0"], "500"),
    "bad-value": (["erasure", "confirm", "seven"], "seven"),
    "no-command": (["arrivals", "burn"], "burn"),
    "too-much": (["audit", "verify", "it"], "it"),
    "needs-value": (["arrivals", "list", "--sort"], "--sort"),
}
ENGLISH = ("Error", "Usage", "Missing", "Invalid", "No such", "Try", "does not exist", "Got unexpected")


@pytest.mark.parametrize("language", ["fr", "nl", "pt", "es", "en"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_command_is_told_in_five_languages(terminal, monkeypatch, wrong, language):
    monkeypatch.setenv("VIGIE_LANGUAGE", language)
    speech.language.cache_clear()
    words, named = WRONG[wrong]
    told = terminal.run(*words, code=2).stderr
    assert named in told
    assert "--help" in told
    assert not [word for word in ENGLISH if word in told]


def test_help_and_nothing_at_all_are_answered(terminal):
    assert "import" in terminal.run("arrivals", "--help").stdout
    assert terminal.run("--version").stdout.startswith("vigie")
    terminal.run("arrivals", code=2)


def test_what_cannot_be_opened_does_not_stop_the_others(terminal, ship, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "nothing.edi").write_bytes(b"")
    told = terminal.run("arrivals", "import", empty, ship, code=1)
    assert "empty" in told.stderr
    assert "12" in told.stdout
    for _ in range(2):  # an empty file is told each time, although its part is known the second time
        assert terminal.lines("arrivals", "import", tmp_path / "nothing.edi", code=1)[-1]["doubts"]
    (tmp_path / "map.toml").write_bytes(b"\xff\xfe\x00")
    wrong = terminal.lines("arrivals", "import", ship, "--columns", tmp_path / "map.toml", code=2)[-1]
    assert wrong["facts"]["reason"] == "column-map-unreadable"
