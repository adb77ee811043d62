from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import number_fault, remainder
from vigie.world.fleet import DRY_TYPES, ROWS, dry_type, number_of, tare_kg, wrong_digit


@given(st.integers(0, 100_000), st.integers(0, 3000), st.integers(0, ROWS - 1))
def test_numbers_have_their_check_digit_and_a_typing_error_breaks_it(base, column, row):
    number = number_of("SXR", base, column, row)
    assert number_fault(number) is None
    for at in range(6):
        assert number_fault(wrong_digit(number, at)) == "check-digit"


def test_a_box_is_never_in_two_places_of_the_rotation():
    numbers = [number_of("SXR", 20_000, column, row) for column in range(1200) for row in range(ROWS)]
    assert len(set(numbers)) == len(numbers)
    tens = sum(remainder(number[:10]) == 10 for number in numbers)
    assert tens / len(numbers) < 0.02  # of random serials, 9.2 % would have remainder 10


def test_plates_stay_with_the_box():
    assert tare_kg("SXRU0200009", "45R1") == tare_kg("SXRU0200009", "45R1")
    assert abs(tare_kg("SXRU0200009", "45R1") - 4620) <= 40
    assert {dry_type(column) for column in range(200)} == set(DRY_TYPES)
