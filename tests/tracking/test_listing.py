import msgspec
import pytest
from tests.tracking.builders import BOX, an_announcement, an_event, told

from vigie.arrivals import Call, Consignment, Equipment, Movement, Seal, Stowed
from vigie.terms import ConsignmentId, Moment
from vigie.tracking import Announced, Called, Kept, Listed, listed, new_terms, terms_of

SHIP = Call(imo="9074729", name="Ever Fictive", voyage="001E", carrier="MSCU", arrival=Moment(500))


def kept(*said, **columns):
    visit = told(*said)[1]
    return Kept(visit, msgspec.structs.replace(listed(visit, None), **columns), 1)


def test_a_row_tells_what_the_documents_tell():
    row = listed(told(an_announcement(call=SHIP, terminal="1742"))[1], None)
    assert (row.site, row.terminal, row.due, row.carrier, row.vessel, row.voyage, row.loading, row.size_type) == (
        "BEANR", "1742", 500, "MSCU", "Ever Fictive", "001E", "ECGYE", "45R1",
    )
    assert (row.status, row.reefer, row.empty) == ("new", True, None)


@pytest.mark.parametrize(
    ("decided", "event", "status"),
    [
        ("held", an_event("GTIN", 1), "held"),
        ("released", an_event("CUSS", 1), "selected"),
        ("selected", an_event("CUSR", 1), "released"),
        ("held", an_event("DISC", 1), "held"),
    ],
)
def test_a_decision_stands_until_an_event_says_otherwise(decided, event, status):
    before = kept(an_announcement(), status=decided)
    assert listed(told(an_announcement(), event)[1], before).status == status


def test_what_left_is_gone_whatever_was_decided():
    before = kept(an_announcement(), an_event("DISC", 1), status="held")
    after = told(an_announcement(), an_event("DISC", 1), an_event("GTOT", 2))[1]
    assert listed(after, before).status == "gone"


def test_officers_marks_and_the_score_are_kept():
    before = kept(an_announcement(), claimed_by="ann", stratum="uniform", selected=True, score_milli=-7, handling=3)
    row = listed(told(an_announcement(), an_event("DISC", 1))[1], before)
    assert (row.claimed_by, row.stratum, row.selected, row.score_milli, row.handling) == ("ann", "uniform", True, -7, 3)
    scored = listed(before.visit, before, Listed(before.visit.id, BOX, score_milli=9, reasons=("P1",)))
    assert (scored.score_milli, scored.reasons, scored.claimed_by) == (9, ("P1",), "ann")


def test_a_box_is_found_by_all_its_numbers():
    told_by = Announced(
        BOX, Consignment(ConsignmentId("bl:X:1"), document="1", parent="M1", mrn="26BE", call=SHIP),
        equipment=Equipment(BOX, seals=(Seal("S1"),)),
    )
    plan = Stowed("BAPLIE", Equipment(BOX, seals=(Seal("S2"),)), documents=("D9",))
    terms = terms_of(told(told_by, plan, Movement("e", "GTIN", container=BOX, seals=(Seal("S3"),)),
                          Movement(f"me:GTOT:{BOX}", "GTOT", container=BOX), Movement("f", "", container=BOX, retracts="e"))[1])
    assert terms == {
        ("container", BOX), ("consignment", "bl:X:1"), ("document", "1"), ("document", "M1"), ("document", "D9"),
        ("mrn", "26BE"), ("seal", "S1"), ("seal", "S2"), ("seal", "S3"), ("vessel", "EVER FICTIVE"),
        ("imo", "9074729"), ("voyage", "001E"), ("event", "e"),
    }


@pytest.mark.parametrize("arrival", [None, Moment(500)])
@pytest.mark.parametrize("box", [None, Equipment(BOX), Equipment(BOX, "45R1", True), Equipment(BOX, "22G1", setpoint_dc=-180)])
@pytest.mark.parametrize("told_of_ship", [(), (Called("9074729", "BEANR", "001E", Moment(900), "port-call", hlc=Moment(9)),)])
def test_a_box_with_one_line_is_shown_as_any_other(arrival, box, told_of_ship):
    call = msgspec.structs.replace(SHIP, arrival=arrival)
    one = told(msgspec.structs.replace(an_announcement(call=call, terminal="1742"), equipment=box))[1]
    taken_back = msgspec.structs.replace(one.lines[0], consignment=ConsignmentId("bl:X:other"), cancelled=Moment(1))
    other = msgspec.structs.replace(one, lines=(*one.lines, taken_back))
    shown = [listed(visit, None, calls=lambda ship, place: told_of_ship) for visit in (one, other)]
    assert shown[0] == shown[1]
    assert shown[0].due == (900 if told_of_ship else arrival)


def test_what_is_new_to_look_up_is_what_was_not_there_before():
    steps = [
        an_announcement(call=SHIP), an_event("GTIN", 5, event_id="x", seals=(Seal("S1"),)),
        Stowed("BAPLIE", Equipment(BOX, seals=(Seal("S2"),)), documents=("D9",)),
        an_event("GTOT", 9, event_id="y", seals=(Seal("S1"),)), an_event("DISC", 9, call=Call(name="Other"), event_id="z"),
        an_event("GTIN", 9, event_id="w", retracts="x"), an_announcement("ABC2", call=SHIP),
    ]
    before = None
    for place in range(1, len(steps) + 1):
        after = told(*steps[:place])[1]
        if before is not None:  # as an entry leaves it: what it does not touch is the very same
            same = {name: getattr(before, name) for name in ("lines", "plans") if getattr(before, name) == getattr(after, name)}
            after = msgspec.structs.replace(after, **same)
        assert new_terms(before, after) == terms_of(after) - (terms_of(before) if before else frozenset())
        before = after
