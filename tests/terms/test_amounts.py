from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import LARGEST_G, BadAmount, log_weight, read_grams, tonnes


@pytest.mark.parametrize(
    ("raw", "unit", "grams"),
    [("23840", "KGM", 23_840_000), ("23,84", "TNE", 23_840_000), ("1", "LBR", 454), ("0", "kg", 0), (" 5 ", "GRM", 5)],
)
def test_a_mass_is_read_in_grams(raw, unit, grams):
    assert read_grams(raw, unit) == grams


@pytest.mark.parametrize(
    ("raw", "unit"),
    [("x", "KGM"), ("-1", "KGM"), ("NaN", "KGM"), ("Infinity", "KGM"), ("1", "STN"), ("1e30", "KGM"), ("", "KGM")],
)
def test_what_is_no_mass_is_refused(raw, unit):
    with pytest.raises(BadAmount):
        read_grams(raw, unit)


@given(st.integers(1000, LARGEST_G))
def test_the_logarithmic_scale_is_the_declared_one(grams):
    assert abs(log_weight(grams) - 1024 * log2(grams / 1000)) <= 0.5


def test_below_a_kilogram_the_scale_stands_at_nothing():
    assert log_weight(0) == log_weight(999) == 0
    assert tonnes(2_500_000) == 2.5
