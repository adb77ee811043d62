"""The open boxes of a node as columns, and a day's list under other rules: only what was edited is judged again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from types import MappingProxyType

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vigie.engine.archive import settle
from vigie.engine.backtest import SILENT
from vigie.engine.indicators import row_table
from vigie.engine.models import added, columns_of
from vigie.risk import (
    COLUMNS,
    SHOWN,
    Action,
    BandCount,
    Fires,
    Fusion,
    Load,
    Moved,
    Policy,
    Predictor,
    Simulated,
    Slots,
    added_sql,
    by_typology,
    chances,
    differing,
    flags_sql,
    starts_sql,
    weights_of,
)

_Ints = NDArray[np.int64]
_KEYS = pa.schema([("open_visit", pa.string()), ("open_unit", pa.int64()), ("open_site", pa.string()),
                   ("open_due", pa.int64()), ("open_handling", pa.int64()), ("open_votes", pa.int64())])  # fmt: skip
_SAVED = b"vigie.cursor"
_REMEMBERED = 8  # policies judged: the one in force and what an officer is trying, some MB each
_NEVER = np.iinfo(np.int64).max
_MILLION = 1_000_000


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
        self._parts: dict[str, _Ints] = {}
        self._judged: dict[str, Judged] = {}
        self.cursor, self.table = self._load()
        self.view = _View(self.table)

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
                self.put(pa.concat_tables([kept, fresh]))
            self.cursor = cursor

    def put(self, table: pa.Table) -> None:
        """Put a whole table in the place of what is known."""
        self.table = table.combine_chunks()
        self.view = _View(self.table)
        self._flags, self._parts, self._judged = {}, {}, {}

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
        return len(visits)

    def judged(
        self, policy: Policy, threads: int = 2, stood: Fusion | None = None,
        models: Mapping[str, Predictor] = MappingProxyType({}),
    ) -> "Judged":  # fmt: skip
        """Judge every open box by a policy; what was judged before, and did not change, is not judged again.

        What models added to a score is kept as it was when the box was last judged, unless the policy votes otherwise.

        Args:
            stood: Votes by which boxes were last judged. models: Those that vote otherwise, by hash.
        """
        return self.beside((policy,), threads, stood, models)[0][0]

    def beside(
        self, policies: Sequence[Policy], threads: int, stood: Fusion | None, models: Mapping[str, Predictor]
    ) -> tuple[list["Judged"], "_View"]:
        """Judge by several policies one state of the boxes, and give its view: nothing comes or goes between."""
        with self._lock:
            return [self._known(policy, threads, stood, models) for policy in policies], self.view

    def _known(
        self, policy: Policy, threads: int, stood: Fusion | None, models: Mapping[str, Predictor]
    ) -> "Judged":
        known = self._judged.get(policy.hash)
        if known is None:
            with duckdb.connect(config={"threads": threads}) as connection:
                connection.execute(SILENT)
                connection.register("open_rows", self.table)
                known = self._judge(policy, connection, self._votes(policy, stood, models, threads))
            while len(self._judged) >= _REMEMBERED:
                self._judged.pop(next(iter(self._judged)))
            self._judged[policy.hash] = known
        return known

    def _votes(
        self, policy: Policy, stood: Fusion | None, models: Mapping[str, Predictor], threads: int
    ) -> _Ints:
        """What models add to each box."""
        fusion = policy.fusion
        if fusion is None or (stood is not None and fusion.votes == stood.votes):
            return self.view.votes
        told = np.zeros(self.table.num_rows, np.int64)
        for vote in fusion.votes:
            model, name = models[vote.model], f"raw {vote.model}"
            if name not in self._parts:
                self._parts[name] = model.many(columns_of(self.table, model.spec.reads), threads)
            told += added(vote, self._parts[name])
        return told

    def _judge(self, policy: Policy, connection: duckdb.DuckDBPyConnection, votes: _Ints) -> "Judged":
        fresh = {one.hash: one for one in policy.indicators if one.hash not in self._flags}
        if fresh:
            told = connection.sql(flags_sql(list(fresh.values()), "open_rows")).to_arrow_table()
            for place, name in enumerate(fresh):
                self._flags[name] = told[f"f{place}"].combine_chunks()
        start = _start(policy)
        if start not in self._parts:
            told = connection.sql(starts_sql(policy, "open_rows")).to_arrow_table()
            self._parts[start] = told["prior_milli"].to_numpy()
        flags = {one.id: self._flags[one.hash] for one in policy.indicators}
        evidence = np.zeros(self.table.num_rows, np.int64)
        for part in by_typology(policy):
            evidence += self._added(part, connection)
        score = self._parts[start] + np.minimum(evidence, policy.most_evidence_milli) + votes
        must = np.zeros(self.table.num_rows, bool)
        for one in policy.indicators:
            if one.action is Action.MANDATORY:
                must |= _truths(flags[one.id])
        return Judged(policy, score, must, flags)

    def _added(self, part: Policy, connection: duckdb.DuckDBPyConnection) -> _Ints:
        """What the indicators of one typology add, within its bound."""
        if part.hash not in self._parts:
            columns = {f"f{place}": self._flags[one.hash] for place, one in enumerate(part.indicators)}
            columns |= {name: self.table[column] for name, column in weights_of(part).items()}
            columns["prior_milli"] = pa.array(np.zeros(self.table.num_rows, np.int64))
            connection.register("open_tested", pa.table(columns))
            self._parts[part.hash] = connection.sql(added_sql(part, "open_tested")).to_arrow_table()[
                "logodds_milli"].to_numpy()  # fmt: skip
        return self._parts[part.hash]


def _start(policy: Policy) -> str:
    return msgspec.json.encode(policy.priors).decode()


def _table(boxes: Sequence[Open]) -> pa.Table:
    keys = [[getattr(one, name) for one in boxes] for name in
            ("visit", "unit", "site", "due", "handling", "votes_milli")]  # fmt: skip
    rows = row_table([one.row for one in boxes])
    told = {field.name: pa.array(values, field.type) for field, values in zip(_KEYS, keys, strict=True)}
    return pa.table({**told, **{one.name: rows[one.name] for one in COLUMNS}})


class _View:
    """What lists ask of the open boxes, laid out once for each state of them.

    Attributes:
        sites: Per site its boxes. due: µs; `_NEVER` where not known. order: Place by name of each box. origins: Country
            where it was loaded.
    """

    def __init__(self, table: pa.Table) -> None:
        sites = table["open_site"].combine_chunks().dictionary_encode()
        codes = sites.indices.to_numpy()
        self.sites = {name: codes == code for code, name in enumerate(sites.dictionary.to_pylist())}
        self.due: _Ints = table["open_due"].fill_null(_NEVER).to_numpy()
        self.handling: _Ints = table["open_handling"].to_numpy()
        self.votes: _Ints = table["open_votes"].to_numpy()
        self.names = table["open_visit"].combine_chunks()
        self.order = np.empty(table.num_rows, np.int64)
        self.order[pc.sort_indices(self.names).to_numpy()] = np.arange(table.num_rows)
        self.origins = table["loading_country"].fill_null("").combine_chunks()

    def named(self, rows: _Ints) -> list[str]:
        """The boxes of some rows."""
        names: list[str] = self.names.take(pa.array(rows)).to_pylist()
        return names

    def loaded(self, rows: _Ints) -> list[str]:
        """Where the boxes of some rows were loaded."""
        found: list[str] = self.origins.take(pa.array(rows)).to_pylist()
        return found


class Judged:
    """Every open box judged by one policy. score, mandatory: Per box. flags: Indicator to whether it fires."""

    def __init__(
        self, policy: Policy, score: _Ints, mandatory: NDArray[np.bool_], flags: Mapping[str, pa.Array]
    ) -> None:
        self.policy, self.score, self.mandatory, self.flags = policy, score, mandatory, flags

    def fired(self, rows: _Ints) -> list[frozenset[str]]:
        """The indicators that fire at each of some boxes."""
        found: list[list[str]] = [[] for _ in rows]
        for name, flags in self.flags.items():
            for place, flag in enumerate(flags.take(pa.array(rows)).to_pylist()):
                if flag:
                    found[place].append(name)
        return [frozenset(one) for one in found]

    def count(self, indicator: str) -> int:
        """At how many boxes an indicator fires; 0 where the policy does not hold it."""
        return self.flags[indicator].true_count if indicator in self.flags else 0


def simulated(
    boxes: OpenBoxes, before: Policy, after: Policy, shifts: Sequence[Slots], clearance: int = 4, threads: int = 2,
    later: Sequence[Slots] | None = None, models: Mapping[str, Predictor] = MappingProxyType({}),
) -> Simulated:  # fmt: skip
    """Make the list of a day under two policies.

    Args:
        boxes: The open boxes. before, after: Rules in force, and others. shifts: What can be scanned, in order of time.
        clearance: Boxes held more closely are left out. threads: Cores that DuckDB may use.
        later: The same shifts under the other rules, where those leave other slots to chance. models: Those that vote
            in the other rules alone, by hash.
    """
    (one, two), view = boxes.beside((before, after), threads, before.fusion, models)
    then = shifts if later is None else later
    first, second = _listed(one, shifts, view, clearance), _listed(two, then, view, clearance)
    came, came_count = _moved(second, first, one, two, shifts, view)
    dropped, dropped_count = _moved(first, second, one, two, shifts, view)
    here = np.zeros(len(view.due), bool)
    for site in {shift.site for shift in shifts}:
        here |= view.sites.get(site, np.zeros(len(view.due), bool)) & (view.handling <= clearance)
    due = here & (view.due < max((shift.end for shift in shifts), default=0))
    return Simulated(
        before.hash, after.hash, int(here.sum()), int(due.sum()), int((first >= 0).sum()),
        int((second >= 0).sum()), int(((first >= 0) & (second >= 0)).sum()), came, dropped, came_count, dropped_count,
        int(one.mandatory[first >= 0].sum()), int(two.mandatory[second >= 0].sum()),
        tuple(_loads(first, second, shifts, view)), tuple(_fires(one, two)), *_expected(one, first, second),
        tuple(_bands(one, two, due)), *(sum(shift.by_chance for shift in side) for side in (shifts, then)),
    )  # fmt: skip


def _expected(one: Judged, first: _Ints, second: _Ints) -> tuple[float | None, float | None]:
    """Hits expected on both lists by the chances of the present rules; None where those are not calibrated."""
    steps = one.policy.fusion.calibration if one.policy.fusion else None
    if steps is None or not steps.calibrated:
        return None, None
    before, after = (
        float(chances(steps.starts, steps.ppm, one.score[side >= 0]).sum()) / _MILLION for side in (first, second)
    )
    return before, after


def _bands(one: Judged, two: Judged, due: NDArray[np.bool_]) -> Iterable[BandCount]:
    """Boxes due in time by band."""
    sides = []
    for judged in (one, two):
        bands = judged.policy.bands
        place = np.searchsorted([band.from_milli for band in bands], judged.score[due], side="right") - 1
        counts = np.bincount(np.maximum(place, 0), minlength=len(bands)).tolist()
        sides.append({band.name: count for band, count in zip(bands, counts, strict=True)})
    for name in dict.fromkeys((*sides[0], *sides[1])):
        yield BandCount(name, sides[0].get(name, 0), sides[1].get(name, 0))


def _listed(judged: Judged, shifts: Sequence[Slots], view: _View, clearance: int) -> _Ints:
    """Per box the number of its shift, -1 where it is on no list: mandatory ones always, then the highest scores."""
    found = np.full(len(view.due), -1)
    place = np.where(judged.mandatory, np.int64(1) << 40, 0) + judged.score
    rank = (place << 22) - view.order  # one number to sort by: up to 4 million open boxes; equal scores by name
    for number, shift in enumerate(shifts):
        mine = view.sites.get(shift.site)
        if mine is None:
            continue
        fit = np.flatnonzero(mine & (found < 0) & (view.handling <= clearance) & (view.due < shift.end))
        most = max(shift.slots - shift.by_chance, int(judged.mandatory[fit].sum()))
        if most < len(fit):
            fit = fit[np.argpartition(rank[fit], len(fit) - most)[len(fit) - most :]] if most > 0 else fit[:0]
        found[fit] = number
    return found


def _moved(
    on: _Ints, off: _Ints, one: Judged, two: Judged, shifts: Sequence[Slots], view: _View
) -> tuple[tuple[Moved, ...], int]:
    """The boxes on one list that are not on the other: the first of them, the highest score first, and how many."""
    rows = np.flatnonzero((on >= 0) & (off < 0))
    highest = np.maximum(one.score[rows], two.score[rows])
    shown = rows[np.lexsort((view.order[rows], -highest))][:SHOWN]
    told = zip(shown.tolist(), view.named(shown), view.loaded(shown), one.fired(shown), two.fired(shown), strict=True)
    return tuple(
        Moved(name, shifts[on[row]].site, shifts[on[row]].shift, origin, int(one.score[row]), int(two.score[row]),
              bool(one.mandatory[row] or two.mandatory[row]), tuple(sorted(after - before)),
              tuple(sorted(before - after)))
        for row, name, origin, before, after in told
    ), len(rows)  # fmt: skip


def _loads(first: _Ints, second: _Ints, shifts: Sequence[Slots], view: _View) -> Iterable[Load]:
    counts = [np.bincount(side[side >= 0], minlength=len(shifts)).tolist() for side in (first, second)]
    for number, shift in enumerate(shifts):
        both = (counts[0][number], counts[1][number])
        yield Load(shift.site, shift.shift, "", "", *both, shift.slots)
        dealt = [_dealt(count, shift.scanners) for count in both]
        for scanner, slots in shift.scanners.items():
            yield Load(shift.site, shift.shift, scanner, "", dealt[0][scanner], dealt[1][scanner], slots)
    for site in dict.fromkeys(shift.site for shift in shifts):
        here = [number for number, shift in enumerate(shifts) if shift.site == site]
        yield Load(site, "", "", "", *(sum(side[number] for number in here) for side in counts))
    origins = [Counter(view.loaded(np.flatnonzero(side >= 0))) for side in (first, second)]
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
    for name in differing(one.policy, two.policy):
        yield Fires(name, one.count(name), two.count(name))


def _truths(flags: pa.Array) -> NDArray[np.bool_]:
    told: NDArray[np.bool_] = flags.fill_null(False).to_numpy(zero_copy_only=False)
    return told
