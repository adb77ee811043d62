"""The fold of a feature set over more rows than memory holds, as file tasks: split by key, fold, align.

`split` cuts a slice of the log (rows in order of hlc) by the keys of one family into buckets; `fold` computes the
features of one bucket over all slices; `align` puts what belongs to one slice back into its order. No step joins or
sorts across files, so memory is bounded by a slice and a bucket, and any engine may do any task twice.
"""

import itertools
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vigie.engine.columns import ASKED, UNSAID, HistoryColumns, Ints
from vigie.engine.fold import fold_columns
from vigie.engine.ordered import spread
from vigie.engine.pieces import fresh, narrowed, portion, put_portions
from vigie.engine.running import Done, Engine, Told, worked
from vigie.risk import FeatureSet, Kind
from vigie.terms import StoreFault

BUCKET = 500_000
"""Rows that a bucket should hold: its fold takes about 120 MB; a key with more rows has a larger bucket."""

_GROUP = 122_880  # rows of a row group of a result: DuckDB's own
_TAKEN = ("kind", "target")


class Job(msgspec.Struct, frozen=True):
    """A fold over files.

    Attributes:
        declared: The features. slices: Parquet files in order of hlc, each with the columns `HistoryColumns.flat`; all
            rows of an entry are in one slice. folder: Where its files are written; belongs to the job alone.
        buckets: Into how many parts keys are cut.
    """

    declared: FeatureSet
    slices: tuple[Path, ...]
    folder: Path
    buckets: int

    def cut(self, family: str, number: int) -> Path:
        """What a slice gives to a family: one portion per bucket."""
        return self.folder / f"split-{family}-{number:05d}.arrow"

    def folded(self, family: str, bucket: int) -> Path:
        """The features of a bucket: one portion per slice."""
        return self.folder / f"fold-{family}-{bucket:05d}.arrow"

    def result(self, number: int) -> Path:
        """The features of a slice, in its order."""
        return self.folder / f"features-{number:05d}.parquet"


class Split(msgspec.Struct, frozen=True):
    """Cut one slice by the keys of one family."""

    job: Job
    family: str
    number: int

    @property
    def out(self) -> Path:
        """Its file."""
        return self.job.cut(self.family, self.number)


class Fold(msgspec.Struct, frozen=True):
    """Compute the features of one bucket."""

    job: Job
    family: str
    bucket: int

    @property
    def out(self) -> Path:
        """Its file."""
        return self.job.folded(self.family, self.bucket)


class Align(msgspec.Struct, frozen=True):
    """Put the features of one slice together."""

    job: Job
    number: int

    @property
    def out(self) -> Path:
        """Its file."""
        return self.job.result(self.number)


class Plan:
    """A fold over files, ready to run, and to go on where it was cut off.

    Args:
        declared, slices: As in `Job`. folder: Made where absent; what another job left there is removed.
        buckets: Where None, as many as hold `BUCKET` rows each.
    """

    def __init__(self, declared: FeatureSet, slices: Sequence[Path], folder: Path, buckets: int | None = None) -> None:
        rows = [pq.read_metadata(path).num_rows for path in slices]
        self.rows = sum(rows)
        self.job = Job(declared, tuple(slices), folder, buckets or max(1, -(-self.rows // BUCKET)))
        self._stamp = sha256(msgspec.json.encode([
            declared.definition(), self.job.buckets,
            [(path.name, count, path.stat().st_size, path.stat().st_mtime_ns)
             for path, count in zip(slices, rows, strict=True)],
        ])).hexdigest()  # fmt: skip

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The families that have features."""
        declared = self.job.declared
        return tuple(family.name for family in declared.families if declared.of_family(family.name))

    @property
    def results(self) -> list[Path]:
        """One Parquet file per slice: hlc, line, kind and the features, null where not known."""
        return [self.job.result(number) for number in range(len(self.job.slices))]

    def run(self, engine: Engine, told: Told | None = None, *, keep: bool = False) -> list[Done]:
        """Do what is not done yet; gives for each task where it was done.

        Args:
            told: Tasks done, tasks in all. keep: Leave what lies between slices and results.

        Raises:
            StoreFault: The disk is full, or a slice is damaged. EngineLost: As `vigie.engine.running.worked`.
        """
        self._settle_in()
        slices, buckets = range(len(self.job.slices)), range(self.job.buckets)
        splits = [Split(self.job, family, number) for family in self.families for number in slices]
        folds = [Fold(self.job, family, bucket) for family in self.families for bucket in buckets]
        aligns = [Align(self.job, number) for number in slices]
        whole = len(splits) + len(folds) + len(aligns)
        done = worked(engine, split, splits, _part(told, 0, whole))
        done += worked(engine, fold, folds, _part(told, len(done), whole))
        done += worked(engine, align, aligns, _part(told, len(done), whole))
        if not keep:
            for path in (*(task.out for task in splits), *(task.out for task in folds)):
                path.unlink(missing_ok=True)
        return done

    def _settle_in(self) -> None:
        """Keep what this very job did before; clear away what another did."""
        mark = self.job.folder / "job"
        if mark.exists() and mark.read_text() == self._stamp:
            return
        rmtree(self.job.folder, ignore_errors=True)
        self.job.folder.mkdir(mode=0o700, parents=True)
        with fresh(mark) as part:
            part.write_text(self._stamp)


def _part(told: Told | None, before: int, whole: int) -> Told | None:
    """Tell of a part of the work as of a part of the whole."""
    return None if told is None else lambda some, _: told(before + some, whole)


def split(task: Split) -> None:
    """Cut the rows of a slice into buckets; rows without a key of the family are left out."""
    mine = [feature for _, feature in task.job.declared.of_family(task.family)]
    measures = list(dict.fromkeys(feature.measure for feature in mine))
    key = f"k_{task.family}"
    told = _columns(task.job.slices[task.number], ["hlc", key, *_TAKEN, *(f"m_{name}" for name in measures)])
    said = np.flatnonzero(told[key] != UNSAID)
    bucket = (spread(told[key][said]) % np.uint64(task.job.buckets)).astype(np.uint16)
    order = said[np.argsort(bucket, kind="stable")]
    edges = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(bucket, minlength=task.job.buckets))))
    if not np.isin(told["kind"], (Kind.RETRACTED, ASKED)).any():  # all others are folded alike
        del told["kind"], told["target"]
    columns = {"rows": order.astype(np.int32)} | {name: narrowed(values)[order] for name, values in told.items()}
    put_portions(task.out, [{name: values[start:end] for name, values in columns.items()}
                            for start, end in itertools.pairwise(edges)])  # fmt: skip


def fold(task: Fold) -> None:
    """Compute the features of a bucket, and cut them by slice."""
    job = task.job
    parts = [portion(job.cut(task.family, number), task.bucket) for number in range(len(job.slices))]
    edges = np.concatenate((np.zeros(1, np.int64), np.cumsum([len(part["hlc"]) for part in parts])))
    hlc = _joined(parts, "hlc")
    history = HistoryColumns(
        hlc, hlc, _joined(parts, "kind", Kind.ANNOUNCED), _joined(parts, "target", 0),
        {task.family: _joined(parts, f"k_{task.family}")},
        {name[2:]: _joined(parts, name) for name in parts[0] if name.startswith("m_")},
    )  # fmt: skip
    mine = tuple(feature for _, feature in job.declared.of_family(task.family))
    families = tuple(family for family in job.declared.families if family.name == task.family)
    columns: dict[str, NDArray[Any]] = {}
    for column in fold_columns(FeatureSet(families, job.declared.measures, mine), history):
        columns[column.name] = narrowed(column.values)
        if not column.known.all():
            columns[f"{column.name}?"] = column.known.astype(np.int8)
    put_portions(task.out, [{name: values[start:end] for name, values in columns.items()}
                            for start, end in itertools.pairwise(edges)])  # fmt: skip


def align(task: Align) -> None:
    """Write the features of a slice in its order."""
    job = task.job
    base = pq.read_table(job.slices[task.number], columns=["hlc", "line", "kind"], use_threads=False)
    arrays = {name: base[name] for name in base.column_names}
    for family in job.declared.families:
        mine = [feature for _, feature in job.declared.of_family(family.name)]
        values = {feature.name: np.zeros(base.num_rows, np.int64) for feature in mine}
        known = {feature.name: np.zeros(base.num_rows, bool) for feature in mine}
        for bucket in range(job.buckets if mine else 0):
            rows = portion(job.cut(family.name, task.number), bucket)["rows"]
            told = portion(job.folded(family.name, bucket), task.number)
            for name, column in values.items():
                column[rows] = told[name]
                known[name][rows] = told.get(f"{name}?", 1)
        arrays |= {name: pa.array(column, mask=~known[name]) for name, column in values.items()}
    names = ("hlc", "line", "kind", *job.declared.names)
    with fresh(task.out) as part:
        pq.write_table(pa.table({name: arrays[name] for name in names}), part, compression="zstd", compression_level=1,
                       row_group_size=_GROUP, use_dictionary=False)  # fmt: skip


def _columns(path: Path, names: Sequence[str]) -> dict[str, Ints]:
    try:
        table = pq.read_table(path, columns=list(names), use_threads=False)
    except (pa.ArrowException, OSError):
        raise StoreFault(reason="file-damaged", file=path.name) from None
    return {name: table[name].to_numpy() for name in names}


def _joined(parts: Sequence[dict[str, Ints]], name: str, default: int = 0) -> Ints:
    """One column over all slices; where a slice does not name it, all its rows have the default."""
    return np.concatenate([
        np.asarray(part[name], np.int64) if name in part else np.full(len(part["hlc"]), default, np.int64)
        for part in parts
    ])  # fmt: skip


def write_slice(path: Path, history: HistoryColumns) -> None:
    """Write a slice of a history: what a `Plan` reads."""
    table = pa.table({name: pa.array(values) for name, values in history.flat()})
    with fresh(path) as part:
        pq.write_table(table, part, compression="zstd", compression_level=1, row_group_size=_GROUP,
                       use_dictionary=False)  # fmt: skip
