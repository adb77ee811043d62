"""Intervals say what they can prove: known values, edges, and that they cover as often as they say."""

import random
import subprocess
import sys
from itertools import pairwise
from math import comb, exp, factorial, inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk.estimate import Interval, bound_of_none, exact, lift, mcnemar, middle, weighted
from vigie.terms import BadRequest

counts = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("n", "bound"), [(1000, 3.0e-3), (10_000, 3.0e-4), (30_000, 1.0e-4), (100_000, 3.0e-5)])
def test_no_find_among_n_bounds_the_rate_as_the_reference_page_says(n, bound):
    assert isclose(bound_of_none(n), bound, rel_tol=0.005)
    assert isclose((1 - bound_of_none(n)) ** n, 0.05)


def test_an_exact_interval_is_the_one_of_the_textbook():
    # 4 of 20: Clopper and Pearson 0.0573 to 0.4366
    found = exact(4, 20)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0573, 0.4366)


def binomial_above(hits, n, rate):
    return sum(comb(n, k) * rate**k * (1 - rate) ** (n - k) for k in range(hits, n + 1))


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_at_the_ends_of_an_exact_interval_the_count_is_just_possible(pair):
    hits, n = pair
    found = exact(hits, n)
    if hits:
        assert isclose(binomial_above(hits, n, found.low), 0.025, rel_tol=1e-6)
    if hits < n:
        assert isclose(1 - binomial_above(hits + 1, n, found.high), 0.025, rel_tol=1e-6)


@given(counts)
def test_the_middle_interval_lies_inside_the_exact_one_and_both_hold_the_rate(pair):
    hits, n = pair
    wide, narrow = exact(hits, n), middle(hits, n)
    assert wide.low <= narrow.low <= narrow.high <= wide.high
    if n:
        assert hits / n in wide
        assert hits / n in narrow


def test_an_exact_interval_covers_at_every_rate():
    n = 80
    for rate in (0.004, 0.02, 0.05, 0.11, 0.3):
        chances = [comb(n, k) * rate**k * (1 - rate) ** (n - k) for k in range(n + 1)]
        assert sum(chance for k, chance in enumerate(chances) if rate in exact(k, n)) >= 0.95


def test_a_weighted_total_adds_up_the_weights_of_the_finds():
    told = weighted([True, False, True, False], [0.1, 0.01, 0.5, 0.02])
    assert told.value == 12.0
    assert 0 < told.low < 12 < told.high
    assert told.value in told.interval


def test_without_a_find_the_bound_is_that_of_three_mean_weights():
    told = weighted([False] * 50, [0.01] * 50)
    assert (told.value, told.low) == (0.0, 0.0)
    assert isclose(told.high, 2.9957 * 100, rel_tol=1e-4)


def test_boxes_that_were_all_but_certain_to_be_drawn_do_not_make_a_total_surer():
    alone = weighted([True, *[False] * 50], [0.01] * 51)
    beside = weighted([True, *[False] * 100], [0.01] * 51 + [0.99] * 50)
    assert beside.value == alone.value
    assert beside.high > 0.97 * alone.high


def test_without_a_draw_nothing_is_known():
    assert weighted([], []).high == inf
    assert exact(0, 0) == Interval(0.0, 1.0) == middle(0, 0)
    assert bound_of_none(0) == 1.0


@pytest.mark.parametrize("loaded", [60, 250, 900])
def test_a_weighted_interval_covers_what_is_in_the_pool(loaded):
    """Tilted and uniform draws from 10,000 boxes, where chance is higher for loaded ones."""
    chance = random.Random(loaded)
    covered = years = 0
    for _ in range(400):
        boxes = [(hit, 0.02 * chance.uniform(0.7, 1.3) * (1.6 if hit else 1.0)) for hit in
                 (place < loaded for place in range(10_000))]
        drawn = [box for box in boxes if chance.random() < box[1]]
        years += 1
        covered += loaded in weighted([hit for hit, _ in drawn], [one for _, one in drawn]).interval
    assert 0.92 <= covered / years <= 0.99


def of_equal_weight(hits, drawn=2000, chance=0.01):
    return weighted([True] * hits + [False] * (drawn - hits), [chance] * drawn)


def test_a_weighted_interval_covers_its_level_on_average_also_where_almost_no_find_is_expected():
    """Finds of equal weight follow Poisson's law nearly; coverage at each expected number of finds, and over spans."""
    intervals = [of_equal_weight(hits) for hits in range(70)]

    def covered(expected):
        return sum(exp(-expected) * expected**hits / factorial(hits)
                   for hits, one in enumerate(intervals) if one.low <= 100 * expected <= one.high)  # fmt: skip

    for first, last in ((0.05, 0.5), (0.5, 1), (1, 2), (2, 3), (3, 4), (4, 8), (8, 25)):
        shares = [covered(first + (last - first) * (place + 0.5) / 100) for place in range(100)]
        assert 0.94 < sum(shares) / 100 < 0.965
        assert min(shares) > 0.9


def test_the_lower_end_rises_with_each_find_and_the_bound_of_none_stays_as_it_was():
    ends = [of_equal_weight(hits) for hits in range(40)]
    assert all(a.low < b.low and a.high < b.high for a, b in pairwise(ends[:7]))
    assert all(a.low <= b.low and a.high < b.high for a, b in pairwise(ends))
    assert isclose(ends[0].high, 2.9957 * 100, rel_tol=1e-4)
    assert isclose(ends[0].high / 200_000, bound_of_none(2000), rel_tol=0.001)
    assert isclose(ends[1].low, 10.0, rel_tol=0.1)  # half of one find is left out at 5 %, none at 10 in 200,000


def test_lift_is_a_ratio_of_rates_with_an_exact_interval():
    told = lift(40, 1000, 5, 1000)
    assert told.value == 8.0
    assert 3.0 < told.low < 8.0 < told.high < 30.0
    # as many hits as the random stratum: no proof of any lift
    assert lift(5, 1000, 5, 1000).low < 1.0 < lift(5, 1000, 5, 1000).high


def test_a_lift_over_a_stratum_without_finds_has_no_upper_end():
    told = lift(12, 500, 0, 500)
    assert told.value == told.high == inf
    assert told.low > 1.0
    nothing = lift(0, 500, 0, 500)
    assert (nothing.value, nothing.low, nothing.high) == (0.0, 0.0, inf)


def test_mcnemar_is_the_sign_test_of_what_only_one_found():
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(7, 7) == 1.0
    assert isclose(mcnemar(0, 10), 2 / 1024)
    assert mcnemar(3, 12) == mcnemar(12, 3)


@pytest.mark.parametrize("wrong", [
    lambda: exact(3, 2), lambda: exact(-1, 2), lambda: middle(3, 2), lambda: bound_of_none(-1),
    lambda: bound_of_none(5, 1.0), lambda: exact(1, 2, 0.0), lambda: weighted([True], []),
    lambda: weighted([True], [0.0]), lambda: weighted([True], [1.01]), lambda: lift(1, 0, 0, 5), lambda: mcnemar(-1, 4),
])  # fmt: skip
def test_what_has_no_meaning_is_refused(wrong):
    with pytest.raises(BadRequest):
        wrong()


def test_without_scipy_the_refusal_names_the_extra():
    code = (
        "import sys; sys.modules['scipy'] = None\n"
        "from vigie.risk.estimate import exact, bound_of_none\n"
        "from vigie.terms import BadRequest\n"
        "bound_of_none(10)\n"
        "try:\n    exact(1, 2)\n"
        "except BadRequest as refused:\n    print(refused)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "analytics" in told.stdout
