"""The list of a day under other rules, for officers: kept up to date, within clearance, with what runs in shadow."""

import msgspec
import pytest
from tests.desk.port import (
    ANN,
    BOB,
    IAN,
    NOW,
    a_consignment,
    an_officer,
    bay_plan,
    gate,
    manifest,
    numbers,
    take_in,
    trail,
)
from tests.desk.test_indicators import CAT, fields

from vigie.desk import arrivals, indicators, policy, selection
from vigie.desk import simulation as desk
from vigie.engine import row_table, scored
from vigie.risk import Thresholds
from vigie.terms import DAY, BadRequest, Handling, Moment, NotForYou

CAPACITY = [{"name": "late", "start": "12:00", "hours": 8, "scanners": {"S1": 3, "S2": 2}}]
BOXES = numbers(30)


@pytest.fixture
def busy(node):
    take_in(node, manifest(*(a_consignment(box, box, consignee=f"Importer {box[-2:]}") for box in BOXES)))
    selection.set_capacity(BOB, "BEANR", CAPACITY, node)
    return node


def a_version(node, shadow=False, handling="clear"):
    """An officer's own indicator that fires at every box, as a draft or walked on into the shadow."""
    told = fields(expression="containers >= 1", handling=handling, fires=[{"containers": 1}] * 2,
                  silent=[{"containers": 0}] * 2, evidence=["containers"],
                  reason=dict.fromkeys(("fr", "nl", "en", "pt", "es"), "{containers}"))  # fmt: skip
    made = indicators.draft(BOB, told, "a try", node)
    if shadow:
        indicators.step(BOB, "Z1", 1, "submit", "", node)
        indicators.step(CAT, "Z1", 1, "approve", "looks right", node)
        indicators.step(CAT, "Z1", 1, "shadow", "let us see", node)
    return f"{made.id}@{made.version}"


def test_without_a_draft_both_lists_are_the_same(busy):
    view = desk.simulate(ANN, busy)
    assert (view.day, view.sites, view.missing, view.draft) == ("2026-03-02", ("BEANR",), "", "")
    told = view.told
    assert (told.boxes, told.considered, told.listed_before, told.both) == (30, 30, 5, 5)
    assert (told.came, told.dropped) == ((), ())


def test_scores_are_those_of_the_last_judgement(busy):
    desk.refresh(busy)
    open_boxes = busy.batch.open_boxes
    judged = open_boxes.judged(busy.rules.policy)
    kept = busy.store.assessments.latest([f"{box}-1" for box in BOXES])
    found = dict(zip(open_boxes.table["open_visit"].to_pylist(), judged.score.tolist(), strict=True))
    assert found == {visit: one.score_milli for visit, one in kept.items()}
    assert row_table([]).num_rows == scored(busy.rules.policy, row_table([])).num_rows


def test_the_columns_follow_what_happens(busy):
    assert desk.refresh(busy) == 30
    assert desk.refresh(busy) == 0
    take_in(busy, bay_plan(BOXES[0]))
    assert desk.refresh(busy) == 1
    busy.clock.at = Moment(NOW + 2 * DAY)
    take_in(busy, gate("GTOT", BOXES[0], at=NOW + DAY))
    arrivals.override(BOB, f"{BOXES[1]}-1", "release", "checked by phone", busy)
    desk.refresh(busy)
    known = set(busy.batch.open_boxes.table["open_visit"].to_pylist())
    assert known == {f"{box}-1" for box in BOXES[2:]}


def test_a_draft_changes_the_list_and_tells_why(busy):
    draft = a_version(busy)
    view = desk.simulate(BOB, busy, draft)
    assert view.draft == draft
    assert draft in view.drafts
    fires = {one.indicator: (one.before, one.after) for one in view.told.fires}
    assert fires["Z1"] == (0, 30)
    assert view.names["Z1"]


def test_an_officer_sees_boxes_and_drafts_within_reach_alone(busy):
    draft = a_version(busy, handling="red")
    low = an_officer("low", clearance=Handling.CLEAR)
    assert draft not in desk.simulate(low, busy).drafts
    with pytest.raises(NotForYou):
        desk.simulate(low, busy, draft)
    elsewhere = an_officer("far", sites=("NLRTM",))
    assert (desk.simulate(elsewhere, busy).told.boxes, desk.simulate(elsewhere, busy).missing) == (0, "capacity")


def test_a_whole_policy_is_tried_with_its_slots_of_chance_and_its_bands(busy):
    wide = {"bands": [{"name": one.name, "from_milli": one.from_milli - 500 * (place > 0)}
                      for place, one in enumerate(busy.rules.policy.bands)]}  # fmt: skip
    policy.draft(ANN, wide | {"shares": {"tilted_permille": 200, "uniform_permille": 200}}, "a try", busy)
    view = desk.simulate(ANN, busy, "policy@1")
    told = view.told
    assert "policy@1" in view.drafts
    assert (told.chance_before, told.chance_after) == (0, 2)
    assert (told.listed_before, told.listed_after, told.dropped_count) == (5, 3, 2)
    assert {one.pushed for one in told.dropped} == {True}
    assert sum(one.before for one in told.bands) == sum(one.after for one in told.bands) == told.considered
    assert (view.uncalibrated, view.finds, told.expected_after) == ("models", 0, None)
    assert busy.rules.settings == Thresholds()
    for wanted in ("policy@9", "channels@1", "policy@x"):
        if wanted == "policy@x":
            assert desk.simulate(ANN, busy, wanted).told.dropped_count == 0
            continue
        with pytest.raises(NotForYou):
            desk.simulate(ANN, busy, wanted)


def test_it_is_refused_and_in_the_trail(busy):
    with pytest.raises(NotForYou):
        desk.simulate(IAN, busy)
    with pytest.raises(BadRequest):
        desk.simulate(ANN, busy, day="soon")
    desk.simulate(ANN, busy)
    assert sorted(one.outcome for one in trail(busy) if one.act == "simulate") == ["done", "refused"]


def test_without_boxes_the_page_can_say_so(node):
    assert desk.simulate(ANN, node).missing == "capacity"
    selection.set_capacity(BOB, "BEANR", CAPACITY, node)
    assert desk.simulate(ANN, node).missing == "boxes"


def test_erased_boxes_leave_the_columns(busy):
    desk.refresh(busy)
    unit = busy.store.visits.get([f"{BOXES[0]}-1"])[f"{BOXES[0]}-1"].unit
    assert busy.forget([unit]) == 1
    assert busy.batch.open_boxes.table.num_rows == 29


def test_boxes_judged_by_a_release_that_counted_less_are_still_listed(busy):
    told = desk.simulate(ANN, busy).told
    busy.store.db.run("UPDATE assessment SET features = ?", (msgspec.msgpack.encode([1, 2]),))
    busy.batch.take([], [], 0)
    again = desk.simulate(ANN, busy).told
    assert (again.boxes, again.listed_before, again.fires) == (told.boxes, told.listed_before, told.fires)
    assert told.boxes == 30
