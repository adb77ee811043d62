"""A node's history as slices for the fold: archived months, what is still in the store, and what is asked of both."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vigie.engine.columns import ASKED, UNSAID, HistoryColumns, Ints, history_of
from vigie.engine.plan import write_slice
from vigie.risk import FeatureSet, HistoryRow, Keys
from vigie.terms import StoreFault

SLICE = 500_000
"""Rows of a slice, about: 100 columns of them take 400 MB while they are written."""

_NUMBER = 32  # bits of the number of an ask within its part


def ask_line(part: int, number: int) -> int:
    """The line under which an ask goes through the fold, and its answer comes back."""
    return (part << _NUMBER) | number


def write_asks(path: Path, part: int, asks: Sequence[tuple[Keys, int]], declared: FeatureSet) -> None:
    """Write what is asked of history, each some keys as of a moment: a slice of rows that count nothing."""
    order = sorted(range(len(asks)), key=lambda place: asks[place][1])
    rows = [HistoryRow(asks[place][1], ask_line(part, place), ASKED, asks[place][0], (0,) * len(declared.measures))
            for place in order]  # fmt: skip
    write_slice(path, history_of(rows, declared))


def write_slices(
    folder: Path, archived: Sequence[Path], stored: Iterable[Sequence[HistoryRow]], asked: Sequence[Path],
    declared: FeatureSet, upto: int,
) -> list[Path]:  # fmt: skip
    """Write the slices of a fold; done again, they are written anew.

    Args:
        archived: Months of history as `vigie.store` archives them, oldest first. stored: The rows after them, in
            portions, in order. asked: Files of `write_asks`. upto: The last moment that is asked for.

    Raises:
        StoreFault: A file of the archive is damaged, or the disk is full.
    """
    made, last = list[Path](), -1
    for history in _gathered(_all(archived, stored, declared, upto)):
        end = int(history.hlc[-1])
        made.append(folder / f"history-{len(made):05d}.parquet")
        write_slice(made[-1], _merged(history, _between(asked, last, end, declared)))
        last = end
    rest = _between(asked, last, upto, declared)
    if len(rest.hlc):
        made.append(folder / f"history-{len(made):05d}.parquet")
        write_slice(made[-1], rest)
    return made


def _all(
    archived: Sequence[Path], stored: Iterable[Sequence[HistoryRow]], declared: FeatureSet, upto: int
) -> Iterator[HistoryColumns]:
    for path in archived:
        yield from (_until(some, upto) for some in _moved(path, declared))
    for rows in stored:
        yield _until(history_of(rows, declared), upto)


def _moved(path: Path, declared: FeatureSet) -> Iterator[HistoryColumns]:
    """A month of the archive: keys and measures stand by their place, those of a later release are not said."""
    try:
        opened = pq.ParquetFile(path)
        for group in range(opened.num_row_groups):
            told = opened.read_row_group(group, use_threads=False)
            yield HistoryColumns(
                *_fixed(told),
                {one.name: _filled(told[f"k{place}"], UNSAID) for place, one in enumerate(declared.families)},
                {name: _filled(told[f"m{place}"], 0) for place, name in enumerate(declared.measures)},
            )
    except (OSError, pa.ArrowException):
        raise StoreFault(reason="archive-file", file=path.name) from None


def _filled(column: pa.ChunkedArray, blank: int) -> Ints:
    values: Ints = column.fill_null(blank).to_numpy()
    return values


def _fixed(told: pa.Table) -> tuple[Ints, Ints, Ints, Ints]:
    return told["hlc"].to_numpy(), told["line"].to_numpy(), told["kind"].to_numpy(), told["target"].to_numpy()


def _until(history: HistoryColumns, upto: int) -> HistoryColumns:
    return picked(history, slice(0, int(np.searchsorted(history.hlc, upto + 1))))


def _gathered(parts: Iterable[HistoryColumns]) -> Iterator[HistoryColumns]:
    held, rows = list[HistoryColumns](), 0
    for part in parts:
        if len(part.hlc):
            held.append(part)
            rows += len(part.hlc)
        if rows >= SLICE:
            yield joined(held)
            held, rows = [], 0
    if held:
        yield joined(held)


def _between(asked: Sequence[Path], after: int, upto: int, declared: FeatureSet) -> HistoryColumns:
    """What is asked as of moments after one, up to another."""
    found = [history_of((), declared)]
    for path in asked:
        told = pq.read_table(path, filters=[("hlc", ">", after), ("hlc", "<=", upto)], use_threads=False)
        if told.num_rows:
            found.append(HistoryColumns(
                *_fixed(told),
                {one.name: told[f"k_{one.name}"].to_numpy() for one in declared.families},
                {name: told[f"m_{name}"].to_numpy() for name in declared.measures},
            ))  # fmt: skip
    whole = joined(found)
    return picked(whole, np.argsort(whole.hlc, kind="stable"))


def _merged(history: HistoryColumns, asked: HistoryColumns) -> HistoryColumns:
    if not len(asked.hlc):
        return history
    whole = joined([history, asked])
    return picked(whole, np.argsort(whole.hlc, kind="stable"))


def picked(history: HistoryColumns, rows: "slice | Ints") -> HistoryColumns:
    """Some rows of a history."""
    return HistoryColumns(
        history.hlc[rows], history.line[rows], history.kind[rows], history.target[rows],
        {name: values[rows] for name, values in history.keys.items()},
        {name: values[rows] for name, values in history.measures.items()},
    )  # fmt: skip


def joined(parts: Sequence[HistoryColumns]) -> HistoryColumns:
    """Histories one after another."""
    return HistoryColumns(
        np.concatenate([part.hlc for part in parts]), np.concatenate([part.line for part in parts]),
        np.concatenate([part.kind for part in parts]), np.concatenate([part.target for part in parts]),
        {name: np.concatenate([part.keys[name] for part in parts]) for name in parts[0].keys},
        {name: np.concatenate([part.measures[name] for part in parts]) for name in parts[0].measures},
    )  # fmt: skip
