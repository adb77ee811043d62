import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk.models.voting import MOST_MILLI, Calibration, Fusion, Voting
from vigie.terms import BadRequest

STEPS = Calibration((-5000, 0, 700), (10, 200, 200_000), True, 1000, 40)


@given(st.integers(-100_000, 100_000), st.integers(1, 3000), st.integers(-20_000, 20_000))
def test_a_vote_is_bounded_and_never_falls(raw, weight, centre):
    vote = Voting("proxy", "m", weight, centre, 2303)
    assert -2303 <= vote.adds(raw) <= vote.adds(raw + 1) <= 2303
    assert vote.adds(centre) == 0


@pytest.mark.parametrize("wrong", [{"weight_milli": 0}, {"weight_milli": -5}, {"weight_milli": 3001},
                                   {"most_milli": 0}, {"most_milli": MOST_MILLI["proxy"] + 1}])  # fmt: skip
def test_a_vote_without_measure_is_refused(wrong):
    with pytest.raises(BadRequest):
        Voting(**{"name": "proxy", "model": "m", "weight_milli": 5, "centre_milli": 0, "most_milli": 100, **wrong})


def test_one_channel_votes_once():
    vote = Voting("proxy", "m", 5, 0, 100)
    with pytest.raises(BadRequest):
        Fusion((vote, vote))


@pytest.mark.parametrize(("milli", "ppm"), [(-9000, 10), (-5000, 10), (-1, 10), (0, 200), (699, 200), (700, 200_000)])
def test_the_chance_is_that_of_the_step(milli, ppm):
    assert STEPS.chance(milli) == ppm


@pytest.mark.parametrize(("starts", "ppm"), [((), ()), ((1, 1), (1, 2)), ((2, 1), (1, 2)), ((1, 2), (5, 4)),
                                             ((1,), (1_000_001,)), ((1,), (-1,)), ((1, 2), (1,))])  # fmt: skip
def test_a_chance_that_falls_is_refused(starts, ppm):
    with pytest.raises(BadRequest):
        Calibration(starts, ppm, False, 1, 1)
