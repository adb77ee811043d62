from io import BytesIO
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tracking.builders import BOX, an_announcement, an_event, told

from vigie.arrivals import (
    Call,
    Classifier,
    Equipment,
    Movement,
    Seal,
    Sending,
    read,
    split,
    write_coarri,
    write_codeco,
    write_dcsa_events,
    write_epcis,
)
from vigie.terms import DAY, HOUR, MINUTE, Depth, Detector, Found, Moment, OfficerId, Outcome, VisitId
from vigie.tracking import Called, Lane, apply, story_of

T = 1_700_000_000_000_000 // MINUTE * MINUTE
SHIP = Call(imo="9074729", voyage="001E")
ANNOUNCED = an_announcement(call=Call(imo="9074729", voyage="001E", arrival=Moment(T + 18 * DAY)))
VOYAGE = (
    an_event("GTIN", T - DAY, place="ECGYE"), an_event("LOAD", T, place="ECGYE", call=SHIP),
    an_event("DISC", T + 18 * DAY, call=SHIP), an_event("GTOT", T + 20 * DAY),
)  # fmt: skip


def story(*said, now=T + 21 * DAY, calls=()):
    return story_of(told(*said, start=T)[1], Moment(now), calls)


def bare(one):
    """A story without what names log entries."""
    return [
        (step.code, step.place, step.differs, sorted(
            (word.lane, word.at, word.facility, word.seals, word.empty, bool(word.retracted)) for word in step.words
        )) for step in one.steps
    ], [(gap.kind, gap.code, gap.since, gap.until, gap.place, gap.other) for gap in one.gaps]  # fmt: skip


def test_planned_estimated_and_actual_stay_apart():
    estimate = an_event("DISC", T + 17 * DAY, classifier=Classifier.ESTIMATED, call=SHIP)
    steps = {step.code: step for step in story(ANNOUNCED, estimate, *VOYAGE).steps}
    assert [steps["DISC"].at(lane) for lane in Lane] == [T + 18 * DAY, T + 17 * DAY, T + 18 * DAY]
    assert steps["LOAD"].at(Lane.PLANNED) is None
    assert list(steps) == ["GTIN", "LOAD", "DISC", "GTOT"]


def test_contradicting_sources_are_both_shown():
    other = an_event("DISC", T + 18 * DAY + 3 * HOUR, call=SHIP, facility="1742", event_id="z")
    first = msgspec.structs.replace(VOYAGE[2], facility="913")
    step = next(step for step in story(first, other).steps if step.code == "DISC")
    assert step.differs == ("at", "facility")
    assert {word.facility for word in step.words} == {"913", "1742"}
    assert len({word.hlc for word in step.words}) == 2


def test_a_retracted_word_stays_and_no_longer_counts():
    disc = msgspec.structs.replace(VOYAGE[2], event_id="d")
    one = story(disc, an_event("DISC", T, event_id="r", retracts="d"))
    (step,) = one.steps
    assert (step.happened, len(step.words), bool(step.words[0].retracted)) == (False, 1, True)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (VOYAGE, []),
        ((VOYAGE[1], VOYAGE[3]), [("missing", "DISC")]),
        ((VOYAGE[0], VOYAGE[2]), [("missing", "LOAD")]),
        ((VOYAGE[0], an_event("DISC", T + 30 * DAY)), [("missing", "LOAD"), ("quiet", "")]),
        ((ANNOUNCED, VOYAGE[1]), [("overdue", "DISC")]),
        ((an_event("LOAD", T - 10 * DAY, place="ECGYE"),), [("quiet", "")]),
    ],
    ids=["whole", "no-discharge", "no-loading", "long", "overdue", "silent-at-sea"],
)
def test_gaps_are_marked(said, wanted):
    assert [(gap.kind, gap.code) for gap in story(*said).gaps] == wanted


def test_the_calls_of_its_ship_are_told():
    call = Called("9074729", "BEANR", "001E", Moment(T + 17 * DAY), "ais", Moment(T + 19 * DAY), "ship-left", Moment(5))
    steps = {step.code: step for step in story(*VOYAGE, calls=[call]).steps}
    assert steps["ARRI"].at(Lane.ESTIMATED) == T + 17 * DAY
    assert steps["DEPA"].at(Lane.ACTUAL) == T + 19 * DAY


def a_control(hour, depth, found=Found.NOTHING, replaces=None):
    return Outcome(VisitId(f"{BOX}-1"), Moment(T + 18 * DAY + hour * HOUR), found, Detector.SCANNER, depth, OfficerId("ann"), replaces=replaces)


def test_scans_and_controls_are_steps_of_their_own():
    scan, opened = a_control(2, Depth.SCAN, Found.IRREGULARITY), a_control(5, Depth.FULL, Found.COCAINE)
    again = a_control(6, Depth.FULL)
    steps = story(*VOYAGE, scan, opened, again).steps
    assert [(step.code, step.words[0].found) for step in steps if step.words[0].form == "control"] == [
        ("SCAN", "irregularity"), ("CTRL", "cocaine"), ("CTRL", "nothing")]  # fmt: skip
    assert [step.code for step in steps] == ["GTIN", "LOAD", "DISC", "SCAN", "CTRL", "CTRL", "GTOT"]
    assert all(step.differs == () for step in steps)
    assert bare(story(*VOYAGE, opened, scan, again)) == bare(story(*VOYAGE, again, scan, opened, scan))


def test_a_control_that_was_corrected_is_taken_back():
    first = a_control(2, Depth.SCAN, Found.COCAINE)
    visit = told(*VOYAGE, first, start=T)[1]
    visit = apply(visit, Moment(T + 30 * DAY), a_control(2, Depth.SCAN, Found.NOTHING, visit.controlled[0].hlc), BOX)
    steps = [step for step in story_of(visit, Moment(T + 31 * DAY)).steps if step.code == "SCAN"]
    assert [(step.happened, step.words[0].found) for step in steps] in ([(False, "cocaine"), (True, "nothing")], [(True, "nothing"), (False, "cocaine")])


def test_a_document_names_the_seal_under_which_it_is_loaded():
    sealed = msgspec.structs.replace(an_announcement(call=SHIP), equipment=Equipment(BOX, seals=(Seal("S1"),)))
    loaded = next(step for step in story(sealed, *VOYAGE).steps if step.code == "LOAD")
    assert {word.seals for word in loaded.words if word.lane is Lane.PLANNED} == {("S1",)}


@settings(max_examples=40, deadline=None)
@given(st.permutations([ANNOUNCED, *VOYAGE, *VOYAGE, VOYAGE[2]]))
def test_order_and_repetition_change_nothing(said):
    visit = None
    for place, one in enumerate([ANNOUNCED, *said]):
        visit = apply(visit, Moment(T + place), one, BOX)
    known = story_of(visit, Moment(T + 21 * DAY))
    assert bare(known) == bare(story(ANNOUNCED, *VOYAGE))


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["GTIN", "GTOT", "LOAD", "DISC"]), st.integers(0, 30 * 24 * 60),
        st.sampled_from(["BEANR", "NLRTM", "ECGYE"]), st.sampled_from(["1742", "SIMA1"]),
    ),
    min_size=1, max_size=8, unique_by=lambda told: (told[0], told[2]),
)  # fmt: skip


def edifact(moves, number):
    sending = Sending("SIMT", "VIGIE", f"R{number}", Moment(T))
    gates = [move for move in moves if move.code.startswith("GT")]
    ships = [move for move in moves if not move.code.startswith("GT")]
    return [write(part, sending) for write, part in ((write_codeco, gates), (write_coarri, ships)) if part]


def dcsa_2(moves, _):
    """The same events as Track & Trace 2.2 writes them: flat, one object per event."""
    return [msgspec.json.encode([
        {
            "eventID": move.event_id, "eventType": "EQUIPMENT", "eventClassifierCode": "ACT",
            "eventDateTime": iso(move.at), "eventCreatedDateTime": iso(move.at), "equipmentEventTypeCode": move.code,
            "equipmentReference": move.container,
            "eventLocation": {"UNLocationCode": move.place, "facilityCode": move.facility},
        } for move in moves
    ])]  # fmt: skip


def iso(at):
    from vigie.terms import write_moment

    return write_moment(at)


FORMATS = {
    "edifact": edifact, "dcsa-2.2": dcsa_2, "dcsa-3.0": lambda moves, _: [write_dcsa_events(moves)],
    "epcis": lambda moves, _: [write_epcis(moves, Moment(T))],
}  # fmt: skip


def as_read(bodies):
    visit, hlc = None, T
    for body in bodies:
        for part in split(BytesIO(body)):
            for row in read(part).rows:
                if isinstance(row, Movement) and row.container:
                    hlc += 1
                    visit = apply(visit, Moment(hlc), row, BOX)
    return visit


@settings(max_examples=30, deadline=None)
@given(EVENTS, st.integers(0, 1000))
def test_one_story_told_in_four_formats_is_one_journey(raw, seed):
    moves = [
        Movement(f"e{place}", code, container=BOX, at=Moment(T + minute * MINUTE), recorded_at=Moment(T + minute * MINUTE),
                 place=where, facility=facility)
        for place, (code, minute, where, facility) in enumerate(raw)
    ]  # fmt: skip
    Random(seed).shuffle(moves)
    stories = {}
    for name, write in FORMATS.items():
        visit = as_read(write(moves, seed))
        one = story_of(visit, Moment(T + 60 * DAY))
        stories[name] = [(step.code, step.place, step.at(Lane.ACTUAL), [word.facility for word in step.words])
                         for step in one.steps], [(gap.kind, gap.code, gap.since) for gap in one.gaps]  # fmt: skip
    assert len(stories["edifact"][0]) == len(moves)
    for name in FORMATS:
        assert stories[name] == stories["edifact"], name
