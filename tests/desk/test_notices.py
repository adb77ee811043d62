import pytest
from tests.desk.port import ANN, BOB, SHIP, VISIT, a_consignment, discharge, manifest, take_in

from vigie.arrivals import Function
from vigie.desk import arrivals, risk, today
from vigie.desk.notices import tick
from vigie.terms import DAY, HOUR, Handling, Language, Moment, Texts


def codes(node):
    return sorted(notice.code for notice in node.store.notices.page("", (), None, 50))


def test_nobody_is_warned_about_boxes_nobody_minds(node):
    take_in(node, manifest(), discharge())
    assert codes(node) == []


@pytest.mark.parametrize("decision", ["select", "hold"])
def test_a_minded_box_that_moves_or_changes_warns(decision, node):
    take_in(node, manifest())
    arrivals.override(ANN, VISIT, decision, "why", node)
    take_in(node, discharge())
    take_in(node, manifest(a_consignment(consignee="B", function=Function.AMENDMENT), number=5))
    assert codes(node) == ["amended", "moved"]


def test_a_box_that_meets_a_watch_list_warns_once(node):
    name = risk.create_watch_list(BOB, "L", "tip", Moment(node.now() + DAY), Handling.AMBER, "mandatory", node)
    risk.watch(BOB, name, [("document", "ABC123", "")], node)
    take_in(node, manifest())
    assert codes(node) == ["watched"]
    take_in(node, manifest(a_consignment(consignee="B", function=Function.AMENDMENT), number=5))
    assert codes(node) == ["amended", "watched"]


def test_a_deadline_warns_once_and_in_time(node):
    take_in(node, manifest())
    arrivals.override(ANN, VISIT, "select", "why", node)
    assert tick(node) == 0
    node.clock.at = Moment(SHIP.arrival - 3 * HOUR)
    assert (tick(node), tick(node)) == (1, 0)
    assert codes(node) == ["deadline"]


def test_the_claiming_officer_gets_the_warning_alone(node):
    take_in(node, manifest())
    arrivals.override(ANN, VISIT, "select", "why", node)
    arrivals.claim(ANN, VISIT, node)
    take_in(node, discharge())
    assert len(today.today(ANN, node).notices) == 1
    assert today.today(BOB, node).notices == ()


def test_every_warning_has_five_languages():
    assert all(set(told) == set(Language) for told in Texts.load("vigie.desk.texts", "notices").table.values())
