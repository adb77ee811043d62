"""Past decisions made again in bulk: their features by the fold, their scores by the SQL, each part a file task."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vigie.engine.history_slices import ask_line, write_asks, write_slices
from vigie.engine.indicators import derived, row_table, scored
from vigie.engine.pieces import fresh, is_whole, settled
from vigie.engine.plan import Plan
from vigie.engine.running import Engine, Told, worked
from vigie.risk import FEATURE_SET, HistoryRow, Keys, Policy, Predictor

NAMED = 20
"""Features that differ are told by name, at most so many."""

_SHARES = (60, 85)
"""Of a hundred: how far a run is once its decisions are read again, and once they are folded (measured on the demo)."""


class Decided(msgspec.Struct, frozen=True):
    """A past decision.

    Attributes:
        visit, at: The box and the log entry. policy, logodds_milli, band, mandatory: As it was judged.
        kept: Its features as they were kept. pointers: Per feature, which ask of the part answers it.
        row: Its row of `vigie.risk.COLUMNS`; empty where only features are compared.
    """

    visit: str
    at: int
    policy: str
    logodds_milli: int
    band: str
    mandatory: bool
    kept: tuple[int | None, ...]
    pointers: tuple[int, ...]
    row: tuple[object, ...] = ()


class Counts(msgspec.Struct, frozen=True):
    """What came out: see `vigie.desk.views.RescoreView`; names: features that differ; older: decisions of a release
    that counted other features, which cannot be compared.
    """

    boxes: int = 0
    features: int = 0
    features_differ: int = 0
    judged_alike: int = 0
    scores_differ: int = 0
    moved_up: int = 0
    moved_down: int = 0
    older: int = 0
    names: tuple[str, ...] = ()
    digest: str = ""


class Judge(msgspec.Struct, frozen=True):
    """Judge the decisions of one part. policy: None compares features alone."""

    folder: Path
    part: int
    policy: Policy | None
    models: Mapping[str, Predictor]

    @property
    def out(self) -> Path:
        """Its results."""
        return self.folder / f"result-{self.part:05d}.parquet"


class Refold:
    """One run, in its own folder, which goes on where it was cut off.

    Args:
        folder: Of this run. stamp: Names exactly what is to be done; what another run left in the folder is removed.
    """

    def __init__(self, folder: Path, stamp: str) -> None:
        self.folder = folder
        settled(folder, stamp)

    def has(self, part: int) -> bool:
        """Whether a part was read already."""
        return is_whole(asks_of(self.folder, part)) and is_whole(rows_of(self.folder, part))

    def keep(self, part: int, decided: Sequence[Decided], asks: Sequence[tuple[Keys, int]]) -> None:
        """Keep a part as it was read: what it asked of history is written last."""
        with fresh(rows_of(self.folder, part)) as path:
            pq.write_table(_table(decided), path, compression="zstd")
        write_asks(asks_of(self.folder, part), part, asks, FEATURE_SET)

    def run(
        self, parts: int, engine: Engine, archived: Sequence[Path], stored: Iterable[Sequence[HistoryRow]],
        policy: Policy | None, models: Mapping[str, Predictor], told: Told,
    ) -> Counts:  # fmt: skip
        """Fold and judge; gives what came out.

        Args:
            parts: How many were kept. archived, stored: The history, as `write_slices` takes it.
            told: Hundredths done, of a hundred.

        Raises:
            EngineLost, StoreFault: As `vigie.engine.running.worked`. What is finished stays.
        """
        answers = self.folder / "answers.parquet"
        if not is_whole(answers):
            self._fold(parts, engine, archived, stored, answers, _between(told, *_SHARES))
        tasks = [Judge(self.folder, part, policy, models) for part in range(parts)]
        worked(engine, judge, tasks, _between(told, _SHARES[1], 100))
        return counted([task.out for task in tasks])

    def _fold(
        self, parts: int, engine: Engine, archived: Sequence[Path], stored: Iterable[Sequence[HistoryRow]],
        answers: Path, told: Told,
    ) -> None:  # fmt: skip
        asked = [asks_of(self.folder, part) for part in range(parts)]
        upto = max((_last(path) for path in asked), default=0)
        slices, listed = self.folder / "slices", self.folder / "slices" / "whole"
        if not listed.exists():
            rmtree(slices, ignore_errors=True)
            slices.mkdir(mode=0o700)
            write_slices(slices, archived, stored, asked, FEATURE_SET, upto)
            listed.touch()
        plan = Plan(FEATURE_SET, sorted(slices.glob("*.parquet")), self.folder / "fold")
        plan.run(engine, told)
        _gather(plan.results, answers)
        rmtree(slices)
        rmtree(plan.job.folder)


def _between(told: Told, first: int, last: int) -> Told:
    """Tell of a part of the work as hundredths of the whole."""
    return lambda done, whole: told(first + (last - first) * done // whole, 100)


def rows_of(folder: Path, part: int) -> Path:
    """Where the decisions of a part are kept."""
    return folder / f"rows-{part:05d}.parquet"


def asks_of(folder: Path, part: int) -> Path:
    """Where what a part asks of history is kept."""
    return folder / f"asks-{part:05d}.parquet"


def _last(path: Path) -> int:
    return int(pc.max(pq.read_table(path, columns=["hlc"])["hlc"]).as_py() or 0)


def _gather(results: Sequence[Path], answers: Path) -> None:
    """The answers of all slices, in the order of what was asked, so that those of a part lie together."""
    names = ", ".join(f'"{name}"' for name in FEATURE_SET.names)
    files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in results)
    with fresh(answers) as part, duckdb.connect(config={"threads": 1, "memory_limit": "512MB"}) as base:
        base.execute("SET enable_progress_bar = false")
        place = str(part).replace("'", "''")
        base.execute(f"COPY (SELECT line, {names} FROM read_parquet([{files}]) WHERE kind = 0 ORDER BY line)"
                     f" TO '{place}' (FORMAT parquet, ROW_GROUP_SIZE 20480)")  # fmt: skip


def _table(decided: Sequence[Decided]) -> pa.Table:
    fixed = {
        "visit": pa.array([one.visit for one in decided], pa.string()),
        "decided_at": pa.array([one.at for one in decided], pa.int64()),
        "policy": pa.array([one.policy for one in decided], pa.string()),
        "was_logodds_milli": pa.array([one.logodds_milli for one in decided], pa.int64()),
        "was_band": pa.array([one.band for one in decided], pa.string()),
        "was_mandatory": pa.array([one.mandatory for one in decided], pa.bool_()),
        "kept": pa.array([one.kept for one in decided], pa.list_(pa.int64())),
        "pointers": pa.array([one.pointers for one in decided], pa.list_(pa.int32())),
    }
    if not decided or not decided[0].row:
        return pa.table(fixed)
    rows = row_table(one.row for one in decided)
    return pa.table(fixed | {name: rows[name] for name in rows.column_names})


def judge(task: Judge) -> None:
    """Put the answers of a part together, compare them with what was kept, and judge by them."""
    told = pq.read_table(rows_of(task.folder, task.part), use_threads=False)
    columns, differs = _again(told, _answers(task))
    result = {name: told[name] for name in ("visit", "decided_at", "policy", *_WAS)}
    result["differ"] = pa.array(differs, pa.list_(pa.string()))
    result["older"] = pc.not_equal(pc.list_value_length(told["kept"]), len(FEATURE_SET.names))
    if task.policy is not None and told.num_rows:
        rows = told.select([name for name in told.column_names if name not in (*result, "kept", "pointers")])
        for name, values in columns.items():
            rows = rows.set_column(rows.schema.get_field_index(name), name, values)
        made = scored(task.policy, derived(rows), threads=1, models=task.models)
        result |= {name: made[name] for name in made.column_names}
    table = pa.table(result).replace_schema_metadata({"policy": task.policy.hash if task.policy else ""})
    with fresh(task.out) as part:
        pq.write_table(table, part, compression="zstd")


_WAS = ("was_logodds_milli", "was_band", "was_mandatory")


def _answers(task: Judge) -> pa.Table:
    first, end = (ask_line(task.part + more, 0) for more in (0, 1))
    return pq.read_table(task.folder / "answers.parquet", filters=[("line", ">=", first), ("line", "<", end)],
                         use_threads=False)  # fmt: skip


def _again(told: pa.Table, answers: pa.Table) -> tuple[dict[str, pa.Array], list[list[str]]]:
    """The features of each decision, as its pointers say; and the names of those that differ from what was kept."""
    columns, differs = dict[str, pa.Array](), [list[str]() for _ in range(told.num_rows)]
    width = len(FEATURE_SET.names)
    if not told.num_rows:
        return columns, differs
    pointers = np.asarray(told["pointers"].combine_chunks().flatten()).reshape(told.num_rows, width)
    kept = told["kept"].combine_chunks()
    whole = np.asarray(pc.list_value_length(kept)) == width
    flat, starts = kept.flatten(), np.asarray(kept.offsets)[:-1]
    for place, name in enumerate(FEATURE_SET.names):
        columns[name] = answers[name].combine_chunks().take(pa.array(pointers[:, place]))
        was = flat.take(pa.array(np.where(whole, starts + place, 0)))
        same = pc.or_(pc.fill_null(pc.equal(columns[name], was), False),
                      pc.and_(pc.is_null(columns[name]), pc.is_null(was)))  # fmt: skip
        for row in np.flatnonzero(~np.asarray(same) & whole):
            differs[row].append(name)
    return columns, differs


def counted(results: Sequence[Path]) -> Counts:
    """Add up the results of all parts, and hash them as they stand, whatever made them."""
    digest, whole, names = sha256(), dict.fromkeys(Counts.__struct_fields__[:-2], 0), dict[str, None]()
    for path in results:
        told = pq.read_table(path, use_threads=False)
        digest.update(_written(told))
        for name, count in _of_part(told).items():
            whole[name] += count
        names |= dict.fromkeys(pc.unique(told["differ"].combine_chunks().flatten()).to_pylist())
    return Counts(**whole, names=tuple(sorted(names)[:NAMED]), digest=digest.hexdigest())


def _written(told: pa.Table) -> bytes:
    """The values of a table, however its file is laid out."""
    return msgspec.msgpack.encode([told.column_names, [told[name].to_pylist() for name in told.column_names]])


def _of_part(told: pa.Table) -> dict[str, int]:
    differ = int(pc.sum(pc.greater(pc.list_value_length(told["differ"]), 0)).as_py() or 0)
    found = {"boxes": told.num_rows, "features": told.num_rows * len(FEATURE_SET.names), "features_differ": differ,
             "older": int(pc.sum(told["older"]).as_py() or 0)}  # fmt: skip
    if "logodds_milli" not in told.column_names:
        return found
    policy = (told.schema.metadata or {}).get(b"policy", b"").decode()
    ours = np.asarray(pc.equal(told["policy"], policy))
    now, was = (np.asarray(told[name]) for name in ("logodds_milli", "was_logodds_milli"))
    same = (now == was) & np.asarray(pc.equal(told["band"], told["was_band"])) & np.asarray(
        pc.equal(told["mandatory"], told["was_mandatory"])
    )
    return found | {
        "judged_alike": int(ours.sum()), "scores_differ": int((ours & ~same).sum()),
        "moved_up": int((~ours & (now > was)).sum()), "moved_down": int((~ours & (now < was)).sum()),
    }  # fmt: skip


def stored_rows(after: Callable[[int, int], Sequence[HistoryRow]], start: int, size: int = 20_000
                ) -> Iterator[Sequence[HistoryRow]]:  # fmt: skip
    """Read history in portions from a moment on.

    Args:
        after: Gives rows after a moment, so many at most, those of the last entry whole.
    """
    last = start
    while rows := after(last, size):
        yield rows
        last = rows[-1].hlc
