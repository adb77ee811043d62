"""A run over kept scans: in a folder of its own, by workers with a graphics processor where one registered."""

import sys

import pytest
from tests.desk.port import a_node

from vigie.node.scanning_batch import Run
from vigie.terms import AnalyticsMissing


def test_it_is_closed_to_others_and_goes_with_its_end(tmp_path):
    with a_node(tmp_path / "home") as node:
        run = Run(node, [], "x", "local")
        assert (tmp_path / "home" / "readings").stat().st_mode & 0o077 == 0
        assert list(run.made(lambda done, whole: None)) == []
        run.end()
        assert not (tmp_path / "home" / "readings").exists()


def test_without_the_extra_it_is_refused(tmp_path, monkeypatch):
    with a_node(tmp_path / "home") as node:
        monkeypatch.setitem(sys.modules, "vigie.engine", None)
        with pytest.raises(AnalyticsMissing):
            Run(node, [], "x", "local")
