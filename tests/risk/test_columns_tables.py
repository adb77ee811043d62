import re

import pytest

from vigie.risk.columns_tables import (
    CHEMICAL_CARRIERS,
    COVER_LOADS,
    DEPARTURE_COUNTRIES,
    TARES_G,
    VAGUE_WORDS,
    longest_match,
    type_group,
    usual_tare_g,
)
from vigie.terms import plain_name


@pytest.mark.parametrize(
    ("code", "found"),
    [("080390", "banana"), ("080430", "pineapple"), ("0804", None), ("1805", "cocoa"), ("72044990", "scrap"), ("", None)],
)
def test_the_longest_beginning_counts(code, found):
    assert longest_match(code, COVER_LOADS) == found


@pytest.mark.parametrize(
    ("code", "group"),
    [("45R1", "4R"), ("4532", "4R"), ("22G1", "2G"), ("2200", "2G"), ("2270", "2T"), ("", ""), ("45R", ""), ("45R٣", "")],
)
def test_both_generations_of_size_types_have_a_group(code, group):
    assert type_group(code) == group


def test_the_lists_hold_codes_as_they_are_looked_up():
    assert all(re.fullmatch("[A-Z]{2}", country) for country in DEPARTURE_COUNTRIES)
    assert all(len(code) in (2, 4, 6) and code.isdecimal() for code in COVER_LOADS | CHEMICAL_CARRIERS)
    assert all(plain_name(word) == word for word in VAGUE_WORDS)
    assert all(1_500_000 <= tare <= 6_000_000 for tare in TARES_G.values())
    assert usual_tare_g("45R1") == 4_600_000
