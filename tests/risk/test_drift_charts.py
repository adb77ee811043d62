import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk import cusum, cusum_limit, psi, psi_by_chance, spread_chart

WEEKS = 52


def test_the_limit_holds_what_ville_promises():
    assert math.isclose(WEEKS * math.exp(-cusum_limit(WEEKS, 0.05)), 0.05)


@pytest.mark.parametrize(("rate", "n"), [(0.02, 100), (0.002, 600), (0.15, 40)])
def test_false_alarms_of_a_year_stay_few(rate, n):
    """The rate of the base is estimated, which the bound does not count: so it is measured, 400 years of one chart."""
    chance = np.random.default_rng(20261122)
    years = chance.binomial(n, rate, (400, WEEKS))
    alarms = sum(any(point.alarm for point in cusum([(int(hits), n) for hits in year], base=26)) for year in years)
    assert alarms / 400 <= 0.05, alarms


def test_a_doubled_rate_is_seen_within_months():
    chance = np.random.default_rng(1)
    late = 0
    for _ in range(100):
        hits = [*chance.binomial(200, 0.02, 26), *chance.binomial(200, 0.05, 26)]
        found = [place for place, point in enumerate(cusum([(int(one), 200) for one in hits], base=26)) if point.alarm == "up"]
        late += not found
    assert late <= 5


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(5, 9)), max_size=30))
def test_a_chart_has_a_point_a_week_and_is_never_negative(counts):
    for chart in (cusum(counts), spread_chart(counts)):
        assert [(point.hits, point.n) for point in chart] == counts
        assert all(point.up >= 0 and point.down >= 0 for point in chart)


def test_weeks_that_differ_anyway_do_not_alarm_and_a_leap_does():
    chance = np.random.default_rng(3)
    rates = np.clip(chance.normal(0.2, 0.03, WEEKS), 0.01, 0.9)  # far more than chance alone at n = 6,000
    counts = [(int(chance.binomial(6000, rate)), 6000) for rate in rates]
    alarms = sum(bool(point.alarm) for point in spread_chart(counts, base=20))
    assert alarms <= 2
    assert spread_chart([*counts, (3000, 6000)], base=20)[-1].alarm == "up"


def test_nothing_controlled_is_a_gap():
    assert [point.rate for point in spread_chart([(0, 0), (1, 2)])] == [None, 0.5]


@given(st.lists(st.integers(0, 50), min_size=2, max_size=12))
def test_an_unchanged_histogram_has_no_index(bins):
    assert psi(bins, bins) == 0
    assert psi(bins, list(reversed(bins))) >= 0


def test_chance_alone_stays_below_its_limit_in_95_of_100():
    chance = np.random.default_rng(7)
    bins, n, m = 10, 2000, 500
    over = 0
    for _ in range(2000):
        before, now = (chance.multinomial(size, [1 / bins] * bins).tolist() for size in (n, m))
        over += psi(before, now) > psi_by_chance(bins, n, m)
    assert 0.03 <= over / 2000 <= 0.07
