"""A backtest over a decision table: two passes of SQL, and the rest counted on combinations of fired indicators."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vigie.risk import (
    SLICES,
    WORD_BITS,
    Action,
    Alone,
    Backtest,
    Policy,
    Tally,
    alerts_sql,
    cut,
    looked_sql,
    measured,
    overlaps,
    span_sql,
    tested,
)

_Bits = NDArray[np.bool_]
_AT_ONCE = 1 << 18  # combinations of fired indicators looked at together: some 100 MB at 50 indicators


def backtested(policy: Policy, source: pa.Table | Sequence[Path], threads: int = 2) -> Backtest:
    """Tell what the indicators of a policy would have found.

    Args:
        policy: Its indicators are tried on every decision. source: A decision table, or the files that hold one.
        threads: Cores that DuckDB may use.
    """
    with duckdb.connect(config={"threads": threads}) as connection:
        rows = _given(connection, source)
        counted = connection.sql(alerts_sql(policy, rows)).to_arrow_table()
        looked = connection.sql(looked_sql(policy, rows)).to_arrow_table()
        since, until = connection.sql(span_sql(rows)).fetchall()[0]
    return _told(policy, _Counted(policy, counted), _Looked(policy, looked), (since, until))


def _given(connection: duckdb.DuckDBPyConnection, source: pa.Table | Sequence[Path]) -> str:
    if isinstance(source, pa.Table):
        connection.register("rows", source)
        return "rows"
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in source)
    return f"read_parquet([{names}])"


class _Counted:
    """All boxes, by combination of fired indicators.

    Attributes:
        boxes, pool: Per indicator: boxes at which it fired; of those, in a random pool. alone: At which it alone fired.
        together: Boxes at which each pair fired. total, total_pool, fired, fired_pool: All; those with any indicator.
        typologies: Per typology: boxes, and those in a random pool.
    """

    def __init__(self, policy: Policy, table: pa.Table) -> None:
        count, groups = len(policy.indicators), _typologies(policy)
        self.together = np.zeros((count, count))
        self.boxes, self.pool, self.alone = (np.zeros(count, np.int64) for _ in range(3))
        self.typologies = {name: [0, 0] for name in groups}
        self.total = self.total_pool = self.fired = self.fired_pool = 0
        for bits, part in _unpacked(policy, table):
            weight = part["boxes"].to_numpy()
            pooled = np.where(part["pooled"].to_numpy(zero_copy_only=False), weight, 0)
            self._add(bits, weight, pooled)
            for name, places in groups.items():
                mine = bits[places].any(axis=0)
                self.typologies[name][0] += int(weight[mine].sum())
                self.typologies[name][1] += int(pooled[mine].sum())

    def _add(self, bits: _Bits, weight: NDArray[np.int64], pooled: NDArray[np.int64]) -> None:
        values = bits.astype(np.float64)  # whole numbers below 2**53 are exact
        self.together += (values * weight) @ values.T
        self.boxes += (values @ weight.astype(np.float64)).astype(np.int64)
        self.pool += (values @ pooled.astype(np.float64)).astype(np.int64)
        many = bits.sum(axis=0)
        self.alone += (values @ np.where(many == 1, weight, 0).astype(np.float64)).astype(np.int64)
        self.total += int(weight.sum())
        self.total_pool += int(pooled.sum())
        self.fired += int(weight[many > 0].sum())
        self.fired_pool += int(pooled[many > 0].sum())


class _Looked:
    """Boxes that somebody looked into, one by one."""

    def __init__(self, policy: Policy, table: pa.Table) -> None:
        parts = [bits for bits, _ in _unpacked(policy, table)]
        self.bits: _Bits = np.concatenate(parts, axis=1) if parts else np.zeros((len(policy.indicators), 0), bool)
        self.many = self.bits.sum(axis=0)
        found = np.array(table["found"].to_pylist(), object)
        self.inspected, self.late, self.random = (_flags(table[name]) for name in ("inspected", "late", "random"))
        self.random &= self.inspected
        self.hit, self.odd = found == "cocaine", found != "nothing"
        self.uniform = self.random & (np.array(table["stratum"].to_pylist(), object) == "uniform")
        self.chance = np.array([1.0 if one is None else one for one in table["propensity"].to_pylist()], float)
        self.slices = {name: np.array([one or "" for one in table[column].to_pylist()], object)
                       for name, column in SLICES.items()}  # fmt: skip

    def tally(self, mine: _Bits, boxes: int, pool: int) -> Tally:
        """Count some of them. boxes, pool: How many of such boxes there are in all."""
        seen = mine & self.inspected
        drawn = np.flatnonzero(mine & self.random)
        return Tally(
            boxes, _sum(seen), _sum(seen & self.hit), _sum(seen & self.odd), _sum(mine & self.late & self.hit), pool,
            len(drawn), _sum(self.hit[drawn]), _sum(mine & self.uniform), _sum(mine & self.uniform & self.hit),
            tuple(zip(self.hit[drawn].tolist(), self.chance[drawn].tolist(), strict=True)),
        )  # fmt: skip

    def alone(self, place: int, alerts: int) -> Alone:
        """What one indicator alone tells."""
        mine = self.bits[place] & (self.many == 1) & self.inspected
        return Alone(alerts, _sum(mine), _sum(mine & self.hit))


def _told(policy: Policy, counted: _Counted, looked: _Looked, span: tuple[int | None, int | None]) -> Backtest:
    everything, any_fired = np.ones(len(looked.many), bool), looked.many > 0
    base = looked.tally(everything, counted.total, counted.total_pool)
    tallies = [looked.tally(looked.bits[place], int(counted.boxes[place]), int(counted.pool[place]))
               for place in range(len(policy.indicators))]  # fmt: skip
    alone = [looked.alone(place, int(counted.alone[place])) for place in range(len(policy.indicators))]
    together = counted.together.astype(np.int64).tolist()
    typologies = {name: looked.tally(looked.bits[places].any(axis=0), *counted.typologies[name])
                  for name, places in _typologies(policy).items()}  # fmt: skip
    chance = looked.tally(looked.random, base.random_inspected, counted.total_pool)
    return Backtest(
        policy.hash, *span, measured("", base, base),
        measured("", looked.tally(any_fired, counted.fired, counted.fired_pool), base), measured("", chance, base),
        tested(policy, tallies, alone, together, base), cut(typologies, base),
        {name: cut({str(value): looked.tally(any_fired & (values == value), 0, 0)
                    for value in sorted(set(values[any_fired & looked.inspected].tolist()))}, base)
         for name, values in looked.slices.items()},
        overlaps([one.id for one in policy.indicators], together),
    )  # fmt: skip


def _typologies(policy: Policy) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, one in enumerate(policy.indicators):
        if one.action in (Action.SCORE, Action.MANDATORY):
            found.setdefault(one.typology, []).append(place)
    return found


def _unpacked(policy: Policy, table: pa.Table) -> Iterator[tuple[_Bits, pa.Table]]:
    """Turn mask words into one row of flags per indicator, some hundred thousand boxes at a time."""
    for start in range(0, table.num_rows, _AT_ONCE):
        part = table.slice(start, _AT_ONCE)
        bits = np.zeros((len(policy.indicators), part.num_rows), bool)
        for place in range(len(policy.indicators)):
            word = part[f"mask_{place // WORD_BITS}"].to_numpy()
            bits[place] = (word >> (place % WORD_BITS)) & 1
        yield bits, part


def _flags(column: pa.ChunkedArray) -> _Bits:
    return np.array([bool(one) for one in column.to_pylist()], bool)


def _sum(flags: _Bits) -> int:
    return int(flags.sum())
