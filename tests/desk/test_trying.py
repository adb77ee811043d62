"""What is tried, by its name: indicators, settings and models, each within clearance and in the trail."""

import pytest
from tests.desk.port import ANN, BOB, IAN, an_officer, trail
from tests.desk.taught import taught
from tests.desk.test_indicators import fields

from vigie.desk import indicators, policy
from vigie.desk.trying import by_models, draft_of, drafts, tried
from vigie.risk import RuleKind
from vigie.terms import Handling, NotForYou


def test_each_kind_is_named_and_makes_its_own_rules(node):
    made = indicators.draft(BOB, fields(), "a try", node)
    policy.draft(ANN, {"most_evidence_milli": 4000}, "a try", node)
    assert drafts(BOB, node) == [draft_of(made.id, 1), "policy@1"]
    assert tried(ANN, "", node).policy == node.rules.policy
    assert made.id in {one.id for one in tried(BOB, "Z1@1", node).policy.indicators}
    assert tried(ANN, "policy@1", node).policy.most_evidence_milli == 4000
    assert tried(ANN, "policy@0", node).policy == node.rules.policy


def test_what_is_not_for_the_officer_is_not_tried(node):
    indicators.draft(BOB, fields(handling="red"), "a try", node)
    low = an_officer("low", clearance=Handling.CLEAR)
    assert drafts(low, node) == []
    for officer, wanted in ((low, "Z1@1"), (ANN, "policy@7"), (ANN, "channels@7"), (IAN, "channels@1")):
        with pytest.raises(NotForYou):
            tried(officer, wanted, node)
    assert {one.act for one in trail(node, outcome="refused")} == {"see-rule", "see-policy", "see-models"}


def test_models_are_tried_under_the_settings_in_force(node):
    taught(node, rows=1500)
    assert drafts(BOB, node) == ["channels@1"]
    trial = tried(BOB, "channels@1", node)
    assert trial.policy.fusion is not None
    assert set(trial.models) == {vote.model for vote in trial.policy.fusion.votes}
    assert by_models(node.store.rules.get(RuleKind.MODEL, "channels", 1), node).policy == trial.policy
    assert node.rules.policy.fusion is None
