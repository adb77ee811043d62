"""The machine reads scans that came, the oldest first and a few at a time, and keeps what it says as a report MACHINE.

Who calls decides how many at once: what is not read yet waits in the store, and its number is told (`waiting`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from vigie.desk.exchange_effects import announced
from vigie.desk.needs import Node
from vigie.desk.scanning import opened
from vigie.desk.scanning_marking import picture_items
from vigie.desk.scanning_models import standing_comparer, standing_model
from vigie.desk.scanning_papers import declared_of, later_here, references_of
from vigie.desk.work import Working
from vigie.scanning import (
    BadScan,
    BegunReading,
    Calibration,
    Declared,
    Finding,
    FindingKind,
    MachineReading,
    ModelRefused,
    Place,
    ReportDecision,
    ReportType,
    Scan,
    ScanRecord,
    Threat,
    ThreatReport,
    Thresholds,
    Zones,
    begin_reading,
    detector_disabled,
    finish_reading,
    is_projected,
    joined,
    shipped_bank,
)
from vigie.terms import SECOND
from vigie.tracking import Kept

if TYPE_CHECKING:
    from vigie.scanning import Bank, Comparer, HeatModel

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


class Begun(msgspec.Struct, frozen=True):
    """A scan that was begun. pictures: As they were decoded. reading: How far it is read; None where it is damaged."""

    pictures: Scan | None
    reading: BegunReading | None = None


def begun_of(record: ScanRecord, pictures: Scan, node: Working) -> Begun:
    """Read zones and heat map of a scan; nothing is kept."""
    given = _given(record, node)
    return Begun(pictures, begin_reading(
        pictures, model=given.model, thresholds=given.thresholds, declared=given.declared,
        calibration=given.calibration, why_quiet=given.why,
    ))  # fmt: skip


def begin_one(scan: str, node: Working, begun: Begun | None = None) -> Begun:
    """Keep what zones and heat map of a scan say, so that it stands in its place in the list; `read_one` goes on.

    Args:
        begun: How far it was read; None to read it from its beginning.
    """
    record = node.store.scans.get(scan)
    if record is None:
        return Begun(None)
    if begun is None or begun.reading is None:
        pictures = _opened(record, node) if begun is None or begun.pictures is None else begun.pictures
        begun = Begun(None) if pictures is None else begun_of(record, pictures, node)
    if begun.reading is None:
        _keep(record, _damaged(), node)
    else:
        node.store.machine_readings.put(record.id, record.unit, node.now(), begun.reading.reading)
    return begun


def read_one(scan: str, node: Working, begun: Begun | None = None) -> None:
    """Read one scan and keep what is said of it; the box is judged again where that changes what pictures mean for it.

    Scans of the own port that were read before this one, and taken after it, are read again beside it: a picture of
    the port of loading often comes later than the own one.

    Args:
        begun: How far it was read; None to read it from its beginning.
    """
    record = node.store.scans.get(scan)
    if record is None:
        return
    _keep(record, _read(record, node, begun), node)
    for one in later_here(record, node):
        _keep(one, _read(one, node), node)
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
    records = (node.store.scans.get(scan) for scan in scans)
    return [(one.id, _read(one, node)) for one in records if one is not None]


def keep_reading(record: ScanRecord, reading: MachineReading, node: Node) -> None:
    """Keep what the machine said of a scan, and its report."""
    _keep(record, reading, node)


class _Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine is given with a scan. why: Why no model may judge; empty where one may. kept: Its box."""

    model: "HeatModel | None"
    thresholds: Thresholds
    declared: Declared | None
    calibration: Calibration | None
    bank: "Bank | None"
    why: str
    kept: Kept | None


def _given(record: ScanRecord, node: Working) -> _Given:
    standing, fault = None, ""
    try:
        standing = standing_model(node)
    except ModelRefused:
        fault = "model-refused"
    scanner = node.store.scans.scanner(record.facts.scanner)
    off = detector_disabled(scanner, node.now())
    why = fault or (off.reason if off is not None and not record.facts.simulated else "")
    kept = node.store.visits.get([record.visit]).get(record.visit) if record.visit else None
    held = shipped_bank() if record.facts.simulated else None
    counted = Thresholds(version="", values={}) if standing is None else standing[1].thresholds
    return _Given(
        model=None if standing is None else standing[0],
        thresholds=counted if held is None else joined(counted, held[1].thresholds),
        bank=None if held is None else held[0],
        declared=None if kept is None else declared_of(kept),
        calibration=scanner.calibration if scanner is not None and not why else None, why=why, kept=kept,
    )  # fmt: skip


def _opened(record: ScanRecord, node: Node) -> Scan | None:
    """Pictures of a scan; None where they are damaged, erased, or a threat was projected into them."""
    try:
        scan = opened(record, node)
    except BadScan:
        return None
    return None if scan is None or is_projected(scan) else scan


def _read(record: ScanRecord, node: Working, begun: Begun | None = None) -> MachineReading:
    given = _given(record, node)
    reading = None if begun is None else begun.reading
    if reading is None:
        scan = _opened(record, node)
        if scan is None:
            return _damaged()
        reading = begun_of(record, scan, node).reading
    if reading is None:
        return _damaged()
    return finish_reading(
        reading, record.facts.scanner, thresholds=given.thresholds, declared=given.declared,
        references=references_of(record, given.kept, node), bank=given.bank, calibrated=given.calibration is not None,
        why_quiet=given.why, comparer=_comparer(record, node),
    )  # fmt: skip


def _comparer(record: ScanRecord, node: Working) -> "Comparer | None":
    """What compares with earlier pictures; where the site's own cannot be opened the excess alone is told."""
    try:
        return standing_comparer(node, record.facts.simulated)
    except ModelRefused:
        return None


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
