"""Twelve features over one to a hundred million rows: the fold over files, beside it DuckDB and Polars.

`python -m benchmarks.speed.fold --long` runs all sizes and writes benchmarks/fold.json. A size that is done is not done
again (folder `--work`, removed at the end), the log of the one under way is kept, and progress goes to stderr.
"""

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.speed._golden import DECLARED, SLICE, checksum, duckdb_text, one_slice

COMMAND = "python -m benchmarks.speed.fold"
SIZES = (1_000_000, 3_000_000, 10_000_000)
LONG = (*SIZES, 30_000_000, 100_000_000)
CORES = 2
TARGET_S, TARGET_MB, TARGET_EXPONENT, RULE_S = 250.0, 1000.0, 1.05, 60.0
"""Of 100 million rows on two cores. Source: issue 8."""

OUT = Path(__file__).parents[1] / "fold.json"
RULE = "lane_n_30d < 3 AND cons_n_life < 5 AND exp_n_90d = 0 AND cons_w_365d < 40000000"
"""A rule that nobody had thought of when the features were stored."""


def figures(seed: int, quick: bool, work: Path | None = None) -> Iterable[dict[str, object]]:
    """Measure; peers stand beside at sizes that memory holds.

    Args:
        work: Where what is done is kept for a run that goes on; None: nowhere.
    """
    spent: dict[int, float] = {}
    for rows in SIZES if quick else LONG:
        told = _kept(rows, seed, work)
        spent[rows] = told["plan"]["tasks_cpu_s"]  # without the start of processes, which does not grow with the rows
        yield from of_size(rows, told, seed)
    yield {"name": f"exponent of CPU seconds of the tasks from {min(spent):,} to {max(spent):,} rows, fitted over {len(spent)} sizes",
           "value": round(exponent(spent), 3), "unit": "", "target": TARGET_EXPONENT, "peer": "linear", "peer_value": 1.0,
           "n": len(spent), "seed": seed, "command": COMMAND}  # fmt: skip


def exponent(spent: dict[int, float]) -> float:
    """The slope of the straight line through the logarithms (least squares)."""
    points = [(math.log(rows), math.log(seconds)) for rows, seconds in spent.items()]
    middle_x, middle_y = (sum(one[place] for one in points) / len(points) for place in (0, 1))
    above = sum((x - middle_x) * (y - middle_y) for x, y in points)
    return above / sum((x - middle_x) ** 2 for x, _ in points)


def _kept(rows: int, seed: int, work: Path | None) -> dict[str, dict[str, float]]:
    """What a size told, measured now or by a run before."""
    if work is None:
        with tempfile.TemporaryDirectory(prefix="vigie-fold-") as folder:
            return sized(rows, seed, Path(folder))
    work.mkdir(parents=True, exist_ok=True)
    told = work / f"told-{rows}-{seed}.json"
    if not told.exists():
        folder = work / str(rows)
        folder.mkdir(exist_ok=True)
        found = sized(rows, seed, folder)
        shutil.rmtree(folder)
        told.write_text(json.dumps(found))
    return dict(json.loads(told.read_text()))


def of_size(rows: int, told: dict[str, dict[str, float]], seed: int) -> Iterable[dict[str, object]]:
    """The figures of one size."""
    plan, base = told["plan"], {"n": rows, "seed": seed, "command": COMMAND}
    at_target = rows / 100_000_000
    for peer in ("duckdb", "polars"):
        if peer in told:
            yield base | {"name": f"12 features over {rows:,} rows, {CORES} processes: CPU seconds", "unit": "s",
                          "value": plan["cpu_s"], "target": TARGET_S * CORES * at_target, "peer": peer,
                          "peer_value": told[peer]["cpu_s"], "ratio": round(told[peer]["cpu_s"] / plan["cpu_s"], 2)}  # fmt: skip
    yield base | {"name": f"12 features over {rows:,} rows, {CORES} processes: time on the clock", "unit": "s",
                  "value": plan["wall_s"], "target": TARGET_S * at_target, "peer": "1 process",
                  "peer_value": told["serial"]["wall_s"] if "serial" in told else None}  # fmt: skip
    yield base | {"name": f"12 features over {rows:,} rows: memory of all processes together", "unit": "MB",
                  "value": plan["peak_mb"], "target": TARGET_MB, "peer": "duckdb",
                  "peer_value": told["duckdb"]["peak_mb"] if "duckdb" in told else None}  # fmt: skip
    yield base | {"name": f"new rule over {rows:,} rows of stored features", "unit": "s", "value": told["rule"]["wall_s"],
                  "target": RULE_S * at_target, "peer": "features computed anew", "peer_value": plan["wall_s"]}  # fmt: skip


def sized(rows: int, seed: int, folder: Path) -> dict[str, dict[str, float]]:
    """All ways over one log, each in a process of its own; their checksums must be equal."""
    made = _child("make", rows, seed, folder)
    shutil.rmtree(folder / "plan", ignore_errors=True)  # of a run that was cut off: its time would be half a time
    told = {"plan": _child("plan", rows, seed, folder) | {"log_mb": made["log_mb"]}}
    told["rule"] = _child("rule", rows, seed, folder)
    if rows <= max(SIZES):
        told |= {peer: _child(peer, rows, seed, folder) for peer in ("duckdb", "polars")}
    if rows <= min(SIZES):
        told["serial"] = _child("serial", rows, seed, folder)
    sums = {name: one["checksum"] for name, one in told.items() if "checksum" in one}
    if len(set(sums.values())) != 1:
        raise AssertionError(f"results differ: {sums}")
    return told


def _child(what: str, rows: int, seed: int, folder: Path) -> dict[str, float]:
    """Run a part in a fresh process; CPU and memory are those of it and of all that it starts."""
    command = [sys.executable, "-m", "benchmarks.speed.fold", "--part", what, "--rows", str(rows), "--seed", str(seed),
               "--folder", str(folder)]  # fmt: skip
    one = dict.fromkeys(("OMP_NUM_THREADS", "POLARS_MAX_THREADS", "ARROW_NUM_THREADS"), "1")
    before, began = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | one, text=True)
    peak, most = 0.0, 0
    while process.poll() is None:
        memory, count = _memory(process.pid)
        peak, most = max(peak, memory), max(most, count)
        time.sleep(0.1 if rows <= SIZES[0] else 0.5)
    wall, after = time.perf_counter() - began, os.times()
    if process.returncode:
        raise RuntimeError(what)
    told = json.loads(process.stdout.read() or "{}") if process.stdout else {}
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"cpu_s": round(cpu, 1), "wall_s": round(wall, 1), "peak_mb": round(peak), "processes": most} | told


def _memory(root: int) -> tuple[float, int]:
    """Memory of a process and all below it, MB, and how many have any; shared pages count once, those of files do not."""
    whole, count, waiting = 0, 0, [root]
    while waiting:
        pid = waiting.pop()
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
            told = Path(f"/proc/{pid}/smaps_rollup").read_text()
            whole += next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss_Anon:"))
            count += 1
        except (OSError, StopIteration):
            continue
    return whole / 1024, count


def part(what: str, rows: int, seed: int, folder: Path) -> dict[str, object]:
    """What a child does."""
    if what == "make":
        return _make(rows, seed, folder)
    logs = sorted(folder.glob("log-*.parquet"))
    if what in ("plan", "serial"):
        return _plan(what, rows, logs, folder)
    if what == "rule":
        return _rule(sorted((folder / "plan").glob("features-*.parquet")))
    out = folder / f"{what}.parquet"
    (_duckdb if what == "duckdb" else _polars)(logs, out)
    return {"checksum": checksum([out])}


def _make(rows: int, seed: int, folder: Path) -> dict[str, object]:
    """Write the log, in as many processes as there are cores; what a run before wrote stays."""
    wanted = [folder / f"log-{number:05d}.parquet" for number in range(-(-rows // SLICE))]
    absent = [(number, path) for number, path in enumerate(wanted) if not path.exists()]
    with ProcessPoolExecutor(CORES, get_context("spawn")) as pool:
        list(pool.map(_written, *zip(*((path, rows, seed, number) for number, path in absent), strict=True)) if absent else ())
    return {"log_mb": round(sum(path.stat().st_size for path in wanted) / 1e6)}


def _written(path: Path, rows: int, seed: int, number: int) -> None:
    from vigie.engine import write_slice

    write_slice(path, one_slice(rows, seed, number))


def _plan(what: str, rows: int, logs: list[Path], folder: Path) -> dict[str, object]:
    from vigie.engine import Plan, open_engine

    plan, heard = Plan(DECLARED, logs, folder / what), _Heard(rows, folder / what)
    with open_engine(f"processes:{CORES}" if what == "plan" else "local") as engine:
        done = plan.run(engine, heard)
    wall = time.perf_counter() - heard.began
    return {"wall_s": round(wall, 1), "tasks_cpu_s": round(sum(one.cpu_s for one in done), 1), "tasks": len(done),
            "workers": len({one.process for one in done}), "disk_mb": round(heard.most / 1e6),
            "result_mb": round(sum(path.stat().st_size for path in plan.results) / 1e6),
            "checksum": checksum(plan.results) if rows <= max(SIZES) else "not-compared"}  # fmt: skip


class _Heard:
    """Progress to stderr each twentieth, with what is left of the time; and the most that lay on the disk then."""

    def __init__(self, rows: int, folder: Path) -> None:
        self.began, self.most, self._rows, self._folder, self._said = time.perf_counter(), 0, rows, folder, 0

    def __call__(self, done: int, whole: int) -> None:
        share = 20 * done // whole
        if share == self._said:
            return
        self._said, spent = share, time.perf_counter() - self.began
        self.most = max(self.most, sum(path.stat().st_size for path in self._folder.iterdir() if path.exists()))
        print(f"{self._rows:,} rows: {5 * share} %, {spent:.0f} s, about {spent * (whole - done) / done:.0f} s left",
              file=sys.stderr, flush=True)  # fmt: skip


def _rule(files: list[Path]) -> dict[str, object]:
    import duckdb

    names = ", ".join(f"'{path}'" for path in files)
    with duckdb.connect(config={"threads": CORES}) as base:
        base.execute("SET enable_progress_bar = false")
        began = time.perf_counter()
        found = base.execute(f"SELECT count(*) FROM read_parquet([{names}]) WHERE {RULE}").fetchone()
        return {"wall_s": round(time.perf_counter() - began, 2), "found": found[0] if found else 0}


def _duckdb(logs: list[Path], out: Path) -> None:
    import duckdb

    names = ", ".join(f"'{path}'" for path in logs)
    with duckdb.connect(config={"threads": CORES}) as base:
        base.execute("SET enable_progress_bar = false")
        base.execute(f"COPY ({duckdb_text(f'read_parquet([{names}])')}) TO '{out}' (FORMAT parquet)")


def _polars(logs: list[Path], out: Path) -> None:
    import polars as pl

    frame = pl.read_parquet(logs).sort("hlc")
    frame.select("hlc", *(_polars_of(each, pl) for each in DECLARED.features)).write_parquet(out)


def _polars_of(each: object, pl: object) -> object:
    key, hlc = f"k_{each.family}", pl.col("hlc")  # type: ignore[attr-defined]
    if each.aggregate in ("first", "last"):  # type: ignore[attr-defined]
        value = hlc.first() if each.aggregate == "first" else hlc.shift(1)  # type: ignore[attr-defined]
        told = pl.when(pl.int_range(pl.len()) > 0).then(value) if each.aggregate == "first" else value  # type: ignore[attr-defined]
        return told.over(key).fill_null(0).alias(each.name)  # type: ignore[attr-defined]
    if each.window is None:  # type: ignore[attr-defined]
        return pl.int_range(pl.len()).over(key).alias(each.name)  # type: ignore[attr-defined]
    measure = pl.col(f"m_{each.measure}")  # type: ignore[attr-defined]
    rolled = measure.rolling_sum_by("hlc", window_size=f"{each.window}i", closed="left")  # type: ignore[attr-defined]
    return rolled.over(key).fill_null(0).alias(each.name)  # type: ignore[attr-defined]


def main() -> int:
    """One part for a run above it; or all sizes, printed line by line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--part", default="")
    asked.add_argument("--rows", type=int, default=SIZES[0])
    asked.add_argument("--seed", type=int, default=20261122)
    asked.add_argument("--folder", type=Path, default=Path())
    asked.add_argument("--long", action="store_true", help=f"all sizes up to {max(LONG):,}; writes {OUT.name}")
    asked.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "vigie-fold",
                       help="with --long: where logs and what is done lie; 8 GB")  # fmt: skip
    given = asked.parse_args()
    if given.part:
        print(json.dumps(part(given.part, given.rows, given.seed, given.folder)))
        return 0
    rows = []
    for line in figures(given.seed, not given.long, given.work if given.long else None):
        print(json.dumps(line), flush=True)
        rows.append(line)
    if given.long:
        sizes = {rows: _kept(rows, given.seed, given.work) for rows in LONG}
        commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=OUT.parent, capture_output=True, text=True, check=False)
        told = {"commit": commit.stdout.strip(), "cores": CORES, "figures": rows, "sizes": sizes}
        OUT.write_text(json.dumps(told, indent=1) + "\n")
        shutil.rmtree(given.work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
