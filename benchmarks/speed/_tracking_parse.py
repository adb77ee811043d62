"""Events read and tracked without a store: files of terminals and carriers become rows, rows become the visits of boxes.

Two processes share the work as a node's two cores would: each reads every second file, hands over what belongs to the
boxes of the other, and tracks its own boxes in the order of the files.
"""

import csv
import io
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median, quantiles
from time import perf_counter, process_time
from zlib import crc32

import msgspec
from pydifact.segmentcollection import RawSegmentCollection

from vigie.arrivals import (
    Movement,
    Sending,
    read_column_map,
    reader,
    split,
    write_coarri,
    write_codeco,
    write_dcsa_events,
)
from vigie.terms import Moment, read_moment, write_moment
from vigie.tracking import NEWEST, Visit, apply, conflicts, segment_of
from vigie.world import TruthBook, World

COMMAND = "python -m benchmarks --only tracking"
TARGET, STEP_MS = 50_000, 2.0
TOLD = 250
"""Events of one file. Source: own; a terminal that handles 3 million boxes a year tells of about so many in half an hour."""

START = read_moment("2024-01-01T00:00:00Z")
MAP = """kind = "movement"
[columns]
event_id = "id"
code = "code"
container = "box"
at = "at"
place = "place"
facility = "terminal"
mode = "mode"
seals = "seals"
size_type = "type"
imo = "imo"
voyage = "voyage"
"""
_COLUMNS = ("id", "code", "box", "at", "place", "terminal", "mode", "seals", "type", "imo", "voyage")


def events(seed: int, scale: float) -> list[Movement]:
    """What carriers and terminals of the simulated port tell of boxes in two weeks of arrivals, by receipt."""
    told: list[Movement] = []
    for sheet in World(seed, 14, scale, "BEANR", START).sheets(TruthBook()):
        if sheet.kind in ("dcsa", "coarri", "codeco"):
            told += [row for row in sheet.rows() if isinstance(row, Movement) and not row.retracts]
    return told


def as_edifact(told: Sequence[Movement]) -> list[bytes]:
    """Gates as CODECO, discharge and loading as COARRI."""
    kinds = ((("GTIN", "GTOT"), write_codeco), (("LOAD", "DISC"), write_coarri))
    made = []
    for number, run in enumerate(_runs(told)):
        for codes, write in kinds:
            mine = sorted((row for row in run if row.code in codes), key=lambda row: (row.code, row.call.imo, row.place, row.facility))
            if mine:
                at = max(row.at or START for row in mine)
                body = write([msgspec.structs.replace(row, recorded_at=at) for row in mine], Sending("SIM", "VIGIE", f"R{number}", at))
                made.append(body)
    return made


def as_dcsa(told: Sequence[Movement]) -> list[bytes]:
    """As DCSA Track & Trace 3.0."""
    return [write_dcsa_events(run, "SIM") for run in _runs(told)]


def as_table(told: Sequence[Movement]) -> list[bytes]:
    """As a terminal's table."""
    return [_table(run) for run in _runs(told)]


def _table(run: Iterable[Movement]) -> bytes:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(_COLUMNS)
    for row in run:
        seals = " ".join(seal.number for seal in row.seals)
        at = write_moment(row.at) if row.at is not None else ""
        write.writerow((row.event_id, row.code, row.container, at, row.place, row.facility, row.mode, seals, row.size_type,
                        row.call.imo, row.call.voyage))  # fmt: skip
    return out.getvalue().encode()


def _runs(told: Sequence[Movement]) -> Iterable[Sequence[Movement]]:
    return (told[first : first + TOLD] for first in range(0, len(told), TOLD))


class Tracking:
    """The visits of some boxes, told as the sequencer tells them. times: Of every step, conflicts looked for, in µs."""

    def __init__(self, timed: bool = False) -> None:
        self.known: dict[str, list[Visit]] = defaultdict(list)
        self.hlc, self.timed = 0, timed
        self.times: list[float] = []

    def take(self, rows: Iterable[Movement]) -> None:
        """Apply rows in their order."""
        for row in rows:
            self.hlc += 1
            begun = time.thread_time() if self.timed else 0.0
            mine = self.known[row.container]
            segment = segment_of(mine[-NEWEST:], row, Moment(self.hlc)) if mine else 1
            before = next((visit for visit in mine if visit.segment == segment), None)
            after = apply(before, Moment(self.hlc), row, row.container, segment)
            if after is None or after is before:
                continue
            if before is None:
                mine.append(after)
            else:
                mine[mine.index(before)] = after
            if self.timed:
                conflicts(mine[-NEWEST:])
                self.times.append((time.thread_time() - begun) * 1e6)


def rows_of(body: bytes, read: Callable, columns: object) -> list[Movement]:
    """The movements of a file."""
    return [row for part in split(io.BytesIO(body), column_map=columns) for row in read(part).rows if isinstance(row, Movement)]


def alone(files: Sequence[bytes], columns: object) -> tuple[int, float]:
    """Read and track in one process; gives events and CPU seconds."""
    read, tracking, count = reader(), Tracking(), 0
    begun = process_time()
    for body in files:
        rows = rows_of(body, read, columns)
        tracking.take(rows)
        count += len(rows)
    return count, process_time() - begun


def together(files: Sequence[bytes], columns: object) -> tuple[int, float, float]:
    """Read and track in two processes; gives events, seconds until the later one ends, and CPU seconds of the busier one."""
    fork = get_context("fork")
    here, there = fork.Pipe()
    answer, told = fork.Pipe(False)
    child = fork.Process(target=_other, args=(there, told, files, columns))
    child.start()
    here.recv_bytes()
    begun = perf_counter()
    here.send_bytes(b"go")
    count, cpu = _half(0, here, files, columns)
    more, other = answer.recv()
    wall = perf_counter() - begun
    child.join()
    return count + more, wall, max(cpu, other)


def _other(link: Connection, told: Connection, files: Sequence[bytes], columns: object) -> None:
    link.send_bytes(b"ready")
    link.recv_bytes()
    told.send(_half(1, link, files, columns))
    os._exit(0)  # what the parent had open is the parent's to close


def _half(mine: int, link: Connection, files: Sequence[bytes], columns: object) -> tuple[int, float]:
    """Read every second file, track every second box."""
    encode, decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(list[Movement]).decode
    read, tracking, count = reader(), Tracking(), 0
    begun = process_time()
    for first in range(0, len(files), 2):
        own: list[Movement] = []
        others: list[Movement] = []
        for row in rows_of(files[first + mine], read, columns) if first + mine < len(files) else ():
            (own if crc32(row.container.encode()) & 1 == mine else others).append(row)
        if mine:
            came = decode(link.recv_bytes())
            link.send_bytes(encode(others))
        else:
            link.send_bytes(encode(others))
            came = decode(link.recv_bytes())
        for rows in (came, own) if mine else (own, came):
            tracking.take(rows)
            count += len(rows)
    return count, process_time() - begun


def _peer_edifact(files: Sequence[bytes]) -> None:
    for body in files:
        for _ in RawSegmentCollection.from_str(body.decode("latin-1")).segments:
            pass


def _peer_dcsa(files: Sequence[bytes]) -> None:
    told: dict[str, list[object]] = defaultdict(list)
    for body in files:
        for event in json.loads(body)["events"]:
            box = event.get("equipmentDetails", {}).get("equipmentReference", "")
            told[box].append((event.get("eventDateTime") and datetime.fromisoformat(event["eventDateTime"]), event))


def _peer_table(files: Sequence[bytes]) -> None:
    told: dict[str, list[object]] = defaultdict(list)
    for body in files:
        for row in csv.DictReader(io.StringIO(body.decode())):
            told[row["box"]].append((datetime.fromisoformat(row["at"]), row))


FORMS = (
    ("EDIFACT CODECO, COARRI", as_edifact, _peer_edifact, "pydifact 0.2.3, segments only"),
    ("DCSA T&T 3.0 JSON", as_dcsa, _peer_dcsa, "json and a dict of lists"),
    ("CSV by column map", as_table, _peer_table, "csv.DictReader and a dict of lists"),
)


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Events a second on two cores, by form; and how long one step of tracking takes."""
    told = events(seed, 0.1 if quick else 1.0)
    found: list[dict[str, object]] = []
    for name, write, peer, whose in FORMS:
        files = write(told)
        columns = read_column_map(MAP) if write is as_table else None
        runs = [together(files, columns) for _ in range(3)]
        count, cpu = alone(files, columns)
        begun = process_time()
        peer(files)
        other = count / (process_time() - begun)
        rates = sorted(events_ / wall for events_, wall, _ in runs)
        found.append({
            "name": f"events read and tracked without store, {name}, two processes (high: by CPU time of the busier; low: one process)",
            "value": round(median(rates)), "unit": "events/s", "target": TARGET, "peer": f"{whose}, one process", "peer_value": round(other),
            "ratio": round(median(rates) / other, 2), "n": count, "low": round(count / cpu),
            "high": round(max(events_ / busy for events_, _, busy in runs)), "seed": seed, "command": COMMAND,
        })  # fmt: skip
    return [*found, _step(told, seed)]


def _step(told: Sequence[Movement], seed: int) -> dict[str, object]:
    tracking = Tracking(timed=True)
    tracking.take(told)
    cut = quantiles(tracking.times, n=100)
    return {
        "name": "one step of tracking: segment, visit, conflicts over all its visits (p99; low: p50)", "value": round(cut[98] / 1000, 4),
        "unit": "ms", "target": STEP_MS, "peer": None, "peer_value": None, "ratio": None, "n": len(tracking.times),
        "low": round(cut[49] / 1000, 4), "high": round(max(tracking.times) / 1000, 3), "seed": seed, "command": COMMAND,
    }  # fmt: skip
