import pytest
from tests.desk.port import ANN, EVE, IAN, NOW, VISIT, a_consignment, discharge, gate, manifest, numbers, take_in, told

from vigie.desk import inspections
from vigie.terms import (
    DAY,
    HOUR,
    BadRequest,
    Depth,
    Detector,
    Found,
    Moment,
    NotForYou,
    OfficerId,
    Outcome,
    write_moment,
)

HEADER = "container,at,found,quantity_kg,concealment,detector,depth\n"


def an_outcome(**rest):
    return Outcome(**{"visit": VISIT, "at": Moment(NOW - HOUR), "found": Found.NOTHING, "detector": Detector.SCANNER,
                      "depth": Depth.SCAN, "officer": OfficerId("x")} | rest)  # fmt: skip


def row(container, at=NOW - HOUR, found="nothing", kg="", where=""):
    return f"{container},{write_moment(Moment(at))},{found},{kg},{where},dog,doors-opened\n"


def test_a_team_records_for_inspection(node):
    take_in(node, manifest())
    inspections.record(IAN, an_outcome(), node)
    (one,) = told(node).outcomes
    assert (one.outcome.officer, told(node).row.status) == ("ian", "inspected")
    with pytest.raises(NotForYou):
        inspections.record(EVE, an_outcome(), node)


@pytest.mark.parametrize("wrong", [{"at": Moment(NOW + 1)}, {"replaces": 17}])
def test_outcomes_that_cannot_be(wrong, node):
    take_in(node, manifest())
    with pytest.raises(BadRequest):
        inspections.record(ANN, an_outcome(**wrong), node)


def test_a_table_is_recorded_row_by_row_and_twice_is_once(node):
    boxes = numbers(3)
    take_in(node, manifest(*(a_consignment(box, box) for box in boxes)))
    table = HEADER + row(boxes[0]) + row(boxes[1], found="cocaine", kg="12.5", where="behind-doors") + row("XXXU1234567")
    table += row(boxes[2], found="dragons")
    recorded, doubts = inspections.record_csv(ANN, table, node)
    assert (recorded, sorted(doubt.code for doubt in doubts)) == (2, ["outcome-cell", "outcome-unknown-box"])
    assert told(node, visit=f"{boxes[1]}-1").outcomes[0].outcome.quantity_g == 12_500
    again, _ = inspections.record_csv(ANN, table, node)
    assert again == 0
    assert len(told(node, visit=f"{boxes[1]}-1").outcomes) == 1


def test_a_row_means_the_life_of_the_box_that_was_open_then(node):
    box = numbers(1)[0]
    take_in(node, manifest(a_consignment("A", box)), discharge(box), gate("GTIN", box, at=NOW + DAY, empty=True))
    node.clock.at = Moment(NOW + 9 * DAY)
    take_in(node, manifest(a_consignment("B", box, filed_at=Moment(NOW + 8 * DAY)), number=9))
    inspections.record_csv(ANN, HEADER + row(box, at=NOW + 2 * DAY) + row(box, at=NOW + 9 * DAY), node)
    assert [len(told(node, visit=f"{box}-{segment}").outcomes) for segment in (1, 2)] == [1, 1]


def test_history_of_controls_keeps_its_moments(node):
    take_in(node, manifest(), backload=True)
    past = NOW + DAY
    node.clock.at = Moment(NOW + 30 * DAY)
    inspections.record_csv(ANN, HEADER + row("CSQU3054383", at=past), node, backload=True)
    assert told(node).outcomes[0].hlc == past


def test_what_contradicts_itself_is_named_for_the_face_to_ask():
    assert inspections.contradictions(an_outcome(quantity_g=5)) == ("nothing-but-quantity",)
