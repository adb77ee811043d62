import msgspec
import pytest

from vigie.risk import DECISIONS, Declared
from vigie.risk.columns_row import BY_NAME
from vigie.risk.models.declared import BadModel, Input, Learner, Role, check
from vigie.risk.models.house import CODES, house_fields, house_specs

ROLES = {field.name: field.role for field in house_fields()}


@pytest.mark.parametrize("positives", [0, 40, 299, 300])
def test_the_house_declares_three_channels_that_see_nothing_they_may_not(positives):
    specs = house_specs(positives)
    assert [spec.channel for spec in specs] == ["anomaly", "proxy", "seizure"]
    assert specs[2].learner is (Learner.BOOSTED if positives >= 300 else Learner.BAGGED)
    for spec in specs:
        check(spec, house_fields())


def test_every_column_of_the_decision_table_has_a_role():
    assert set(ROLES) == {one.name for one in DECISIONS}
    for name in ("found", "quantity_g", "late", "outcome_at", "chosen", "propensity", "controls", "found_before",
                 "selected", "gate_out_while_selected", "visit", "unit", "logodds_milli"):  # fmt: skip
        assert ROLES[name] is Role.OUTCOME
    for name in ("detector", "detector_id", "team", "depth", "analyst"):
        assert ROLES[name] is Role.DETECTOR
    assert ROLES["goods_gross_g"] is ROLES["consignee_found_730d"] is Role.KNOWN


@pytest.mark.parametrize("column", ["found", "quantity_g", "selected", "controls", "detector_id", "policy"])
def test_a_house_model_that_peeps_is_refused(column):
    spec = house_specs(50)[2]
    with pytest.raises(BadModel):
        check(msgspec.structs.replace(spec, inputs=(*spec.inputs, Input("x", (column, "hs2"), "code"))), house_fields())


def test_inputs_name_columns_and_leave_out_what_names_cases():
    read = set(house_specs(50)[2].reads)
    assert read <= set(BY_NAME)
    assert all(isinstance(BY_NAME[name], Declared) for name in CODES)
    assert not read & {"goods_text", "vessel", "voyage", "hs6", "container_key", "watch_weighted", "vgm_at"}
