"""Kept scans read by the machine again, many at a time: after a new model, or a new calibration.

Each task of the engine reads some scans and writes what the machine says of them; here the answers are kept in the
order of receipt, as the reader beside the node keeps them. What reads pictures is loaded by who reads.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Protocol

import msgspec

from vigie.desk.exchange_effects import announced
from vigie.desk.gate import permit
from vigie.desk.scanning_marking import picture_items
from vigie.desk.trail import leave
from vigie.desk.views import ReadAgainView
from vigie.desk.work import Working
from vigie.scanning import MachineReading
from vigie.terms import BadRequest, Moment, NotFound, Officer, Purpose, VisitId

PART = 8
"""Scans of one task: a few seconds of work, so that a lost worker costs little and progress is told often."""

ACT = "read-kept-scans"
_encode = msgspec.msgpack.Encoder().encode
_reading = msgspec.msgpack.Decoder(MachineReading)
Told = Callable[[int, int], None]


class ScanRun(Protocol):
    """One run of the engine over many scans: `vigie.node.scanning_batch`."""

    @property
    def gpu(self) -> bool:
        """Whether it works on workers with a graphics processor."""
        ...

    def made(self, told: Told) -> Iterable[tuple[str, bytes]]:
        """Read all; gives scan and packed reading, in order. told: parts done, of all."""
        ...

    def end(self) -> None:
        """Remove what lies on the disk."""
        ...


class ReadingMany(Working, Protocol):
    """A node that can read many scans."""

    def scan_run(self, parts: Sequence[Sequence[str]], stamp: str, engine: str) -> ScanRun:
        """Begin a run, or go on with it. Raises AnalyticsMissing where the extra is not installed."""
        ...


def read_kept(
    officer: Officer, node: ReadingMany, since: Moment, until: Moment, engine: str = "local", told: Told | None = None,
    purpose: Purpose = Purpose.TARGETING,
) -> ReadAgainView:  # fmt: skip
    """Let the machine read kept scans again; asked again after a stop, it goes on.

    Args:
        since, until: Scans that came from a moment (inclusive) to another (exclusive). engine: As
            `vigie.engine.open_engine`. told: Scans dealt with, scans in all.

    Raises:
        NotForYou: The officer may not. BadRequest: An empty span, or no such engine. NotFound: No scan came in it.
        AnalyticsMissing, ScanningMissing: An extra is not installed. StoreFault: The disk is full, or the engine is
        gone.
    """
    permit(officer, ACT, purpose, "scans", node)
    if since >= until:
        raise BadRequest(reason="out-of-range", field="from")
    wanted = node.store.scans.received(since, until)
    if not wanted:
        raise NotFound(kind="scan")
    parts = [wanted[start : start + PART] for start in range(0, len(wanted), PART)]
    run = node.scan_run(parts, _stamp(since, until, wanted, node), engine)
    read, changed = _kept(run.made(_in_scans(told, len(wanted))), node)
    run.end()
    leave(officer, purpose, ACT, "scans", node, scans=read, changed=changed)
    return ReadAgainView(since, until, engine, run.gpu, len(wanted), read, changed, len(wanted) - read)


def _stamp(since: int, until: int, wanted: Sequence[str], node: Working) -> str:
    """Names exactly what is to be read, and by which model."""
    from vigie.desk.scanning_models import standing_model
    from vigie.scanning import ModelRefused

    try:
        model = standing_model(node)
    except ModelRefused:
        model = None
    by = "" if model is None else f"{model[0].sha} {model[1].thresholds.version}"
    return f"{since} {until} {sha256(' '.join(wanted).encode()).hexdigest()} {by}"


def _in_scans(told: Told | None, whole: int) -> Told:
    return lambda parts, _: None if told is None else told(min(parts * PART, whole), whole)


def _kept(made: Iterable[tuple[str, bytes]], node: Working) -> tuple[int, int]:
    """Keep readings in order; gives how many, and how many say something else than before; erased scans are left."""
    from vigie.desk.scanning_machine import keep_reading

    read = changed = 0
    boxes: dict[VisitId, None] = {}
    for scan, packed in made:
        record = node.store.scans.get(scan)
        if record is None:
            continue
        read += 1
        was = node.store.machine_readings.of([scan]).get(scan)
        if was is not None and _encode(was) == packed:
            continue
        changed += 1
        keep_reading(record, _reading.decode(packed), node)
        if record.visit:
            boxes[record.visit] = None
    if boxes:
        node.store.inbox.add(picture_items(list(boxes), node.now(), node, announced))
    return read, changed


def packed_readings(scans: Sequence[str], node: Working) -> list[tuple[str, bytes]]:
    """What the machine says of some scans, packed, in order; scans that were erased are left out. Nothing is kept."""
    from vigie.desk.scanning_machine import readings_of

    return [(scan, _encode(reading)) for scan, reading in readings_of(scans, node)]
