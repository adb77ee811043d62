"""The decision table follows the log: only what changed is looked at, and what is erased is gone."""

import random

import pytest
from tests.desk.port import ANN, BOB, EVE, IAN, a_consignment, manifest, numbers, take_in, trail
from tests.desk.test_rederiving import fill

from vigie.desk import archive, inspections
from vigie.desk.deciding import Looking, decision_row, decision_rows
from vigie.terms import HOUR, Depth, Detector, Found, Moment, NotForYou, OfficerId, Outcome
from vigie.tracking import Stone


def look(node, visit, found=Found.NOTHING):
    node.clock.at = Moment(node.clock.at + HOUR)
    told = Outcome(visit, node.clock.at, found, Detector.SCANNER, Depth.SCAN, OfficerId("bob"))
    inspections.record(BOB, told, node)


def containers(node):
    return sorted({visit.rpartition("-")[0] for visit in node.store.assessments.touched(0)})


@pytest.fixture
def looked(node):
    boxes = numbers(3)
    take_in(node, manifest(*(a_consignment(box, box) for box in boxes)))
    for box in boxes[:2]:
        look(node, f"{box}-1")
    return node, [f"{box}-1" for box in boxes]


def found(node):
    table = node.archive.read()
    return dict(zip(table["visit"].to_pylist(), table["found"].to_pylist(), strict=True))


def test_it_holds_what_was_looked_into_and_only_looks_at_what_changed(looked):
    node, visits = looked
    told = archive.bring_up(ANN, node)
    assert (told.rows, told.looked_at, told.written) == (2, 3, 2)
    again = archive.bring_up(ANN, node)
    assert (again.rows, again.looked_at, again.cursor) == (2, 0, told.cursor)
    look(node, visits[2], Found.COCAINE)
    last = archive.bring_up(ANN, node)
    assert (last.rows, last.looked_at, last.written) == (3, 1, 1)
    assert found(node) == {visits[0]: "nothing", visits[1]: "nothing", visits[2]: "cocaine"}


def test_built_at_once_or_bit_by_bit_it_is_the_same(looked, monkeypatch):
    node, visits = looked
    archive.update(node)
    look(node, visits[2], Found.COCAINE)
    look(node, visits[0], Found.TOBACCO)
    archive.update(node)
    by_bits = node.archive.read().sort_by("visit").to_pylist()
    for path in node.archive.folder.iterdir():
        path.unlink()
    monkeypatch.setattr(archive, "_WRITTEN_AT_ONCE", 1)
    monkeypatch.setattr(archive, "_READ_AT_ONCE", 1)
    steps = []
    assert archive.update(node, lambda done, whole: steps.append((done, whole))).written == 3
    assert node.archive.read().sort_by("visit").to_pylist() == by_bits
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_erased_units_leave_the_table(looked):
    node, visits = looked
    archive.update(node)
    unit = node.store.visits.get([visits[0]])[visits[0]].unit
    assert archive.forget([unit], node) == 1
    assert set(found(node)) == {visits[1]}


def test_a_box_erased_while_the_table_is_brought_up_is_not_in_it(looked):
    node, visits = looked
    unit = node.store.visits.get([visits[0]])[visits[0]].unit

    def erased(done, whole):  # the rows have been read, and are not written yet
        node.store.erasures.lay([Stone(visits[0], "BEANR", 2, Moment(1), node.now())])
        node.store.erase([unit])
        assert archive.forget([unit], node) == 0

    archive.update(node, erased)
    assert set(found(node)) == {visits[1]}
    assert node.archive.state().cursor == node.store.log.last()


def test_who_may_not_is_refused_and_it_is_in_the_trail(node):
    with pytest.raises(NotForYou):
        archive.bring_up(IAN, node)
    assert archive.bring_up(EVE, node, purpose=EVE.purposes[0]).rows == 0
    assert sorted(one.outcome for one in trail(node) if one.act == "backtest") == ["done", "refused"]


def test_boxes_read_ahead_have_the_rows_of_boxes_read_one_by_one(node):
    """A simulated week: whole consignments, controls, boxes that left; each asked alone knows the same."""
    fill(node, 6, 2, 0.05, random.Random(6))
    boxes = [kept for visits in node.store.visits.of_containers(containers(node), newest=9).values() for kept in visits]
    together = list(decision_rows(boxes, Looking(node, node.store.visits.of_containers(containers(node), 9)), node))
    alone = [row for kept in boxes if (row := decision_row(kept, Looking(node), node)) is not None]
    assert together == alone
    assert len(together) > 15
