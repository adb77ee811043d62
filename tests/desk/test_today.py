import pytest
from tests.desk.port import ADA, ANN, BOB, SHIP, VISIT, a_consignment, an_officer, manifest, numbers, take_in, told

from vigie.desk import arrivals, today
from vigie.terms import HOUR, Handling, Moment, NotForYou, Purpose


def test_the_front_page_of_a_working_officer(node):
    boxes = numbers(3)
    take_in(node, manifest(*(a_consignment(box, box) for box in boxes)))
    arrivals.claim(ANN, f"{boxes[0]}-1", node)
    arrivals.override(ANN, f"{boxes[1]}-1", "hold", "why", node)
    told(node, ANN, f"{boxes[2]}-1")
    page = today.today(ANN, node)
    assert [row.container for row in page.queue] == [boxes[0]]
    assert len(page.due_soon) == 3
    assert page.resume.container == boxes[2]
    assert (page.counts["new"], page.counts["held"], page.counts["late"]) == (2, 1, 0)
    assert (sum(page.hours), page.hours[-1], page.waiting) == (3, 3, 0)
    assert {fact.name for fact in page.health} >= {"store", "sequencer", "keys"}


def test_what_was_not_decided_in_time_is_late(node):
    take_in(node, manifest())
    node.clock.at = Moment(SHIP.arrival + HOUR)
    page = today.today(ANN, node)
    assert (page.counts["late"], page.due_soon) == (1, ())


def test_an_administrator_meets_an_empty_page_not_a_refusal(node):
    take_in(node, manifest())
    page = today.today(ADA, node)
    assert (page.queue, page.due_soon, page.counts["new"], sum(page.hours)) == ((), (), 0, 0)


def test_resume_does_not_lead_past_the_gate(node):
    take_in(node, manifest())
    told(node, ANN)
    node.store.visits.mark([VISIT], handling=int(Handling.RED))
    assert today.today(ANN, node).resume is None


def test_the_frame_of_every_page(node):
    frame = today.frame(ANN, node)
    assert (frame.simulated, frame.handling, frame.sites, frame.unread, frame.live) == (False, Handling.AMBER, ("BEANR",), 0, 0)
    take_in(node, manifest())
    assert today.frame(ANN, node).live == node.store.log.last()


def test_somebody_without_any_right_sees_nothing(node):
    with pytest.raises(NotForYou):
        today.health(an_officer("x", purposes=()), node)
    assert today.purpose_of(ADA) is Purpose.ADMINISTRATION


def test_an_officer_marks_only_the_own_warnings_as_seen(node):
    take_in(node, manifest())
    arrivals.claim(ANN, VISIT, node)
    arrivals.override(ANN, VISIT, "select", "why", node)
    take_in(node, manifest(a_consignment(consignee="B"), number=3))
    (notice,) = today.today(ANN, node).notices
    today.seen(BOB, [notice.id], node)
    assert len(today.today(ANN, node).notices) == 1
