import numpy as np
import pytest

from vigie.trends import FALSE_ALARMS
from vigie.trends.evidence import rates, strongest, summed
from vigie.trends.thresholds import simulated, threshold

EFFORT = np.array([[1000.0, 800, 100, 100]] * 72)
MEAN = np.array([6.0, 4, 0.5, 0.5])


def drawn(seed, n=1):
    return np.random.default_rng(seed).poisson(MEAN, (n, 72, 4)).astype(float)


def test_simulated_months_bring_as_many_findings_as_there_were():
    one = drawn(1)[0]
    told = simulated(one.sum(axis=1), EFFORT, rates(one[:24], EFFORT[:24]), 20, 3)
    assert (told.sum(axis=2) == one.sum(axis=1)).all()


def test_series_without_a_move_alarm_about_as_often_as_is_said():
    alarms = 0
    for seed in range(60):
        one = drawn(seed)[0]
        base = rates(one[:24], EFFORT[:24])
        limit = threshold(one, EFFORT, base, 24, (2, 3), seed, 200)
        alarms += bool((limit.over(*strongest(summed(one, EFFORT, base.rate, (2, 3)), 24), 4) > 0).any())
    assert alarms <= 9  # 60 series at FALSE_ALARMS: more than nine come once in 700 runs
    assert FALSE_ALARMS == 0.05


def test_a_short_series_has_the_limit_of_four_years():
    one = drawn(5)[0][:30]
    base = rates(one[:24], EFFORT[:24])
    assert threshold(one, EFFORT[:30], base, 24, (2, 3), 1, 100).allowed == pytest.approx(FALSE_ALARMS)


def test_a_warning_comes_before_an_alarm():
    one = drawn(6)[0]
    limit = threshold(one, EFFORT, rates(one[:24], EFFORT[:24]), 24, (2, 3), 1, 400)
    assert limit.warning < limit.single
