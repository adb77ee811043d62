"""Long acts that go on beside: judging the open boxes again after rules changed, and the decision table."""

from threading import Event, Timer

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
    assert catch_up(ANN, busy).missing == 0
    assert (behind(busy), busy.archive.state().rows) == (0, 1)
    assert progress(ANN, "archive", busy).state == "done"
    take_in(busy, gate("GTOT", BOXES[1], at=NOW + DAY, number=9))
    monkeypatch.setattr(errands, "AT_ONCE", 0)
    assert catch_up(ANN, busy).missing == 1
    until = 200
    while progress(ANN, "archive", busy).open and until:
        busy.changed(busy.live, 0.05)
        until -= 1
    assert (progress(ANN, "archive", busy).state, behind(busy)) == ("done", 0)
    assert catch_up(ANN, busy).missing == 0
    assert AT_ONCE == 500


def test_an_officer_who_asks_is_answered_at_once_and_it_is_in_the_trail(busy, monkeypatch):
    busy.clock.at = Moment(NOW + 2 * DAY)
    take_in(busy, gate("GTOT", BOXES[0], at=NOW + DAY))
    told = errands.ask(ANN, busy)
    assert (told.rows, told.looked_at, told.written, told.missing) == (1, 12, 1, 0)
    assert (errands.ask(ANN, busy).looked_at, errands.ask(ANN, busy).rows) == (0, 1)
    assert [one.facts["written"] for one in trail(busy, act="backtest")] == [0, 0, 1]
    take_in(busy, gate("GTOT", BOXES[1], at=NOW + DAY, number=9))
    monkeypatch.setattr(errands, "AT_ONCE", 0)
    monkeypatch.setattr(busy.errands, "begin", lambda asked, work: asked)  # it has not come to it yet
    assert (errands.ask(ANN, busy).missing, busy.archive.state().rows) == (1, 1)
    with pytest.raises(ErrandUnderWay):
        errands.whole(ANN, busy)


def test_what_another_one_does_is_waited_for_by_a_command_and_not_by_a_page(busy):
    busy.clock.at = Moment(NOW + 2 * DAY)
    take_in(busy, gate("GTOT", BOXES[0], at=NOW + DAY))
    going, go = Event(), Event()

    def other(told):
        going.set()
        go.wait(20)

    busy.errands.begin(errands._asked(BOB, "archive", busy), other)
    assert going.wait(20)
    assert catch_up(ANN, busy).missing == 12
    with pytest.raises(ErrandUnderWay):
        errands.bring_up(ANN, busy, wait=False)
    Timer(0.05, go.set).start()
    assert errands.bring_up(ANN, busy).written == 1


def test_who_reads_drift_alone_has_the_table_of_today(busy):
    busy.clock.at = Moment(NOW + 2 * DAY)
    take_in(busy, gate("GTOT", BOXES[0], at=NOW + DAY))
    assert catch_up(ANN, busy, act="see-drift").written == 1
    assert [one.act for one in trail(busy) if "written" in one.facts] == ["see-drift"]
    with pytest.raises(NotForYou):
        catch_up(IAN, busy, act="see-drift")


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
