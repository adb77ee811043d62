from random import Random

import pytest
from tests.scanning.xray.test_reading import ASKS, BOB, FIRST, HOLD, NOTHING, SECOND, a_reading

from vigie.scanning import agreement
from vigie.scanning.xray.agreement import kappa_of


def pairs(*said):
    return [(a_reading(first, order=FIRST, drawn=True), a_reading(second, BOB, SECOND)) for first, second in said]


def test_kappa_is_that_of_the_textbook():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .70, by chance .50
    assert kappa_of(15, 10, 5, 20) == pytest.approx(0.4)
    said = pairs(*[(HOLD, HOLD)] * 20, *[(HOLD, NOTHING)] * 5, *[(NOTHING, HOLD)] * 10, *[(NOTHING, NOTHING)] * 15)
    told = agreement(said)
    assert (told.pairs, told.both_hold, told.first_only, told.second_only, told.both_nothing) == (50, 20, 5, 10, 15)
    assert told.observed == pytest.approx(0.7)
    assert told.kappa == pytest.approx(0.4)
    assert told.low < 0.4 < told.high
    assert told == agreement(said)


def test_perfect_agreement_of_few_is_not_told_as_certain():
    told = agreement(pairs((HOLD, HOLD), (NOTHING, NOTHING), (NOTHING, NOTHING)))
    assert told.kappa == 1
    assert told.low < 0.6


def test_pairs_asked_for_and_single_readings_are_left_out():
    told = agreement([*pairs((ASKS, HOLD)), (a_reading(), a_reading(reader=BOB, order=SECOND)), (a_reading(),)])
    assert (told.pairs, told.kappa, told.low) == (0, None, None)
    assert agreement(pairs((NOTHING, NOTHING), (NOTHING, NOTHING))).kappa is None  # chance agrees always


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    chance, inside = Random(3), 0
    cells, shares = [(NOTHING, NOTHING), (NOTHING, HOLD), (HOLD, NOTHING), (HOLD, HOLD)], (0.55, 0.1, 0.1, 0.25)
    truth = kappa_of(*shares)
    for _ in range(60):
        told = agreement(pairs(*chance.choices(cells, shares, k=40)))
        inside += told.low <= truth <= told.high
    assert inside >= 51  # 57 of 60 expected; below 51 once in 250
