"""Deadlines: each with the word that says so; nothing is guessed."""

import msgspec
import pytest
from tests.tracking.builders import an_announcement, an_event, told

from vigie.arrivals import Call, Classifier, Equipment, Route, Stowed
from vigie.terms import Moment
from vigie.tracking import UNKNOWN, Called, Deadline, expected, last_chance

EST = {"classifier": Classifier.ESTIMATED}
SHIP = Call(imo="9074729", voyage="001E", arrival=Moment(500))
PORT_CALL = Called("9074729", "BEANR", "001E", Moment(800), "port-call", hlc=Moment(1_000_050))


def book(*calls):
    return lambda call, place: [one for one in calls if one.place == place]


def visit(*said):
    return told(an_announcement(call=SHIP), *said)[1]


@pytest.mark.parametrize(
    ("said", "calls", "due"),
    [
        ((), (), Deadline(Moment(500), "document")),
        ((an_event("DISC", 600, **EST),), (), Deadline(Moment(600), "terminal")),
        ((an_event("DISC", 600),), (PORT_CALL,), Deadline(Moment(600), "landed")),
        ((), (PORT_CALL,), Deadline(Moment(800), "port-call")),
        ((an_event("DISC", 600, **EST),), (PORT_CALL,), Deadline(Moment(800), "port-call")),
        ((an_event("DISC", 600, **EST),), (msgspec.structs.replace(PORT_CALL, hlc=Moment(1)),), Deadline(Moment(600), "terminal")),
        ((an_event("DISC", 600, **EST),), (msgspec.structs.replace(PORT_CALL, hlc=Moment(1), arrival_source="ship-arrived"),),
         Deadline(Moment(800), "ship-arrived")),
    ],
)  # fmt: skip
def test_when_a_box_is_expected_and_who_says_so(said, calls, due):
    assert expected(visit(*said), book(*calls)) == due


def test_what_nobody_says_stays_unknown():
    silent = told(an_announcement(call=Call(imo="9074729")))[1]
    assert expected(silent) == UNKNOWN
    assert last_chance(visit()) == UNKNOWN
    assert last_chance(told(an_announcement(unloading=""))[1]) == UNKNOWN


def a_list(*, loading="ECGYE", unloading="BEANR", departure=None, **times):
    call = Call(imo="9321483", departure=None if departure is None else Moment(departure))
    return Stowed("COPRAR", Equipment("CSQU3054383"), call, Route(loading=loading, unloading=unloading), **times)


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        ((an_event("GTOT", 900, **EST),), Deadline(Moment(900), "gate-out")),
        ((an_event("GTOT", 900, **EST), an_event("GTOT", 950, **EST, event_id="2")), Deadline(Moment(950), "gate-out")),
        ((an_event("GTOT", 900, place="NLRTM", **EST),), UNKNOWN),
        ((an_event("GTOT", 900, empty=True, **EST),), UNKNOWN),
        ((an_event("LOAD", 700, **EST),), Deadline(Moment(700), "on-ship")),
        ((a_list(pickup=Moment(750), until=Moment(720)),), Deadline(Moment(720), "free-time")),
        ((a_list(loading="BEANR", unloading="GBFXT", departure=880),), Deadline(Moment(880), "on-ship")),
        ((a_list(pickup=Moment(750)), an_event("GTOT", 740, **EST)), Deadline(Moment(740), "gate-out")),
    ],
)  # fmt: skip
def test_until_when_a_box_can_be_held_is_the_earliest_that_is_said(said, leaves):
    assert last_chance(visit(*said)) == leaves


def test_the_next_ships_own_call_moves_the_end():
    onward = Called("9321483", "BEANR", "", departure=Moment(990), departure_source="port-call", hlc=Moment(9))
    box = visit(a_list(loading="BEANR", unloading="GBFXT", departure=880))
    assert last_chance(box, book(onward)) == Deadline(Moment(990), "on-ship")
