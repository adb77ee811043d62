"""Columns then and now: how far their values have moved, which codes are new, of how many boxes nothing is said."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vigie.risk import ALARM_PSI, COLUMNS, WATCH_PSI, ColumnDrift, Unit, psi, psi_by_chance

BINS = 10
"""Tenths of the earlier window. Source: Siddiqi, Credit Risk Scorecards (2006)."""

CODES = 20
"""Codes that have a bin of their own, the most frequent of the earlier window; all others share one."""

FEWEST = 5
"""A code that fewer boxes carry is neither new nor gone: it may be a typing error."""

_SHOWN = 10  # new and gone codes that are named


def columns_drift(before: pa.Table, now: pa.Table) -> tuple[ColumnDrift, ...]:
    """Compare two windows column by column, those that moved most first; moments are compared by their age at `at`."""
    if not before.num_rows or not now.num_rows:
        return ()
    found = [_column(each.name, each.type.value, before, now) for each in COLUMNS if each.unit is not Unit.KEY]
    return tuple(sorted(found, key=lambda one: (-one.psi, one.column)))


def _column(name: str, kind: str, before: pa.Table, now: pa.Table) -> ColumnDrift:
    told = (_texts if kind == "text" else _numbers)(name, kind == "moment", before, now)
    then, today, new, gone = told
    index, chance = psi(then, today), psi_by_chance(sum(map(bool, map(sum, zip(then, today, strict=True)))),
                                                    before.num_rows, now.num_rows)  # fmt: skip
    state = "same" if index < WATCH_PSI or index <= chance else "changed" if index >= ALARM_PSI else "watch"
    return ColumnDrift(
        name, round(index, 4), round(chance, 4), state, before[name].null_count / before.num_rows,
        now[name].null_count / now.num_rows, new, gone,
    )  # fmt: skip


_Bins = tuple[list[int], list[int], tuple[str, ...], tuple[str, ...]]


def _texts(name: str, _moment: bool, before: pa.Table, now: pa.Table) -> _Bins:
    then, today = (_counts(table[name]) for table in (before, now))
    own = [code for code, _ in then.most_common(CODES) if code is not None]
    new = tuple(code for code, n in today.most_common() if code and n >= FEWEST and code not in then)[:_SHOWN]
    gone = tuple(code for code, n in then.most_common() if code and n >= FEWEST and code not in today)[:_SHOWN]
    return _binned(then, own), _binned(today, own), new, gone


def _counts(column: pa.ChunkedArray) -> Counter[str | None]:
    table = column.value_counts()
    return Counter({row["values"]: row["counts"] for row in table.to_pylist()})


def _binned(counts: Counter[str | None], own: Sequence[str]) -> list[int]:
    mine = [counts[code] for code in own]
    return [*mine, counts[None], counts.total() - sum(mine) - counts[None]]


def _numbers(name: str, moment: bool, before: pa.Table, now: pa.Table) -> _Bins:
    then, today = (_values(table, name, moment) for table in (before, now))
    said = then[~np.isnan(then)]
    edges = np.unique(np.quantile(said, np.linspace(0, 1, BINS + 1)[1:-1])) if said.size else np.array([])
    return _spread(then, edges), _spread(today, edges), (), ()


def _values(table: pa.Table, name: str, moment: bool) -> NDArray[np.float64]:
    values = table[name].cast(pa.float64()) if not pa.types.is_boolean(table[name].type) else \
        table[name].cast(pa.int8()).cast(pa.float64())  # fmt: skip
    found: NDArray[np.float64] = values.to_numpy().astype(np.float64)
    return table["at"].to_numpy() - found if moment else found


def _spread(values: NDArray[np.float64], edges: NDArray[np.float64]) -> list[int]:
    """Boxes per bin, a value on an edge in the bin below it; those of which nothing is said last."""
    said = values[~np.isnan(values)]
    bins = np.bincount(np.searchsorted(edges, said, side="left"), minlength=edges.size + 1)
    return [*map(int, bins), int(values.size - said.size)]
