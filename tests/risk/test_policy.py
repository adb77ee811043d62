import math

import msgspec
import pytest

from vigie.risk import Policy, load_catalogue
from vigie.risk.language import BadExpression
from vigie.risk.policy import BANDS, BASE_MILLI, PRIORS, Band, Prior
from vigie.terms import BadRequest, Moment

INDICATORS = load_catalogue().in_force(Moment(1_800_000_000_000_000))
POLICY = Policy(INDICATORS)


def chance(milli):
    return 1 / (1 + math.exp(-milli / 1000))


def test_the_priors_add_up_to_the_base():
    """330,000 boxes at 0.155 % and 3.67 million others hold what 4 million at the base hold."""
    lots = 330_000 * chance(PRIORS[0].milli) + 3_670_000 * chance(PRIORS[1].milli)
    assert lots / 4_000_000 == pytest.approx(chance(BASE_MILLI), rel=0.005)
    assert chance(PRIORS[0].milli) == pytest.approx(math.sqrt(0.0006 * 0.004), rel=0.005)


def test_bands_are_steps_of_ten_from_the_base():
    odds = [math.exp((band.from_milli - BASE_MILLI) / 1000) for band in BANDS[1:]]
    assert odds == pytest.approx([10, 100, 1000], rel=0.005)


@pytest.mark.parametrize(("milli", "band"), [(-20_000, "ordinary"), (-6147, "ordinary"), (-6146, "raised"), (-3000, "high"), (0, "very-high")])
def test_a_score_has_a_band(milli, band):
    assert POLICY.band(milli) == band


def test_the_hash_names_everything_that_decides():
    assert Policy(INDICATORS).hash == POLICY.hash
    others = (
        Policy(INDICATORS[1:]), Policy(INDICATORS, version=2), Policy(INDICATORS, most_evidence_milli=1),
        Policy(INDICATORS, bands=BANDS[1:]), Policy(INDICATORS, priors=PRIORS[1:]),
        Policy((msgspec.structs.replace(INDICATORS[0], expression="empty"), *INDICATORS[1:])),
    )
    assert len({POLICY.hash, *(each.hash for each in others)}) == len(others) + 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"priors": ()}, {"priors": PRIORS[:1]}, {"priors": (PRIORS[1], PRIORS[1])},
        {"bands": ()}, {"bands": (Band("a", 1), Band("b", 1))}, {"indicators": (INDICATORS[0], INDICATORS[0])},
    ],
)
def test_what_cannot_decide_is_refused(wrong):
    with pytest.raises(BadRequest):
        Policy(**{"indicators": INDICATORS, **wrong})


def test_a_prior_names_known_columns():
    with pytest.raises(BadExpression):
        Policy(INDICATORS, priors=(Prior("nothing", 0, ""), PRIORS[1]))
