"""Measures of an order, on cases made by hand and against a library."""

import numpy as np
import pytest
from benchmarks.quality import metrics
from hypothesis import given
from hypothesis import strategies as st


def test_the_best_are_counted_and_the_share_is_rounded_down():
    score, hit = np.array([5, 1, 4, 2, 3]), np.array([True, False, False, False, True])
    assert metrics.found_at(score, hit, 0.4) == (1, 2)
    assert metrics.found_at(score, hit, 0.6) == (2, 3)
    assert metrics.found_at(score, hit, 0.01) == (1, 1)


def test_equal_scores_are_drawn_by_lot_not_by_place():
    hit = np.arange(1000) < 100  # all positives stand first: a stable order would find them all
    drawn = [metrics.found_at(np.zeros(1000), hit, 0.1, seed)[0] for seed in range(30)]
    assert np.mean(drawn) == pytest.approx(10, abs=3)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_precision_and_area_are_those_of_a_library(rows):
    from sklearn.metrics import average_precision_score, roc_auc_score

    score, hit = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    if 0 < hit.sum() < len(hit):
        assert metrics.average_precision(score, hit) == pytest.approx(average_precision_score(hit, score))
        assert metrics.area(score, hit) == pytest.approx(roc_auc_score(hit, score))


def test_every_day_keeps_its_visits_and_the_best_come_first():
    # Days 1, 1, 2, 5: the two best are visited on day 1, the third on day 2, the last on day 5.
    day, score = np.array([1, 1, 2, 5]), np.array([0.1, 0.4, 0.2, 0.9])
    assert metrics.re_ordered(day, score).tolist() == [5, 1, 2, 1]


def test_days_earlier_by_hand():
    day, score, hit = np.array([1, 1, 2, 5]), np.array([0.1, 0.4, 0.2, 0.9]), np.array([True, False, False, True])
    assert metrics.days_earlier(day, score, hit).tolist() == [-4.0, 4.0]  # day 1 -> 5, day 5 -> 1
    assert metrics.days_earlier(day, -day, hit).tolist() == [0.0, 0.0]  # the order as it was


def test_rows_need_not_come_in_the_order_of_their_days():
    day, score, hit = np.array([5, 2, 1, 1]), np.array([0.9, 0.2, 0.4, 0.1]), np.array([True, False, False, True])
    assert metrics.days_earlier(day, score, hit).tolist() == [4.0, -4.0]


def test_first_half_by_rows_and_by_whole_days():
    # Seven visits on days 1 (2), 2 (3), 3 (2). Half of the rows: 3. Days that end before 3.5 visits: day 1 alone.
    day = np.array([1, 1, 2, 2, 2, 3, 3])
    score = np.array([1, 2, 7, 3, 4, 6, 5])
    hit = np.array([False, False, True, False, False, True, True])
    assert metrics.first_half(day, score, hit) == (3, 3)
    assert metrics.first_days(day, score, hit) == (2, 3)
    assert metrics.as_visited(day, hit) == (1, 3)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 100), st.booleans()), min_size=4, max_size=40))
def test_no_day_is_won_or_lost(rows):
    day, score, hit = (np.array([row[place] for row in rows]) for place in range(3))
    everybody = np.ones(len(rows), np.bool_)
    assert metrics.days_earlier(day, score, everybody).sum() == 0
    perfect = metrics.days_earlier(day, hit.astype(float), hit)
    if hit.any():
        assert perfect.mean() >= metrics.days_earlier(day, score, hit).mean()


def test_calibration_error_of_equal_width_by_hand():
    said, hit = np.array([0.05, 0.05, 0.95, 0.95]), np.array([0, 1, 1, 1])
    assert metrics.ece_of_width(said, hit) == pytest.approx((2 * 0.45 + 2 * 0.05) / 4)
    assert metrics.ece_of_width(np.array([1.0]), np.array([1])) == 0.0


def test_few_rows_show_an_error_that_no_chance_could_avoid():
    draw = np.random.default_rng(2)
    many, few = (metrics.by_chance_alone(metrics.ece_of_width, draw.random(rows), 1) for rows in (100_000, 500))
    assert many < 0.005 < 0.02 < few


def test_a_bootstrap_interval_covers_what_it_should():
    values = np.random.default_rng(1).normal(3.0, 1.0, 400)
    low, high = metrics.drawn_again(lambda places: float(values[places].mean()), 400, seed=1)
    assert low < values.mean() < high
    assert high - low == pytest.approx(4 / 20, rel=0.2)
