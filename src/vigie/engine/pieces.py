"""Files that are there whole or not at all: what tasks hand to each other, and how a half-written one is noticed."""

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from types import MappingProxyType
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vigie.engine.columns import Ints
from vigie.terms import StoreFault

_UNWRITTEN = b"unwritten"  # key of what a file of portions says of columns that it does not hold


@contextmanager
def fresh(path: Path, *, lasting: bool = True) -> Iterator[Path]:
    """Give a place to write to, which takes the name of `path` once all of it is written.

    Args:
        lasting: All of it is on the disk before it takes the name; False for what can be made again.

    Raises:
        StoreFault: The disk is full, or the file cannot be written; what was begun is removed.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        if lasting:
            with part.open("rb") as told:
                os.fsync(told.fileno())
        part.chmod(0o600)
        part.replace(path)
    except OSError as fault:
        reason = "full" if fault.errno in (errno.ENOSPC, errno.EDQUOT) else "file-cannot-be-written"
        raise StoreFault(reason=reason, file=path.name, error=os.strerror(fault.errno or 0)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def put_portions(
    path: Path, portions: Sequence[Mapping[str, NDArray[Any]]], same: Mapping[str, str] = MappingProxyType({}),
    always: Mapping[str, int] = MappingProxyType({}),
) -> None:  # fmt: skip
    """Write portions of whole-number columns, one record batch each, so that any is read without the others.

    Args:
        portions: Column to values; the same columns in each, and of each column the same type.
        same: Columns that are not written because another one holds their values. always: Those of one value.

    Raises:
        StoreFault: As `fresh`.
    """
    schema = pa.schema(
        [(name, pa.from_numpy_dtype(values.dtype)) for name, values in portions[0].items()],
        metadata={_UNWRITTEN: msgspec.json.encode([dict(same), dict(always)])},
    )
    with fresh(path, lasting=False) as part, pa.OSFile(str(part), "wb") as sink, pa.ipc.new_file(sink, schema) as out:
        for told in portions:
            out.write_batch(pa.record_batch([pa.array(values) for values in told.values()], schema=schema))


def narrowed(values: Ints) -> NDArray[Any]:
    """The same numbers in the smallest type of whole numbers that holds them all: less to write and to read."""
    if not len(values):
        return values.astype(np.int8)
    least, most = int(values.min()), int(values.max())
    for kind in (np.int8, np.int16, np.int32):
        if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max:
            return values.astype(kind)
    return values


def portion(path: Path, number: int) -> dict[str, NDArray[Any]]:
    """Read one portion; the values lie in the file's own pages.

    Raises:
        StoreFault: The file is damaged or cut off.
    """
    with _reader(path) as reader:
        return _told(reader, number)


def portions_of(path: Path) -> Iterator[dict[str, NDArray[Any]]]:
    """Read all portions in order.

    Raises:
        StoreFault: As `portion`.
    """
    with _reader(path) as reader:
        for number in range(reader.num_record_batches):
            yield _told(reader, number)


def _told(reader: pa.ipc.RecordBatchFileReader, number: int) -> dict[str, NDArray[Any]]:
    batch = reader.get_batch(number)
    found = {name: column.to_numpy() for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    same, always = msgspec.json.decode(batch.schema.metadata[_UNWRITTEN])
    found |= {name: found[other] for name, other in same.items()}
    return found | {name: np.broadcast_to(np.int64(value), batch.num_rows) for name, value in always.items()}


def put_bodies(path: Path, told: Sequence[tuple[str, bytes]]) -> None:
    """Write named bytes, in order.

    Raises:
        StoreFault: As `fresh`.
    """
    names, bodies = pa.array([name for name, _ in told], pa.string()), pa.array([body for _, body in told], pa.binary())
    with fresh(path) as part:
        pq.write_table(pa.table({"name": names, "body": bodies}), part, compression="zstd")


def bodies(path: Path) -> list[tuple[str, bytes]]:
    """Read named bytes, in order.

    Raises:
        StoreFault: The file is damaged or cut off.
    """
    try:
        table = pq.read_table(path, use_threads=False)
    except (pa.ArrowException, OSError):
        raise StoreFault(reason="file-damaged", file=path.name) from None
    return list(zip(table["name"].to_pylist(), table["body"].to_pylist(), strict=True))


def settled(folder: Path, stamp: str) -> None:
    """Keep what this very job did before in its folder; clear away what another did.

    Args:
        stamp: Names exactly what is to be done.
    """
    mark = folder / "run"
    if not mark.exists() or mark.read_text() != stamp:
        rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
        with fresh(mark) as part:
            part.write_text(stamp)


def is_whole(path: Path, portions: int | None = None) -> bool:
    """Whether a file is there, ends as it should, and holds so many portions; Parquet files are known by their name.

    What is half-written has no end, or one that does not fit: it is as good as absent and made again.
    """
    try:
        if path.suffix == ".parquet":
            return pq.ParquetFile(path).metadata is not None
        with _reader(path) as reader:
            return portions is None or reader.num_record_batches == portions
    except (StoreFault, OSError, pa.ArrowException):
        return False


@contextmanager
def _reader(path: Path) -> Iterator[pa.ipc.RecordBatchFileReader]:
    try:
        yield pa.ipc.open_file(pa.memory_map(str(path)))
    except (pa.ArrowException, OSError) as fault:
        raise StoreFault(reason="file-damaged", file=path.name, error=str(fault)[:80]) from None
