from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from tests.risk.rows import ROWS, given_row
from tests.risk.visits import LANDED, NOW, a_line, a_move, a_plan, a_visit, measured

from vigie.risk import (
    FEATURES,
    Assessment,
    Policy,
    assess,
    assessor,
    columns,
    evidence_entries,
    load_catalogue,
    waterfall,
)
from vigie.risk.policy import MOST_EVIDENCE_MILLI, PRIORS
from vigie.terms import DAY, Moment

CATALOGUE = load_catalogue()
POLICY = Policy(CATALOGUE.in_force(Moment(1_800_000_000_000_000)))
JUDGE = assessor(POLICY)


def judged(**row):
    return JUDGE.assess("X-1", Moment(5), given_row(**row))


def fired(assessment):
    return [reason.indicator for reason in assessment.fired]


def test_nothing_known_is_the_prior_of_all_others():
    told = judged()
    assert (told.logodds_milli, told.band, told.fired, told.mandatory) == (PRIORS[1].milli, "ordinary", (), False)
    assert (told.policy, told.at) == (POLICY.hash, 5)


def test_the_route_decides_where_a_box_starts():
    told = judged(touches_departure_country=True, cover_load="banana", hs6="080390", loading="ECGYE")
    assert told.prior_milli == PRIORS[0].milli
    assert told.logodds_milli == PRIORS[0].milli + 693
    assert told.fired[0].evidence == {"cover_load": "banana", "hs6": "080390", "loading": "ECGYE"}


def test_one_story_stays_within_its_strongest_grade():
    weak = judged(consignees_disagree=True, goods_vague=True, filing_lead_h=2, consignee_changed_after_departure=True)
    assert fired(weak) == ["C1", "C2", "C8", "P8"]
    assert weak.logodds_milli - weak.prior_milli == 2303
    assert weak.cut_milli == 4 * 693 - 2303
    strong = judged(seal_changed=True, seal_on_other_box=True, seals=0, empty=False)
    assert (strong.logodds_milli - strong.prior_milli, strong.cut_milli) == (4605, 2 * 2303 + 693 - 4605)


def test_all_reasons_together_are_bounded():
    told = judged(
        seal_changed=True, seal_on_other_box=True, consignee_found_730d=1, consignor_found_730d=2, gate_out_while_selected=True,
        gate_out_after_release_min=1, empty=True, empty_excess_g=5_000_000, goods_vague=True,
    )
    assert told.logodds_milli == told.prior_milli + MOST_EVIDENCE_MILLI
    assert waterfall(told)[-2].kind == "cut-all"


def test_a_watch_list_weighs_what_its_owner_says_within_bounds():
    assert judged(watch_weighted=1, watch_weight_milli=1234).fired[0].weight_milli == 1234
    assert judged(watch_weighted=1).fired[0].weight_milli == 0
    told = judged(watch_mandatory=1)
    assert (told.mandatory, told.fired[0].weight_milli) == (True, 0)


def test_what_is_shown_or_proposed_adds_nothing():
    told = judged(landed=True, in_manifest=False, vgm_method="SM2", vgm_lead_h=3)
    assert (told.proposed, fired(told), told.logodds_milli) == (True, ["C9", "R7"], told.prior_milli)


@given(ROWS)
def test_the_waterfall_adds_up_and_the_score_stays_in_its_bounds(row):
    told = JUDGE.assess("X-1", Moment(1), row)
    steps = waterfall(told)
    assert steps[-1].total_milli == told.logodds_milli == sum(step.milli for step in steps)
    assert all(later.total_milli == earlier.total_milli + later.milli for earlier, later in pairwise(steps))
    assert 0 <= told.logodds_milli - told.prior_milli <= MOST_EVIDENCE_MILLI
    assert told.cut_milli == -sum(step.milli for step in steps if step.kind in ("cut", "cut-all"))
    assert not set(fired(told)) & set(JUDGE.unknown(row))
    assert msgspec.json.decode(msgspec.json.encode(told), type=Assessment) == told


def test_a_visit_is_assessed_from_its_messages():
    visit = a_visit(a_line(), a_plan(), measured("vgm", 27_000_000, method="SM1"), a_move("DISC", LANDED))
    features = (0,) * len(FEATURES)
    row = columns(visit, features, NOW)
    told = assess(visit.id, NOW, row, features, POLICY)
    assert told == JUDGE.assess(visit.id, NOW, row, features)
    assert set(fired(told)) >= {"C4", "W1"}
    assert (told.features, told.visit) == (features, visit.id)


def test_evidence_names_the_log_entries_it_was_read_from():
    visit = a_visit(a_line(hlc=100), a_plan(200), measured("vgm", 27_000_000, hlc=300), a_move("DISC", LANDED, hlc=400),
                    a_move("GTOT", LANDED + DAY, hlc=500))
    found = evidence_entries(visit, CATALOGUE.get("W1"))
    assert found["goods_gross_g"] == (100,)
    assert found["vgm_g"] == (100, 200, 300)
    assert found["vgm_gap_g"] == (100, 200, 300)
    assert evidence_entries(visit, CATALOGUE.get("T2"))["gate_out_at"] == (500,)
    assert evidence_entries(visit, CATALOGUE.get("P7"))["consignee_found_730d"] == ()
    assert evidence_entries(visit, CATALOGUE.get("WL-M"))["watch_mandatory"] == ()


@pytest.mark.parametrize("name", [each.id for each in POLICY.indicators])
def test_unknown_is_told_apart_from_silent(name):
    place = [each.id for each in POLICY.indicators].index(name)
    indicator = POLICY.indicators[place]
    assert all(name not in JUDGE.unknown(given_row(**row)) for row in indicator.fires)


def test_channels_add_to_the_rules_and_are_steps_of_the_sum():
    from tests.risk.models.planted import house_rows

    from vigie.risk import (
        COLUMNS,
        Calibration,
        Fusion,
        Voting,
        house_fields,
        house_specs,
        load_model,
        model_hash,
        train,
    )

    table, truth = house_rows()
    body = train(house_specs(50)[2], house_fields(), table, truth, range(len(truth)))
    model = load_model(body)
    fusion = Fusion((Voting("seizure", model_hash(body), 300, 0, 900),), Calibration((-99_000, -9000), (7, 9), True, 50, 40))
    policy = Policy(POLICY.indicators, fusion=fusion)
    judge = assessor(policy, {model.hash: model})
    for row in list(zip(*(table[column.name] for column in COLUMNS), strict=True))[:20]:
        told, plain = judge.assess("X-1", Moment(5), row), JUDGE.assess("X-1", Moment(5), row)
        assert told.logodds_milli == plain.logodds_milli + told.channels[0].milli
        assert -900 <= told.channels[0].milli <= 900
        assert (told.fired, told.mandatory, told.calibrated) == (plain.fired, plain.mandatory, True)
        assert told.chance_ppm == fusion.calibration.chance(told.logodds_milli)
        steps = waterfall(told)
        assert [step.code for step in steps if step.kind == "channel"] == ["seizure"]
        assert steps[-2].total_milli == told.logodds_milli
        assert msgspec.json.decode(msgspec.json.encode(told), type=Assessment) == told


def test_a_policy_whose_model_is_not_there_cannot_judge():
    from vigie.risk import BadModel, Fusion, Voting

    policy = Policy(POLICY.indicators, fusion=Fusion((Voting("proxy", "m" * 64, 300, 0, 900),)))
    assert policy.hash != POLICY.hash
    with pytest.raises(BadModel) as fault:
        assessor(policy)
    assert fault.value.facts["reason"] == "absent"


def test_without_models_the_bytes_of_an_assessment_are_those_of_before():
    told = msgspec.json.decode(msgspec.json.encode(judged()))
    assert not told.keys() & {"channels", "chance_ppm", "calibrated"}
