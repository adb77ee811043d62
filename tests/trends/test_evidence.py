import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.trends.evidence import rates, ratio, strength, strongest, summed


def counts(before, after, months=12):
    return np.array([before] * months + [after] * months, float)


def test_rates_are_findings_per_inspection_whatever_the_month_brings():
    effort = np.array([[100.0, 50.0]] * 6)
    found = np.array([[10.0, 10.0], [20, 20]] * 3)
    told = rates(found, effort)
    assert told.rate[1] / told.rate[0] == pytest.approx(2, rel=0.02)
    assert told.level[1] / told.level[0] == pytest.approx(2, rel=0.01)


def test_more_scans_alone_leave_the_share_where_it_was():
    found, effort = counts([40, 4], [40, 8]), counts([1000, 100], [1000, 200])
    base = rates(found[:12], effort[:12])
    assert abs(strength(summed(found, effort, base.rate), 12, 24)[0, 1]) < 0.2
    raw = summed(found, np.ones_like(effort), rates(found[:12], np.ones((12, 2))).rate)
    assert strength(raw, 12, 24)[0, 1] > 3


def test_a_moved_share_speaks_up_and_the_giver_down():
    found, effort = counts([40, 4], [30, 14]), counts([1000, 100], [1000, 100])
    told = strength(summed(found, effort, rates(found[:12], effort[:12]).rate), 12, 24)[0]
    assert told[1] > 5
    assert told[0] == pytest.approx(-told[1], rel=1e-6)


@given(*(st.integers(0, 30) for _ in range(4)), st.floats(0.1, 10), st.floats(0.1, 10))
def test_the_ratio_is_that_of_two_binomials_fitted_by_search(own1, rest1, own0, rest0, odds1, odds0):
    all1, all0 = own1 + rest1, own0 + rest0
    fair1, fair0 = all1 * odds1 / (1 + odds1), all0 * odds0 / (1 + odds0)
    told = float(ratio(*(np.array(float(one)) for one in (own1, all1, fair1, own0, all0, fair0))))
    if not all1 or not all0:
        assert told == 0
        return

    def likelihood(theta):
        return sum(own * np.log(theta * odds / (1 + theta * odds)) - (of - own) * np.log1p(theta * odds)
                   for own, of, odds in ((own1, all1, odds1), (own0, all0, odds0)))

    def free(own, of):
        part = np.clip(own / of, 1e-12, 1 - 1e-12)
        return own * np.log(part) + (of - own) * np.log1p(-part)

    best = likelihood(np.exp(np.linspace(-25, 25, 20_001))).max()
    assert told**2 / 2 == pytest.approx(max(free(own1, all1) + free(own0, all0) - best, 0), abs=2e-3)


def test_the_strongest_window_is_found_month_by_month():
    found, effort = counts([40, 4], [30, 14]), counts([1000, 100], [1000, 100])
    sums = summed(found, effort, rates(found[:12], effort[:12]).rate)
    rise, fall = strongest(sums, 12)
    assert rise.shape == (12, 2)
    assert rise[-1, 1] == pytest.approx(strength(sums, 12, 24)[0, 1])
    assert fall[-1, 0] == pytest.approx(rise[-1, 1])


def test_small_ports_are_also_taken_together():
    found, effort = counts([40, 2, 2], [30, 7, 7]), counts([1000, 50, 50], [1000, 50, 50])
    sums = summed(found, effort, rates(found[:12], effort[:12]).rate, (1, 2))
    assert sums.own[-1].tolist() == [840, 108, 108, 216]
    assert strength(sums, 12, 24)[0, 3] > strength(sums, 12, 24)[0, 1]
