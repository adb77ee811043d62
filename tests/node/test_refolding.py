"""A run of a node: refused where the extra is missing, kept in a folder of its own."""

import sys

import pytest
from tests.desk.port import a_node

from vigie.node.refolding import Run
from vigie.terms import AnalyticsMissing


def test_it_lies_below_the_home_and_is_closed_to_others(tmp_path):
    with a_node(tmp_path / "home") as node:
        run = Run(node, "rescore", "x", "local", judged=True)
        assert run.folder == str(tmp_path / "home" / "rescore")
        assert (tmp_path / "home" / "rescore").stat().st_mode & 0o077 == 0
        assert not list((tmp_path / "home" / "rescore").glob("*.parquet"))


def test_without_the_extra_it_is_refused(tmp_path, monkeypatch):
    with a_node(tmp_path / "home") as node:
        monkeypatch.setitem(sys.modules, "vigie.engine", None)
        with pytest.raises(AnalyticsMissing):
            Run(node, "rescore", "x", "local", judged=True)
