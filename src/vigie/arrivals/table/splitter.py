"""Cut tables into parts: a few hundred rows, each with the column map, so that a part can be read on its own."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

import msgspec

from vigie.arrivals.reading import Part
from vigie.arrivals.table.column_map import ColumnMap, Dialect
from vigie.terms import Doubt, Place

ROWS = 200
"""Rows of one part; rows of one document stay together up to ten times that."""

_LONGEST = 1 << 20  # bytes of one row: a quote that is never closed would swallow the file
_LARGEST = 256 << 20  # a Parquet file that cannot be read in place is held in memory up to this
_CHUNK = 1 << 20
_MARKS = (",", ";", "\t", "|")


def split(stream: "io.BufferedReader[Any]", column_map: ColumnMap) -> Iterator[Part]:
    """Cut a CSV file; a row ends where a line ends outside quotes.

    A table that has none of the mapped columns, or that is no text, is kept in unread parts with a doubt.
    """
    shown = stream.peek(_CHUNK)
    if shown[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in shown:
        yield from unread(stream, "table-not-text")
        return
    encoding = column_map.encoding or _encoding(shown)
    header = _record(stream)
    delimiter = column_map.delimiter or _delimiter(header.decode(encoding, "replace"))
    names = tuple(name.strip().strip('"').strip() for name in header.decode(encoding, "replace").lstrip("\ufeff")
                  .rstrip("\r\n").split(delimiter))
    missing = [told.column for told in column_map.columns.values() if told.column not in names]
    doubts = tuple(Doubt("table-no-column", Place(segment=1, path=name), {"column": name[:40]}) for name in missing)
    if len(missing) == len(column_map.columns):
        yield from unread(stream, "table-no-column", header, doubts)
        return
    told = Dialect(column_map, names, delimiter, encoding)
    yield from _parts(stream, told, msgspec.json.encode(told) + b"\n" + header, doubts, len(header))


def _parts(stream: BinaryIO, told: Dialect, head: bytes, doubts: tuple[Doubt, ...], offset: int) -> Iterator[Part]:
    grouped = told.map.columns.get("document") if told.map.kind == "consignment" else None
    place = told.columns.index(grouped.column) if grouped is not None and grouped.column in told.columns else None
    rows: list[bytes] = []
    number, first, last = 0, 2, b""
    while row := _record(stream):
        key = _cell(row, told.delimiter, place)
        full = len(rows) >= ROWS and (place is None or key != last or len(rows) >= 10 * ROWS)
        if full:
            body = b"".join(rows)
            yield Part("table", told.map.form, "", number, head, body, offset, first, doubts)
            number, offset, first, rows, doubts = number + 1, offset + len(body), first + len(rows), [], ()
        rows.append(row)
        last = key
    if rows or number == 0:
        yield Part("table", told.map.form, "", number, head, b"".join(rows), offset, first, doubts)


def _cell(row: bytes, delimiter: str, place: int | None) -> bytes:
    """A cell good enough to tell whether the document changes; quotes with a delimiter inside only cut earlier."""
    cells = row.split(delimiter.encode()) if place is not None else []
    return cells[place].strip(b' "\r\n') if place is not None and place < len(cells) else b""


def _record(stream: BinaryIO) -> bytes:
    """One row: lines until the quotes are even."""
    lines: list[bytes] = []
    quotes = size = 0
    while line := stream.readline(_LONGEST):
        lines.append(line)
        quotes += line.count(b'"')
        size += len(line)
        if quotes % 2 == 0 or size >= _LONGEST:
            break
    return b"".join(lines)


def _encoding(shown: bytes) -> str:
    """UTF-8 where the first bytes are, else Latin-1 (which every byte is)."""
    try:
        shown.decode("utf-8")
    except UnicodeDecodeError as fault:
        return "utf-8" if fault.start > len(shown) - 4 else "latin-1"
    return "utf-8"


def _delimiter(header: str) -> str:
    return max(_MARKS, key=header.count)


def unread(stream: BinaryIO, code: str, start: bytes = b"", doubts: tuple[Doubt, ...] = ()) -> Iterator[Part]:
    """Keep a table that cannot be read."""
    number = offset = 0
    body = start or stream.read(_CHUNK)
    while body or number == 0:
        place = Place(offset=offset)
        yield Part("unread", "TABLE", "", number, b"", body, offset, doubts=doubts or (Doubt(code, place),))
        number, offset, body = number + 1, offset + len(body), stream.read(_CHUNK)


def split_parquet(stream: BinaryIO, column_map: ColumnMap) -> Iterator[Part]:
    """Cut a Parquet file into parts of `ROWS` rows, written as JSON lines: its own bytes cannot be cut.

    Without pyarrow (extra `analytics`) the file is kept unread, with a doubt that says so.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        if stream.seekable():
            stream.seek(0)
        yield from unread(stream, "table-needs-analytics")
        return
    if not stream.seekable():
        held = stream.read(_LARGEST + 1)
        if len(held) > _LARGEST:
            yield from unread(stream, "table-too-large", held)
            return
        stream = io.BytesIO(held)
    stream.seek(0)
    try:
        yield from _batches(pyarrow.parquet.ParquetFile(stream), column_map)
    except (pyarrow.ArrowException, OSError, ValueError):
        stream.seek(0)
        yield from unread(stream, "table-damaged")


def _batches(table: Any, column_map: ColumnMap) -> Iterator[Part]:
    names = list(table.schema_arrow.names)
    wanted = [told.column for told in column_map.columns.values()]
    columns = tuple(name for name in dict.fromkeys(wanted) if name in names)
    doubts = tuple(Doubt("table-no-column", Place(segment=1, path=name), {"column": name[:40]})
                   for name in wanted if name not in names)
    head = msgspec.json.encode(Dialect(column_map, columns, parquet=True)) + b"\n"
    first = 1
    if not columns:
        yield Part("unread", "TABLE", "", 0, b"", b"", doubts=doubts)
        return
    for number, batch in enumerate(table.iter_batches(batch_size=ROWS, columns=list(columns))):
        rows = zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
        lines = [msgspec.json.encode([_written(value) for value in row]) for row in rows]
        yield Part("table", column_map.form, "", number, head, b"\n".join(lines), 0, first, doubts)
        first, doubts = first + len(lines), ()


def _written(value: Any) -> str:
    """A cell as text, moments as ISO 8601."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, (datetime, date)) else str(value)
