"""One box from its announcement to the road, told through the desks."""

import pytest
from tests.desk.port import (
    ANN,
    BOB,
    BOX,
    EVE,
    NOW,
    SHIP,
    VISIT,
    a_consignment,
    bay_plan,
    discharge,
    gate,
    manifest,
    numbers,
    take_in,
    told,
    trail,
    without,
)

from vigie.arrivals import Function
from vigie.desk import arrivals, audit, inspections, today
from vigie.desk.views import ArrivalsQuery
from vigie.terms import DAY, HOUR, Conflict, Depth, Detector, Found, Moment, NotForYou, OfficerId, Outcome


def codes(view):
    return [(entry.kind, entry.facts.get("event") or entry.code) for entry in view.timeline]


def test_manifest_then_bay_plan_then_discharge_are_one_story(node):
    report = take_in(node, manifest(), bay_plan(), discharge())
    assert (report.messages, report.containers, report.consignments, report.plans, report.movements) == (3, 1, 1, 1, 1)
    view = told(node)
    assert sorted(codes(view)) == [("consignment", "announced"), ("equipment", "planned"), ("movement", "DISC")]
    assert (view.row.site, view.row.terminal, view.row.due) == ("BEANR", "1742", NOW + 7 * HOUR)
    assert view.documents[0].document == "ABC123"
    assert view.explanation.total_milli == view.row.score_milli
    reasons = view.explanation
    assert reasons.prior_milli + sum(r.weight_milli for r in reasons.reasons) + reasons.caps_milli == reasons.total_milli


def test_the_order_of_messages_does_not_matter_for_what_is_known(node, tmp_path):
    from tests.desk.port import a_node

    take_in(node, discharge(), bay_plan(), manifest())
    with a_node(tmp_path / "other") as other:
        take_in(other, manifest(), bay_plan(), discharge())
        assert sorted(codes(told(node))) == sorted(codes(told(other)))
        assert without(told(node).row, "changed", "score_milli", "codes", "reasons", "fired", "band") == without(
            told(other).row, "changed", "score_milli", "codes", "reasons", "fired", "band"
        )


def test_an_amendment_keeps_the_old_version_in_the_log(node):
    take_in(node, manifest())
    take_in(node, manifest(a_consignment(function=Function.AMENDMENT, consignee="Autre SA"), number=9))
    view = told(node)
    assert view.documents[0].amendments == 1
    assert [party.name for party in view.documents[0].parties][1] == "Autre SA"
    assert codes(view) == [("consignment", "announced"), ("consignment", "amended")]


def test_an_amendment_that_drops_a_box_withdraws_it_there_and_only_there(node):
    first, second = numbers(2)
    take_in(node, manifest(a_consignment("A1", first, second)))
    take_in(node, manifest(a_consignment("A1", first, function=Function.AMENDMENT), number=9))
    stands = [told(node, visit=f"{box}-1").documents[0].cancelled for box in (first, second)]
    assert stands == [False, True]


def test_a_cancelled_consignment_is_withdrawn_from_all_its_boxes(node):
    boxes = numbers(3)
    take_in(node, manifest(a_consignment("A1", *boxes)))
    take_in(node, manifest(a_consignment("A1", boxes[0], function=Function.CANCELLATION), number=9))
    assert all(told(node, visit=f"{box}-1").documents[0].cancelled for box in boxes)


def test_a_retracted_discharge_did_not_happen(node):
    take_in(node, manifest(), discharge())
    (disc,) = [move for move in told(node).visit.moves if move.movement.code == "DISC"]
    take_in(node, discharge(number=8, retracts=disc.movement.event_id))
    view = told(node)
    assert view.visit.happened("DISC") == ()
    assert view.row.due == SHIP.arrival


@pytest.mark.parametrize("renamed", [False, True], ids=["same-file", "same-content-new-envelope"])
def test_taking_the_same_in_again_changes_nothing(node, renamed):
    messages = [manifest(), bay_plan(), discharge()]
    take_in(node, *messages)
    last, before = node.store.log.last(), told(node)
    again = [manifest(number=51), bay_plan(number=52), discharge(number=53)] if renamed else messages
    report = take_in(node, *again)
    assert report.entries == 0
    assert node.store.log.last() == last
    assert without(told(node), "parts") == without(before, "parts")
    if not renamed:
        assert report.known == report.parts


def test_a_box_that_comes_back_begins_a_new_life(node):
    take_in(node, manifest(), discharge(), gate("GTOT", empty=False), gate("GTIN", at=NOW + 3 * DAY, empty=True, number=5))
    take_in(node, manifest(a_consignment("NEXT", filed_at=Moment(NOW + 9 * DAY)), number=7))
    assert told(node).row.status == "gone"
    assert told(node, visit=f"{BOX}-2").row.status == "new"
    assert arrivals.find(BOB, BOX, node) == f"{BOX}-2"


def test_two_officers_do_not_work_on_one_box(node):
    take_in(node, manifest())
    arrivals.claim(ANN, VISIT, node)
    with pytest.raises(Conflict):
        arrivals.claim(BOB, VISIT, node)
    assert [row.visit for row in today.today(ANN, node).queue] == [VISIT]
    arrivals.unclaim(ANN, VISIT, node)
    arrivals.claim(BOB, VISIT, node)
    assert told(node).row.claimed_by == "bob"


def test_an_override_needs_a_reason_and_stays_in_log_and_timeline(node):
    take_in(node, manifest())
    arrivals.override(ANN, VISIT, "hold", "smell of fresh paint", node)
    view = told(node)
    assert view.row.status == "held"
    assert [(o.officer, o.decision, o.reason) for o in view.overrides] == [("ann", "hold", "smell of fresh paint")]
    assert ("override", "decided") in codes(view)
    take_in(node, bay_plan())
    assert told(node).row.status == "held"


def test_an_override_on_stale_knowledge_is_refused(node):
    take_in(node, manifest())
    seen = told(node).revision
    take_in(node, bay_plan())
    with pytest.raises(Conflict):
        arrivals.override(ANN, VISIT, "select", "as seen", node, revision=seen)


def test_a_second_decision_on_the_same_knowledge_is_refused(node):
    take_in(node, manifest())
    seen = told(node).revision
    arrivals.override(ANN, VISIT, "hold", "first", node, revision=seen)
    with pytest.raises(Conflict):
        arrivals.override(BOB, VISIT, "release", "second", node, revision=seen)
    take_in(node, bay_plan())
    assert told(node).revision > seen
    arrivals.override(BOB, VISIT, "release", "having looked", node, revision=told(node).revision)
    assert told(node).row.status == "released"


def test_a_refused_look_is_written_down_and_tells_nothing(node):
    take_in(node, manifest())
    for wanted in (VISIT, "NONE0000000-1"):
        with pytest.raises(NotForYou) as refusal:
            arrivals.container(EVE, wanted, node)
        assert dict(refusal.value.facts) == {"purpose": "targeting"}
    refused = [(one.subject, one.outcome) for one in trail(node, officer="eve")]
    assert refused == [("NONE0000000-1", "refused"), (VISIT, "refused")]
    page = audit.page(EVE, audit.AuditQuery(outcome="refused"), node)
    assert [row.subject for row in page.rows] == ["NONE0000000-1", VISIT]


def test_officers_are_warned_when_a_selected_box_moves_or_is_amended(node):
    take_in(node, manifest())
    arrivals.override(ANN, VISIT, "select", "first shipment", node)
    take_in(node, discharge(), manifest(a_consignment(consignee="Autre", function=Function.AMENDMENT), number=9))
    notices = today.today(ANN, node).notices
    assert sorted(notice.code for notice in notices) == ["amended", "moved"]
    today.seen(ANN, [notice.id for notice in notices], node)
    assert today.today(ANN, node).notices == ()


def test_what_a_control_showed_comes_back_and_can_be_corrected(node):
    take_in(node, manifest())
    outcome = Outcome(VISIT, Moment(NOW - HOUR), Found.NOTHING, Detector.SCANNER, Depth.SCAN, OfficerId("x"))
    inspections.record(ANN, outcome, node)
    (first,) = told(node).outcomes
    assert (first.outcome.officer, first.replaced) == ("ann", False)
    import msgspec

    inspections.record(ANN, msgspec.structs.replace(outcome, found=Found.COCAINE, replaces=first.hlc), node)
    assert [one.replaced for one in told(node).outcomes] == [True, False]
    assert told(node).row.status == "inspected"


def test_a_sister_box_found_dirty_raises_no_past_score(node):
    """A find changes what is known from then on, never what was known before."""
    first, second = numbers(2)
    take_in(node, manifest(a_consignment("A1", first)), manifest(a_consignment("A2", second), number=2))
    before = told(node, visit=f"{second}-1").explanation
    found = Outcome(f"{first}-1", Moment(NOW - HOUR), Found.COCAINE, Detector.DOG, Depth.FULL, OfficerId("x"), 1_000_000)
    inspections.record(ANN, found, node)
    assert told(node, visit=f"{second}-1").explanation == before


def test_both_chains_verify_after_all_that(node):
    take_in(node, manifest(), bay_plan(), discharge())
    arrivals.override(ANN, VISIT, "hold", "why not", node)
    assert [(check.chain, check.whole) for check in audit.verify(EVE, node)] == [("trail", True), ("log", True)]
    assert arrivals.page(ANN, ArrivalsQuery(), node).total == 1
