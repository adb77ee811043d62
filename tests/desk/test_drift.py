import csv
from io import StringIO

import pytest
from tests.desk.port import ANN, BOB, EVE, IAN, NOW, a_consignment, discharge, manifest, numbers, take_in, trail

from vigie.desk import drift as desk
from vigie.desk import inspections
from vigie.desk.shares import share_in_force
from vigie.terms import HOUR, BadRequest, Depth, Detector, Found, Moment, NotForYou, OfficerId, Outcome, Purpose


@pytest.fixture
def controlled(node):
    boxes = numbers(12)
    take_in(node, *(manifest(a_consignment(box, box), number=place) for place, box in enumerate(boxes, 1)), discharge(*boxes, number=99))
    for place, box in enumerate(boxes[:8]):
        found = Found.IRREGULARITY if place < 2 else Found.NOTHING
        told = Outcome(f"{box}-1", Moment(NOW - HOUR), found, Detector.SCANNER, Depth.SCAN, OfficerId("x"), detector_id=f"MX-{place % 2}",
                       analyst=f"reader {place % 3}")  # fmt: skip
        inspections.record(BOB, told, node)
    return node


def test_what_was_controlled_is_told_with_its_interval(controlled):
    view = desk.drift(ANN, controlled)
    assert view.controls == 8
    (row,) = [one for one in view.strata if one.n]
    assert (row.n, row.hits, row.rate) == (8, 2, 0.25)
    assert row.low < 0.25 < row.high
    assert (view.random, view.bound) == (0, 1.0)
    assert view.share.proposed == view.share.now == 100
    assert {one.detector for one in view.detectors} == {("scanner", "MX-0"), ("scanner", "MX-1")}
    assert sum(sum(one.weeks) for one in view.volumes) >= 13


def test_an_empty_node_has_an_empty_page(node):
    view = desk.drift(ANN, node)
    assert (view.rows, view.weeks, view.strata, view.columns) == (0, (), (), ())
    assert (view.window_since, view.window_until) == (NOW - desk.YEAR, NOW)


def test_it_is_shown_as_the_table_stands_where_somebody_else_brings_it_up_to_date(controlled):
    assert desk.drift(ANN, controlled, fresh=False).controls == 0
    assert desk.drift(ANN, controlled).controls == 8
    assert desk.drift(ANN, controlled, fresh=False).controls == 8


def test_analysts_are_pseudonyms_and_shown_to_who_needs_them_alone(controlled):
    with pytest.raises(NotForYou):
        desk.drift(ANN, controlled, by="analyst")
    view = desk.drift(EVE, controlled, by="analyst", purpose=Purpose.OVERSIGHT)
    assert len(view.detectors) == 3
    assert all(one.detector[0].startswith("an-") for one in view.detectors)
    assert "reader" not in str(view)
    assert [one.outcome for one in trail(controlled, act="see-analysts")] == ["refused"]


def test_indicators_above_the_clearance_have_no_chart(controlled):
    mine = {one.indicator for one in desk.drift(ANN, controlled).indicators}
    handling = {one.id: one.handling for one in controlled.rules.policy.indicators}
    assert mine == {name for name, code in handling.items() if code <= ANN.clearance}
    assert mine < set(handling)


@pytest.mark.parametrize("table", desk.TABLES)
def test_every_table_goes_along_as_csv(controlled, table):
    rows = list(csv.reader(StringIO(desk.export(ANN, controlled, table))))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 1 or table == "columns"  # one window alone compares nothing


def test_who_may_not_and_what_is_unknown(controlled):
    with pytest.raises(NotForYou):
        desk.drift(IAN, controlled, purpose=Purpose.INSPECTION)
    for asked in ({"label": "luck"}, {"by": "name"}):
        with pytest.raises(BadRequest):
            desk.drift(ANN, controlled, **asked)
    with pytest.raises(BadRequest):
        desk.export(ANN, controlled, "secrets")
    with pytest.raises(BadRequest):
        desk.propose_share(ANN, 1001, "x", controlled)


def test_a_proposal_decides_nothing(node):
    before = share_in_force(node)
    assert desk.propose_share(ANN, 150, "the score is not proven better than chance", node) == 1
    assert share_in_force(node) == before


def test_a_source_that_fell_silent_is_told():
    assert [desk._state(weeks) for weeks in ([3] * 12, [3] * 9 + [0] * 3, [0] * 9 + [1, 0, 2], [0] * 11 + [0])] == ["same", "silent", "new", "same"]


def test_the_question_of_the_documents_has_its_answer():
    assert desk.needed(1e-4) == 29_956
