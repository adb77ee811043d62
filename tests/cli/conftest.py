"""Runs commands as a terminal does, against a node of its own with a small ship in it."""

import json
import shutil

import pytest
from click.testing import CliRunner
from tests.desk.port import a_consignment, bay_plan, discharge, manifest, numbers

from vigie.app.command import root
from vigie.cli import speech

BOXES = numbers(12)
DAY = "2026-03-02"  # when the ship of `tests.desk.port` comes


class Terminal:
    """A terminal at one node."""

    def __init__(self, home):
        self.home = home

    def run(self, *words, code=0):
        """Run a command; its output is given where it left with the code that was expected."""
        told = CliRunner().invoke(root(), [str(word) for word in words])
        if told.exception is not None and not isinstance(told.exception, SystemExit):
            raise told.exception
        assert told.exit_code == code, told.output
        return told

    def lines(self, *words, code=0):
        """Run a command for a script: one JSON object a line, the summary last."""
        lines = [json.loads(line) for line in self.run(*words, "--json", code=code).stdout.splitlines()]
        assert [line["kind"] for line in lines].count("summary") == 1
        assert lines[-1]["kind"] == "summary"
        assert lines[-1]["exit"] == code
        return lines


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("VIGIE_LANGUAGE", "en")
    speech.language.cache_clear()
    yield
    speech.language.cache_clear()


@pytest.fixture(scope="session")
def ship(tmp_path_factory):
    """A folder with the messages of one ship."""
    folder = tmp_path_factory.mktemp("ship")
    bills = [a_consignment(f"BL{place}", box) for place, box in enumerate(BOXES)]
    (folder / "1-manifest.edi").write_bytes(manifest(*bills))
    (folder / "2-plan.edi").write_bytes(bay_plan(*BOXES))
    (folder / "3-discharge.edi").write_bytes(discharge(*BOXES[:4]))
    return folder


@pytest.fixture
def terminal(tmp_path, monkeypatch):
    """A terminal at a node that does not exist yet."""
    home = tmp_path / "home"
    monkeypatch.setenv("VIGIE_HOME", str(home))
    return Terminal(home)


@pytest.fixture(scope="session")
def _template(ship, tmp_path_factory):
    home = tmp_path_factory.mktemp("template") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIGIE_HOME", str(home))
        Terminal(home).lines("arrivals", "import", ship)
    return home


@pytest.fixture
def port(_template, terminal):
    """A terminal at a node that knows the ship."""
    shutil.copytree(_template, terminal.home)
    return terminal
