"""Statistics over ten million rows of register and controls, beside pyarrow on the same columns and SQLite on a tenth.

`python -m benchmarks.speed.statistics` prints one line per figure; `--quick` takes a hundredth of the rows.
"""

import argparse
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vigie.engine import Statistics
from vigie.engine.statistics import EFFORT, REGISTER
from vigie.trends import Span

ROWS, QUICK, AGAIN, SHARE_OF_REGISTER = 10_000_000, 100_000, 9, 0.2
COMMAND = "python -m benchmarks.speed.statistics"
TARGET_MS = 200.0
MONTHS, LAST = 120, 2026 * 12 + 5
EPOCH = 1970 * 12


def tables(rows: int, seed: int = 6) -> tuple[pa.Table, pa.Table]:
    """Ten years of random seizures and controls: 60 ports, 40 countries, 30 chapters, weights over five decades."""
    chance = np.random.default_rng(seed)
    seized, looked = int(rows * SHARE_OF_REGISTER), rows - int(rows * SHARE_OF_REGISTER)

    def words(letter: str, kinds: int, n: int) -> pa.Array:
        names = pa.array([f"{letter}{one:03d}" for one in range(kinds)])
        return names.take(pa.array(np.minimum(chance.exponential(kinds / 5, n).astype(int), kinds - 1)))

    def month(n: int) -> pa.Array:
        return pa.array((LAST - EPOCH - chance.integers(0, MONTHS, n)).astype("int16"))

    register = pa.table([month(seized), words("PORT", 60, seized), words("C", 40, seized), words("", 30, seized),
                         pa.array(np.exp(chance.normal(11, 2, seized)).astype("int64"), mask=chance.random(seized) < 0.03),
                         pa.array(chance.random(seized) < 0.9)], schema=REGISTER)  # fmt: skip
    flags = [pa.array(chance.random(looked) < share) for share in (0.02, 0.7, 0.2)]
    effort = pa.table([month(looked), words("PORT", 60, looked), words("C", 40, looked), *flags], schema=EFFORT)
    return register, effort


def arrow_asked(register: pa.Table, effort: pa.Table) -> None:
    """The same tables without DuckDB: a group-by of pyarrow for each of them, over both spans."""
    for table, groups, sums in ((register, ("month", "place", "provenance", "cover"), ("grams", "leads")),
                                (effort, ("month", "place", "provenance"), ("irregular", "scanned", "random"))):  # fmt: skip
        side = pc.less(table.column("month"), pa.scalar(LAST - EPOCH - 11, pa.int16()))
        kept = table.append_column("side", side).filter(pc.greater(table.column("month"), LAST - EPOCH - 24))
        for group in groups:
            kept.group_by([group, "side"]).aggregate([(name, "sum") for name in sums])


def sqlite_of(register: pa.Table, effort: pa.Table) -> sqlite3.Connection:
    """The same rows in SQLite, with an index on the month."""
    base = sqlite3.connect(":memory:")
    for name, table in (("seizure", register), ("control", effort)):
        base.execute(f"CREATE TABLE {name} ({', '.join(table.column_names)})")
        marks = ", ".join("?" * table.num_columns)
        for batch in table.to_batches(50_000):
            base.executemany(f"INSERT INTO {name} VALUES ({marks})", zip(*(one.to_pylist() for one in batch.columns), strict=True))
        base.execute(f"CREATE INDEX {name}_month ON {name} (month)")
    return base


def sqlite_asked(base: sqlite3.Connection) -> None:
    """The same tables, one statement each."""
    for name, groups, sums in (("seizure", ("month", "place", "provenance", "cover"), "sum(leads), sum(grams)"),
                               ("control", ("month", "place", "provenance"), "count(*), sum(scanned), sum(random)")):  # fmt: skip
        for group in groups:
            base.execute(f"SELECT {group}, month < {LAST - EPOCH - 11}, {sums} FROM {name} WHERE month > {LAST - EPOCH - 24}"
                         " GROUP BY 1, 2").fetchall()  # fmt: skip


def timed(act: Callable[[], Any], times: int) -> tuple[float, float]:
    """Median and worst of some repetitions, milliseconds; the first is not counted."""
    act()
    told = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        told.append(1000 * (time.perf_counter() - start))
    return median(told), max(told)


def figures(seed: int, quick: bool = False, rows: int = ROWS) -> Iterator[dict[str, Any]]:
    """Every figure; ten million rows in any case, for they take half a minute. quick: Fewer repetitions."""
    register, effort = tables(rows, seed)
    start = time.perf_counter()
    statistics = Statistics(register, effort)
    build_s = time.perf_counter() - start
    arrow = timed(lambda: arrow_asked(register, effort), 3)
    small = sqlite_of(register.slice(0, register.num_rows // 10), effort.slice(0, effort.num_rows // 10))
    sqlite = timed(lambda: sqlite_asked(small), 1)
    half = MONTHS // 2
    for name, span in (
        ("a year against the year before, all tables", Span(LAST - 11, LAST, LAST - 23, LAST - 12)),
        ("the same, one port", Span(LAST - 11, LAST, LAST - 23, LAST - 12, place="PORT007")),
        ("five years against the five before: every row", Span(LAST - half + 1, LAST, LAST - MONTHS + 1, LAST - half)),
    ):
        value, worst = timed(partial(statistics.counts, span), AGAIN if not quick else AGAIN // 2)
        yield {
            "name": f"statistics over {rows:,} rows: {name}", "value": round(value, 1), "unit": "ms", "worst": round(worst, 1),
            "target": f"<= {TARGET_MS:g} ms", "peer": "pyarrow group_by (a year, no medians)", "peer_value": round(arrow[0], 1),
            "ratio": round(arrow[0] / value, 2), "n": rows, "seed": seed,
            "second_peer": "SQLite, a tenth of the rows (a year, no medians)", "second_value": round(sqlite[0], 1),
            "build_s": round(build_s, 2), "command": COMMAND,
        }  # fmt: skip


def main() -> int:
    """Run; 1 where a target is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--seed", type=int, default=6)
    given = asked.parse_args()
    missed = False
    for row in figures(given.seed, rows=QUICK if given.quick else ROWS):
        print(json.dumps(row), flush=True)
        missed |= not given.quick and row["value"] > TARGET_MS
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
