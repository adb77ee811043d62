import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tracking.builders import BOX, an_announcement, an_event, told

from vigie.arrivals import Call, Equipment, Function, Measurement, Quantity, Route, Stowed
from vigie.terms import Depth, Detector, Found, Moment, OfficerId, Outcome, VisitId
from vigie.tracking import Announced, Visit, Withdrawn, apply, doubted


def an_outcome(found=Found.NOTHING):
    return Outcome(VisitId(f"{BOX}-1"), Moment(9), found, Detector.SCANNER, Depth.SCAN, OfficerId("ann"))


def a_plan(at=None, **rest):
    return Stowed("BAPLIE", Equipment(BOX, **rest), Call(imo="9074729", voyage="001E"), Route(unloading="BEANR"), at)


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (an_announcement(), "lines"),
        (a_plan(), "plans"),
        (an_event("DISC", 5), "moves"),
        (Measurement(BOX, Quantity.VGM, 24_000_000), "measured"),
    ],
)
def test_any_first_word_opens_a_visit(said, part):
    visit = told(said)[1]
    assert (visit.id, visit.container, len(getattr(visit, part))) == (f"{BOX}-1", BOX, 1)


@pytest.mark.parametrize("said", [Withdrawn(BOX, "bl:MSCU:ABC1"), an_announcement(function=Function.CANCELLATION), an_outcome()])
def test_what_ends_or_judges_opens_nothing(said):
    assert told(said) == {}


def test_an_amendment_keeps_the_first_version_and_counts():
    line = told(an_announcement(), an_announcement(consignee="Autre", function=Function.AMENDMENT))[1].lines[0]
    assert (line.first, line.latest, line.amendments, line.consignee_changed) == (1_000_000, 1_000_001, 1, 1_000_001)


def test_a_cancellation_strikes_the_line_and_a_new_version_brings_it_back():
    gone = told(an_announcement(), an_announcement(function=Function.CANCELLATION))[1]
    assert gone.standing == ()
    back = told(an_announcement(), an_announcement(function=Function.CANCELLATION), an_announcement())[1]
    assert [line.amendments for line in back.standing] == [1]


def test_a_version_overtaken_on_the_way_changes_nothing():
    newer, older = an_announcement(filed_at=Moment(20), consignee="B"), an_announcement(filed_at=Moment(10), consignee="A")
    assert told(newer, older) == told(newer)


def test_a_declaration_and_a_manifest_of_one_consignment_stay_two_lines():
    bill = an_announcement()
    entry = Announced(BOX, msgspec.structs.replace(bill.consignment, form="F10"))
    manifest = Announced(BOX, msgspec.structs.replace(bill.consignment, form="CUSCAR"))
    visit = told(entry, manifest, Withdrawn(BOX, bill.consignment.id, "F10"))[1]
    assert [(line.form, line.cancelled is None, line.amendments) for line in visit.lines] == [
        ("F10", False, 0), ("CUSCAR", True, 0),
    ]


def test_an_older_version_of_an_event_changes_nothing():
    newer = an_event("GTOT", 7, event_id="e1", recorded_at=Moment(20))
    older = an_event("GTOT", 5, event_id="e1", recorded_at=Moment(10))
    assert told(newer, older) == told(newer)


def test_an_amendment_that_takes_the_box_out_withdraws_the_line():
    assert told(an_announcement(), Withdrawn(BOX, "bl:MSCU:ABC1"))[1].lines[0].cancelled == 1_000_001


def test_a_retracted_event_did_not_happen():
    visit = told(an_event("GTOT", 5, event_id="e1"), an_event("GTOT", 6, event_id="e2", retracts="e1"))[1]
    assert visit.happened("GTOT") == ()
    assert len(visit.moves) == 2


def test_a_retraction_that_comes_first_is_remembered():
    visit = told(an_event("GTOT", 6, event_id="e2", retracts="e1"), an_event("GTOT", 5, event_id="e1"))[1]
    assert visit.happened("GTOT") == ()


def test_an_event_corrected_under_its_own_name_replaces_the_old():
    visit = told(an_event("GTOT", 5, event_id="e1"), an_event("GTOT", 7, event_id="e1"))[1]
    assert [move.movement.at for move in visit.happened("GTOT")] == [7]


def test_an_event_without_a_name_is_known_by_what_it_says():
    first = an_event("GTOT", 5, recorded_at=Moment(6))
    assert told(first, an_event("GTOT", 5, recorded_at=Moment(9))) == told(first)


def test_a_later_plan_of_the_same_voyage_replaces_and_an_older_one_does_not():
    assert told(a_plan(Moment(1)), a_plan(Moment(2), stow="0010203"))[1].plans[0].stowed.at == 2
    late = told(a_plan(Moment(2)), a_plan(Moment(1), stow="0010203"))
    assert late == told(a_plan(Moment(2)))


def test_doubts_are_told_once():
    visit = Visit(VisitId("A-1"), "A", 1, Moment(1), Moment(1))
    assert doubted(doubted(visit, ("x", "x")), ("x", "y")).doubts == ("x", "y")
    assert doubted(visit, ()) is visit


_SAID = st.one_of(
    st.builds(an_announcement, st.sampled_from(["A", "B"]), consignee=st.sampled_from(["X", "Y"]),
              function=st.sampled_from(Function)),
    st.builds(an_event, st.sampled_from(["LOAD", "DISC", "GTOT"]), st.integers(0, 3),
              event_id=st.sampled_from(["", "e1", "e2"]), retracts=st.sampled_from(["", "e1"])),
    st.builds(a_plan, st.sampled_from([None, Moment(1), Moment(2)]), stow=st.sampled_from(["", "0010203"])),
    st.builds(Measurement, st.just(BOX), st.just(Quantity.VGM), st.integers(1, 2)),
    st.builds(an_outcome, st.sampled_from([Found.NOTHING, Found.CASH])),
)


@settings(max_examples=100)
@given(st.lists(_SAID, max_size=8), _SAID)
def test_saying_a_thing_twice_in_a_row_changes_nothing(before, said):
    visit = None
    for place, one in enumerate([*before, said]):
        visit = apply(visit, Moment(place + 1), one, BOX) or visit
    again = apply(visit, Moment(99), said, BOX)
    assert again is visit


@settings(max_examples=60)
@given(st.lists(_SAID, max_size=8))
def test_a_visit_survives_its_own_json(said):
    for visit in told(*said).values():
        assert msgspec.json.decode(msgspec.json.encode(visit), type=Visit) == visit
        assert visit.opened <= visit.changed
