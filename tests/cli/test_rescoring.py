"""`vigie risk rescore` and `vigie risk skew`."""

import click
import pytest
from click.testing import CliRunner
from tests.desk.port import BOX, NOW, a_consignment, a_node, manifest, take_in

from vigie.cli.rescoring import Span, moment_from, rescore, skew
from vigie.terms import read_moment


def test_years_and_days_are_read_and_their_ends():
    assert moment_from("2019") == read_moment("2019-01-01T00:00:00Z")
    assert moment_from("2019", end=True) == read_moment("2020-01-01T00:00:00Z")
    assert moment_from("2020-02-28", end=True) == read_moment("2020-02-29T00:00:00Z")
    for wrong in ("19", "2019-13-01", "soon"):
        with pytest.raises(click.BadParameter):
            Span().convert(wrong, None, None)


def test_a_year_is_scored_again_and_a_day_compared(tmp_path, monkeypatch):
    monkeypatch.setenv("VIGIE_HOME", str(tmp_path / "home"))
    with a_node(tmp_path / "home") as node:
        take_in(node, manifest(a_consignment("A", BOX)))
    told = CliRunner().invoke(rescore, ["--from", "2026", "--to", "2026", "--json"], standalone_mode=False)
    assert '"features_differ":0,"scores_differ":0' in told.output.replace(" ", ""), told.output
    assert '"boxes":1' in told.output.replace(" ", "")
    day = str(NOW and "2026-03-02")
    told = CliRunner().invoke(skew, ["--day", day, "--json"], standalone_mode=False)
    assert '"checked":1,"different":0' in told.output.replace(" ", ""), told.output
