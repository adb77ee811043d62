"""Long acts that go on beside: judging the open boxes again after rules changed, and the decision table."""

import pytest
from tests.desk.port import (
    ANN,
    BOB,
    EVE,
    IAN,
    NOW,
    a_consignment,
    an_officer,
    gate,
    manifest,
    numbers,
    take_in,
    trail,
)
from tests.desk.test_policy import live

from vigie.desk import errands
from vigie.desk.errands import AT_ONCE, ErrandUnderWay, begin, behind, catch_up, progress, run, stale
from vigie.terms import DAY, BadRequest, Moment, NotForYou, Purpose

BOXES = numbers(12)


@pytest.fixture
def busy(node):
    take_in(node, manifest(*(a_consignment(box, box) for box in BOXES)))
    return node


def test_rules_that_changed_leave_boxes_to_judge_again_and_it_is_audited(busy):
    assert stale(BOB, busy) == 0
    live(busy, {"most_evidence_milli": 4000})
    assert stale(BOB, busy) == 12
    assert stale(an_officer("far", sites=("NLRTM",)), busy) == 0
    steps = []
    told = run(ANN, "assess", busy, lambda done, whole: steps.append((done, whole)))
    assert (told.state, told.done, told.whole, told.officer) == ("done", 12, 12, "ann")
    assert steps == [(12, 12)]
    assert stale(BOB, busy) == 0
    (entry,) = trail(busy, act="assess")
    assert (entry.officer, entry.outcome, entry.facts["boxes"]) == ("ann", "done", 12)
    assert {one.policy for one in busy.store.assessments.latest([f"{box}-1" for box in BOXES]).values()} == {
        busy.rules.policy.hash
    }


def test_what_is_begun_is_answered_at_once_and_ends(busy):
    assert progress(ANN, "assess", busy) is None
    assert begin(ANN, "assess", busy).state == "waiting"
    busy.errands.stop()
    told = progress(ANN, "assess", busy)
    assert (told.state, told.open) in (("done", False), ("failed", False))


def test_little_is_brought_up_at_once_and_much_beside(busy, monkeypatch):
    busy.clock.at = Moment(NOW + 2 * DAY)
    take_in(busy, gate("GTOT", BOXES[0], at=NOW + DAY))
    assert behind(busy) == 12
    assert catch_up(ANN, busy) == 0
    assert (behind(busy), busy.archive.state().rows) == (0, 1)
    assert progress(ANN, "archive", busy).state == "done"
    take_in(busy, gate("GTOT", BOXES[1], at=NOW + DAY, number=9))
    monkeypatch.setattr(errands, "AT_ONCE", 0)
    assert catch_up(ANN, busy) == 1
    until = 200
    while progress(ANN, "archive", busy).open and until:
        busy.changed(busy.live, 0.05)
        until -= 1
    assert (progress(ANN, "archive", busy).state, behind(busy)) == ("done", 0)
    assert catch_up(ANN, busy) == 0
    assert AT_ONCE == 500


def test_who_may_not_and_what_is_none_is_refused(busy):
    for wanted in (lambda: begin(IAN, "assess", busy, Purpose.INSPECTION), lambda: run(EVE, "assess", busy),
                   lambda: progress(IAN, "archive", busy), lambda: catch_up(IAN, busy)):  # fmt: skip
        with pytest.raises(NotForYou):
            wanted()
    with pytest.raises(BadRequest):
        begin(BOB, "dance", busy)


def test_the_same_is_not_done_twice_at_once(busy):
    def again(told):
        with pytest.raises(ErrandUnderWay):
            begin(BOB, "assess", busy)
        told(1, 1)

    busy.errands.here(errands._asked(BOB, "assess", busy), again)
    assert progress(BOB, "assess", busy).state == "done"
