"""Trying rules from the command line: tables for people, JSON Lines for scripts, exit codes."""

import csv

import pytest

from vigie.cli.backtest import CUTS


@pytest.fixture
def looked(port, tmp_path):
    """A node with a ship and the outcomes of two of its boxes."""
    from tests.cli.conftest import BOXES

    table = tmp_path / "outcomes.csv"
    table.write_text("container,at,found,detector\n" + "".join(
        f"{box},2026-03-02T06:00:00Z,{found},scanner\n" for box, found in zip(BOXES, ("cocaine", "nothing"), strict=False)))
    port.run("inspections", "record", "--csv", table)
    return port


def test_the_archive_is_brought_up_to_date_once(looked):
    told = looked.lines("risk", "archive")[-1]
    assert (told["rows"], told["written"]) == (2, 2)
    assert looked.lines("risk", "archive")[-1]["written"] == 0


def test_a_backtest_tells_rates_with_their_interval(looked):
    lines = looked.lines("risk", "backtest")
    assert {line["kind"] for line in lines[:-1]} == {"indicator"}
    told = lines[-1]["all"]
    assert (told["inspected"], told["hits"], told["per_thousand"]) == (2, 1, 500.0)
    assert told["low"] < 500 < told["high"]
    assert "cocaine in 1 of 2 inspected: 500.00 per 1,000" in looked.run("risk", "backtest").stdout


@pytest.mark.parametrize("by", CUTS)
def test_it_is_cut_as_asked(looked, by):
    assert looked.lines("risk", "backtest", "--by", by)[-1]["missing"] == "draws"


def test_without_decisions_it_says_what_is_needed(port):
    told = port.run("risk", "backtest").stdout
    assert "No decisions yet" in told
    assert port.lines("risk", "backtest", "--since", "soon", code=2)[-1]["error"] == "bad-request"


def test_a_simulation_tells_both_lists_and_goes_along_as_csv(port):
    assert port.lines("risk", "simulate")[-1]["missing"] == "capacity"
    port.run("selection", "capacity", "--site", "BEANR", "--shift", "late,12:00,8,S1=3")
    told = port.lines("risk", "simulate", "--day", "2026-03-02")
    assert told[-1]["listed_before"] == told[-1]["both"] > 0
    assert {line["kind"] for line in told[:-1]} == {"load"}
    rows = list(csv.reader(port.run("risk", "simulate", "--day", "2026-03-02", "--csv").stdout.splitlines()))
    assert rows[0][:2] == ["side", "visit"]


def test_two_policies_are_compared_and_shadows_listed(looked):
    told = looked.lines("risk", "compare", "C7@1")
    assert [line["over"] for line in told[:-1]] == ["looked", "random"]
    assert told[-1]["boxes"] == 2
    assert looked.lines("risk", "compare", "NONE@1", code=3)[-1]["error"] == "not-for-you"
    assert looked.lines("risk", "shadows")[-1]["shadows"] == 0
