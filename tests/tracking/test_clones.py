from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tracking.builders import BOX, an_announcement, an_event, told

from vigie.arrivals import Call, Classifier, Movement
from vigie.terms import DAY, HOUR, MINUTE, Moment, VisitId
from vigie.tracking import Move, Visit, conflicts, lives
from vigie.tracking.clones import PRESENT, contradicts, sightings, sights

T = 1_700_000_000_000_000
SHIP = Call(imo="9074729", voyage="001E")
LOAD = an_event("LOAD", T, place="ECGYE", call=SHIP)
DISC = an_event("DISC", T + 18 * DAY, call=SHIP)
OUT = an_event("GTOT", T + 20 * DAY)
TWIN = an_event("GTIN", T + 9 * DAY)


def kinds(*said):
    return [one.kind for one in conflicts([*told(*said, start=T).values()])]


def test_an_honest_voyage_is_one_box():
    assert kinds(LOAD, DISC, OUT) == []


@pytest.mark.parametrize("order", range(6))
def test_ashore_while_aboard_is_a_second_box_in_whatever_order_it_is_told(order):
    said = [LOAD, TWIN, DISC, OUT]
    Random(order).shuffle(said)
    visits = [*told(*said, start=T).values()]
    (found,) = conflicts(visits)
    assert (found.kind, found.places, found.ship) == ("aboard", ("ECGYE", "BEANR"), "9074729")
    parts = lives(visits, [found])
    assert sorted(life.places for life in parts) == [("BEANR",), ("ECGYE", "BEANR", "BEANR")]


def test_the_second_box_opens_its_own_visit_and_the_ship_brings_the_first():
    visits = told(LOAD, DISC, OUT, TWIN)
    assert [[move.movement.code for move in visits[n].moves] for n in (1, 2)] == [["LOAD", "DISC", "GTOT"], ["GTIN"]]
    early = told(an_announcement(call=Call(imo="9074729", voyage="001E", arrival=Moment(T + 18 * DAY))), LOAD, TWIN, DISC)
    assert [[move.movement.code for move in early[n].moves] for n in (1, 2)] == [["LOAD", "DISC"], ["GTIN"]]


def test_at_a_gate_long_before_its_ship_is_known_at_once():
    announced = an_announcement(call=Call(imo="9074729", voyage="001E", arrival=Moment(T + 18 * DAY)))
    assert kinds(announced, LOAD, TWIN) == ["at-sea"]
    assert kinds(announced, LOAD, an_event("GTIN", T + 16 * DAY + HOUR)) == []


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        (an_event("GTIN", T + 90 * HOUR, place="ECGYE"), ["distance"]),
        (an_event("GTIN", T + 170 * HOUR, place="ECGYE"), []),
        (an_event("GTIN", T + 10 * HOUR, place="ESALG"), ["distance"]),
        (an_event("GTIN", T + 20 * HOUR, place="ESALG"), []),
        (an_event("GTIN", T + HOUR, place="NLRTM"), []),
        (an_event("GTIN", T + 10 * MINUTE, place="NLRTM"), ["countries"]),
        (an_event("GTIN", T, place="TRMER", offset_known=False), ["distance"]),
        (an_event("GTIN", T, place="DEHAM", offset_known=False), []),
        (an_event("GTIN", T, place="TRXXX"), ["countries"]),
    ],
    ids=["ocean-too-fast", "ocean", "land-too-fast", "land", "next-port", "two-countries", "no-zone-explains-it", "zone",
         "not-on-the-map"],
)  # fmt: skip
def test_how_fast_a_box_can_be(there, wanted):
    assert kinds(an_event("GTOT", T), there) == wanted


def test_transhipment_is_no_clone():
    landed = an_event("DISC", T + 5 * DAY, place="PABLB")
    moved = an_event("GTOT", T + 6 * DAY, place="PABLB")
    feeder = Call(imo="9811000", voyage="2")
    again = an_event("LOAD", T + 8 * DAY, place="PABLB", call=feeder)
    assert kinds(LOAD, landed, moved, again, an_event("DISC", T + 20 * DAY, call=feeder)) == []


def test_a_discharge_told_twice_with_other_hours_is_no_clone():
    late = an_event("DISC", T + 18 * DAY + 14 * HOUR, call=SHIP, event_id="other")
    assert kinds(LOAD, DISC, an_event("GTOT", T + 18 * DAY + 7 * HOUR), late) == []


def test_what_was_taken_back_puts_a_box_nowhere():
    twin = msgspec.structs.replace(TWIN, event_id="x")
    back = an_event("GTIN", T + 9 * DAY, event_id="y", retracts="x")
    assert kinds(LOAD, twin, DISC) == ["aboard"]
    assert kinds(LOAD, twin, DISC, back) == []


def test_a_hundred_deliveries_are_one_sighting():
    visits = [*told(*[LOAD] * 100, *[TWIN] * 100, *[DISC] * 100, start=T).values()]
    assert len(conflicts(visits)) == 1
    assert all(visit.container == BOX for visit in visits)


def test_what_is_seen_of_a_visit_is_what_single_events_are_asked():
    """The quick look over a visit and the question about one event agree, for every code and classifier."""
    told = [
        Movement(f"{code}{classifier}{place}{at}", code, classifier, "CSQU3054383", at, place=place)
        for code in (*PRESENT, "CUSR", "") for classifier in Classifier for place in ("", "BEANR") for at in (None, Moment(5))
    ]
    visit = Visit(VisitId("CSQU3054383-1"), "CSQU3054383", 1, Moment(1), Moment(1), moves=tuple(Move(Moment(n), one) for n, one in enumerate(told)))
    assert {one.hlc for one in sightings([visit])} == {n for n, one in enumerate(told) if sights(one)}


@settings(max_examples=60, deadline=None)
@given(st.permutations([LOAD, DISC, OUT, TWIN, an_event("GTIN", T - DAY, place="ECGYE"), an_event("GTOT", T + 20 * DAY, place="NLRTM")]),
       st.integers(0, 5))
def test_one_more_event_contradicts_where_the_whole_visit_would(said, kept):
    """The question about one event and the search over the visit with it agree."""
    visit = Visit(VisitId("CSQU3054383-1"), "CSQU3054383", 1, Moment(1), Moment(1), moves=tuple(Move(Moment(n + 1), one) for n, one in enumerate(said[:kept])))
    one, hlc = said[kept], Moment(100)
    with_it = msgspec.structs.replace(visit, moves=(*visit.moves, Move(hlc, one)))
    assert contradicts(visit, one, hlc) == any(hlc in (each.first, each.second, each.via) for each in conflicts([with_it]))


_SHIPS = (Call(), SHIP, Call(imo="9811000", voyage="2"))
EVENTS = st.builds(
    an_event, st.sampled_from(("LOAD", "DISC", "GTIN", "GTOT")), st.integers(0, 60).map(lambda n: T + n * 11 * HOUR),
    place=st.sampled_from(("BEANR", "ECGYE", "NLRTM", "DEHAM", "XXXXX")), call=st.sampled_from(_SHIPS),
    offset_known=st.sampled_from((True, True, True, False)),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(EVENTS, min_size=2, max_size=6), st.booleans(), st.booleans())
def test_the_last_in_time_contradicts_where_the_whole_visit_would(said, announced, in_order):
    """The short answer for events in order of time is the long one, with and without an expected ship."""
    said = sorted(said, key=lambda one: one.at) if in_order else said
    visit = Visit(VisitId("CSQU3054383-1"), "CSQU3054383", 1, Moment(1), Moment(1), moves=tuple(Move(Moment(n + 1), one) for n, one in enumerate(said[:-1])))
    if announced:
        line = told(an_announcement(call=Call(imo="9074729", voyage="001E", arrival=Moment(T + 18 * DAY))))[1].lines[0]
        visit = msgspec.structs.replace(visit, lines=(line,))
    one, hlc = said[-1], Moment(100)
    with_it = msgspec.structs.replace(visit, moves=(*visit.moves, Move(hlc, one)))
    assert contradicts(visit, one, hlc) == any(hlc in (each.first, each.second, each.via) for each in conflicts([with_it]))
