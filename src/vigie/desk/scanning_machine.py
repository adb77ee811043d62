"""The machine reads scans that came, the oldest first and a few at a time, and keeps what it says as a report MACHINE.

Who calls decides how many at once: what is not read yet waits in the store, and its number is told (`waiting`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vigie.desk.needs import Node
from vigie.desk.scanning import opened
from vigie.desk.scanning_models import standing_model
from vigie.desk.work import Working
from vigie.scanning import (
    BadScan,
    Finding,
    FindingKind,
    MachineReading,
    ModelRefused,
    Place,
    Reference,
    ReportDecision,
    ReportType,
    Scan,
    ScanRecord,
    Threat,
    ThreatReport,
    Zones,
    detector_disabled,
    is_projected,
    read_scan,
)

if TYPE_CHECKING:
    from vigie.scanning import Card, HeatModel

REFERENCES = 2
"""Earlier scans of the same box that a new one is laid beside: the other port's, and one more (0.15 s of CPU each)."""
_CATEGORY = {FindingKind.BRICK_LATTICE: "CONTRABAND"}


def read_waiting(node: Working, most: int = 2) -> int:
    """Read scans that wait; gives how many were read. Done again it does no harm.

    Args:
        most: At most so many, so that new ones need not wait for a long queue to be read.
    """
    waiting = node.store.machine_readings.unread(most)
    if not waiting:
        return 0
    model, fault = _model(node)
    for name in waiting:
        record = node.store.scans.get(name)
        if record is not None:
            _keep(record, _read(record, model, fault, node), node)
    return len(waiting)


def _model(node: Working) -> "tuple[tuple[HeatModel, Card] | None, str]":
    try:
        return standing_model(node), ""
    except ModelRefused:
        return None, "model-refused"


def _read(record: ScanRecord, model: "tuple[HeatModel, Card] | None", fault: str, node: Node) -> MachineReading:
    try:
        scan = opened(record, node)
    except BadScan:
        scan = None
    if scan is None or is_projected(scan):
        return MachineReading(place=Place.LOOK_FIRST, score=0.0, findings=(), zones=Zones(container=None),
                              quiet=("damaged",))  # fmt: skip
    scanner = node.store.scans.scanner(record.facts.scanner)
    off = detector_disabled(scanner, node.now())
    why = fault or (off.reason if off is not None and not record.facts.simulated else "")
    calibration = scanner.calibration if scanner is not None and not why else None
    references = [Reference(each, "same-container") for each in _earlier(record, node)]
    if model is None:
        return read_scan(scan, references=references, calibration=calibration, why_quiet=why)
    return read_scan(scan, model=model[0], thresholds=model[1].thresholds, references=references,
                     calibration=calibration, why_quiet=why)  # fmt: skip


def _earlier(record: ScanRecord, node: Node) -> Sequence[Scan]:
    """Earlier pictures of the same box on the same journey, the latest first."""
    if not record.visit:
        return ()
    known = [one for one in node.store.scans.of_visit(record.visit) if one.at < record.at and one.id != record.id]
    found = []
    for one in known[::-1][:REFERENCES]:
        try:
            scan = opened(one, node)
        except BadScan:
            continue
        if scan is not None:
            found.append(scan)
    return found


def _keep(record: ScanRecord, reading: MachineReading, node: Node) -> None:
    now = node.now()
    node.store.machine_readings.put(record.id, record.unit, now, reading)
    alarms = tuple(_threat(each) for each in reading.findings if each.alarm)
    report = ThreatReport(
        type=ReportType.MACHINE, decision=ReportDecision.ALARM if alarms else ReportDecision.UNKNOWN, threats=alarms,
        at=now, container=record.facts.container, about=record.about,
        algorithm=("vigie", *(sha[:12] for sha in reading.models), reading.thresholds),
    )  # fmt: skip
    node.store.scans.add_report(record.id, report, now)


def _threat(found: Finding) -> Threat:
    said = f"{found.kind.value}; false alarms {found.false_alarm_rate:.4f} of {found.negatives} {found.against}"
    return Threat(box=found.box, zone=found.zone.value, kg=found.kg, category=_CATEGORY.get(found.kind, "ANOMALY"),
                  description=said, assessment="UNKNOWN", probability=None)  # fmt: skip
