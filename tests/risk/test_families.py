"""Keys: stable, 63 bits, apart per family."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk import FAMILIES, container_key, size_number, size_text, stable_key


@given(st.sampled_from(FAMILIES), st.lists(st.one_of(st.text(max_size=20), st.integers()), min_size=1, max_size=3))
def test_a_key_fits_a_signed_integer_of_any_database(family, parts):
    assert 0 <= stable_key(family.name, *parts) < 1 << 63


def test_keys_are_the_same_in_every_release():
    assert stable_key("lane", "ECGYE", "BEANR") == 8459704373966400434


def test_equal_texts_of_two_families_are_two_keys():
    assert stable_key("seal", "A1") != stable_key("container", "A1")
    assert stable_key("lane", "A", "BC") != stable_key("lane", "AB", "C")


def test_no_number_is_no_key():
    assert container_key("") is None


@pytest.mark.parametrize("code", ["22G1", "45R1", "2210", "L5G1", "ZZZZ", "0001"])
def test_a_size_and_type_code_comes_back(code):
    assert size_text(size_number(code)) == code


@pytest.mark.parametrize("code", ["", "22G", "22G10", "22-1", "２２Ｇ１"])
def test_what_is_no_size_and_type_code_is_zero(code):
    assert size_number(code) == 0
    assert size_text(0) == ""
