"""The same four eyes for a model and for the settings of the policy as for an indicator."""

import pytest
from tests.desk.port import ADA, ANN, BOB, EVE, NOW, manifest, take_in, trail

from vigie.desk import lifecycle
from vigie.risk import RuleKind, State
from vigie.terms import BadRequest, Moment, NotForYou, OwnWork, Purpose

BODY = b'{"most_evidence_milli":4000}'
SETTINGS = (RuleKind.POLICY, "policy")


def drafted(node, officer=ANN, body=BODY, **more):
    return lifecycle.draft(officer, *SETTINGS, body, node, reason="less trust", valid_from=Moment(0), **more)


def test_a_threshold_walks_the_same_way_and_decides_when_it_is_live(node):
    take_in(node, manifest())
    before = node.rules.policy
    drafted(node)
    for officer, verb, reason in ((ANN, "submit", ""), (BOB, "approve", "agreed"), (BOB, "live", "")):
        lifecycle.step(officer, *SETTINGS, 1, verb, reason, node)
    assert (before.most_evidence_milli, node.rules.policy.most_evidence_milli) == (9210, 4000)
    assert node.rules.policy.hash != before.hash
    lifecycle.step(BOB, *SETTINGS, 1, "retire", "enough", node)
    assert node.rules.policy.hash == before.hash
    assert [one.verb for one in lifecycle.steps_of(*SETTINGS, node)] == ["draft", "submit", "approve", "live", "retire"]


def test_a_threshold_the_author_approves_is_refused_and_in_the_trail(node):
    drafted(node, BOB)
    lifecycle.step(BOB, *SETTINGS, 1, "submit", "", node)
    with pytest.raises(OwnWork):
        lifecycle.step(BOB, *SETTINGS, 1, "approve", "fine by me", node)
    (entry,) = trail(node, act="step-rules", outcome="refused")
    assert (entry.officer, entry.subject, entry.facts["verb"]) == ("bob", "policy policy v1", "approve")
    assert node.store.rules.get(*SETTINGS, 1).state is State.SUBMITTED


def test_only_the_author_submits_and_only_who_may_takes_steps(node):
    drafted(node)
    with pytest.raises(NotForYou):
        lifecycle.step(BOB, *SETTINGS, 1, "submit", "", node)
    for officer, purpose in ((EVE, Purpose.OVERSIGHT), (ADA, Purpose.ADMINISTRATION)):
        with pytest.raises(NotForYou):
            lifecycle.step(officer, *SETTINGS, 1, "withdraw", "a reason", node, purpose)
        with pytest.raises(NotForYou):
            lifecycle.draft(officer, *SETTINGS, BODY, node, reason="why", valid_from=Moment(0), purpose=purpose)
    with pytest.raises(NotForYou):
        lifecycle.step(BOB, *SETTINGS, 9, "withdraw", "a reason", node)


def test_a_step_that_needs_a_reason_has_one_and_a_validity_has_a_length(node):
    drafted(node)
    with pytest.raises(BadRequest):
        lifecycle.step(ANN, *SETTINGS, 1, "withdraw", " ", node)
    with pytest.raises(BadRequest):
        drafted(node, valid_until=Moment(0))
    assert drafted(node, valid_until=NOW).version == 2
    assert {lifecycle.is_shipped(one) for one in lifecycle.known(RuleKind.INDICATOR, "C7", node)} == {True}
    assert lifecycle.subject_of(RuleKind.MODEL, "m", 3) == "model m v3"


def test_settings_that_cannot_decide_are_no_draft(node):
    with pytest.raises(BadRequest):
        drafted(node, body=b'{"most_evidence_milli":0}')
