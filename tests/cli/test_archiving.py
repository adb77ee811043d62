"""`vigie archive` and how long it still takes."""

from click.testing import CliRunner

from vigie.cli import archiving
from vigie.cli.archiving import Left, archive


def test_the_archive_of_a_new_node_is_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "home"))
    told = CliRunner().invoke(archive, ["--list", "--json"], standalone_mode=False)
    assert told.exit_code in (0, None)
    assert '"months":0' in told.output.replace(" ", "")


def test_what_is_left_is_told_from_what_was_done(monkeypatch):
    said, at = [], iter((100.0, 100.0, 160.0, 220.0))
    monkeypatch.setattr(archiving, "progress", said.append)
    monkeypatch.setattr(archiving.time, "monotonic", lambda: next(at))
    left = Left("months")
    for done in (0, 1, 4):
        left(done, 4)
    assert [text.rsplit("about ")[-1] for text in said] == ["0 min left", "3 min left", "0 min left"]
