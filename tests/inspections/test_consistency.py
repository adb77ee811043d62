import pytest

from vigie.inspections import contradictions
from vigie.terms import Concealment, Depth, Detector, Found, Outcome


def an_outcome(**more):
    return Outcome(
        **{
            "visit": "A-1",
            "at": 1,
            "found": Found.NOTHING,
            "detector": Detector.SCANNER,
            "depth": Depth.SCAN,
            "officer": "o1",
        }
        | more
    )


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({}, ()),
        ({"quantity_g": 5}, ("nothing-but-quantity",)),
        ({"concealment": Concealment.DOORS}, ("nothing-but-hidden",)),
        ({"found": Found.COCAINE, "quantity_g": 40_000_000}, ("heavier-than-a-box", "found-without-place")),
        ({"found": Found.COCAINE, "concealment": Concealment.DOORS, "quantity_g": 40_000}, ()),
        ({"found": Found.PEOPLE, "quantity_g": 40_000}, ("people-by-weight",)),
    ],
)
def test_what_does_not_fit_together_is_named(said, codes):
    assert contradictions(an_outcome(**said)) == codes
