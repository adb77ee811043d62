"""Twelve features over a million and ten million rows (a hundred with --long): the fold over files, DuckDB, Polars."""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.speed._golden import DECLARED, checksum, duckdb_text, slices

COMMAND = "python -m benchmarks.speed.fold"
SIZES, LONG = (1_000_000, 10_000_000), (1_000_000, 10_000_000, 100_000_000)
CORES = 2
TARGET_S, TARGET_MB, TARGET_EXPONENT, RULE_S = 250.0, 1000.0, 1.05, 60.0
"""Of 100 million rows on two cores. Source: issue 8."""

RULE = "lane_n_30d < 3 AND cons_n_life < 5 AND exp_n_90d = 0 AND cons_w_365d < 40000000"
"""A rule that nobody had thought of when the features were stored."""


def figures(seed: int, quick: bool) -> Iterable[dict[str, object]]:
    """Measure; peers stand beside at sizes that memory holds."""
    spent: dict[int, float] = {}
    for rows in SIZES if quick else LONG:
        with tempfile.TemporaryDirectory(prefix="vigie-fold-") as folder:
            told = sized(rows, seed, Path(folder))
        spent[rows] = told["plan"]["tasks_cpu_s"]  # without the start of processes, which does not grow with the rows
        yield from of_size(rows, told, seed)
    first, last = min(spent), max(spent)
    exponent = math.log(spent[last] / spent[first]) / math.log(last / first)
    yield {"name": f"exponent of CPU seconds of the tasks from {first:,} to {last:,} rows", "value": round(exponent, 3), "unit": "",
           "target": TARGET_EXPONENT, "peer": "linear", "peer_value": 1.0, "n": len(spent), "seed": seed, "command": COMMAND}  # fmt: skip


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
    _child("make", rows, seed, folder)
    told = {"plan": _child("plan", rows, seed, folder)}
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
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(0.1)
    wall, after = time.perf_counter() - began, os.times()
    if process.returncode:
        raise RuntimeError(what)
    told = json.loads(process.stdout.read() or "{}") if process.stdout else {}
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"cpu_s": round(cpu, 1), "wall_s": round(wall, 1), "peak_mb": round(peak)} | told


def _memory(root: int) -> float:
    """Resident memory of a process and all below it, MB; pages that several share count once (proportional set size)."""
    whole, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
            told = Path(f"/proc/{pid}/smaps_rollup").read_text()
            whole += next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss_Anon:"))
        except (OSError, StopIteration):
            continue
    return whole / 1024


def part(what: str, rows: int, seed: int, folder: Path) -> dict[str, object]:
    """What a child does."""
    if what == "make":
        from vigie.engine import write_slice

        for number, history in enumerate(slices(rows, seed)):
            write_slice(folder / f"log-{number:05d}.parquet", history)
        return {}
    logs = sorted(folder.glob("log-*.parquet"))
    if what in ("plan", "serial"):
        from vigie.engine import Plan, open_engine

        plan = Plan(DECLARED, logs, folder / what)
        began = time.perf_counter()
        with open_engine(f"processes:{CORES}" if what == "plan" else "local") as engine:
            done = plan.run(engine)
        return {"wall_s": round(time.perf_counter() - began, 1), "tasks_cpu_s": round(sum(one.cpu_s for one in done), 1),
                "checksum": checksum(plan.results) if rows <= max(SIZES) else "not-compared"}  # fmt: skip
    if what == "rule":
        return _rule(sorted((folder / "plan").glob("features-*.parquet")))
    out = folder / f"{what}.parquet"
    (_duckdb if what == "duckdb" else _polars)(logs, out)
    return {"checksum": checksum([out])}


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


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--part", default="")
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=20261122)
    asked.add_argument("--folder", type=Path, default=Path())
    given = asked.parse_args()
    if given.part:
        print(json.dumps(part(given.part, given.rows, given.seed, given.folder)))
    else:
        for line in figures(given.seed, quick=True):
            print(json.dumps(line))
