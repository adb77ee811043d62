"""Rows of rates: per thousand, with nothing where nothing is known, and never an infinity that JSON has no word for."""

import math

from vigie.desk.views import backtest as views
from vigie.desk.views.backtest import csv_row, rate_row
from vigie.desk.views.plain import plain
from vigie.risk import Alone, Estimate, Measured, Moved
from vigie.risk import Tested as Indicator

RATE = Estimate(0.0073, 0.0015, 0.0211)
KNOWN = Measured("P1", 900, 412, 3, 5, 1, RATE, 40, 1, Estimate(0.01, 0.001, 0.05), Estimate(2.0, 0.5, math.inf))
UNKNOWN = Measured("P2", 7, 0, 0, 0, 0, Estimate(0.0, 0.0, 1.0))


def test_rates_are_told_per_thousand_and_an_open_end_as_none():
    row = rate_row(KNOWN, "name")
    assert (row.code, row.name, row.per_thousand, row.low, row.high) == ("P1", "name", 7.3, 1.5, 21.1)
    assert (row.weighted, row.weighted_high, row.lift, row.lift_high) == (10.0, 50.0, 2.0, None)


def test_without_a_control_there_is_no_rate():
    row = rate_row(UNKNOWN, "")
    assert (row.per_thousand, row.low, row.high, row.weighted, row.lift) == (None,) * 5


def test_an_indicator_keeps_its_own_name_and_what_it_alone_told():
    row = views.tested_row(Indicator("P1", 2, "parties", "score", KNOWN, Alone(5, 4, 1), within=("C4",)), "name", "shadow")
    told = plain(row)
    assert (told["code"], told["version"], told["alone_alerts"], told["alone_hits"], told["state"]) == (
        "P1", 2, 5, 1, "shadow")  # fmt: skip
    assert told["within"] == ["C4"]


def test_a_moved_box_is_a_row_of_a_table():
    moved = Moved("V-1", "BEANR", "early", "EC", -5, 7, False, ("C7", "P1"), ())
    assert csv_row("came", moved) == ("came", "V-1", "BEANR", "early", "EC", -5, 7, False, "C7 P1", "", False)
