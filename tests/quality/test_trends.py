"""The simulator of ports does what its page says; the full counts are `python -m benchmarks.quality.trends`."""

import numpy as np
import pytest
from benchmarks.quality import _ports, _shares, trends
from benchmarks.quality._ports import BASELINE, LARGE, MOVED_AT, Scenario, drawn


def test_the_intensities_are_those_of_the_reference():
    assert sum(LARGE) == 105
    assert sum(_ports.SMALL) == 27
    found = np.mean([drawn(Scenario("x"), seed).findings.sum() for seed in range(40)]) / _ports.MONTHS
    assert found == pytest.approx(132 * _ports.INSPECTED * _ports.DETECTED, rel=0.15)


def test_a_shift_moves_what_it_says_and_only_then():
    series = [drawn(Scenario("x", 0.5), seed) for seed in range(40)]
    share = [np.mean([one.findings[part, : len(LARGE)].sum() / one.findings[part].sum() for one in series])
             for part in (slice(0, MOVED_AT), slice(MOVED_AT, None))]
    assert share[0] == pytest.approx(105 / 132, abs=0.03)
    assert share[1] == pytest.approx(52.5 / 132, abs=0.04)
    assert {len(one.receivers) for one in series} == {1}


def test_other_ways_answer_on_the_same_series():
    one = drawn(Scenario("x", 0.5), 1)
    assert len(_shares.share_cusum(one, True)) == len(_shares.count_cusum(one)) == _ports.MONTHS - BASELINE
    assert _shares.first_over(np.array([0.0, 2.0]), 1.0) == BASELINE + 1 - MOVED_AT


def test_adaptive_smugglers_leave_large_ports_when_these_look_harder():
    assert np.mean([drawn(Scenario("x", adaptive=True), seed).moved for seed in range(3)]) > 0


def test_unknown_inspections_are_met_with_silence():
    told = trends.Seen()
    series = drawn(Scenario("x", 0.35, unknown=True), 1)
    told.add(trends.monitored(series.counts(known=False)), series)
    assert told.silent == [True]
