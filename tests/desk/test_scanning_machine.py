"""The machine reads what came, keeps its reading and a report, and never says that a scan is clear."""

from hashlib import sha256

import msgspec
import pytest

pytest.importorskip("onnxruntime")

from tests.desk.port import BOB, VISIT
from tests.desk.test_scanning_intake import a_port
from tests.scanning.xray.drawn import FACTS, LEFT, TOP, attenuation, shot
from tests.scanning.xray.modelled import body

from vigie.desk import scanning_machine
from vigie.desk.scanning_intake import take_in
from vigie.desk.scanning_machine import queue, read_one, read_waiting, set_aside
from vigie.scanning import (
    Card,
    FindingKind,
    HeatModel,
    ModelRefused,
    Place,
    ReportDecision,
    ReportType,
    Threshold,
    Thresholds,
    write_tiff,
)
from vigie.terms import SECOND

LIMIT = Threshold(look=0.05, first=0.9, look_rate=0.05, first_rate=0.01, negatives=300, against="clean")
HELD = Thresholds(version="7", values={f"{kind}/*/*/*": LIMIT for kind in FindingKind})
CARD = Card(name="t", use="test", recipe="short", seed=1, pictures=1, steps=1, full=sha256(body()).hexdigest(),
            thresholds=HELD)  # fmt: skip


@pytest.fixture
def node(tmp_path):
    with a_port(tmp_path) as made:
        yield made


def came(node, number, taken, **drawn):
    facts = msgspec.structs.replace(FACTS, container=number, simulated=True, taken=taken, scanner=f"SIM-{taken}")
    scan = shot(attenuation(**drawn), facts)
    return take_in(BOB, write_tiff(scan, f"scan{taken}"), node).rows[0].id


def test_scans_are_read_once_and_a_report_is_kept(node, monkeypatch):
    monkeypatch.setattr(scanning_machine, "standing_model", lambda _: (HeatModel(body()), CARD))
    name = came(
        node, VISIT.rpartition("-")[0], 1_772_400_000_000_000, load=0.0, extra=[(LEFT + 500, TOP + 60, 60, 40, 1.2)]
    )
    assert node.store.machine_readings.waiting() == 1
    assert read_waiting(node) == 1
    assert read_waiting(node) == node.store.machine_readings.waiting() == 0
    reading = node.store.machine_readings.of([name])[name]
    assert reading.models == (CARD.full,)
    assert reading.thresholds.startswith("7+bank")  # the scan is simulated: the demo's bank stands beside the model
    (report,) = node.store.scans.reports(name, "MACHINE")
    assert report.type is ReportType.MACHINE
    assert report.decision is ReportDecision.ALARM
    assert len(report.threats) == sum(each.alarm for each in reading.findings)


def test_a_simulated_box_that_is_lighter_than_its_papers_alarms_by_the_bank_that_ships(node, monkeypatch):
    monkeypatch.setattr(scanning_machine, "standing_model", lambda _: None)
    name = came(node, VISIT.rpartition("-")[0], 1_772_400_000_000_000, load=0.0)  # papers: 20 t of fruit; seen: nothing
    read_waiting(node)
    reading = node.store.machine_readings.of([name])[name]
    told = {each.kind: each for each in reading.findings if each.alarm}
    assert {FindingKind.WEIGHT_DIFFERS, FindingKind.UNLIKE_COMMODITY} <= set(told)
    weight = told[FindingKind.WEIGHT_DIFFERS]
    assert weight.kg_high < 1_000 < weight.facts["declared_kg"]
    assert weight.negatives >= 100
    assert weight.against == "clean"
    assert 0 < weight.false_alarm_rate <= 0.05
    assert "commodity-not-known" not in reading.quiet
    (report,) = node.store.scans.reports(name, "MACHINE")
    assert report.decision is ReportDecision.ALARM


def test_nothing_found_is_never_called_clear(node, monkeypatch):
    monkeypatch.setattr(scanning_machine, "standing_model", lambda _: None)
    name = came(node, "", 1_772_400_000_000_000)  # no box, no papers
    read_waiting(node)
    (report,) = node.store.scans.reports(name, "MACHINE")
    assert report.decision is ReportDecision.UNKNOWN
    assert "no-model" in node.store.machine_readings.of([name])[name].quiet


def test_a_later_picture_of_the_same_box_is_laid_beside_the_earlier(node, monkeypatch):
    monkeypatch.setattr(scanning_machine, "standing_model", lambda _: None)
    number = VISIT.rpartition("-")[0]
    came(node, number, 1_772_400_000_000_000)
    later = came(node, number, 1_772_403_600_000_000, extra=[(LEFT + 500, TOP + 60, 60, 40, 1.2)])
    read_waiting(node, 5)
    found = node.store.machine_readings.of([later])[later].findings
    (told,) = [each for each in found if each.kind is FindingKind.REFERENCE_DIFFERENCE]
    assert abs(told.box[0] - (LEFT + 500)) < 20


def test_an_altered_model_reads_nothing_and_says_so(node, monkeypatch):
    def refuse(_):
        raise ModelRefused(reason="altered")

    monkeypatch.setattr(scanning_machine, "standing_model", refuse)
    name = came(node, VISIT.rpartition("-")[0], 1_772_400_000_000_000)
    read_waiting(node)
    reading = node.store.machine_readings.of([name])[name]
    assert reading.models == ()
    assert "model-refused" in reading.quiet
    assert reading.place in (Place.LOOK_FIRST, Place.RANDOM_AUDIT)


def test_what_waits_and_for_how_long_is_told(node):
    assert queue(node) == (0, 0)
    came(node, VISIT.rpartition("-")[0], 1_772_400_000_000_000)
    node.clock.forward(7 * SECOND)
    assert queue(node) == (1, 7)


def test_a_scan_set_aside_goes_to_a_person_first(node):
    name = came(node, VISIT.rpartition("-")[0], 1_772_400_000_000_000)
    set_aside(name, node)
    assert node.store.machine_readings.of([name])[name].place is Place.LOOK_FIRST
    read_one("X" * 16, node)  # erased a moment ago: nothing to read
    assert queue(node) == (0, 0)
