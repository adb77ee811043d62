from statistics import fmean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.world.chance import Choice, falling, poisson, power, spread, stream


def test_a_stream_depends_on_its_seed_and_name_alone():
    assert stream(1, "a").random() == stream(1, "a").random()
    assert len({stream(1, "a").random(), stream(2, "a").random(), stream(1, "b").random()}) == 3


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 59.0, 400.0])
def test_a_poisson_count_has_its_mean_and_variance(mean):
    chance = stream(3, "poisson", mean)
    drawn = [poisson(chance, mean) for _ in range(4000)]
    assert fmean(drawn) == pytest.approx(mean, rel=0.08, abs=0.02)
    assert pvariance(drawn) == pytest.approx(mean, rel=0.15, abs=0.03)


def test_a_spread_has_mean_one():
    chance = stream(4)
    drawn = [spread(chance, 0.2) for _ in range(4000)]
    assert fmean(drawn) == pytest.approx(1, abs=0.01)
    assert pvariance(drawn) == pytest.approx(0.04, rel=0.1)
    assert spread(chance, 0.0) == 1.0


@given(st.floats(-1.5, 4), st.integers(0, 10**6))
def test_a_cut_pareto_stays_inside_its_bounds(exponent, seed):
    assert 5 - 1e-6 <= power(stream(seed), 5, 100, exponent) <= 100 + 1e-6


def test_a_choice_follows_its_weights():
    chance, choice = stream(5), Choice("abc", (1, 2, 7))
    drawn = [choice.draw(chance) for _ in range(5000)]
    assert drawn.count("c") / 5000 == pytest.approx(0.7, abs=0.03)
    assert choice.shares == (0.1, 0.2, 0.7)
    assert falling(3, 1.0) == (1.0, 0.5, 1 / 3)
