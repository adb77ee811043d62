import pytest
from tests.desk.port import NOW, VISIT
from tests.desk.test_acts import ACTS, ANN

from vigie.desk.acts import DECISIONS, Override
from vigie.desk.effects import effects
from vigie.tracking import Listed


@pytest.mark.parametrize(
    ("decision", "status"), [("select", "selected"), ("hold", "held"), ("release", "released"), ("leave", "new")]
)
def test_what_a_decision_sets(decision, status):
    assert effects(Override(VISIT, decision, "why", ANN, NOW), VISIT)["status"] == status


def test_every_decision_sets_columns_that_lists_have():
    for decision in DECISIONS:
        assert effects(Override(VISIT, decision, "why", ANN, NOW), VISIT).keys() <= set(Listed.__struct_fields__)


def test_a_plan_selects_its_boxes_and_lets_the_dropped_go():
    assert effects(ACTS[2], VISIT) == {"status": "selected", "selected": True, "stratum": "tilted"}
    assert effects(ACTS[2], "X-1") == {"status": "new", "selected": False, "stratum": ""}


def test_orders_hold_and_the_rest_sets_nothing():
    assert effects(ACTS[3], VISIT) == {"status": "held"}
    assert [effects(act, VISIT) for act in (ACTS[1], ACTS[4], ACTS[5], ACTS[6])] == [{}] * 4
