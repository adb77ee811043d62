import pytest

from vigie.trends import route_shift

BEFORE, AFTER = {"BR": 15.9, "EC": 10.5, "CO": 10.5}, {"EC": 10.7, "BR": 5.214, "PY": 4.478, "US": 1.485, "CR": 1.287}


def test_the_move_to_paraguay_and_ecuador_is_found():
    told = route_shift(BEFORE, 61.8, AFTER, 28.865, 119)
    assert told.moved
    assert told.new == ("PY",)
    says = {one.name: one.says for one in told.parts}
    assert says == {"EC": "more", "BR": "same", "PY": "new", "US": "unnamed", "CR": "unnamed", "CO": "gone"}
    paraguay = next(one for one in told.parts if one.name == "PY")
    assert paraguay.after == pytest.approx(0.1551, abs=1e-4)
    assert paraguay.before is None
    assert paraguay.before_most == pytest.approx(10.5 / 61.8, abs=1e-4)
    assert 0.5 < told.unevenness < 1.5


def test_the_same_shares_are_no_move():
    half = {name: value / 2 for name, value in BEFORE.items()}
    told = route_shift(BEFORE, 61.8, half, 30.9, 119)
    assert not told.moved
    assert told.unevenness is None
    assert {one.says for one in told.parts} == {"same"}


def test_few_lots_prove_nothing():
    assert not route_shift(BEFORE, 61.8, AFTER, 28.865, 12).moved


def test_it_falls_where_lots_are_more_uneven_than_it_says():
    told = route_shift(BEFORE, 61.8, AFTER, 28.865, 119)
    more = 1 + (told.unevenness + 0.1) ** 2
    assert not route_shift(BEFORE, 61.8, AFTER, 28.865, 119 / more).moved
