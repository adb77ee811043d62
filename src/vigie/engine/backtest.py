"""A backtest over a decision table: one pass of SQL, the rest counted on packed bits."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vigie.risk import (
    SLICES,
    WORD_BITS,
    Action,
    Alone,
    Backtest,
    Policy,
    Tally,
    cut,
    measured,
    overlaps,
    tested,
    tried_sql,
)

_Flags = NDArray[np.bool_]
_Words = NDArray[np.uint64]
_Ints = NDArray[np.int64]

SILENT = "SET enable_progress_bar = false"
"""DuckDB draws progress on stdout after two seconds, where a script reads rows."""

_SEEN = ("inspected", "late", "random", "found", "stratum", "propensity")
_WORD = 64  # bits of a word
_AT_ONCE = 1 << 20  # decisions held at a time: some 100 MB


def backtested(policy: Policy, source: pa.Table | Sequence[Path], threads: int = 2) -> Backtest:
    """Tell what the indicators of a policy would have found.

    Args:
        policy: Its indicators are tried on every decision. source: A decision table, or the files that hold one.
        threads: Cores that DuckDB may use.
    """
    counted, looked = _Counted(policy), _Looked(policy)
    if isinstance(source, pa.Table) or source:
        with duckdb.connect(config={"threads": threads, "preserve_insertion_order": False}) as connection:
            connection.execute(SILENT)
            query = connection.sql(tried_sql(policy, given(connection, source)))
            for batch in query.to_arrow_reader(_AT_ONCE):
                counted.take(batch)
                looked.take(batch)
    return _told(policy, counted, _Seen(policy, looked.table()))


def given(connection: duckdb.DuckDBPyConnection, source: pa.Table | Sequence[Path]) -> str:
    """Make a table or files known to a connection; gives what to write after FROM."""
    if isinstance(source, pa.Table):
        connection.register("given_rows", source)
        return "given_rows"
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in source)
    return f"read_parquet([{names}])"


class _Counted:
    """All boxes, counted batch by batch.

    Attributes:
        boxes, pool, alone: Per indicator: boxes at which it fired; in a random pool; at which it alone fired.
        together: Boxes at which each pair fired. sums: Of all boxes and of those with any indicator: boxes, in a pool.
        typologies: Per typology: boxes, and those in a random pool. first, last: Decisions, µs.
        slices: Per cut and value: boxes at which any indicator fired, and those of them in a random pool.
    """

    def __init__(self, policy: Policy) -> None:
        self.count, self.groups = len(policy.indicators), typologies_of(policy)
        self.together = np.zeros((self.count, self.count), np.int64)
        self.boxes, self.pool, self.alone = (np.zeros(self.count, np.int64) for _ in range(3))
        self.typologies = {name: [0, 0] for name in self.groups}
        self.all, self.fired = [0, 0], [0, 0]
        self.slices: dict[str, dict[str, list[int]]] = {name: {} for name in SLICES}
        self.first: int | None = None
        self.last: int | None = None

    def take(self, batch: pa.RecordBatch) -> None:
        """Count one batch."""
        if not batch.num_rows:
            return
        at = batch["at"].to_numpy(zero_copy_only=False)
        self.first = int(at.min()) if self.first is None else min(self.first, int(at.min()))
        self.last = int(at.max()) if self.last is None else max(self.last, int(at.max()))
        bits = packed(batch, self.count)
        pooled = _words(np.packbits(_truths(batch["pooled"])))
        for place in range(self.count):
            for other in range(place, self.count):
                both = _count(bits[place] & bits[other])
                self.together[place, other] += both
                self.together[other, place] += both if other != place else 0
            self.boxes[place] += _count(bits[place])
            self.pool[place] += _count(bits[place] & pooled)
        self._sets(bits, pooled, batch.num_rows)
        self._cuts(batch, np.bitwise_or.reduce(bits, axis=0))

    def _cuts(self, batch: pa.RecordBatch, once: _Words) -> None:
        fired = np.unpackbits(once.view(np.uint8), count=batch.num_rows).astype(bool)
        mine = batch.select([*dict.fromkeys((*SLICES.values(), "pooled"))]).filter(pa.array(fired))
        for name, column in SLICES.items():
            for place, some in enumerate((mine, mine.filter(mine["pooled"]))):
                for told in pc.value_counts(some[column]).to_pylist():
                    self.slices[name].setdefault(told["values"] or "", [0, 0])[place] += told["counts"]

    def _sets(self, bits: _Words, pooled: _Words, rows: int) -> None:
        once = twice = np.zeros_like(pooled)
        for one in bits:
            twice, once = twice | (once & one), once | one
        for place, one in enumerate(bits):
            self.alone[place] += _count(one & ~twice)
        _add(self.all, rows, _count(pooled))
        _add(self.fired, _count(once), _count(once & pooled))
        for name, places in self.groups.items():
            mine = np.bitwise_or.reduce(bits[places], axis=0)
            _add(self.typologies[name], _count(mine), _count(mine & pooled))


class _Looked:
    """The boxes that somebody looked into, gathered batch by batch."""

    def __init__(self, policy: Policy) -> None:
        self.words = [f"mask_{word}" for word in range(-(-len(policy.indicators) // WORD_BITS))]
        self.parts: list[pa.RecordBatch] = []

    def take(self, batch: pa.RecordBatch) -> None:
        """Keep of one batch what somebody looked into."""
        self.parts.append(batch.filter(batch["looked"]))

    def table(self) -> pa.Table | None:
        """All of them; None where there was no batch."""
        return pa.Table.from_batches(self.parts) if self.parts else None


class _Seen:
    """Boxes that somebody looked into, one by one."""

    def __init__(self, policy: Policy, table: pa.Table | None) -> None:
        rows = table.to_batches() if table is not None else []
        self.bits: _Flags = np.concatenate(
            [np.zeros((len(policy.indicators), 0), bool), *(unpacked(part, len(policy.indicators)) for part in rows)],
            axis=1,
        )
        told = {name: [] if table is None else table[name].to_pylist() for name in (*_SEEN, *SLICES.values())}
        self.many = self.bits.sum(axis=0)
        self.inspected, self.late, self.random = (np.array(told[name], bool) for name in _SEEN[:3])
        self.random &= self.inspected
        self.hit = np.array([one == "cocaine" for one in told["found"]], bool)
        self.odd = np.array([one != "nothing" for one in told["found"]], bool)
        self.uniform = self.random & np.array([one == "uniform" for one in told["stratum"]], bool)
        self.chance = np.array([1.0 if one is None else one for one in told["propensity"]], float)
        self.slices = {name: np.array([one or "" for one in told[column]], object) for name, column in SLICES.items()}

    def tally(self, mine: _Flags, boxes: int, pool: int) -> Tally:
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

    def cuts(self, values: NDArray[np.object_], counted: Mapping[str, Sequence[int]]) -> Mapping[str, Tally]:
        """Count the boxes at which any indicator fired by a value of theirs.

        Args:
            counted: Value to how many there are, looked into or not, and how many of them in a random pool.
        """
        fired = (self.many > 0) & self.inspected
        known = sorted(set(values[fired].tolist()))
        same = {value: np.array([one == value for one in values], bool) for value in known}
        return {str(value): self.tally(fired & mine, *counted.get(value, (0, 0))) for value, mine in same.items()}


def _told(policy: Policy, counted: _Counted, seen: _Seen) -> Backtest:
    places = range(len(policy.indicators))
    base = seen.tally(np.ones(len(seen.many), bool), *counted.all)
    tallies = [seen.tally(seen.bits[place], int(counted.boxes[place]), int(counted.pool[place])) for place in places]
    together = counted.together.tolist()
    typologies = {name: seen.tally(np.any(seen.bits[mine], axis=0), *counted.typologies[name])
                  for name, mine in counted.groups.items()}  # fmt: skip
    return Backtest(
        policy.hash, counted.first, counted.last, measured("", base, base),
        measured("", seen.tally(seen.many > 0, *counted.fired), base),
        measured("", seen.tally(seen.random, base.random_inspected, counted.all[1]), base),
        tested(policy, tallies, [seen.alone(place, int(counted.alone[place])) for place in places], together, base),
        cut(typologies, base),
        {name: cut(seen.cuts(values, counted.slices[name]), base) for name, values in seen.slices.items()},
        overlaps([one.id for one in policy.indicators], together),
    )  # fmt: skip


def typologies_of(policy: Policy) -> dict[str, list[int]]:
    """The places of the indicators that count, by typology."""
    found: dict[str, list[int]] = {}
    for place, one in enumerate(policy.indicators):
        if one.action in (Action.SCORE, Action.MANDATORY):
            found.setdefault(one.typology, []).append(place)
    return found


def unpacked(batch: pa.RecordBatch, count: int) -> _Flags:
    """Mask words as flags, shape (indicators, rows)."""
    return np.array([flags != 0 for flags in _planes(batch, count)], bool).reshape(count, batch.num_rows)


def packed(batch: pa.RecordBatch, count: int) -> _Words:
    """Mask words as bits, eight boxes to the byte: shape (indicators, words)."""
    bits = np.zeros((count, -(-batch.num_rows // _WORD)), np.uint64)
    for place, flags in enumerate(_planes(batch, count)):
        bits[place] = _words(np.packbits(flags))
    return bits


def _planes(batch: pa.RecordBatch, count: int) -> Iterator[NDArray[np.uint8]]:
    """Per indicator one byte per box, not 0 where it fired: eight indicators share a byte of the mask word."""
    for word in range(-(-count // WORD_BITS)):
        raw = batch[f"mask_{word}"].to_numpy(zero_copy_only=False).astype("<i8", copy=False)
        planes = np.ascontiguousarray(raw.view(np.uint8).reshape(-1, 8).T)
        for bit in range(min(WORD_BITS, count - word * WORD_BITS)):
            yield planes[bit // 8] & np.uint8(1 << bit % 8)


def _words(bits: NDArray[np.uint8]) -> _Words:
    return np.pad(bits, (0, -len(bits) % 8)).view(np.uint64)


def _truths(column: pa.Array) -> _Flags:
    flags: _Flags = column.to_numpy(zero_copy_only=False).astype(bool)
    return flags


def _count(bits: _Words) -> int:
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def _add(sums: list[int], boxes: int, pool: int) -> None:
    sums[0] += boxes
    sums[1] += pool


def _sum(flags: _Flags) -> int:
    return int(flags.sum())
