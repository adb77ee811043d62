"""Deadlines move when ships do, say who says so, and officers are warned."""

import msgspec
import pytest
from tests.desk.port import (
    BOB,
    BOX,
    NOW,
    ROUTE,
    SHIP,
    VISIT,
    a_consignment,
    discharge,
    manifest,
    numbers,
    take_in,
    told,
)

from vigie.arrivals import Call, Classifier, Movement, Position, write_dcsa_events
from vigie.arrivals.ais import write_ais
from vigie.desk import arrivals
from vigie.desk.deadlines import Book
from vigie.desk.notices import tick
from vigie.terms import DAY, HOUR, Moment
from vigie.tracking import Called

OTHER = numbers(1, "TGHU")[0]


def port_call(code="ARRI", at=NOW + 30 * HOUR, classifier="EST", name="p1", call=SHIP, place="BEANR"):
    """A ship's own event, naming no box, as DCSA Track & Trace 3.0 tells it."""
    move = Movement(name, code, Classifier(classifier), at=Moment(at), recorded_at=NOW, place=place, mode="VESSEL", call=call)
    return write_dcsa_events([move], "MSCU")


def row(node, visit=VISIT):
    return told(node, visit=visit).row


def codes(node):
    return [(one.code, one.facts["source"]) for one in reversed(node.store.notices.page("bob", (), None, 50))
            if "source" in one.facts]  # fmt: skip


def test_a_port_call_moves_every_box_of_the_ship_and_says_so(node):
    take_in(node, manifest(a_consignment("A1"), a_consignment("B2", OTHER)))
    assert (row(node).due, row(node).due_source) == (NOW + 6 * HOUR, "document")
    before = row(node).changed
    take_in(node, port_call())
    for visit in (VISIT, f"{OTHER}-1"):
        assert (row(node, visit).due, row(node, visit).due_source) == (NOW + 30 * HOUR, "port-call")
    assert row(node).changed > before  # whoever looked before does not decide on a stale deadline
    take_in(node, port_call(at=NOW + 20 * HOUR, classifier="ACT", name="p2"))
    assert (row(node).due, row(node).due_source) == (NOW + 20 * HOUR, "ship-arrived")
    take_in(node, port_call(at=NOW + 40 * HOUR, name="p3"))  # an estimate after the fact changes nothing
    assert row(node).due == NOW + 20 * HOUR
    take_in(node, discharge(at=NOW + 21 * HOUR))
    assert (row(node).due, row(node).due_source) == (NOW + 21 * HOUR, "landed")
    assert row(node, f"{OTHER}-1").due_source == "ship-arrived"


def test_a_box_announced_after_the_port_call_knows_of_it(node):
    take_in(node, port_call())
    take_in(node, manifest())
    assert (row(node).due, row(node).due_source) == (NOW + 30 * HOUR, "port-call")


@pytest.mark.parametrize(
    ("destination", "eta", "due"),
    [
        ("BEANR", "03-03 12:00", NOW + 30 * HOUR), ("BRSSZ>BE ANR", "03-03 12:00", NOW + 30 * HOUR),
        ("ANTWERP", "03-03 12:00", NOW + 6 * HOUR), ("NLRTM", "03-03 12:00", NOW + 6 * HOUR),
        ("BEANR", "00-00 24:60", NOW + 6 * HOUR), ("BEANR", "04-20 12:00", NOW + 6 * HOUR),
    ],
)  # fmt: skip
def test_what_the_ship_itself_sends_counts_where_it_can_be_read(node, destination, eta, due):
    take_in(node, manifest())
    sent = Position("227006760", NOW, imo=SHIP.imo, name=SHIP.name, destination=destination, eta=eta,
                    lat_e6=51_300_000, lon_e6=4_300_000)  # fmt: skip
    take_in(node, write_ais([sent]))
    assert (row(node).due, row(node).due_source) == (due, "ais" if due > NOW + 6 * HOUR else "document")


def test_another_voyage_or_port_moves_nothing(node):
    take_in(node, manifest())
    take_in(node, port_call(call=msgspec.structs.replace(SHIP, voyage="002E")), port_call(place="NLRTM", name="p2"))
    assert (row(node).due, row(node).due_source) == (NOW + 6 * HOUR, "document")


def test_officers_are_warned_of_a_selected_box_alone(node):
    take_in(node, manifest(a_consignment("A1"), a_consignment("B2", OTHER)))
    arrivals.override(BOB, VISIT, "select", "to be scanned", node)
    take_in(node, port_call())
    assert codes(node) == [("due-moved", "port-call")]
    take_in(node, port_call())  # the same again
    assert codes(node) == [("due-moved", "port-call")]


def gate_out(at, name="g1", classifier="PLN", retracts=""):
    move = Movement(name, "GTOT", Classifier(classifier), BOX, Moment(at), NOW, "BEANR", "1742", "TRUCK", SHIP,
                    empty=False, retracts=retracts)  # fmt: skip
    return write_dcsa_events([move], "MSCU")


def test_until_when_a_box_stays_is_said_by_its_appointment_and_unknown_otherwise(node):
    take_in(node, manifest())
    assert (row(node).leaves, row(node).leaves_source) == (None, "")
    arrivals.override(BOB, VISIT, "select", "to be scanned", node)
    take_in(node, gate_out(NOW + 2 * DAY))
    assert (row(node).leaves, row(node).leaves_source) == (NOW + 2 * DAY, "gate-out")
    take_in(node, gate_out(NOW + DAY, "g2"))
    assert row(node).leaves == NOW + DAY
    assert codes(node) == [("leaves-moved", "gate-out")] * 2


def test_the_last_chance_is_told_once_when_it_is_near(node):
    take_in(node, manifest())
    arrivals.override(BOB, VISIT, "select", "to be scanned", node)
    take_in(node, gate_out(NOW + 2 * HOUR))
    assert tick(node) >= 1
    assert ("last-chance", "gate-out") in codes(node)
    assert tick(node) == 0


COPRAR = (
    "UNB+UNOA:2+MSCU+BEANRT+260302:0500+{ref}'UNH+{ref}+COPRAR:D:00B:UN:SMDG20'BGM+{kind}+{ref}+9'"
    "TDT+20+77+1++FDR:172:20+++9321483:146::FEEDER'LOC+9+BEANR'DTM+133:202603051200:203'"
    "EQD+CN+CSQU3054383+45R1:102:5++2+5'LOC+9+BEANR'LOC+11+GBFXT'{more}CNT+16:1'UNT+9+{ref}'UNZ+1+{ref}'"
)


def test_the_next_ship_ends_the_stay_and_its_own_call_moves_that(node):
    onward = Call(imo="9321483", name="FEEDER", voyage="77")
    take_in(node, manifest(), COPRAR.format(ref="L1", kind="45", more="").encode())
    assert (row(node).leaves, row(node).leaves_source) == (NOW + 3 * DAY + 6 * HOUR, "on-ship")
    take_in(node, port_call("DEPA", NOW + 2 * DAY, call=onward, name="d1"))
    assert row(node).site == ROUTE.unloading
    assert (row(node).leaves, row(node).leaves_source) == (NOW + 2 * DAY, "on-ship")


def test_an_appointment_and_the_end_of_free_time_are_told_by_lists(node):
    more = "DTM+235:202603031200:203'DTM+36:202603021800:203'"
    text = COPRAR.format(ref="L2", kind="43", more=more).replace("LOC+9+BEANR'LOC+11+GBFXT", "LOC+9+ECGYE'LOC+11+BEANR")
    take_in(node, manifest(), text.encode())
    assert (row(node).leaves, row(node).leaves_source) == (NOW + 12 * HOUR, "free-time")


def test_a_book_keeps_what_is_new_alone():
    kept = Called("S", "BEANR", "1", Moment(5), "port-call", hlc=Moment(1))
    same = msgspec.structs.replace(kept, hlc=Moment(9))
    assert Book([kept], [same]).changed == {}
    moved = msgspec.structs.replace(kept, arrival=Moment(6), hlc=Moment(9))
    assert list(Book([kept], [moved]).changed.values()) == [moved]
    assert Book([kept]).of(Call(name="s"), "BEANR") == [kept]
    assert Book().of(Call(name="s"), "BEANR") == []
