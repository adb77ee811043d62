from datetime import date

import pytest
from tests.desk.port import (
    ANN,
    BOB,
    EVE,
    IAN,
    NOW,
    VISIT,
    a_consignment,
    an_officer,
    manifest,
    numbers,
    take_in,
    told,
    trail,
)

from vigie.desk import indicators as desk
from vigie.risk import BadIndicator, State, fields_of
from vigie.terms import DAY, BadRequest, Conflict, Handling, Moment, NotForYou, OwnWork, Role

CAT = an_officer("cat", Role.SUPERVISOR, clearance=Handling.AMBER_STRICT)
LANGUAGES = ("fr", "nl", "en", "pt", "es")


def fields(name="Z1", **more):
    texts = {language: f"{language} text" for language in LANGUAGES}
    return {
        "id": name, "typology": "documents", "expression": "seals = 1 and empty = false", "evidence": ["seals"],
        "action": "score", "handling": "amber", "legal_basis": "law", "basis": "an officer", "valid_from": date(2020, 1, 1),
        "fires": [{"seals": 1, "empty": False}, {"seals": 1, "empty": False, "hs2": "08"}],
        "silent": [{"seals": 0, "empty": False}, {"seals": 1}],
        "weight": {"grade": "weak", "source": "judgement"}, "title": texts, "reason": dict.fromkeys(texts, "{seals}"),
    } | more  # fmt: skip


def live(node, told, *verbs):
    made = desk.draft(ANN, told, "a reason", node)
    desk.step(ANN, made.id, made.version, "submit", "", node)
    desk.step(BOB, made.id, made.version, "approve", "looks right", node)
    for verb in verbs or ("live",):
        desk.step(BOB, made.id, made.version, verb, "now", node)
    return made


def test_an_indicator_walks_from_draft_to_retirement(node):
    take_in(node, manifest())
    assert "Z1" not in {one.indicator for one in told(node).explanation.reasons}
    made = live(node, fields())
    assert (made.version, made.state) == (1, State.DRAFT)
    assert "Z1" in {one.id for one in node.rules.policy.indicators}
    take_in(node, manifest(a_consignment("N2", numbers(3)[2]), number=9))
    assert "Z1" in {one.indicator for one in told(node, visit=f"{numbers(3)[2]}-1").explanation.reasons}
    desk.step(BOB, "Z1", 1, "retire", "of no use", node)
    assert "Z1" not in {one.id for one in node.rules.policy.indicators}
    assert [one.verb for one in desk.show(BOB, "Z1", node).history] == ["retire", "live", "approve", "submit", "draft"]
    kinds = [entry.kind for entry in node.store.log.after(0, 100)]
    assert kinds.count("rule") == 5


def test_nobody_approves_the_own_work_and_the_attempt_is_in_the_trail(node):
    made = desk.draft(BOB, fields(), "a reason", node)
    desk.step(BOB, "Z1", 1, "submit", "", node)
    for verb in ("approve", "refuse"):
        with pytest.raises(OwnWork):
            desk.step(BOB, "Z1", made.version, verb, "looks right", node)
    refused = trail(node, act="step-rules", outcome="refused")
    assert [(one.officer, one.facts["verb"], one.facts["why"]) for one in refused] == [
        ("bob", "refuse", "author"), ("bob", "approve", "author")]
    with pytest.raises(NotForYou):
        desk.step(IAN, "Z1", 1, "approve", "fine", node)
    assert desk.show(BOB, "Z1", node).versions[0].state == "submitted"


@pytest.mark.parametrize("verb", ["approve", "shadow", "live", "retire", "dance"])
def test_a_step_that_does_not_start_there_is_refused(node, verb):
    desk.draft(ANN, fields(), "a reason", node)
    with pytest.raises(BadRequest):
        desk.step(BOB, "Z1", 1, verb, "a reason", node)


def test_an_edit_is_the_next_version_and_the_old_one_stands_until_it_is_live(node):
    before = node.rules.policy.hash
    old = desk.show(ANN, "C7", node)
    changed = fields_of(node.rules.shipped.get("C7")) | {"expression": "seals = 0 and empty = false and reefer = true",
        "fires": [{"seals": 0, "empty": False, "reefer": True}] * 2}
    made = live(node, changed, "shadow")
    assert (made.id, made.version) == ("C7", 2)
    assert [one.id for one in node.rules.shadow] == ["C7"]
    assert node.rules.policy.hash == before
    desk.step(ANN, "C7", 2, "live", "", node)
    assert {one.id: one.version for one in node.rules.policy.indicators}["C7"] == 2
    assert desk.show(ANN, "C7", node, 1).row.version == old.row.version
    assert {one.field for one in desk.diff(ANN, "C7", 1, 2, node)} >= {"expression", "fires[0]"}
    desk.step(ANN, "C7", 2, "retire", "back to the old one", node)
    assert node.rules.policy.hash == before


def test_a_validity_that_begins_and_ends_later_needs_no_restart(node):
    begins, ends = date(2026, 3, 3), date(2026, 3, 5)
    live(node, fields(valid_from=begins, valid_until=ends))
    seen = []
    for days in range(5):
        node.clock.at = Moment(NOW + days * DAY)
        node.rules.refresh(node)
        seen.append("Z1" in {one.id for one in node.rules.policy.indicators})
    assert seen == [False, True, True, False, False]


def test_every_policy_that_decided_is_kept_whole(node):
    take_in(node, manifest())
    live(node, fields())
    take_in(node, manifest(a_consignment("N2", numbers(3)[2]), number=9))
    kept = dict(node.store.rules.policies())
    decided = {one.policy for one in node.store.assessments.latest([VISIT, f"{numbers(3)[2]}-1"]).values()}
    assert decided == set(kept)
    assert len(decided) == 2


def test_a_draft_with_faults_is_refused_with_place_and_reason(node):
    with pytest.raises(BadIndicator) as refused:
        desk.draft(ANN, fields(expression="seals / 0 > 1"), "a reason", node)
    assert (refused.value.facts["place"], refused.value.facts["reason"]) == ("expression:6", "division-by-zero")
    told = desk.check_draft(ANN, fields(fires=[{"seals": 0}, {"seals": 1, "empty": False}]), node)
    assert [(one.place, one.reason) for one in told.faults] == [("fires[0]", "does-not-fire")]
    assert all(one.text for one in told.faults)


def test_a_circle_of_references_is_refused(node):
    live(node, fields("Z1", expression="fired('C7') and reefer = true", evidence=[], reason=dict.fromkeys(LANGUAGES, "x"),
                      fires=[{"seals": 0, "empty": False, "reefer": True}] * 2, silent=[{"reefer": True}, {"seals": 1}]))  # fmt: skip
    circle = fields_of(node.rules.shipped.get("C7")) | {"expression": "seals = 0 and empty = false and fired('Z1')"}
    told = desk.check_draft(ANN, circle, node)
    assert [(one.place, one.reason) for one in told.faults] == [("expression:32", "cycle")]
    with pytest.raises(Conflict):
        desk.step(BOB, "C7", 1, "retire", "no use", node)


def test_examples_run_on_both_back_ends(node):
    shown = desk.show(BOB, "C7", node)
    assert all(one.fires is one.wanted and one.in_batch is one.fires for one in shown.examples)
    assert [(one.column, one.operator, one.value) for one in shown.conditions] == [("seals", "=", "0"), ("empty", "=", "false")]


def test_what_lies_above_the_clearance_does_not_exist_for_an_officer(node):
    made = desk.draft(BOB, fields("Z2", handling="red"), "a reason", node)
    desk.step(BOB, made.id, 1, "submit", "", node)
    assert "Z2" not in {one.id for one in desk.catalogue(ANN, node)}
    assert [one.id for one in desk.waiting(CAT, node)] == []
    for act in (lambda: desk.show(ANN, "Z2", node), lambda: desk.export(ANN, "Z2", None, "toml", node),
                lambda: desk.draft(ANN, fields("Z2"), "a reason", node), lambda: desk.show(ANN, "NONE", node)):
        with pytest.raises(NotForYou):
            act()
    with pytest.raises(BadRequest):
        desk.draft(ANN, fields("Z3", handling="red"), "a reason", node)
    assert {one.subject for one in trail(node, act="see-rule", outcome="refused")} == {"indicator Z2 v1", "indicator NONE v0"}


def test_the_catalogue_is_filtered(node):
    every = desk.catalogue(BOB, node)
    assert {one.id for one in every} == {one.id for one in node.rules.shipped.indicators}
    assert {one.family for one in desk.catalogue(BOB, node, family="C")} == {"C"}
    assert {one.state for one in desk.catalogue(BOB, node, state="live")} == {"live"}
    assert desk.catalogue(BOB, node, state="draft") == ()
    assert desk.catalogue(EVE, node, purpose=EVE.purposes[0])


def test_it_is_exported_in_three_forms(node):
    assert desk.export(ANN, "C7", 1, "text", node) == b"seals = 0 and empty = false\n"
    assert b'expression = "seals = 0 and empty = false"' in desk.export(ANN, "C7", None, "toml", node)
    assert b'"and"' in desk.export(ANN, "C7", None, "json", node)
    with pytest.raises(BadRequest):
        desk.export(ANN, "C7", None, "pdf", node)


def test_a_trial_is_the_policy_that_would_decide(node):
    desk.draft(ANN, fields(), "a reason", node)
    made = desk.trial(ANN, "Z1@1", node)
    assert made.hash != node.rules.policy.hash
    assert {one.id for one in made.indicators} - {one.id for one in node.rules.policy.indicators} == {"Z1"}
    assert desk.trial(ANN, "C7@1", node) == node.rules.policy


def test_a_percentage_is_drawn_by_the_sealed_key_and_verified(node):
    from tests.desk.port import SHIP

    from vigie.desk import selection

    boxes = numbers(60)
    take_in(node, manifest(*(a_consignment(box, box) for box in boxes)))
    live(node, fields("US-30", action="propose-percent", percent=30, weight={"grade": "none", "source": "a criterion"},
                      expression="hs4 = '0803'", fires=[{"hs4": "0803"}] * 2, silent=[{"hs4": "0804"}, {"hs2": "08"}]))  # fmt: skip
    take_in(node, manifest(*(a_consignment(box, box, consignee="Other NV") for box in boxes), number=7))
    shift = {"name": "day", "start": "06:00", "hours": 12, "scanners": {"MX-1": 50}}
    selection.set_capacity(BOB, "BEANR", [shift], node)
    made = selection.make(BOB, "BEANR", "2026-03-02", None, node).shifts[0]
    drawn = [one for one in made.selections if one.stratum == "percent"]
    assert 5 <= len(drawn) <= 32
    assert {one.propensity for one in drawn} == {0.3}
    assert SHIP.arrival // DAY == NOW // DAY
    node.clock.at = Moment(NOW + 2 * DAY)
    selection.reveal(BOB, "BEANR", "2026-03-02", node)
    assert all(one.whole for one in selection.verify(BOB, "BEANR", "2026-03-02", node))
