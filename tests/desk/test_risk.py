import pytest
from tests.desk.port import ANN, BOX, EVE, NOW, VISIT, a_consignment, manifest, numbers, take_in, told

from vigie.desk import inspections, risk
from vigie.terms import HOUR, Depth, Detector, Found, Moment, NotForYou, NotFound, OfficerId, Outcome


def test_boxes_are_judged_again_by_what_is_known_now(node):
    first, second = numbers(2)
    take_in(node, manifest(a_consignment("A", first), a_consignment("B", second)))
    before = told(node, visit=f"{second}-1").explanation
    found = Outcome(f"{first}-1", Moment(NOW - HOUR), Found.COCAINE, Detector.DOG, Depth.FULL, OfficerId("x"), 9_000)
    inspections.record(ANN, found, node)
    assert risk.assess(ANN, node) == 2
    after = told(node, visit=f"{second}-1").explanation
    assert after.at > before.at
    assert after.total_milli >= before.total_milli
    vector = node.store.assessments.latest([f"{second}-1"])[f"{second}-1"].features
    names = node.rules.features.declared.names
    assert vector[names.index("consignee_found_730d")] == 1
    assert vector[names.index("consignee_boxes_life")] == 1


def test_one_box_may_be_judged_again(node):
    take_in(node, manifest())
    assert risk.assess(ANN, node, [VISIT]) == 1
    assert node.store.log.after(0, 10)[-1].kind == "assessment"
    with pytest.raises(NotForYou):
        risk.assess(EVE, node)


def test_a_number_is_explained(node):
    take_in(node, manifest())
    assert risk.explain(ANN, BOX, node) == told(node, ANN).explanation
    assert risk.explain(ANN, VISIT, node) == told(node, ANN).explanation
    with pytest.raises(NotForYou):
        risk.explain(ANN, "NONE0000000", node)


def test_an_erased_assessment_is_not_found(node):
    take_in(node, manifest())
    node.store.erase([node.store.assessments.latest([VISIT])[VISIT].unit])
    with pytest.raises((NotFound, NotForYou)):
        risk.explain(ANN, VISIT, node)
