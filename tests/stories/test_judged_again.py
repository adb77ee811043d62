"""A box is judged again at each event: what gates, ships and yards tell changes what fires."""

import pytest
from tests.desk.port import (
    BOX,
    NOW,
    SHIP,
    a_consignment,
    a_node,
    bay_plan,
    discharge,
    gate,
    manifest,
    numbers,
    sending,
    take_in,
)

from vigie.arrivals import Equipment, Route, Stowed, write_baplie
from vigie.desk import rederiving
from vigie.terms import DAY, HOUR, Moment, write_moment

YARD = 'kind = "movement"\n[columns]\ncontainer = "box"\ncode = "event"\nat = "at"\nplace = "port"\nfacility = "terminal"\nslot = "slot"\nempty = "empty"\n'


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path) as built:
        yield built


def fired(node, box=BOX):
    (made, *_) = node.store.assessments.of(f"{box}-1")
    return {name for name in ("R6", "T4H", "T5", "E7", "S5") if f'"{name}"'.encode() in (made.body or b"")}


def judged(node, box=BOX):
    return len(node.store.assessments.of(f"{box}-1"))


def yard(node, *rows):
    lines = ["box,event,at,port,terminal,slot,empty"]
    lines += [f"{box},{code},{write_moment(Moment(at))},BEANR,K1700,{slot},{empty}" for box, code, at, slot, empty in rows]
    take_in(node, "\n".join(lines).encode(), column_map=YARD)


def plan(node, cell, at, number):
    row = Stowed("BAPLIE", Equipment(BOX, "45R1", False, stow=cell), SHIP, Route(loading="ECGYE", unloading="BEANR"), at)
    take_in(node, write_baplie([row], sending(number, Moment(at))))


def test_yard_moves_after_the_choice_judge_the_box_and_its_neighbour_again(node):
    (other,) = numbers(1)
    take_in(node, manifest(a_consignment("ABC123", BOX)), discharge(BOX))
    begun = judged(node)
    yard(node, (BOX, "CUSS", NOW + 8 * HOUR, "", "false"))
    assert (judged(node), fired(node)) == (begun + 1, set())
    yard(node, (BOX, "DROP", NOW + 9 * HOUR, "A12-03-05-1", "false"))
    yard(node, (BOX, "DROP", NOW + 10 * HOUR, "A12-07-01-1", "false"))
    assert fired(node) == {"T5"}
    yard(node, (other, "DROP", NOW + 11 * HOUR, "A12-08-02-1", "true"))
    assert fired(node, other) == {"E7"}
    yard(node, (other, "DROP", NOW + 12 * HOUR, "C01-01-01-1", "true"))
    assert fired(node, other) == set()


def test_a_gate_out_by_a_second_haulier_judges_the_box_again(node):
    take_in(node, manifest(a_consignment("ABC123", BOX)), discharge(BOX))
    take_in(node, gate("GTOT", BOX, mode="TRUCK", haulier="SIMH001"))
    assert fired(node) == set()
    take_in(node, gate("GTOT", BOX, at=NOW + 2 * DAY, number=9, mode="TRUCK", haulier="SIMH002"))
    assert fired(node) == {"T4H"}


def test_what_was_asked_on_the_way_is_made_again_bit_by_bit(node):
    take_in(node, manifest(a_consignment("ABC123", BOX)))
    take_in(node, bay_plan(BOX), discharge(BOX), gate("GTOT", BOX, mode="TRUCK", haulier="SIMH001"))
    wanted = [(one.visit, one.hlc) for one in node.store.assessments.of(f"{BOX}-1")]
    assert [made.verdict for made in rederiving.every(wanted, node)] == [rederiving.EQUAL] * len(wanted)


def test_a_later_plan_that_moves_the_box_down_judges_it_again(node):
    plan(node, "0120490", NOW, 1)
    assert fired(node) == set()
    plan(node, "0120482", NOW + HOUR, 2)
    assert fired(node) == {"R6"}
