"""A library of boxes from exactly simulated years, from which many more years are drawn.

An exact year (`_road`) costs seconds; a year drawn from the library costs a tenth of one. Each row of the library is what
real messages said of one box before its ship arrived. What was planted stands in a table of its own, which no score
reads.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.quality._road import Canonical, a_year, case_in, cases_of, decide
from numpy.typing import NDArray

from vigie.engine.indicators import row_table
from vigie.risk import COLUMNS, Policy
from vigie.world import DIMENSIONS, TruthBook

UPLIFT = 24.0
"""Lots are planted so many times as often as press figures say: a library needs many; years drawn from it thin them."""

REAL = 8.0 / UPLIFT
"""Only so many of them can be found while a library is made: past finds are indicators, and would be too many."""

TRUTH = ("origin", "typology", "cover", "site", "size", "concealment")
"""What is kept of a lot; empty where the box holds none. The first four are what smugglers move (`DIMENSIONS`)."""


@dataclass(frozen=True, slots=True)
class Library:
    """Boxes before landing.

    Attributes:
        rows: One column per `vigie.risk.COLUMNS`, and `due`.
        truth: Per name of `TRUTH`, as long as rows. lots, clean: Row numbers with and without a lot.
        years: How many exact years it was made of.
    """

    rows: pa.Table
    truth: dict[str, list[str]]
    lots: NDArray[np.int64]
    clean: NDArray[np.int64]
    years: int

    def arms(self, row: int) -> tuple[str, ...]:
        """Route, modus operandi, cover and port of a lot, in the order of `DIMENSIONS`."""
        return tuple(self.truth[name][row] for name in TRUTH[: len(DIMENSIONS)])


def exact_year(seed: int, policy: Policy, boxes: int, weeks: int = 52) -> tuple[pa.Table, dict[str, list[str]]]:
    """Simulate one year exactly and keep what was known of each box, and apart from it what was in it."""
    book = TruthBook()
    rows: list[tuple[object, ...]] = []
    due: list[int] = []
    truth: dict[str, list[str]] = {name: [] for name in TRUTH}
    for week in decide(a_year(seed, boxes, weeks, uplift=UPLIFT), Canonical(policy), weeks, book=book, real=REAL):
        planted = cases_of(book)
        for one in week.considered:
            case = case_in(one.visit, planted, week.plan.shift.start)
            rows.append(one.row)
            due.append(one.due)
            for name in TRUTH:
                truth[name].append("" if case is None else getattr(case, name))
    return row_table(rows, due=due), truth


def opened(folder: Path, name: str, seeds: range, policy: Policy, boxes: int, weeks: int = 52) -> Library:
    """Open a library, simulating the years that it lacks; a year once simulated is kept as two files, named after its
    columns too: a box that was judged by other columns is simulated anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    columns = sha256(" ".join(each.name for each in COLUMNS).encode()).hexdigest()[:8]
    tables, truths = [], []
    for seed in seeds:
        stem = f"{name}-{seed}-{boxes}-{weeks}-{columns}"
        known, apart = folder / f"{stem}.parquet", folder / f"{stem}.truth"
        if not apart.exists():
            rows, truth = exact_year(seed, policy, boxes, weeks)
            pq.write_table(rows, known)
            pq.write_table(pa.table(truth), apart)
        tables.append(pq.read_table(known))
        truths.append(pq.read_table(apart))
    truth = {each: pa.concat_tables(truths)[each].to_pylist() for each in TRUTH}
    lot = np.array([bool(one) for one in truth["typology"]])
    return Library(pa.concat_tables(tables), truth, np.flatnonzero(lot), np.flatnonzero(~lot), len(tables))
