import pytest

from vigie.tracking import misread
from vigie.tracking.misreads import one_off, variants


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("CSQU3054383", "CSQU3054382", True),
        ("CSQU3054383", "CSQU3045383", True),
        ("CSQU3054383", "CSQU3054383", False),
        ("CSQU3054383", "CSQU3054", False),
        ("CSQU3054383", "CSQU3054211", False),
        ("CSQU3054383", "CSQU3454083", False),
    ],
    ids=["one-character", "neighbours-swapped", "itself", "shorter", "two-characters", "far-apart-swapped"],
)
def test_one_character(one, other, told):
    assert one_off(one, other) is told


def test_a_number_that_checks_comes_first():
    assert misread("CSQU3054388", ["CSQU3054389", "CSQU3054383", "MSCU1234566"]) == ("CSQU3054383", "CSQU3054389")


def test_variants_meet_where_one_character_differs():
    assert variants("ABC") & variants("ABD") == {(2, "AB")}
    assert not variants("ABC") & variants("XYC")
