import pytest
from tests.desk.port import BOB
from tests.desk.read import BAGS, a_room
from tests.scanning.xray.test_reading import a_reading

from vigie.desk import inspections
from vigie.desk.reading_reports import keep_ground_truth, operator_report
from vigie.scanning import ReadingOrder, Verdict
from vigie.terms import Concealment, Depth, Detector, Found, Outcome, VisitId


@pytest.fixture
def room(tmp_path):
    node, scans = a_room(tmp_path)
    yield node, scans
    node.__exit__(None, None, None)


def outcome(node, scan, **told):
    visit = VisitId(node.store.scans.get(scan).visit)
    made = {"found": Found.COCAINE, "detector": Detector.TEAM, "depth": Depth.PARTIAL, "concealment": Concealment.DOORS,
            "quantity_g": 312_000, "at": node.now(), "officer": BOB.id}  # fmt: skip
    return Outcome(visit=visit, **(made | told))


def test_a_report_says_who_read_blind_and_what_the_reader_saw(room):
    node, scans = room
    record = node.store.scans.get(scans[0])
    told = operator_report(record, a_reading(Verdict.HOLD, regions=BAGS, note="x"), "an-0123456789", node.now())
    assert (told.type.value, told.decision.value, told.author) == ("OPERATOR", "ALARM", "an-0123456789")
    assert told.algorithm == ("first reading", "machine hidden", "reasons hidden")
    assert told.threats[0].description == "bags"
    last = operator_report(record, a_reading(order=ReadingOrder.ARBITER, saw_machine=True), "an-0", node.now())
    assert (last.type.value, last.decision.value, last.algorithm[1]) == ("AGGREGATE", "CLEAR", "machine shown")
    asks = operator_report(record, a_reading(Verdict.SECOND), "an-0", node.now())
    assert asks.decision.value == "UNKNOWN"


def test_what_people_found_in_the_box_is_the_ground_truth_of_all_its_scans(room):
    node, scans = room
    inspections.record(BOB, outcome(node, scans[0]), node)
    for scan in (scans[0], scans[4]):
        (told,) = node.store.scans.reports(scan, "GROUND_TRUTH")
        assert (told.decision.value, told.threats[0].kg, told.threats[0].description) == (
            "ALARM", 312.0, "cocaine: behind-doors",
        )  # fmt: skip
    inspections.record(BOB, outcome(node, scans[1], found=Found.NOTHING, concealment=None, quantity_g=None), node)
    (clear,) = node.store.scans.reports(scans[1], "GROUND_TRUTH")
    assert (clear.decision.value, clear.threats) == ("CLEAR", ())


def test_a_look_at_papers_or_at_the_scan_is_no_ground_truth(room):
    node, scans = room
    for depth in (Depth.DOCUMENTS, Depth.SCAN):
        assert keep_ground_truth(outcome(node, scans[2], depth=depth), node.now(), node) == 0
    assert node.store.scans.reports(scans[2]) == []
