"""From a scanner's file in the folder to the machine's reading in the store, one scan a second; CPU of a scan.

The node runs as it is served: its child takes the files in, reads them and makes the archive copies. A second of each
time is the wait that tells a whole file from one that is still written (`vigie.devices.STABLE_S`), which is the peer.
"""

import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

from vigie.devices import STABLE_S
from vigie.node import build, load_settings
from vigie.scanning import write_tiff
from vigie.terms import Moment, check_digit
from vigie.world import example

COMMAND = "python -m benchmarks --only scan_latency"
SCANS, EVERY_S = 30, 1.0
PATIENCE_S = 300.0


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Measure with 30 scans when quick, else with 300."""
    count = SCANS if quick else 10 * SCANS
    with tempfile.TemporaryDirectory(prefix="vigie-scans-") as home:
        first, times, cpu, copied = _run(Path(home), count)
    low, high = (float(np.quantile(times, share)) for share in (0.05, 0.95))

    def row(name: str, value: float, unit: str, target: str) -> dict[str, object]:
        return {"name": name, "value": round(value, 3), "unit": unit, "target": target, "peer": "wait for a whole file",
                "peer_value": STABLE_S, "ratio": None, "n": count, "low": round(low, 3), "high": round(high, 3),
                "seed": seed, "command": COMMAND}  # fmt: skip

    return [
        row("file to machine reading, 1 scan/s, median", float(np.median(times)), "s", "-"),
        row("file to machine reading, 1 scan/s, p95", high, "s", f"<= 1 beyond the wait of {STABLE_S:g}"),
        row("file to machine reading of the first scan, the child not running yet", first, "s", "-"),
        row("CPU of the child for each scan: taken in, read, archive copies", cpu, "CPU-s", "-"),
        row("last file to the last archive copy", copied, "s", "<= 10"),
    ]


def _number(place: int) -> str:
    """An invented number of a container."""
    stem = f"VGEU{place:06d}"
    return f"{stem}{check_digit(stem)}"


def _files(place: int) -> list[tuple[str, bytes]]:
    import msgspec

    told = example("train", place).view.scan
    facts = msgspec.structs.replace(told.facts, container=_number(place), taken=Moment(1_772_400_000_000_000 + place))
    scan = msgspec.structs.replace(told, facts=facts)
    return [(file.name, file.body) for file in write_tiff(scan, f"S{place}")]


def _run(home: Path, count: int) -> tuple[float, list[float], float, float]:
    folder = home / "scanners"
    folder.mkdir()
    made = [_files(place) for place in range(count + 1)]
    settings = load_settings(environment={}, home=home / "node", scan_folder=str(folder), nightly=False,
                             log_level="warning")  # fmt: skip
    with build(settings) as node:
        node.start()
        first = _waited(node, {0: _put(folder, made[0])})[0]
        child = psutil.Process(node.scanning.child)
        before = sum(child.cpu_times()[:2])
        times = _fed(node, folder, made)
        ended = time.perf_counter()
        while node.store.scans.uncoded(1):
            time.sleep(0.05)
        return first, times, (sum(child.cpu_times()[:2]) - before) / count, time.perf_counter() - ended


def _put(folder: Path, files: list[tuple[str, bytes]]) -> float:
    for name, body in files:
        (folder / f".{name}").write_bytes(body)
    for name, _ in files:
        (folder / f".{name}").rename(folder / name)
    return time.perf_counter()


def _fed(node: object, folder: Path, made: list[list[tuple[str, bytes]]]) -> list[float]:
    """Put a scan into the folder each second, whatever has become of those before it."""
    put: dict[int, float] = {}
    told: dict[int, float] = {}
    begun = time.perf_counter()
    for place, files in enumerate(made[1:], 1):
        until = begun + place * EVERY_S
        told |= _waited(node, put, until)
        time.sleep(max(0.0, until - time.perf_counter()))
        put[place] = _put(folder, files)
    told |= _waited(node, put)
    return list(told.values())


def _waited(node: object, put: dict[int, float], until: float | None = None) -> dict[int, float]:
    """Seconds until each of some scans was read; those that are read are taken out. until: Wait no longer."""
    store, told = node.store, {}  # type: ignore[attr-defined]
    end = time.perf_counter() + PATIENCE_S if until is None else until
    while put and time.perf_counter() < end:
        for place in list(put):
            found = store.scans.of_container(_number(place))
            if found and store.machine_readings.of([found[0].id]):
                told[place] = time.perf_counter() - put.pop(place)
        time.sleep(0.02)
    assert until is not None or not put, "a scan was not read"
    return told
