"""Rates of counts: exact intervals, weights, lift; overlaps and redundancy by plain arithmetic."""

import pytest

from vigie.risk import Tally, exact, measured, overlaps
from vigie.risk.backtest import OVERLAPS, cut, within

BASE = Tally(boxes=1000, inspected=500, hits=5, uniform_inspected=400, uniform_hits=2)


def test_a_rate_is_told_per_thousand_with_its_exact_interval():
    told = measured("P1", Tally(boxes=900, inspected=412, hits=3), BASE)
    assert told.per_thousand == pytest.approx(7.2816, abs=1e-4)
    assert (told.rate.low, told.rate.high) == (exact(3, 412).low, exact(3, 412).high)
    assert told.lift.value == pytest.approx((3 / 412) / (2 / 400))


def test_nothing_inspected_is_nothing_known():
    told = measured("P1", Tally(boxes=9), BASE)
    assert (told.per_thousand, told.lift, told.rate.low, told.rate.high) == (None, None, 0.0, 1.0)


def test_without_hits_anywhere_there_is_no_lift():
    assert measured("P1", Tally(inspected=9), Tally(uniform_inspected=400)).lift is None


def test_draws_are_weighted_per_box_of_the_pool():
    told = measured("", Tally(boxes=100, inspected=2, hits=1, pool=100, random_inspected=2, random_hits=1,
                              drawn=((True, 0.02), (False, 0.02))), BASE)  # fmt: skip
    assert told.weighted.value == pytest.approx(0.5)
    assert told.weighted.high <= 1.0


TOGETHER = [[10, 10, 0], [10, 40, 5], [0, 5, 5]]


def test_overlaps_are_told_as_shares_of_each_and_of_either():
    first, second = overlaps(("A", "B", "C"), TOGETHER)
    assert (first.first, first.second, first.both, first.of_first, first.of_second) == ("A", "B", 10, 1.0, 0.25)
    assert first.jaccard == pytest.approx(10 / 40)
    assert second.jaccard == pytest.approx(5 / 40)


def test_only_the_strongest_overlaps_are_told():
    names = [f"I{place}" for place in range(10)]
    assert len(overlaps(names, [[7] * 10] * 10)) == OVERLAPS


def test_an_indicator_that_never_fires_alone_lies_within_another():
    assert within(0, ("A", "B", "C"), TOGETHER) == ("B",)
    assert within(1, ("A", "B", "C"), TOGETHER) == ()
    assert within(0, ("A", "B"), [[0, 0], [0, 3]]) == ()


def test_cuts_are_told_most_inspected_first():
    told = cut({"NLRTM": Tally(inspected=3), "BEANR": Tally(inspected=9)}, BASE)
    assert [one.code for one in told] == ["BEANR", "NLRTM"]
