"""The open boxes of a node as columns, and a day's list under other rules: only what was edited is judged again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vigie.engine.archive import settle
from vigie.engine.indicators import row_table
from vigie.risk import (
    COLUMNS,
    SHOWN,
    WORD_BITS,
    Fires,
    Indicator,
    Load,
    Moved,
    Policy,
    Simulated,
    Slots,
    added_sql,
    differing,
    flags_sql,
    starts_sql,
    weights_of,
)

_Ints = NDArray[np.int64]
_KEYS = pa.schema([("open_visit", pa.string()), ("open_unit", pa.int64()), ("open_site", pa.string()),
                   ("open_due", pa.int64()), ("open_handling", pa.int64()), ("open_votes", pa.int64())])  # fmt: skip
_SAVED = b"vigie.cursor"
_NEVER = np.iinfo(np.int64).max


class Open(msgspec.Struct, frozen=True):
    """An open box as it was last judged.

    Attributes:
        visit, unit, site, due, handling: As on the list of arrivals. votes_milli: What models added to its score.
        row: Its columns.
    """

    visit: str
    unit: int
    site: str
    due: int | None
    handling: int
    votes_milli: int
    row: Sequence[object]


class OpenBoxes:
    """The open boxes of a node as columns, kept in memory and beside it in a file, so that a restart begins with them.

    Args:
        path: The file; None keeps nothing.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path, self._lock = path, Lock()
        self._flags: dict[str, pa.Array] = {}
        self._starts: dict[str, pa.Array] = {}
        self.cursor, self.table = self._load()

    def _load(self) -> tuple[int, pa.Table]:
        empty = _table([])
        if self._path is None or not self._path.exists():
            return 0, empty
        try:
            table = pq.read_table(self._path)
        except (OSError, pa.ArrowInvalid):
            return 0, empty
        cursor = int((table.schema.metadata or {}).get(_SAVED, b"0"))
        return (cursor, table.replace_schema_metadata(None)) if table.schema.equals(empty.schema) else (0, empty)

    def take(self, boxes: Iterable[Open], gone: Iterable[str], cursor: int) -> None:
        """Put boxes in the place of what is known of them, take out those that are gone; up to a log entry."""
        fresh = _table(list(boxes))
        with self._lock:
            out = pa.array([*fresh["open_visit"].to_pylist(), *gone], pa.string())
            if len(out):
                kept = self.table.filter(pc.invert(pc.is_in(self.table["open_visit"], out)))
                self.table = pa.concat_tables([kept, fresh]).combine_chunks()
                self._flags, self._starts = {}, {}
            self.cursor = cursor

    def save(self) -> None:
        """Write the file, whole or not at all."""
        if self._path is None:
            return
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        pq.write_table(self.table.replace_schema_metadata({_SAVED: str(self.cursor)}), new, compression="zstd")
        settle(new, self._path)

    def erase(self, units: Iterable[int]) -> int:
        """Take the boxes of erasure units out, of the file too; gives how many."""
        gone = pc.is_in(self.table["open_unit"], pa.array(sorted(set(units)), pa.int64()))
        visits = self.table["open_visit"].filter(gone).to_pylist()
        if visits:
            self.take((), visits, self.cursor)
            self.save()
        return len(visits)

    def judged(self, policy: Policy, threads: int = 2) -> "Judged":
        """Judge every open box by a policy; indicators that were judged before are not judged again.

        What models added to a score is kept as it was when the box was last judged.
        """
        with self._lock, duckdb.connect(config={"threads": threads}) as connection:
            connection.register("open_rows", self.table)
            self._judge(policy, connection)
            columns = {f"f{place}": self._flags[one.hash] for place, one in enumerate(policy.indicators)}
            columns |= {name: self.table[column] for name, column in weights_of(policy).items()}
            columns["prior_milli"] = self._starts[_start(policy)]
            plain = msgspec.structs.replace(policy, fusion=None) if policy.fusion is not None else policy
            connection.register("open_tested", pa.table(columns) if self.table.num_rows else _no_rows(columns))
            told = connection.sql(added_sql(plain, "open_tested")).to_arrow_table()
            return Judged(policy, self.table, told)

    def _judge(self, policy: Policy, connection: duckdb.DuckDBPyConnection) -> None:
        fresh = {one.hash: one for one in policy.indicators if one.hash not in self._flags}
        if fresh:
            told = connection.sql(flags_sql(list(fresh.values()), "open_rows")).to_arrow_table()
            for place, name in enumerate(fresh):
                self._flags[name] = told[f"f{place}"].combine_chunks()
        if _start(policy) not in self._starts:
            told = connection.sql(starts_sql(policy, "open_rows")).to_arrow_table()
            self._starts[_start(policy)] = told["prior_milli"].combine_chunks()


def _start(policy: Policy) -> str:
    return msgspec.json.encode(policy.priors).decode()


def _no_rows(columns: Mapping[str, object]) -> pa.Table:
    return pa.table({name: pa.array([], pa.int64() if name[0] in "wp" else pa.bool_()) for name in columns})


def _table(boxes: Sequence[Open]) -> pa.Table:
    keys = [[getattr(one, name) for one in boxes] for name in
            ("visit", "unit", "site", "due", "handling", "votes_milli")]  # fmt: skip
    rows = row_table([one.row for one in boxes])
    told = {field.name: pa.array(values, field.type) for field, values in zip(_KEYS, keys, strict=True)}
    return pa.table({**told, **{one.name: rows[one.name] for one in COLUMNS}})


class Judged:
    """Every open box judged by one policy. score, mandatory: Per box. masks: Words of fired indicators."""

    def __init__(self, policy: Policy, table: pa.Table, told: pa.Table) -> None:
        self.policy = policy
        self.score: _Ints = told["logodds_milli"].to_numpy() + table["open_votes"].to_numpy()
        self.mandatory = told["mandatory"].to_numpy().astype(bool)
        self.masks = [told[name].to_numpy() for name in told.column_names if name.startswith("mask_")]

    def fired(self, row: int) -> frozenset[str]:
        """The indicators that fire at one box."""
        return frozenset(
            one.id for place, one in enumerate(self.policy.indicators)
            if int(self.masks[place // WORD_BITS][row]) >> place % WORD_BITS & 1
        )  # fmt: skip

    def count(self, place: int) -> int:
        """At how many boxes an indicator fires."""
        return int((self.masks[place // WORD_BITS] >> (place % WORD_BITS) & 1).sum())


@dataclass(frozen=True, slots=True)
class _Day:
    """The open boxes as a day's list asks for them. chosen by `_listed`."""

    table: pa.Table
    seen: NDArray[np.bool_]
    sites: NDArray[np.object_]
    due: _Ints


def simulated(
    boxes: OpenBoxes, before: Policy, after: Policy, shifts: Sequence[Slots], clearance: int = 4, threads: int = 2
) -> Simulated:
    """Make the list of a day under two policies.

    Args:
        boxes: The open boxes. before, after: Rules in force, and others. shifts: What can be scanned, in order of time.
        clearance: Boxes held more closely are left out. threads: Cores that DuckDB may use.
    """
    one, two = boxes.judged(before, threads), boxes.judged(after, threads)
    table = boxes.table
    day = _Day(table, table["open_handling"].to_numpy() <= clearance,
               np.array(table["open_site"].to_pylist(), object),
               table["open_due"].fill_null(_NEVER).to_numpy())  # fmt: skip
    first, second = _listed(one, shifts, day), _listed(two, shifts, day)
    came = _moved(second.keys() - first.keys(), second, one, two, shifts, table)
    dropped = _moved(first.keys() - second.keys(), first, one, two, shifts, table)
    sites = {shift.site for shift in shifts}
    here = day.seen & np.isin(day.sites, list(sites)) if sites else np.zeros(len(day.seen), bool)
    last = max((shift.end for shift in shifts), default=0)
    return Simulated(
        before.hash, after.hash, int(here.sum()), int((here & (day.due < last)).sum()), len(first), len(second),
        len(first.keys() & second.keys()), came[:SHOWN], dropped[:SHOWN], len(came), len(dropped),
        sum(bool(one.mandatory[row]) for row in first), sum(bool(two.mandatory[row]) for row in second),
        tuple(_loads(first, second, shifts, table)), tuple(_fires(one, two)),
    )  # fmt: skip


def _listed(judged: Judged, shifts: Sequence[Slots], day: _Day) -> dict[int, int]:
    """Row of each box on a list, to the number of its shift: mandatory ones always, then the highest scores."""
    found: dict[int, int] = {}
    taken = ~day.seen
    for number, shift in enumerate(shifts):
        fit = np.flatnonzero(~taken & (day.sites == shift.site) & (day.due < shift.end))
        must = judged.mandatory[fit]
        most = max(shift.slots - shift.by_chance, int(must.sum()))
        if most < len(fit):
            rank = np.where(must, np.int64(1) << 40, 0) + judged.score[fit]
            cut = np.partition(rank, len(fit) - most)[len(fit) - most] if most else _NEVER
            fit = fit[rank >= cut] if most else fit[:0]
            fit = _in_order(fit, judged, day.table)[:most]
        found.update(dict.fromkeys(fit.tolist(), number))
        taken[fit] = True
    return found


def _in_order(rows: _Ints, judged: Judged, table: pa.Table) -> _Ints:
    names = table["open_visit"].take(pa.array(rows)).to_pylist()
    must, score = judged.mandatory[rows], judged.score[rows]
    return rows[sorted(range(len(rows)), key=lambda one: (not must[one], -score[one], names[one]))]


def _moved(
    rows: Iterable[int], on: Mapping[int, int], one: Judged, two: Judged, shifts: Sequence[Slots], table: pa.Table
) -> tuple[Moved, ...]:
    found = []
    for row in rows:
        before, after = one.fired(row), two.fired(row)
        shift = shifts[on[row]]
        found.append(Moved(
            table["open_visit"][row].as_py(), shift.site, shift.shift, table["loading_country"][row].as_py() or "",
            int(one.score[row]), int(two.score[row]), bool(one.mandatory[row] or two.mandatory[row]),
            tuple(sorted(after - before)), tuple(sorted(before - after)),
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda moved: (-max(moved.before_milli, moved.after_milli), moved.visit)))


def _loads(
    first: Mapping[int, int], second: Mapping[int, int], shifts: Sequence[Slots], table: pa.Table
) -> Iterable[Load]:
    each = (Counter(first.values()), Counter(second.values()))
    for number, shift in enumerate(shifts):
        counts = (each[0][number], each[1][number])
        yield Load(shift.site, shift.shift, "", "", *counts, shift.slots)
        dealt = [_dealt(count, shift.scanners) for count in counts]
        for scanner, slots in shift.scanners.items():
            yield Load(shift.site, shift.shift, scanner, "", dealt[0][scanner], dealt[1][scanner], slots)
    ports = [Counter(shifts[number].site for number in side.values()) for side in (first, second)]
    for site in dict.fromkeys(shift.site for shift in shifts):
        yield Load(site, "", "", "", ports[0][site], ports[1][site])
    origins = [Counter(table["loading_country"][row].as_py() or "" for row in side) for side in (first, second)]
    for origin in sorted(origins[0].keys() | origins[1].keys(), key=lambda name: (-origins[1][name], name)):
        yield Load("", "", "", origin, origins[0][origin], origins[1][origin])


def _dealt(count: int, scanners: Mapping[str, int]) -> dict[str, int]:
    """How many of a shift's boxes each scanner gets when they are dealt round, as a plan deals them."""
    dealt = dict.fromkeys(scanners, 0)
    while count > 0:
        open_ones = [name for name, slots in scanners.items() if dealt[name] < slots]
        if not open_ones:
            break
        least = min(scanners[name] - dealt[name] for name in open_ones)
        turns = max(1, min(least, count // len(open_ones)))
        for name in open_ones:
            given = min(turns, count)
            dealt[name] += given
            count -= given
    return dealt


def _fires(one: Judged, two: Judged) -> Iterable[Fires]:
    places = [{each.id: place for place, each in enumerate(judged.policy.indicators)} for judged in (one, two)]
    for name in differing(one.policy, two.policy):
        counts = [judged.count(place[name]) if name in place else 0
                  for judged, place in zip((one, two), places, strict=True)]  # fmt: skip
        yield Fires(name, counts[0], counts[1])


def firing(judged: Judged, indicators: Sequence[Indicator]) -> dict[str, int]:
    """At how many open boxes each of some indicators of a judged policy fires."""
    wanted = {one.id for one in indicators}
    return {one.id: judged.count(place) for place, one in enumerate(judged.policy.indicators) if one.id in wanted}
