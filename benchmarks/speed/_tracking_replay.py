"""A lane-year replayed: the simulated port's own files, through the ordinary readers, into a node that is loaded with its past.

The world makes its files between the timed parts, a week of arrivals at a time, so that only the node's work counts.
"""

import shutil
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time

import psutil

from vigie.desk import arrivals
from vigie.node import build, load_settings
from vigie.terms import DAY, Handling, Officer, OfficerId, Purpose, Role, read_moment
from vigie.world import TruthBook, World, name_of

COMMAND = "python -m benchmarks --only tracking"
BOXES, EVENTS = 330_000, 4_000_000
"""A lane-year. Source: issue 7; about 900 South-American boxes a day at Antwerp, twelve words on each."""

TARGET_S = 20 * 60
SHARE = 40
"""The quick run replays a fortieth. A box that comes back, and a long history, are in the whole count alone."""

A_DAY = 1203
"""Boxes a day of the simulated port at scale 1 (Antwerp and its small ports), with empties brought by road."""

FEED = Officer(OfficerId("feed"), "feed", tuple(Role), Handling.RED, tuple(Purpose))
START = read_moment("2024-01-01T00:00:00Z")
TABLES = ("log", "history", "visit", "assessment", "lookup", "part", "party", "visit_party", "notice", "heard")


def files(seed: int, boxes: int) -> Iterator[list[tuple[str, bytes]]]:
    """Files of so many boxes in the order of receipt, those of a week together; controls are no messages of boxes."""
    days = max(1, round(boxes / A_DAY))
    held: list[tuple[str, bytes]] = []
    until = START
    for sheet in World(seed, days, 1.0, "BEANR", START).sheets(TruthBook()):
        if sheet.at >= until and held:
            yield held
            held, until = [], sheet.at + 7 * DAY
        if sheet.kind != "controls":
            held.append((name_of(sheet), sheet.written()))
    yield held


def replay(seed: int, boxes: int) -> dict[str, float]:
    """Load the files into a node of its own; gives times, counts and sizes."""
    folder = Path(tempfile.mkdtemp(prefix="vigie-replay-"))
    told = {"seconds": 0.0, "cpu": 0.0, "events": 0, "boxes": 0, "assessed": 0, "files": 0, "bytes": 0}
    try:
        with build(load_settings(environment={}, home=folder, log_level="error", sites=("BEANR",))) as node:
            for week in files(seed, boxes):
                begun, cpu, child = perf_counter(), process_time(), _children()
                report = arrivals.take_in(FEED, ((name, BytesIO(body)) for name, body in week), node, backload=True)
                told["seconds"] += perf_counter() - begun
                told["cpu"] += process_time() - cpu + max(0.0, _children() - child)
                told["events"] += report.movements + report.plans + report.measurements + report.consignments
                told["assessed"] += report.assessed
                told["files"] += report.files
                told["bytes"] += sum(len(body) for _, body in week)
            for table in TABLES:
                told[f"rows:{table}"] = node.store.db.one(f"SELECT count(*) FROM {table}")[0]
        told["boxes"] = told["rows:visit"]  # below: after the store was closed, and its journal with it
        told["kept"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return told


def _children() -> float:
    """Processor time of the second core's process while it lives."""
    times = [child.cpu_times() for child in psutil.Process().children()]
    return sum(one.user + one.system for one in times)


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Minutes of the whole lane-year (the slice's rate times its count), rows and bytes per event."""
    told = replay(seed, BOXES // SHARE if quick else BOXES)
    events, share = told["events"], "a fortieth, carried to the whole" if quick else "the whole"
    minutes = told["seconds"] / events * EVENTS / 60
    rows = sum(count for name, count in told.items() if name.startswith("rows:"))
    common = {"peer": None, "peer_value": None, "ratio": None, "n": int(events), "low": None, "high": None, "seed": seed, "command": COMMAND}
    return [
        common | {"name": f"lane-year of 4 M events read, stored, tracked, re-assessed ({share}; high: CPU minutes of both cores)",
                  "value": round(minutes, 1), "unit": "min", "target": TARGET_S / 60, "high": round(told["cpu"] / events * EVENTS / 60, 1)},
        common | {"name": "judgements of boxes per event, several events of a batch being one", "value": round(told["assessed"] / events, 3),
                  "unit": "judgements", "target": None},
        common | {"name": "rows kept per event, all tables (low: log alone; high: history alone)", "value": round(rows / events, 3), "unit": "rows",
                  "target": None, "low": round(told["rows:log"] / events, 3), "high": round(told["rows:history"] / events, 3)},
        common | {"name": "bytes kept per event, keys and indexes counted (low: as received)", "value": round(told["kept"] / events),
                  "unit": "B", "target": None, "low": round(told["bytes"] / events)},
    ]  # fmt: skip
