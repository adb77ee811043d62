"""Files of the archive: a month of one table as Parquet, in the order of its key; bodies as they are, sealed.

Only `key` and `at` columns and the hash of the file are ours to rely on: any reader of Parquet opens them, and none
opens a sealed body without the key file.
"""

import errno
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from vigie.store.db import Row
from vigie.terms import AnalyticsMissing, StoreFault

UNSAID = -1
"""A key that is not said, in a column of whole numbers; keys are never negative."""

_GROUP = 2_000  # rows of a row group: one look-up reads some MB, whatever the month holds
_BODY = msgspec.msgpack.Decoder(tuple[tuple[int | None, ...], tuple[int, ...]])
_pack = msgspec.msgpack.Encoder().encode


class Source(msgspec.Struct, frozen=True):
    """A table of which months are moved.

    Attributes:
        name: Of the table. columns: All that is kept of it; the last is the body. key: What names a row, in order.
        at: The column that tells the month. whole: Rows leave the store; else their bodies do, and the rest stays.
        numbers: The body is whole numbers, laid out as columns; else it is sealed bytes.
        settled: SQL of what must hold for a row to be moved.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    at: str
    whole: bool = False
    numbers: bool = False
    settled: str = ""

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """The key of a row."""
        return tuple(row[self.columns.index(name)] for name in self.key)


SOURCES = (
    Source("log", ("hlc", "kind", "subject", "unit", "source", "digest", "chain", "body"), ("hlc",), "hlc"),
    Source("inbox", ("id", "kind", "digest", "received", "recorded", "backload", "source", "message", "body"), ("id",),
           "received",
           settled=" AND id NOT IN (SELECT id FROM inbox_waiting) AND id NOT IN (SELECT id FROM inbox_fault)"),
    Source("assessment", ("visit", "hlc", "unit", "policy", "score_milli", "band", "mandatory", "vector_at", "features",
                          "body"), ("hlc", "visit"), "hlc"),
    Source("history", ("hlc", "line", "kind", "target", "of_kind", "body"), ("hlc", "line", "kind"), "hlc",
           whole=True, numbers=True),
)  # fmt: skip
"""What grows with every message and is seldom read again: bodies of the log, raw records, reasons, history rows."""

BY_NAME: Mapping[str, Source] = {source.name: source for source in SOURCES}


def arrow() -> Any:
    """PyArrow with its Parquet reader.

    Raises:
        AnalyticsMissing: The extra is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ModuleNotFoundError:
        raise AnalyticsMissing from None
    return pa


def digest_of(portions: Iterator[Sequence[Row]]) -> tuple[int, str]:
    """Count rows and hash them, each value as it is kept."""
    digest, count = sha256(), 0
    for rows in portions:
        for row in rows:
            digest.update(_pack(row))
        count += len(rows)
    return count, digest.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        StoreFault: It is absent or cannot be read.
    """
    digest = sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as fault:
        raise StoreFault(reason="archive-file", file=path.name, error=os.strerror(fault.errno or 0)) from None
    return digest.hexdigest()


def write(path: Path, source: Source, portions: Iterator[Sequence[Row]]) -> None:
    """Write rows, in portions, to a file that takes its name once all of it is on the disk.

    Raises:
        StoreFault: The disk is full or the file cannot be written; what was begun is removed.
    """
    pa, part = arrow(), path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        writer = None
        try:
            for rows in portions:
                table = _table(pa, source, rows)
                if writer is None:
                    writer = pa.parquet.ParquetWriter(part, table.schema, compression="zstd")
                writer.write_table(table, row_group_size=_GROUP)
        finally:
            if writer is not None:
                writer.close()
        with part.open("rb") as told:
            os.fsync(told.fileno())
        part.chmod(0o600)
        part.replace(path)
        _settle(path.parent)
    except OSError as fault:
        reason = "full" if fault.errno in (errno.ENOSPC, errno.EDQUOT) else "file-cannot-be-written"
        raise StoreFault(reason=reason, file=path.name, error=os.strerror(fault.errno or 0)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Let the new name last, too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _table(pa: Any, source: Source, rows: Sequence[Row]) -> Any:
    if source.numbers:
        return _numbers(pa, source, rows)
    columns = zip(*rows, strict=True)
    return pa.table(dict(zip(source.columns, (pa.array(list(column)) if name not in _BYTES else
                                              pa.array(list(column), pa.binary())
                                              for name, column in zip(source.columns, columns, strict=True)),
                             strict=True)))  # fmt: skip


_BYTES = ("digest", "chain", "features", "body")


def _numbers(pa: Any, source: Source, rows: Sequence[Row]) -> Any:
    """Whole numbers in columns of their own; beside them how many of each a row has: older releases had fewer."""
    bodies = [_BODY.decode(row[-1]) for row in rows]
    columns: dict[str, Any] = {
        name: pa.array([row[place] for row in rows], pa.int64()) for place, name in enumerate(source.columns[:-1])
    }
    for part, mark, blank in ((0, "k", UNSAID), (1, "m", 0)):
        lengths = [len(body[part]) for body in bodies]
        columns[f"{mark}s"] = pa.array(lengths, pa.int16())
        for place in range(_WIDEST):
            if place < max(lengths):
                told = [_at(body[part], place, blank) for body in bodies]
                columns[f"{mark}{place}"] = pa.array(told, pa.int64())
            else:
                columns[f"{mark}{place}"] = pa.nulls(len(rows), pa.int64())
    return pa.table(columns)


_WIDEST = 64  # columns of keys and of measures that a file has room for: nulls take no place in it


def _at(values: Sequence[int | None], place: int, blank: int) -> int:
    value = values[place] if place < len(values) else None
    return blank if value is None else value


def read(path: Path, source: Source) -> Iterator[list[Row]]:
    """All rows of a file, in portions, as the store had them.

    Raises:
        StoreFault: It is absent, damaged or cut off.
    """
    opened = _opened(path)
    yield from (_rows(opened, group, source) for group in range(opened.num_row_groups))


def _opened(path: Path) -> Any:
    pa = arrow()
    try:
        return pa.parquet.ParquetFile(path)
    except (OSError, pa.ArrowException):
        raise StoreFault(reason="archive-file", file=path.name) from None


def _rows(opened: Any, group: int, source: Source) -> list[Row]:
    pa = arrow()
    try:
        table = opened.read_row_group(group)
    except (OSError, pa.ArrowException):
        raise StoreFault(reason="archive-file", group=group) from None
    if not source.numbers:
        return list(zip(*(table[name].to_pylist() for name in source.columns), strict=True))
    fixed = [table[name].to_pylist() for name in source.columns[:-1]]
    keys, measures = (
        zip(*(table[f"{mark}{place}"].to_pylist() for place in range(_WIDEST)), strict=True) for mark in ("k", "m")
    )
    found = []
    for row, many, key, few, measure in zip(
        zip(*fixed, strict=True), table["ks"].to_pylist(), keys, table["ms"].to_pylist(), measures, strict=True
    ):
        said = tuple(None if value == UNSAID else value for value in key[:many])
        found.append((*row, _pack((said, measure[:few]))))
    return found


def pick(path: Path, source: Source, keys: Collection[tuple[Any, ...]]) -> dict[tuple[Any, ...], Row]:
    """The rows of some keys: only row groups that may hold one are read.

    Raises:
        StoreFault: As `read`.
    """
    wanted = set(keys)
    firsts = sorted(key[0] for key in wanted)
    found: dict[tuple[Any, ...], Row] = {}
    opened = _opened(path)
    column = opened.schema_arrow.names.index(source.key[0])
    for group in range(opened.num_row_groups):
        ends = opened.metadata.row_group(group).column(column).statistics
        if any(ends.min <= first <= ends.max for first in firsts):
            found |= {key: row for row in _rows(opened, group, source) if (key := source.key_of(row)) in wanted}
    return found


def those(path: Path, source: Source, fits: Callable[[Any], Any]) -> Iterator[Row]:
    """The rows of a table of whole numbers that fit, found by its narrow columns alone.

    Args:
        fits: From the columns before the body, as a table, to a mask.
    """
    opened = _opened(path)
    names = list(source.columns[:-1])
    for group in range(opened.num_row_groups):
        mask = fits(opened.read_row_group(group, columns=names))
        if mask.true_count:
            yield from (row for row, ours in zip(_rows(opened, group, source), mask.to_pylist(), strict=True) if ours)
