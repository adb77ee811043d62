"""Recognise what a stream is from its first bytes, and hand it to the reader of that format; nothing is refused."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from vigie.arrivals.packed import LOOK, Budget, Watched, members, packing
from vigie.arrivals.reading import Part, PartReader, Reading
from vigie.terms import Doubt, Place

if TYPE_CHECKING:
    from vigie.arrivals.table import ColumnMap

CHUNK = 1 << 20
"""Bytes of one part of a file that no reader knows."""

_DEEPEST = 3  # tar in gzip in zip: nobody packs deeper in good faith
_BLANK = b" \t\r\n\0"
_SERVICE = re.compile(rb"UN[ABGH][^A-Za-z0-9\s]")
_SEGMENT = re.compile(rb"'\s*[A-Z]{3}[+:']")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_XML_FORMATS = (
    (re.compile(r"CC31[35][A-Z]"), "ens"),
    (re.compile(r"IE3[FA]\d\d"), "ics2"),
    (re.compile(r"(?i)awmds|awbolds"), "asycuda"),
)
_AIS = re.compile(rb"(?m)^[^!\n]{0,200}![A-Z]{2}VD[MO],[1-9],[1-9],")
_EPCIS = re.compile(
    rb'"(?:EPCIS(?:Query)?Document|(?:Object|Aggregation|Association|Transaction|Transformation)Event)"'
)
_DCSA = re.compile(
    rb'"(?:eventType|eventClassification|eventClassifierCode|isRetracted|retractedEventID|VGMDeclarations|'
    rb'portCallService|portCall|shipmentEventTypeCode|transportEventTypeCode|equipmentEventTypeCode|eventRouting)"'
)


def recognise(head: bytes) -> str:
    """Name the reader for a stream from its first bytes (64 KiB are enough); `unread` where none is known.

    >>> recognise(b"UNA:+.? 'UNB+UNOA:2+A+B")
    'edifact'
    >>> recognise(b'<Awmds><General_segment>')
    'asycuda'
    """
    plain = _unmarked(head)
    if not plain:
        return "unread"
    if head.startswith(b"PAR1"):
        return "parquet"
    if _SERVICE.match(plain):
        return "edifact"
    if plain.startswith(b"<"):
        return _xml_format(plain)
    if plain[:1] in b"{[":
        return "epcis" if _EPCIS.search(plain) else "dcsa" if _DCSA.search(plain) else "unread"
    if _AIS.search(plain):
        return "ais"
    if len(_SEGMENT.findall(plain)) >= 2:
        return "edifact"  # real files start in the middle of a segment
    return "unread"


def _unmarked(head: bytes) -> bytes:
    """Drop byte-order mark and blanks; UTF-16 is folded to bytes so that its tags can be seen."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK)


def _xml_format(head: bytes) -> str:
    for found in _ROOT.finditer(head):
        name = found.group(1).decode("ascii", "replace")
        for shape, reader in _XML_FORMATS:
            if shape.fullmatch(name):
                return reader
    return "unread"


def split(stream: BinaryIO, *, column_map: "ColumnMap | None" = None) -> Iterator[Part]:
    """Cut any file into parts with bounded memory; packed files are opened.

    Args:
        stream: The file. Zip and Parquet need it seekable; everything else is read once, forwards.
        column_map: How the columns of a table are named; without it a table is kept unread, with a doubt.

    Yields:
        Parts in the order of the file. What no reader knows comes as `unread` with a doubt; nothing is raised for
        what the bytes hold.
    """
    budget = Budget()
    first = Watched(stream, budget, outermost=True)
    yield from _opened(stream, first, budget, column_map, depth=0)


def _opened(
    source: BinaryIO | None, watched: Watched, budget: Budget, column_map: "ColumnMap | None", depth: int
) -> Iterator[Part]:
    """Cut one (unpacked) stream; `source` is the seekable file behind it, where there is one."""
    ahead = io.BufferedReader(watched, LOOK)
    head = ahead.peek(LOOK)
    how = packing(head)
    if how and depth < _DEEPEST:
        if how == "zip" and source is not None and source.seekable():
            budget.packed = source.seek(0, io.SEEK_END)
            source.seek(0)
            inner: BinaryIO = source
        else:
            inner = ahead
        for member in members(how, inner, budget):
            yield from _opened(None, member, budget, column_map, depth + 1)
    else:
        yield from _cut(recognise(head), ahead, source, column_map)
    if watched.fault:
        place = Place(path=watched.name, offset=watched.passed)
        yield Part("unread", "packed", "", 0, b"", b"", watched.passed, doubts=(Doubt(watched.fault, place),))


def _cut(
    reader: str, ahead: "io.BufferedReader[Watched]", source: BinaryIO | None, column_map: "ColumnMap | None"
) -> Iterator[Part]:
    if reader == "edifact":
        from vigie.arrivals import edifact

        yield from edifact.split(ahead)
    elif reader in ("ens", "ics2", "asycuda"):
        from vigie.arrivals import xmldoc

        yield from xmldoc.split(ahead, reader)
    elif reader in ("dcsa", "epcis"):
        from vigie.arrivals import jsondoc

        yield from jsondoc.split(ahead, reader)
    elif reader == "ais":
        from vigie.arrivals import ais

        yield from ais.split(ahead)
    elif column_map is not None:
        from vigie.arrivals import table

        if reader == "parquet":
            yield from table.split_parquet(source if source is not None and source.seekable() else ahead, column_map)
        else:
            yield from table.split(ahead, column_map)
    else:
        yield from _unread(ahead, reader)


def _unread(ahead: "io.BufferedReader[Watched]", reader: str) -> Iterator[Part]:
    head = ahead.peek(LOOK)
    code = "unread-table" if reader == "parquet" or _is_table(head) else "unread-format"
    number = offset = 0
    while True:
        body = ahead.read(CHUNK)
        if not body and number:
            return
        doubt = Doubt(code if body else "unread-empty", Place(offset=offset), {"bytes": len(body)})
        yield Part("unread", "", "", number, b"", body, offset, doubts=(doubt,))
        if not body:
            return
        number, offset = number + 1, offset + len(body)


def _is_table(head: bytes) -> bool:
    """Two lines or more that hold the same separator equally often."""
    lines = [line for line in head.splitlines()[:5] if line.strip()]
    return b"\0" not in head and len(lines) >= 2 and any(
        (count := lines[0].count(mark)) and lines[1].count(mark) == count for mark in (b",", b";", b"\t", b"|")
    )


def read(part: Part) -> Reading:
    """Read one part with the reader of its format; never raises for what the bytes hold."""
    if part.format == "edifact":
        from vigie.arrivals import edifact

        return edifact.read(part)
    if part.format == "ens":
        from vigie.arrivals import ens

        return ens.read(part)
    if part.format == "ics2":
        from vigie.arrivals import ics2

        return ics2.read(part)
    if part.format == "asycuda":
        from vigie.arrivals import asycuda

        return asycuda.read(part)
    if part.format == "dcsa":
        from vigie.arrivals import dcsa

        return dcsa.read(part)
    if part.format == "epcis":
        from vigie.arrivals import epcis

        return epcis.read(part)
    if part.format == "ais":
        from vigie.arrivals import ais

        return ais.read(part)
    if part.format == "table":
        from vigie.arrivals import table

        return table.read(part)
    return Reading(doubts=part.doubts)


def reader() -> PartReader:
    """Make a reader of parts that follow each other, which reads what the parts of one message share only once."""
    edifact_reader: list[PartReader] = []

    def read_next(part: Part) -> Reading:
        if part.format != "edifact":
            return read(part)
        if not edifact_reader:
            from vigie.arrivals import edifact

            edifact_reader.append(edifact.PartsReader().read)
        return edifact_reader[0](part)

    return read_next
