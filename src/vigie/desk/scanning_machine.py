"""The machine reads scans that came, the oldest first and a few at a time, and keeps what it says as a report MACHINE.

Who calls decides how many at once: what is not read yet waits in the store, and its number is told (`waiting`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vigie.desk.exchange_effects import announced
from vigie.desk.needs import Node
from vigie.desk.scanning import opened
from vigie.desk.scanning_marking import picture_items
from vigie.desk.scanning_models import standing_model
from vigie.desk.scanning_papers import declared_of, later_here, references_of
from vigie.desk.work import Working
from vigie.scanning import (
    BadScan,
    Finding,
    FindingKind,
    MachineReading,
    ModelRefused,
    Place,
    ReportDecision,
    ReportType,
    ScanRecord,
    Threat,
    ThreatReport,
    Thresholds,
    Zones,
    detector_disabled,
    is_projected,
    read_scan,
)
from vigie.terms import SECOND

if TYPE_CHECKING:
    from vigie.scanning import Card, HeatModel

_CATEGORY = {FindingKind.BRICK_LATTICE: "CONTRABAND"}


def read_waiting(node: Working, most: int = 2) -> int:
    """Read scans that wait; gives how many were read. Done again it does no harm.

    Args:
        most: At most so many, so that new ones need not wait for a long queue to be read.
    """
    waiting = node.store.machine_readings.unread(most)
    for name in waiting:
        read_one(name, node)
    return len(waiting)


def read_one(scan: str, node: Working) -> None:
    """Read one scan and keep what is said of it; the box is judged again where that changes what pictures mean for it.

    Scans of the own port that were read before this one, and taken after it, are read again beside it: a picture of
    the port of loading often comes later than the own one.
    """
    record = node.store.scans.get(scan)
    if record is None:
        return
    model, fault = _model(node)
    for one in (record, *later_here(record, node)):
        _keep(one, _read(one, model, fault, node), node)
    if record.visit:
        node.store.inbox.add(picture_items([record.visit], node.now(), node, announced))


def set_aside(scan: str, node: Working) -> None:
    """Send a scan that cannot be read to a person, first of all."""
    record = node.store.scans.get(scan)
    if record is not None:
        _keep(record, _damaged(), node)


def queue(node: Node) -> tuple[int, int]:
    """How many scans no machine has read yet, and for how many seconds the oldest has waited, by the node's clock."""
    readings = node.store.machine_readings
    waiting = readings.waiting()
    oldest = [node.store.scans.get(name) for name in readings.unread(1)] if waiting else []
    since = [one.received for one in oldest if one is not None]
    return waiting, max(0, node.now() - since[0]) // SECOND if since else 0


def readings_of(scans: Sequence[str], node: Working) -> list[tuple[str, MachineReading]]:
    """What the machine says of some scans, in order; nothing is kept. Scans that were erased are left out."""
    model, fault = _model(node)
    records = (node.store.scans.get(scan) for scan in scans)
    return [(one.id, _read(one, model, fault, node)) for one in records if one is not None]


def keep_reading(record: ScanRecord, reading: MachineReading, node: Node) -> None:
    """Keep what the machine said of a scan, and its report."""
    _keep(record, reading, node)


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
        return _damaged()
    scanner = node.store.scans.scanner(record.facts.scanner)
    off = detector_disabled(scanner, node.now())
    why = fault or (off.reason if off is not None and not record.facts.simulated else "")
    calibration = scanner.calibration if scanner is not None and not why else None
    kept = node.store.visits.get([record.visit]).get(record.visit) if record.visit else None
    return read_scan(
        scan, model=None if model is None else model[0],
        thresholds=Thresholds(version="", values={}) if model is None else model[1].thresholds,
        declared=None if kept is None else declared_of(kept), references=references_of(record, kept, node),
        calibration=calibration, why_quiet=why,
    )  # fmt: skip


def _damaged() -> MachineReading:
    return MachineReading(place=Place.LOOK_FIRST, score=0.0, findings=(), zones=Zones(container=None),
                          quiet=("damaged",))  # fmt: skip


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
