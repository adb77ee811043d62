import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso6346

from vigie.terms import (
    BadContainerNumber,
    BadIdentifier,
    ContainerNumber,
    Eori,
    Imo,
    Locode,
    Mrn,
    check_digit,
    number_fault,
    remainder,
    visit_id,
    written_seal,
)

LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
SERIALS = st.text("0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("raw", "text"),
    [("CSQU3054383", "CSQU3054383"), ("csqu 305438-3", "CSQU3054383"), ("CSQU.305.438/3", "CSQU3054383")],
)
def test_a_number_is_read_as_people_write_it(raw, text):
    assert ContainerNumber.read(raw).text == text


@pytest.mark.parametrize("raw", ["", "CSQU3054384", "CSQX3054383", "CSQU305438", "CSQU30543833", "CSQU30543８3"])
def test_a_wrong_number_is_refused(raw):
    with pytest.raises(BadContainerNumber):
        ContainerNumber.read(raw)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(raw):
    try:
        assert ContainerNumber.read(raw).text.isascii()
    except BadContainerNumber:
        pass


@given(LETTERS, st.sampled_from("UJZ"), SERIALS)
def test_check_digits_agree_with_an_independent_library(owner, category, serial):
    first_ten = owner + category + serial
    digit = check_digit(first_ten)
    assert iso6346.calc_check_digit(first_ten) == str(digit)
    assert digit == remainder(first_ten) % 10
    assert number_fault(f"{first_ten}{digit}") is None
    assert number_fault(f"{first_ten}{(digit + 1) % 10}") == "check-digit"


def test_a_shape_is_told_from_a_check_digit():
    assert number_fault("UNKNOWN") == "shape"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Locode, "beanr", "BEANR1"),
        (Locode, "US2RX", "US1RX"),
        (Eori, "BE0123456789", "B1"),
        (Imo, "IMO 9074729", "9074728"),
        (Mrn, "26BE000000000000A1", "26BE1"),
    ],
)
def test_codes_of_published_lists(kind, good, bad):
    assert kind.read(good).text == good.upper().removeprefix("IMO ")
    with pytest.raises(BadIdentifier):
        kind.read(bad)


@pytest.mark.parametrize("raw", ["", " ", "NA", "si", "0000", "none", "N-A"])
def test_a_placeholder_is_no_seal(raw):
    assert written_seal(raw) is None


def test_a_seal_is_normalised():
    assert written_seal(" ml-be 12345 ") == "MLBE12345"


def test_a_visit_is_named_by_number_and_segment():
    assert visit_id("CSQU3054383", 2) == "CSQU3054383-2"
