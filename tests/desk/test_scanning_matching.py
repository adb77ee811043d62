import pytest
from tests.desk.port import BOB, BOX, NOW, VISIT, a_consignment, discharge, manifest
from tests.desk.port import take_in as bring
from tests.desk.scans import a_port, files
from tests.scanning.xray.pictures import some_facts

from vigie.desk import scanning_intake
from vigie.desk.acts import Ordered, item_of
from vigie.desk.scanning_matching import ORDER_HOLDS, box_of
from vigie.desk.work import hand_in
from vigie.selection import Order, OrderKind, order_id
from vigie.terms import HOUR, Moment, VisitId

OTHER = "MSCU1234566"


@pytest.fixture
def node(tmp_path):
    with a_port(tmp_path) as made:
        yield made


def order(node, visit=VISIT, scanner="MX-1", at=NOW, kind=OrderKind.INSPECT):
    made = Order(id=order_id(kind, visit, at), kind=kind, visit=visit, container=visit[:-2], site="BEANR", issued=at,
                 officer=BOB.id, scanner=scanner)  # fmt: skip
    hand_in([item_of(Ordered((made,), "", BOB.id, at), BOB.id, at)], node)


def found(node, at=NOW + HOUR, **told):
    made = box_of(some_facts(**told), "BEANR", Moment(at), node)
    return made.visit, made.how, [one.code for one in made.doubts]


def test_a_number_is_read_as_people_write_it(node):
    assert found(node, container="csqu 305438-3") == (VISIT, "number", [])


def test_a_number_that_is_none_or_not_known_waits(node):
    order(node)
    assert found(node, container="CSQU3054380") == ("", "", ["scan-number-unread"])
    assert found(node, container=OTHER, scanner="MX-1") == ("", "", ["scan-unknown-container"])


def test_without_a_number_the_one_box_ordered_to_the_scanner_is_it(node):
    assert found(node, scanner="MX-1") == ("", "", ["scan-number-unread"])
    order(node)
    assert found(node, scanner="MX-1") == (VISIT, "order", [])
    assert found(node, scanner="MX-2") == found(node) == ("", "", ["scan-number-unread"])
    assert found(node, scanner="MX-1", at=NOW + ORDER_HOLDS + HOUR) == ("", "", ["scan-number-unread"])
    assert found(node, scanner="MX-1", at=NOW - HOUR) == ("", "", ["scan-number-unread"])


def test_two_boxes_at_one_scanner_are_for_a_person_until_one_has_its_scan(node):
    bring(node, manifest(a_consignment("BL2", OTHER)))
    order(node)
    order(node, VisitId(f"{OTHER}-1"), at=Moment(NOW + 1))
    assert found(node, scanner="MX-1") == ("", "", ["scan-several-visits"])
    scanning_intake.take_in(BOB, files(), node)
    assert found(node, scanner="MX-1") == (f"{OTHER}-1", "order", [])


def test_the_visit_is_the_one_that_was_open_when_the_scan_was_taken(node):
    bring(node, discharge(BOX))
    first = node.store.visits.of_containers([BOX])[BOX][0]
    assert found(node, container=BOX, at=first.visit.opened + 5)[0] == first.visit.id
