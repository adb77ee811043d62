import numpy as np
import pytest

from vigie.trends import assumed
from vigie.trends.evidence import rates, summed
from vigie.trends.ratios import compared, moved


def test_a_doubled_rate_is_told_as_two_with_an_interval():
    found = np.array([[40.0, 20.0]] * 12 + [[40, 40]] * 12)
    effort = np.full_like(found, 100.0)
    told = compared(summed(found, effort, rates(found[:12], effort[:12]).rate), 1, 12, 24, 0.0033, 1 / 3)
    assert told.value == pytest.approx(2, rel=0.01)
    assert 1.5 < told.low < 2 < told.high < 2.7
    assert told.share_now == pytest.approx(0.5, abs=0.01)


def test_twice_the_sensitivity_explains_half_of_a_rise():
    found = np.array([[40.0, 20.0]] * 12 + [[40, 40]] * 12)
    effort = np.full_like(found, 100.0)
    told = compared(summed(found, effort, rates(found[:12], effort[:12]).rate), 1, 12, 24, 0.0033, 1 / 3)
    twice = assumed(told, 2.0)
    assert twice.value == pytest.approx(told.value / 2, abs=0.001)
    assert not twice.stands
    assert assumed(told, 0.5).stands


@pytest.mark.parametrize(("share", "factor", "now"), [(0.5, 1, 0.5), (0.2, 4, 0.5), (0.0, 9, 0.0)])
def test_odds_are_multiplied_not_shares(share, factor, now):
    assert moved(share, factor) == pytest.approx(now)
