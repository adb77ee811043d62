"""Erasure: two administrators, a reason and a law; afterwards nobody reads it, and everybody is told so."""

import pytest
from tests.desk.port import (
    ADA,
    ANN,
    BOB,
    BOX,
    EVE,
    NOW,
    VISIT,
    a_consignment,
    an_officer,
    discharge,
    manifest,
    numbers,
    take_in,
    told,
    trail,
)

from vigie.desk import arrivals, audit, erasure, notices, parties, risk, search
from vigie.desk.views import ArrivalsQuery
from vigie.terms import (
    BadRequest,
    Conflict,
    Erased,
    Handling,
    Moment,
    NotForYou,
    NotFound,
    OwnWork,
    PartyKey,
    Purpose,
    Role,
    VisitId,
)

BEA = an_officer("bea", Role.ADMINISTRATOR, purposes=(Purpose.ADMINISTRATION,))
OTHER = numbers(1, "TGHU")[0]


def asked(node, kind="box", wanted=VISIT):
    return erasure.ask(ADA, kind, wanted, "the trader asked", "GDPR 17(1)", node)


def erased(node, kind="box", wanted=VISIT):
    return erasure.decide(BEA, asked(node, kind, wanted).id, "confirmed", node)


def test_two_administrators_erase_a_box_and_the_chains_stay_whole(node):
    take_in(node, manifest(a_consignment("A1"), a_consignment("B2", OTHER)), discharge())
    arrivals.override(BOB, VISIT, "hold", "seal looks wrong", node)
    seen = erasure.preview(ADA, "box", VISIT, node)
    assert (seen.boxes, [one.visit for one in seen.shown]) == (1, [VISIT])
    request = asked(node)
    assert (request.state, request.reason, request.basis, request.officer) == (
        "asked", "the trader asked", "GDPR 17(1)", "ada")  # fmt: skip
    assert told(node).visit.id == VISIT  # nothing is erased before another officer confirms
    done = erasure.decide(BEA, request.id, "confirmed", node, units=seen.units)
    assert (done.state, done.boxes, done.units, done.decided_by) == ("done", 1, seen.units, "bea")
    assert done.removed > seen.units
    with pytest.raises(Erased) as fault:
        told(node)
    assert fault.value.facts["visit"] == VISIT
    with pytest.raises(Erased):
        risk.explain(BOB, BOX, node)
    assert [row.container for row in arrivals.page(BOB, ArrivalsQuery(), node).rows] == [OTHER]
    assert search.find(BOB, BOX, node).hits == ()
    assert all(check.whole for check in audit.verify(EVE, node))
    assert told(node, visit=VisitId(f"{OTHER}-1")).documents[0].parties


def test_no_word_of_an_erased_box_is_left_in_the_store(node):
    take_in(node, manifest(a_consignment("A1", consignee="Unmistakable Trader")), discharge())
    (found,) = parties.find(BOB, "unmistakable trader", node)
    erased(node)
    assert parties.find(BOB, "unmistakable", node) == ()
    assert node.store.parties.get([PartyKey(found.key)]) == {}
    units = {entry.unit for entry in node.store.log.after(0, 100) if entry.kind.value in {"consignment", "movement"}}
    assert node.store.vault.gone(units) == units
    for table in ("visit", "visit_body", "assessment", "lookup", "fired_on", "party", "visit_party"):
        assert node.store.db.one(f"SELECT count(*) FROM {table}") == (0,), table


def test_who_asked_cannot_confirm_and_the_refusal_is_written_down(node):
    take_in(node, manifest())
    request = asked(node)
    with pytest.raises(OwnWork):
        erasure.decide(ADA, request.id, "confirmed", node)
    with pytest.raises(OwnWork):
        erasure.decide(BEA, request.id, "withdrawn", node)
    assert [entry.outcome for entry in trail(node, act="erase", outcome="refused")] == ["refused", "refused"]
    assert erasure.decide(ADA, request.id, "withdrawn", node).state == "withdrawn"
    with pytest.raises(Conflict):
        erasure.decide(BEA, request.id, "confirmed", node)
    again = erasure.ask(ADA, "box", VISIT, "asked once more", "GDPR 17(1)", node)
    refused = erasure.decide(BEA, again.id, "refused", node, "still needed in court")
    assert (refused.state, refused.answer) == ("refused", "still needed in court")
    assert told(node).visit.id == VISIT


@pytest.mark.parametrize("officer", [ANN, BOB, EVE])
def test_only_administrators_for_administration_may_erase(node, officer):
    take_in(node, manifest())
    with pytest.raises(NotForYou):
        erasure.preview(officer, "box", VISIT, node)
    with pytest.raises(NotForYou):
        erasure.page(officer, node, Purpose.TARGETING)
    assert trail(node, act="erase", outcome="refused")


def test_an_administrator_for_targeting_may_not(node):
    both = an_officer("cas", Role.ADMINISTRATOR, purposes=(Purpose.TARGETING, Purpose.ADMINISTRATION))
    with pytest.raises(NotForYou):
        erasure.page(both, node, Purpose.TARGETING)
    assert erasure.page(both, node) == ()


@pytest.mark.parametrize(
    ("kind", "wanted", "fault"),
    [
        ("box", "CSQU3054383-9", NotFound), ("message", "nothing", NotFound), ("party", "zz", BadRequest),
        ("days", "2026-13-01", BadRequest), ("days", "2026-02-01/2026-01-01", BadRequest), ("ship", "x", BadRequest),
        ("days", "2020-01-01", NotFound),
    ],
)  # fmt: skip
def test_what_is_not_there_or_not_meant_is_refused(node, kind, wanted, fault):
    with pytest.raises(fault):
        asked(node, kind, wanted)


def test_reason_and_law_are_needed(node):
    take_in(node, manifest())
    with pytest.raises(BadRequest):
        erasure.ask(ADA, "box", VISIT, " ", "GDPR 17(1)", node)
    with pytest.raises(BadRequest):
        erasure.ask(ADA, "box", VISIT, "why", "", node)


def test_a_message_takes_every_box_it_spoke_of(node):
    take_in(node, manifest(a_consignment("A1", BOX, OTHER)), discharge())
    (part,) = [part for part in told(node).parts if part.form == "CUSCAR"]
    done = erased(node, "message", part.message)
    assert done.boxes == 2
    assert arrivals.page(BOB, ArrivalsQuery(), node).rows == ()


def test_a_party_takes_its_boxes_under_all_its_names(node):
    take_in(node, manifest(a_consignment("A1", consignee="Fruit Noord"), a_consignment("B2", OTHER, consignee="Fruit Zuid")))
    north, south = (parties.find(BOB, name, node)[0].key for name in ("fruit noord", "fruit zuid"))
    parties.merge(BOB, north, south, "same warehouse", node)
    assert erasure.preview(ADA, "party", south, node).boxes == 2
    assert erased(node, "party", north).boxes == 2


def test_days_take_what_was_first_heard_of_on_them(node):
    take_in(node, manifest())
    day = "2026-03-02"
    assert erasure.preview(ADA, "days", day, node).boxes == 1
    assert erased(node, "days", f"{day}/{day}").boxes == 1


def test_others_of_a_shared_message_stay_and_are_counted(node):
    take_in(node, manifest(a_consignment("A1", BOX, OTHER)))
    assert erasure.preview(ADA, "box", VISIT, node).others == 1
    erased(node)
    view = told(node, visit=VisitId(f"{OTHER}-1"))
    assert view.timeline[0].code == "erased"
    assert view.timeline[0].text


def test_an_erased_box_that_comes_again_is_a_new_one(node):
    take_in(node, manifest())
    erased(node)
    take_in(node, manifest())  # the same message again is known, and says nothing new
    assert arrivals.page(BOB, ArrivalsQuery(), node).rows == ()
    take_in(node, manifest(a_consignment("NEW1"), number=9))
    assert [row.visit for row in arrivals.page(BOB, ArrivalsQuery(), node).rows] == [f"{BOX}-2"]
    with pytest.raises(Erased):
        told(node)
    assert arrivals.find(BOB, BOX, node) == f"{BOX}-2"


def test_nobody_learns_of_an_erasure_out_of_reach(node):
    take_in(node, manifest())
    erased(node)
    far = an_officer("far", Role.TARGETING, sites=("NLRTM",))
    low = an_officer("low", Role.TARGETING, clearance=Handling.GREEN)
    for officer in (far, low, ADA):
        with pytest.raises(NotForYou):
            told(node, officer)
    assert arrivals.find(BOB, BOX, node) == VISIT


def test_an_interrupted_erasure_is_carried_out_by_the_next_tick(node):
    take_in(node, manifest())
    request = asked(node)
    reached = erasure.preview(ADA, "box", VISIT, node)
    from vigie.desk.acts import ErasureDecided, item_of
    from vigie.desk.work import hand_in

    units = tuple(sorted({entry.unit for entry in node.store.log.after(0, 9) if entry.kind.value == "consignment"}
                         | {node.store.visits.get([VISIT])[VISIT].unit}))  # fmt: skip
    assert reached.units >= len(units)
    act = ErasureDecided(Moment(request.id), "confirmed", BEA.id, NOW, "", units, (VISIT,))
    hand_in([item_of(act, BEA.id, NOW)], node)
    assert erasure.show(ADA, request.id, node).state == "confirmed"
    notices.tick(node)
    assert erasure.show(ADA, request.id, node).state == "done"
    assert node.store.visits.get([VISIT]) == {}
    assert erasure.finish(node) == 0
    erasure.carry_out(request.id, node)  # once more does no harm
    assert all(check.whole for check in audit.verify(EVE, node))


def test_what_grew_since_the_officer_looked_is_not_erased_unseen(node):
    take_in(node, manifest())
    request = asked(node)
    seen = erasure.show(BEA, request.id, node).scope
    take_in(node, discharge())
    with pytest.raises(Conflict):
        erasure.decide(BEA, request.id, "confirmed", node, units=seen.units)
    with pytest.raises(BadRequest):
        erasure.decide(BEA, request.id, "burned", node)
    with pytest.raises(NotFound):
        erasure.show(BEA, 1, node)
    assert [one.id for one in erasure.page(BEA, node)] == [request.id]
