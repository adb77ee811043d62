import msgspec
import pytest

from vigie.risk import (
    BANDS,
    PRIORS,
    BadExpression,
    Band,
    Calibration,
    Fusion,
    Policy,
    Prior,
    Shares,
    Thresholds,
    Voting,
    load_catalogue,
)
from vigie.risk.thresholds import (
    faults_of,
    fusion_by,
    is_weighable,
    lean,
    policy_of,
    read_thresholds,
    write_thresholds,
)
from vigie.terms import BadRequest, Moment

INDICATORS = load_catalogue().in_force(Moment(1_800_000_000_000_000))
WEIGHED = next(one for one in INDICATORS if is_weighable(one))
FUSION = Fusion((Voting("anomaly", "a" * 64, 800, 0, 2303), Voting("seizure", "b" * 64, 900, 0, 6908)),
                Calibration((0, 1000), (10, 20), True, 100, 40))  # fmt: skip


def test_nothing_set_is_the_policy_as_shipped():
    assert policy_of(INDICATORS) == Policy(INDICATORS)
    assert policy_of(INDICATORS).hash == Policy(INDICATORS).hash


def test_what_is_set_changes_the_policy_and_its_hash():
    made = policy_of(INDICATORS, b'{"most_evidence_milli":5000}')
    assert made.most_evidence_milli == 5000
    assert made.hash != Policy(INDICATORS).hash


@pytest.mark.parametrize("body", [b"x", b'{"shares":1}', b'{"most_evidence_milli":0}', b'{"bands":[]}',
                                  b'{"shares":{"tilted_permille":900,"uniform_permille":101}}',
                                  b'{"priors":[{"when":"empty","milli":1,"source":"x"}]}'])  # fmt: skip
def test_what_cannot_decide_is_refused(body):
    with pytest.raises(BadRequest):
        read_thresholds(body)


def test_a_prior_without_meaning_is_refused():
    body = b'{"priors":[{"when":"nothing = 1","milli":1,"source":"x"},{"when":"","milli":1,"source":"x"}]}'
    with pytest.raises(BadExpression):
        read_thresholds(body)


def test_a_weight_moves_within_its_grade_and_no_further():
    told = {WEIGHED.id: WEIGHED.weight.high}
    made = policy_of(INDICATORS, write_thresholds(Thresholds(weights=told)))
    held = next(one for one in made.indicators if one.id == WEIGHED.id)
    assert held.weight.milli == WEIGHED.weight.high
    assert held.hash != WEIGHED.hash
    assert [one.hash for one in made.indicators if one.id != WEIGHED.id] == [
        one.hash for one in INDICATORS if one.id != WEIGHED.id
    ]
    beyond = policy_of(INDICATORS, write_thresholds(Thresholds(weights={WEIGHED.id: 50_000, "gone": 5})))
    assert beyond == made


def test_an_indicator_that_weighs_by_a_column_or_not_at_all_is_left_alone():
    others = {one.id: 5 for one in INDICATORS if not is_weighable(one)}
    assert others
    assert policy_of(INDICATORS, write_thresholds(Thresholds(weights=others))) == Policy(INDICATORS)


def test_votes_are_lowered_never_raised_and_chances_do_not_outlive_it():
    assert fusion_by(FUSION, Thresholds()) is FUSION
    assert fusion_by(FUSION, Thresholds(votes={"anomaly": 2000, "other": 1})) is FUSION
    assert fusion_by(None, Thresholds(votes={"anomaly": 1})) is None
    made = fusion_by(FUSION, Thresholds(votes={"anomaly": 0, "seizure": 400}))
    assert [(vote.name, vote.weight_milli) for vote in made.votes] == [("seizure", 400)]
    assert (made.calibration.calibrated, made.calibration.ppm) == (False, (10, 20))


def test_what_says_the_same_is_left_out_and_the_rest_round_trips():
    told = Thresholds(PRIORS, BANDS, 9210, {WEIGHED.id: WEIGHED.weight.milli}, {"anomaly": 800}, Shares(50, 50))
    assert lean(told, INDICATORS, FUSION) == Thresholds(shares=Shares(50, 50))
    other = Thresholds(weights={"b": 1, "a": 2}, votes={"seizure": 1})
    assert read_thresholds(write_thresholds(lean(other, INDICATORS, FUSION))) == other


@pytest.mark.parametrize(("told", "places"), [
    (Thresholds(), []),
    (Thresholds(most_evidence_milli=30_000), ["most_evidence_milli"]),
    (Thresholds(bands=(Band("calm", -1_000_000),)), ["bands"]),
    (Thresholds(bands=(BANDS[0], BANDS[2], BANDS[1], BANDS[3])), ["bands"]),
    (Thresholds(bands=(*BANDS[:2], msgspec.structs.replace(BANDS[2], from_milli=-9000), BANDS[3])), ["bands[2]"]),
    (Thresholds(priors=(Prior("", -30_000, ""),)), ["priors[0]", "priors[0].source"]),
    (Thresholds(priors=(Prior("empty", -3, "x"),)), ["priors"]),
    (Thresholds(priors=(Prior("nothing = 1", -3, "x"), Prior("", -3, "x"))), ["priors"]),
    (Thresholds(weights={"nobody": 1, WEIGHED.id: 1}), ["weights.nobody", f"weights.{WEIGHED.id}"]),
    (Thresholds(votes={"anomaly": 801, "seizure": -1, "oracle": 5}), ["votes.anomaly", "votes.seizure", "votes.oracle"]),
    (Thresholds(shares=Shares(-1, 5)), ["shares"]),
])  # fmt: skip
def test_every_fault_of_a_draft_has_its_place(told, places):
    assert [one.place for one in faults_of(told, INDICATORS, FUSION)] == places
