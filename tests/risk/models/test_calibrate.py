import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from vigie.risk.models.calibrate import LEAST_POSITIVES, brier, calibrate, chances, ece, isotonic, reliability
from vigie.risk.models.voting import Calibration

SCORED = st.lists(st.tuples(st.integers(-50, 50), st.booleans(), st.integers(1, 9)), min_size=1, max_size=60)


@given(SCORED)
def test_steps_never_fall_and_are_those_of_scikit_learn(rows):
    milli, positive, weight = (np.array(part) for part in zip(*rows, strict=True))
    starts, ppm = isotonic(milli, positive, weight)
    assert list(starts) == sorted(set(starts))
    assert list(ppm) == sorted(set(ppm))
    peer = IsotonicRegression(out_of_bounds="clip").fit(milli, positive, sample_weight=weight).predict(milli)
    assert np.abs(chances(starts, ppm, milli) / 1e6 - peer).max() <= 1e-6


@given(SCORED, st.lists(st.integers(-80, 80), min_size=1, max_size=20))
def test_one_chance_and_many_are_the_same(rows, asked):
    milli, positive, _ = zip(*rows, strict=True)
    table = Calibration(*isotonic(milli, positive), False, 1, 1)
    assert [table.chance(one) for one in asked] == chances(table.starts, table.ppm, asked).tolist()


def drawn(rows=6000, seed=1):
    draw = np.random.default_rng(seed)
    milli = draw.normal(-2500, 1500, rows).astype(int)
    return milli, draw.random(rows) < 1 / (1 + np.exp(-milli / 1000)), np.arange(rows)


def test_chances_learnt_from_outcomes_lie_close_to_what_is_found():
    milli, hit, at = drawn(40_000)
    told = calibrate(milli, hit, at, [0.5] * len(hit))
    assert told.calibrated
    assert told.ece_ppm < 15_000
    assert told.brier_ppm < brier(np.full(len(hit), 1e6 * hit.mean()), hit) * 1e6


def test_few_finds_by_chance_are_not_called_a_calibration():
    milli, hit, at = drawn()
    few = np.flatnonzero(hit)[: LEAST_POSITIVES - 1]
    propensity = [0.1 if place in set(few.tolist()) else None for place in range(len(hit))]
    told = calibrate(milli, hit, at, propensity)
    assert (told.calibrated, told.rows) == (False, len(hit))
    assert not calibrate(milli, hit, at).calibrated


def test_each_drawn_box_stands_for_those_that_were_not():
    milli = np.zeros(200, int)
    hit = np.array([True] * 100 + [False] * 100)
    told = calibrate(milli, hit, np.arange(200), [1.0] * 100 + [0.1] * 100)
    assert told.ppm == (round(1e6 * 100 / 1100),)


@pytest.mark.parametrize("hit", [np.zeros(50, bool), np.ones(50, bool)])
def test_nothing_to_learn_is_no_calibration(hit):
    assert calibrate(np.arange(50), hit, np.arange(50)) is None


def test_errors_of_chances():
    assert ece([250_000] * 4, [True, False, False, False], bins=1) == 0
    assert ece([1_000_000] * 4, [True, False, False, False], bins=1) == 0.75
    assert brier([1_000_000, 0], [True, True]) == 0.5
    assert reliability([0, 500_000], [False, True], bins=2) == ((0, 0, 1), (500_000, 1_000_000, 1))
