"""From a scanner's file in the folder to its heat map in the list, five scans a second; then to the end of the reading.

The node runs as it is served: its child takes the files in, begins each reading (zones, heat map), and behind that
compares and makes the archive copies. A tenth of a second of each time is the wait until a file lies still
(`vigie.devices.QUICK_S`), which is the peer. The heat map stands in the store then; a list asks for it as it is opened.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil

from vigie.devices import QUICK_S
from vigie.node import Node, build, load_settings
from vigie.scanning import write_tiff
from vigie.terms import Moment, check_digit
from vigie.world import example

COMMAND = "python -m benchmarks --only scan_latency"
SCANS, EVERY_S = 50, 0.2
PATIENCE_S = 300.0


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Measure with 50 scans when quick, else with 500."""
    count = SCANS if quick else 10 * SCANS
    with tempfile.TemporaryDirectory(prefix="vigie-scans-") as home:
        first, begun, finished, cpu, held = _run(Path(home), count)

    def row(name: str, value: float, unit: str, target: str, times: list[float] = begun) -> dict[str, object]:
        low, high = (float(np.quantile(times, share)) for share in (0.05, 0.95))
        return {"name": name, "value": round(value, 3), "unit": unit, "target": target, "peer": "wait for a whole file",
                "peer_value": QUICK_S, "ratio": None, "n": count, "low": round(low, 3), "high": round(high, 3),
                "seed": seed, "command": COMMAND}  # fmt: skip

    return [
        row("file to heat map, 5 scans/s, median", float(np.median(begun)), "s", "-"),
        row("file to heat map, 5 scans/s, p95", float(np.quantile(begun, 0.95)), "s", "< 1"),
        row("file to the finished reading, 5 scans/s, p95", float(np.quantile(finished, 0.95)), "s", "< 10", finished),
        row("file to heat map of the first scan, the child not running yet", first, "s", "-"),
        row("CPU of the child for each scan: taken in, read, archive copies", cpu, "CPU-s", "<= 0.4"),
        row("most memory of the child", held, "MB", "-"),
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


def _run(home: Path, count: int) -> tuple[float, list[float], list[float], float, float]:
    folder = home / "scanners"
    folder.mkdir()
    made = [_files(place) for place in range(count + 1)]
    settings = load_settings(environment={}, home=home / "node", scan_folder=str(folder), nightly=False,
                             log_level="warning")  # fmt: skip
    with build(settings) as node:
        node.start()
        watch = _Watch(node)
        watch.put[0] = _put(folder, made[0])
        watch.until(lambda: not watch.left)
        child = psutil.Process(node.scanning.child)
        before = sum(child.cpu_times()[:2])
        started = time.perf_counter()
        for place, files in enumerate(made[1:], 1):  # whatever has become of those before it
            due = started + place * EVERY_S
            watch.until(lambda due=due: time.perf_counter() >= due)
            watch.put[place] = _put(folder, files)
        watch.until(lambda: not watch.left)
        spent = (sum(child.cpu_times()[:2]) - before) / count
        first = watch.begun.pop(0)
        watch.finished.pop(0)
        held = child.memory_info().rss / 1e6
        return first, list(watch.begun.values()), list(watch.finished.values()), spent, held


def _put(folder: Path, files: list[tuple[str, bytes]]) -> float:
    for name, body in files:
        (folder / f".{name}").write_bytes(body)
    for name, _ in files:
        (folder / f".{name}").rename(folder / name)
    return time.perf_counter()


class _Watch:
    """Looks fifty times a second at what has become of the scans that were put into the folder."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self.put: dict[int, float] = {}
        self.begun: dict[int, float] = {}
        self.finished: dict[int, float] = {}

    @property
    def left(self) -> set[int]:
        """Those that are not finished: compared, with archive copies."""
        return self.put.keys() - self.finished.keys()

    def until(self, over: Callable[[], bool]) -> None:
        """Look until something is over."""
        end = time.perf_counter() + PATIENCE_S
        while not over():
            assert time.perf_counter() < end, f"{len(self.left)} scans were not read"
            self._look()
            time.sleep(0.02)

    def _look(self) -> None:
        store = self._node.store
        for place in self.left:
            found = store.scans.of_container(_number(place))
            reading = store.machine_readings.of([found[0].id]).get(found[0].id) if found else None
            if reading is None:
                continue
            passed = time.perf_counter() - self.put[place]
            self.begun.setdefault(place, passed)
            if reading.compared and not store.scans.to_code(found[0].id):
                self.finished[place] = passed
