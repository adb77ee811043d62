"""Models from teaching to voting: four eyes, proof at load, too little to learn from, rules alone where a model fails."""

import pytest
from tests.desk.port import ANN, BOB, EVE, IAN, a_node, trail
from tests.desk.taught import decisions, taught
from tests.risk.models.planted import house_rows

from vigie.desk import models
from vigie.desk.models import CHANNELS, MODEL
from vigie.risk import BadModel, TooFewPositives, read_channels
from vigie.terms import BadRequest, NotForYou, OwnWork, Purpose

OVERSIGHT = Purpose.OVERSIGHT


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    with a_node(tmp_path_factory.mktemp("school")) as made:
        made.row = taught(made)
        yield made


@pytest.fixture(scope="module")
def voting(school, tmp_path_factory):
    """The same models, approved by a second officer and live, on a node of their own."""
    with a_node(tmp_path_factory.mktemp("voting")) as made:
        made.row, made.plain = taught(made), made.rules.policy
        made.stands = walked(made, "submit", "approve", "live")
        yield made


def walked(node, *verbs):
    told = None
    for verb in verbs:
        told = models.step(ANN if verb == "approve" else BOB, 1, verb, "as agreed", node)
    return told


def test_what_was_taught_is_a_draft_with_its_figures(school):
    row = school.row
    assert (row.version, row.state, row.author, row.in_force) == (1, "draft", "bob", False)
    assert row.channels == ("anomaly", "proxy", "seizure")
    assert {"proxy", "seizure"} & set(row.votes)  # both learn from the same finds: one may leave the other nothing to earn
    assert row.positives >= 100
    view = models.show(EVE, 1, school, OVERSIGHT)
    told = {one.name: one.worth for one in view.told.measured.worth}
    assert {"rules", "all", "only seizure", "irregular", "irregular with who looked"} <= told.keys()
    assert told["all"].auc[0] > told["rules"].auc[0]
    assert view.told.measured.taught_until < view.told.measured.judged_from <= view.told.measured.until
    assert [one.state for one in view.taken] == ["draft"]


def test_teaching_again_gives_the_same_models(school, tmp_path):
    with a_node(tmp_path) as other:
        assert taught(other).hash == school.row.hash


def test_who_made_it_never_approves_it_and_the_refusal_is_audited(school):
    walked(school, "submit")
    with pytest.raises(OwnWork):
        models.step(BOB, 1, "approve", "fine by me", school)
    refused = trail(school, act="step-rules", outcome="refused")
    assert [(one.officer, one.subject, one.facts["why"]) for one in refused] == [("bob", "model channels v1", "author")]
    assert walked(school, "approve").approved_by == "ann"


def test_models_that_are_live_vote_and_retired_ones_do_not(voting):
    plain, live = voting.plain, voting.stands
    assert plain.fusion is None
    assert (live.in_force, live.state) == (True, "live")
    policy = voting.rules.policy
    assert policy.fusion is not None
    assert policy.hash != plain.hash
    assert set(voting.rules.models) == {vote.model for vote in policy.fusion.votes}


def test_a_child_process_judges_by_the_same_models(voting):
    from vigie.desk.rules import CompiledRules

    there = CompiledRules.from_packed(voting.rules.packed())
    table, _ = house_rows(60, seed=8)
    rows = list(zip(*table.values(), strict=True))
    told = [[rules._is.assessor.assess("X-1", 1, row) for row in rows] for rules in (there, voting.rules)]
    assert told[0] == told[1]
    assert all(one.channels and one.chance_ppm is not None for one in told[0])


def test_decisions_that_came_later_judge_it(school):
    told = models.evaluate(ANN, school)
    assert (told.version, told.fresh) == (1, False)
    measured = read_channels(school.store.rules.get(MODEL, CHANNELS, 1).body).measured
    later = [row | {"visit": f"L{n}-1", "at": measured.until + 1 + n, "unit": 90_000 + n}
             for n, row in enumerate(decisions(500, seed=9))]  # fmt: skip
    school.archive.write_rows(later, 1)
    fresh = models.evaluate(EVE, school, 1, OVERSIGHT)
    assert fresh.fresh
    assert fresh.rows == sum("found" in row for row in later)
    assert {one.name for one in fresh.worth} >= {"rules", "all", "only anomaly"}


def test_a_model_altered_on_disk_does_not_vote_and_the_rules_decide_alone(tmp_path):
    with a_node(tmp_path) as school:
        taught(school)
        walked(school, "submit", "approve", "live")
        check_altered(school)


def check_altered(school):
    vote = school.rules.policy.fusion.votes[0]
    with school.store.transaction():
        school.store.db.run("UPDATE model SET body = substr(body, 1, 50) WHERE hash = ?", (vote.model,))
    school.rules._is = type(school.rules)(school.now())._is
    school.rules.refresh(school)
    assert school.rules.policy.fusion is None
    assert school.rules.fault.facts["reason"] == "altered"
    row = models.models(BOB, school)[0]
    assert (row.state, row.in_force, row.fault) == ("live", False, "altered")
    with pytest.raises(BadModel):
        models.evaluate(ANN, school, 1)


def test_too_little_to_learn_from_is_refused_with_what_is_needed(node):
    node.archive.write_rows(decisions(200, found=False), 0)
    with pytest.raises(TooFewPositives) as fault:
        models.train(BOB, node, "too early")
    assert fault.value.facts == {"have": 0, "need": 30}
    assert models.models(BOB, node) == ()
    with pytest.raises(BadRequest):
        models.evaluate(BOB, node)


def test_who_may_not_is_refused(node):
    for act in (lambda: models.models(IAN, node), lambda: models.train(EVE, node, "why", purpose=OVERSIGHT),
                lambda: models.show(BOB, 7, node), lambda: models.step(BOB, 7, "submit", "why", node)):  # fmt: skip
        with pytest.raises(NotForYou):
            act()
