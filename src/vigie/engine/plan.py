"""The fold of a feature set over more rows than memory holds, as file tasks: one family of keys after the other.

A family is split, folded and placed (`vigie.engine.steps`), and what lay between is removed before the next begins; in
the end the families of each slice are put together. So the disk holds one family's half-way steps, not all of them.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

import msgspec
import pyarrow.parquet as pq

from vigie.engine.pieces import fresh, is_whole
from vigie.engine.running import Done, Engine, Told, skipped, worked
from vigie.engine.steps import Align, Fold, Job, Place, Split, align, fold, place, split, write_slice
from vigie.risk import FeatureSet

__all__ = ["BUCKET", "Job", "Plan", "write_slice"]

BUCKET = 500_000
"""Rows that a bucket should hold: its fold takes about 120 MB; a key with more rows has a larger bucket."""

_AT_ONCE = 32  # slices put together before their parts are removed: enough that cores seldom wait, few on the disk


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
        done: list[Done] = []
        slices = range(len(self.job.slices))
        whole = len(self.families) * (2 * len(slices) + self.job.buckets) + len(slices)
        for family in self.families:
            done += self._family(family, engine, lambda before: _part(told, before, whole), len(done), keep=keep)
        for some in (slices[start : start + _AT_ONCE] for start in range(0, len(slices), _AT_ONCE)):
            done += worked(engine, align, [Align(self.job, number) for number in some], _part(told, len(done), whole))
            if not keep:
                _removed([Place(self.job, family, number).out for family in self.families for number in some])
        return done

    def _family(
        self, family: str, engine: Engine, part: Callable[[int], Told | None], before: int, *, keep: bool
    ) -> list[Done]:  # fmt: skip
        """Fold one family into files in the order of the slices; what lies between is removed once all are there."""
        slices, buckets = range(len(self.job.slices)), range(self.job.buckets)
        splits = [Split(self.job, family, number) for number in slices]
        folds = [Fold(self.job, family, bucket) for bucket in buckets]
        places = [Place(self.job, family, number) for number in slices]
        if all(is_whole(task.out) or is_whole(self.job.result(task.number)) for task in places):
            done = [skipped() for _ in range(2 * len(slices) + len(buckets))]
        else:
            done = worked(engine, split, splits, part(before))
            done += worked(engine, fold, folds, part(before + len(done)))
            done += worked(engine, place, places, part(before + len(done)))
        if not keep:
            _removed([*(task.out for task in splits), *(task.out for task in folds)])
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


def _removed(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _part(told: Told | None, before: int, whole: int) -> Told | None:
    """Tell of a part of the work as of a part of the whole."""
    return None if told is None else lambda some, _: told(before + some, whole)
