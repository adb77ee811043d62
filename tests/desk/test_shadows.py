"""What runs in shadow is judged on what came since it entered it, and has no effect."""

import pytest
from tests.desk.port import ANN, BOB, IAN, NOW, a_consignment, a_node, manifest, numbers, take_in, trail
from tests.desk.taught import decisions, taught
from tests.desk.test_simulation import CAPACITY, a_version

from vigie.desk import models, selection, shadows
from vigie.risk import RuleKind
from vigie.terms import DAY, HOUR, Moment, NotForYou

BOXES = numbers(30)


def filled(node):
    take_in(node, manifest(*(a_consignment(box, box, consignee=f"Importer {box[-2:]}") for box in BOXES)))
    selection.set_capacity(BOB, "BEANR", CAPACITY, node)
    return node


def later(node, rows, start, seed=9):
    """Decisions after a moment, with their outcomes."""
    made = [row | {"visit": f"L{n}-1", "at": start + 1 + n * HOUR, "unit": 90_000 + n, "site": "BEANR",
                   "late": False}
            for n, row in enumerate(decisions(rows, seed=seed))]  # fmt: skip
    for row in made:
        if "outcome_at" in row:
            row["outcome_at"] = row["at"] + HOUR // 2
    node.archive.write_rows(made, 1 << 60)
    return made


def test_an_indicator_is_counted_since_it_entered_the_shadow_alone(node):
    filled(node)
    node.archive.write_rows(decisions(40), 0)
    before = node.store.assessments.latest([f"{BOXES[0]}-1"])[f"{BOXES[0]}-1"].score_milli
    a_version(node, shadow=True)
    (row,) = shadows.shadowed(BOB, node)
    assert (row.id, row.version, row.open, row.past.boxes, row.since) == ("Z1", 1, 30, 0, NOW)
    later(node, 25, NOW)
    (row,) = shadows.shadowed(BOB, node)
    assert 0 < row.past.boxes <= 25
    assert node.store.assessments.latest([f"{BOXES[0]}-1"])[f"{BOXES[0]}-1"].score_milli == before
    assert shadows.entered(RuleKind.INDICATOR, "Z1", 7, node) == 0


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    with a_node(tmp_path_factory.mktemp("shadow")) as made:
        filled(made)
        taught(made)
        for officer, verb in ((BOB, "submit"), (ANN, "approve"), (BOB, "shadow")):
            models.step(officer, 1, verb, "let us see", made)
        yield made


def test_models_in_shadow_would_select_and_decide_nothing(school):
    (view,) = shadows.shadow_models(BOB, school)
    assert (view.version, view.since, view.boxes, view.champion, view.challenger) == (1, NOW, 0, None, None)
    assert {"proxy", "seizure"} & set(view.votes)
    told = view.today
    assert told.listed_before == told.listed_after == 5
    assert told.both + told.came_count == 5
    assert school.rules.policy.fusion is None
    assert told.before == school.rules.policy.hash != told.after
    assert [one.subject for one in trail(school, act="simulate") if "model" in one.subject] == ["model channels v1"]


def test_scores_are_judged_on_decisions_since_alone(school):
    school.clock.at = Moment(NOW + 90 * DAY)
    made = later(school, 900, NOW)
    view = shadows.shadow_model(BOB, 1, school)
    assert view.boxes == 900
    assert view.chosen == sum(row["chosen"] for row in made)
    assert view.champion.worth.rows == view.challenger.worth.rows == sum("found" in row for row in made)
    assert (view.champion.name, view.challenger.name) == ("rules", "all")
    assert view.challenger.worth.auc[0] > view.champion.worth.auc[0]
    assert view.looked.both + view.looked.only_first + view.looked.only_second + view.looked.neither == sum(
        "found" in row for row in made
    )


def test_what_is_not_in_shadow_or_not_for_the_officer_is_refused(school):
    for wanted in (lambda: shadows.shadow_model(BOB, 9, school), lambda: shadows.shadow_models(IAN, school),
                   lambda: shadows.shadowed(IAN, school)):  # fmt: skip
        with pytest.raises(NotForYou):
            wanted()
