"""Settings of the policy as officers draft, approve and compare them; what an officer may not know is not shown."""

import pytest
from tests.desk.port import ANN, BOB, EVE, IAN, NOW, VISIT, an_officer, manifest, take_in, trail
from tests.desk.test_indicators import CAT

from vigie.desk import lifecycle, policy, risk
from vigie.desk.shares import share_in_force
from vigie.risk import BANDS, RuleKind, Shares, Thresholds, is_weighable, read_thresholds, write_thresholds
from vigie.selection import SelectionPolicy
from vigie.terms import BadRequest, Handling, NotForYou, OwnWork, Purpose

OVERSIGHT = Purpose.OVERSIGHT


def walked(node, version, *steps):
    for officer, verb in steps:
        policy.step(officer, version, verb, "as discussed", node)


def live(node, told):
    made = policy.draft(ANN, told, "less trust", node)
    walked(node, made.version, (ANN, "submit"), (BOB, "approve"), (BOB, "live"))
    return made.version


def hidden_one(node):
    """An indicator held more closely than amber, which ANN may not know of."""
    return next(one for one in node.rules.written if one.handling > ANN.clearance and is_weighable(one))


def test_as_it_came_is_in_force_until_two_officers_put_something_else(node):
    (shipped,) = policy.policies(ANN, node)
    assert (shipped.version, shipped.in_force, shipped.changes) == (0, True, 0)
    view = policy.show(ANN, node)
    assert (view.row, view.changes, view.values.bands) == (shipped, (), BANDS)
    version = live(node, {"most_evidence_milli": 4000, "shares": {"tilted_permille": 20, "uniform_permille": 30}})
    rows = policy.policies(ANN, node)
    assert [(row.version, row.state, row.in_force, row.approved_by) for row in rows] == [
        (1, "live", True, "bob"), (0, "live", False, ""),
    ]  # fmt: skip
    assert node.rules.policy.most_evidence_milli == 4000
    assert share_in_force(node) == SelectionPolicy(20, 30, version)
    assert [one.verb for one in policy.show(ANN, node).taken] == ["draft", "submit", "approve", "live"]


def test_what_is_not_named_stays_as_it_is_in_force(node):
    live(node, {"most_evidence_milli": 4000})
    live(node, {"shares": {"tilted_permille": 20, "uniform_permille": 30}})
    assert node.rules.policy.most_evidence_milli == 4000
    live(node, {"most_evidence_milli": None, "shares": {"tilted_permille": 50, "uniform_permille": 50}})
    assert node.rules.settings == Thresholds()
    assert node.rules.policy.most_evidence_milli == 9210


def test_a_weight_decides_and_a_box_says_so(node):
    take_in(node, manifest())
    before = node.store.assessments.latest([VISIT])[VISIT]
    fired = [one.indicator for one in risk.explain(BOB, VISIT, node).reasons]
    one = next(one for one in node.rules.written if one.id in fired and is_weighable(one))
    made = policy.draft(BOB, {"weights": {one.id: one.weight.low + 100}}, "less trust", node)
    walked(node, made.version, (BOB, "submit"), (CAT, "approve"), (BOB, "live"))
    risk.assess(BOB, node)
    after = node.store.assessments.latest([VISIT])[VISIT]
    assert after.policy == node.rules.policy.hash != before.policy
    assert after.score_milli == before.score_milli + one.weight.low + 100 - one.weight.milli


def test_the_author_approves_no_threshold_and_the_trail_tells_it(node):
    made = policy.draft(BOB, {"bands": [{"name": one.name, "from_milli": one.from_milli} for one in BANDS]}, "same", node)
    walked(node, made.version, (BOB, "submit"))
    with pytest.raises(OwnWork):
        policy.step(BOB, made.version, "approve", "fine by me", node)
    (entry,) = trail(node, act="step-rules", outcome="refused")
    assert (entry.officer, entry.subject, entry.facts["why"]) == ("bob", "policy policy v1", "author")
    assert policy.policies(BOB, node)[0].state == "submitted"


@pytest.mark.parametrize(("told", "place"), [
    ({"most_evidence_milli": 0}, "most_evidence_milli"),
    ({"weights": {"NONE": 3}}, "weights.NONE"),
    ({"votes": {"seizure": 3}}, "votes.seizure"),
])  # fmt: skip
def test_a_fault_is_told_at_its_place_and_nothing_is_kept(node, told, place):
    check = policy.check(ANN, told, node)
    assert (check.ok, [one.place for one in check.faults]) == (False, [place])
    with pytest.raises(BadRequest) as refused:
        policy.draft(ANN, told, "a try", node)
    assert refused.value.facts["place"] == place
    assert [one.version for one in policy.policies(ANN, node)] == [0]


def test_what_is_no_settings_and_has_no_reason_is_refused(node):
    for told in ({"colour": 1}, {"weights": {"P1": "much"}}):
        with pytest.raises(BadRequest):
            policy.check(ANN, told, node)
    with pytest.raises(BadRequest):
        policy.draft(ANN, {"most_evidence_milli": 4000}, "", node)
    with pytest.raises(BadRequest):
        policy.step(BOB, policy.draft(ANN, {}, "nothing", node).version, "shadow", "", node)


def test_a_weight_an_officer_may_not_know_is_neither_shown_nor_changed(node):
    one = hidden_one(node)
    told = {"weights": {one.id: one.weight.high}}
    made = policy.draft(BOB, told, "quietly", node)
    walked(node, made.version, (BOB, "submit"))
    with pytest.raises(NotForYou):
        policy.step(ANN, made.version, "approve", "fine", node)
    assert trail(node, act="step-rules", outcome="refused")[0].officer == "ann"
    walked(node, made.version, (CAT, "approve"), (BOB, "live"))
    assert node.rules.settings.weights == {one.id: one.weight.high}
    shown = policy.show(ANN, node)
    assert (shown.row.changes, shown.changes) == (0, ())
    assert one.id not in {row.id for row in shown.values.weights}
    assert policy.diff(ANN, 0, 1, node) == ()
    assert [row.field for row in policy.diff(BOB, 0, 1, node)] == [f"weights.{one.id}"]
    assert [f.place for f in policy.check(ANN, told, node).faults] == [f"weights.{one.id}"]
    live(node, {"most_evidence_milli": 4000})
    assert node.rules.settings.weights == {one.id: one.weight.high}


def test_versions_are_compared_and_tried(node):
    live(node, {"most_evidence_milli": 4000})
    policy.draft(ANN, {"most_evidence_milli": 5000, "shares": {"tilted_permille": 1, "uniform_permille": 2}}, "a try", node)
    assert [(one.field, one.before, one.after) for one in policy.diff(ANN, 1, 2, node)] == [
        ("most_evidence_milli", "4000", "5000"),
        ("shares.tilted_permille", "50", "1"), ("shares.uniform_permille", "50", "2"),
    ]  # fmt: skip
    trial = policy.trial(ANN, 2, node)
    assert (trial.policy.most_evidence_milli, trial.shares) == (5000, Shares(1, 2))
    assert policy.trial(ANN, 1, node).policy == node.rules.policy
    assert policy.tried(lifecycle.known(RuleKind.POLICY, "", node)) == ["policy@2"]
    for wanted in (lambda: policy.diff(ANN, 1, 9, node), lambda: policy.show(ANN, node, 9)):
        with pytest.raises(NotForYou):
            wanted()


def test_who_may_not_is_refused(node):
    for wanted in (lambda: policy.policies(IAN, node), lambda: policy.check(EVE, {}, node, OVERSIGHT),
                   lambda: policy.draft(EVE, {}, "why", node, OVERSIGHT)):  # fmt: skip
        with pytest.raises(NotForYou):
            wanted()
    assert policy.policies(EVE, node, OVERSIGHT)
    low = an_officer("low", clearance=Handling.CLEAR)
    assert policy.show(low, node).values.weights == ()


def test_shares_of_an_earlier_release_hold_until_settings_say_otherwise(node):
    body = b'{"tilted_permille":70,"uniform_permille":80,"version":2}'
    made = lifecycle.draft(ANN, RuleKind.POLICY, "shares", body, node, reason="earlier", valid_from=NOW)
    for officer, verb in ((ANN, "submit"), (BOB, "approve"), (BOB, "live")):
        lifecycle.step(officer, RuleKind.POLICY, "shares", made.version, verb, "earlier", node)
    assert policy.show(ANN, node).values.shares == Shares(70, 80)
    live(node, {"most_evidence_milli": 4000})
    assert share_in_force(node) == SelectionPolicy(70, 80, 2)
    live(node, {"shares": {"tilted_permille": 50, "uniform_permille": 50}})
    assert share_in_force(node) == SelectionPolicy(50, 50, 2)
    told = read_thresholds(lifecycle.known(RuleKind.POLICY, "policy", node)[-1].body)
    assert read_thresholds(write_thresholds(told)) == told
