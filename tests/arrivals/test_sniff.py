import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import a_part

from vigie.arrivals import Part, Reading, read, recognise, split

ENS = b'<ie:CC315A xmlns:ie="http://ics.dgtaxud.ec/CC315A"><MesIdeMES19>A1</MesIdeMES19></ie:CC315A>'
EVENT = b'{"eventID":"e1","eventType":"EQUIPMENT","eventClassifierCode":"ACT","equipmentEventTypeCode":"GTOT",' \
        b'"eventDateTime":"2026-01-01T00:00:00Z","eventCreatedDateTime":"2026-01-01T00:00:00Z",' \
        b'"equipmentReference":"CSQU3054383"}'


@pytest.mark.parametrize(("head", "reader"), [
    (b"UNA:+.? '\r\nUNB+UNOA:2+A+B", "edifact"), (b"UNH+1+CUSCAR:D:95B:UN'", "edifact"), (b"\r\n UNB+UNOA", "edifact"),
    (b"QD+CN+ABCU1234567'\r\nLOC+147+0010203'\r\nLOC+9+NLRTM'\r\n", "edifact"),
    (ENS, "ens"), (b'<?xml version="1.0"?><!-- CC --><s:Envelope><s:Body><CC313A>', "ens"),
    (b'\xef\xbb\xbf<IE3F10 xmlns="urn:wco:datamodel:eu:ics2:2">', "ics2"), (b"<IE3A14>", "ics2"),
    ("<IE3F10>".encode("utf-16"), "ics2"), (b"<Awmds>", "asycuda"), (b"<html><body>", "unread"),
    (b"[" + EVENT + b"]", "dcsa"), (EVENT, "dcsa"), (b'{"VGMDeclarations":[]}', "dcsa"), (b'{"a":1}', "unread"),
    (b'{"type":"EPCISDocument"}', "epcis"), (b'{ "type" : "ObjectEvent" }', "epcis"),
    (b"!AIVDM,1,1,,A,16:=?;0P00`SstvFnFbeGH6L088h,0*44", "ais"),
    (b"# log\n\\s:r,c:1*00\\!BSVDM,2,1,1,A,55?Mb,0*1C", "ais"), (b"PAR1....", "parquet"),
    (b"a;b\n1;2\n", "unread"), (b"", "unread"), (b"\0\0\0", "unread"), (b"\x89PNG", "unread"),
])
def test_a_format_is_recognised_by_its_first_bytes(head: bytes, reader: str) -> None:
    assert recognise(head) == reader


def packed(how: str, content: bytes) -> bytes:
    held = io.BytesIO()
    if how == "zip":
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.xml", content)
    elif how == "tar":
        with tarfile.open(fileobj=held, mode="w") as archive:
            info = tarfile.TarInfo("a.xml")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    else:
        return {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "none": bytes}[how](content)
    return held.getvalue()


@pytest.mark.parametrize("inner", ["none", "tar", "zip", "gzip"])
@pytest.mark.parametrize("outer", ["none", "gzip", "bzip2", "xz", "zip", "tar"])
def test_a_packed_file_gives_the_same_parts(outer: str, inner: str) -> None:
    parts = list(split(io.BytesIO(packed(outer, packed(inner, ENS)))))
    assert [(part.format, part.body) for part in parts] == [("ens", ENS)]


@pytest.mark.parametrize("how", ["gzip", "bzip2", "xz", "zip", "tar"])
def test_a_cut_off_archive_is_doubted_and_never_raised(how: str) -> None:
    content = bytes(range(256)) * 40 + ENS * 2000
    whole = packed(how, content)
    for length in (12, len(whole) // 2, len(whole) - 3):
        parts = list(split(io.BytesIO(whole[:length])))
        assert parts
        assert parts[-1].doubts or how == "tar"


def test_a_zip_bomb_stops_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigie.arrivals.packed.FREE", 1 << 20)
    parts = list(split(io.BytesIO(gzip.compress(bytes(50 << 20), 9))))
    assert [doubt.code for part in parts for doubt in part.doubts][-1] == "packed-bomb"
    assert sum(len(part.body) for part in parts) < 30 << 20


def test_a_quine_of_archives_ends() -> None:
    content = b"x"
    for _ in range(8):
        content = gzip.compress(content)
    assert len(list(split(io.BytesIO(content)))) == 1


def test_unknown_bytes_are_kept_whole() -> None:
    body = b"nothing that anybody knows\n" * 100_000
    parts = list(split(io.BytesIO(body)))
    assert b"".join(part.body for part in parts) == body
    assert [doubt.code for doubt in parts[0].doubts] == ["unread-format"]
    assert read(parts[0]) == Reading(doubts=parts[0].doubts)


def test_a_table_without_a_map_says_that_it_needs_one() -> None:
    (part,) = split(io.BytesIO(b"box;weight\nCSQU3054383;23840\n"))
    assert [doubt.code for doubt in part.doubts] == ["unread-table"]


_PIECES = st.one_of(st.binary(max_size=40), st.sampled_from([
    b"UNB+", b"'", b"UNH+1+CUSCAR:D:95B:UN'", b"<", b">", b"<CC315A>", b"</CC315A>", b"<Awmds>", b"<Bol_segment>",
    b"</Bol_segment>", b"<IE3F10>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"[", b"]", b"{", b"}", b",", b'"events":[',
    b'"eventType":"X"', b"\x1f\x8b\x08", b"PK\x03\x04", b"PAR1", b"!AIVDM,1,1,,A,", b"*00\n", b"\0", b"\xff\xfe", ENS,
    EVENT, b'"type":"ObjectEvent"', b"\xfd7zXZ\0", b"BZh9",
]))


@given(st.lists(_PIECES, max_size=12).map(b"".join))
def test_any_bytes_are_read_or_doubted(content: bytes) -> None:
    for part in split(io.BytesIO(content)):
        reading = read(part)
        assert reading.rows or reading.doubts or part.format != "unread"


@given(st.sampled_from(["edifact", "ens", "ics2", "asycuda", "dcsa", "epcis", "ais", "table", "other"]),
       st.lists(_PIECES, max_size=8).map(b"".join), st.binary(max_size=10))
def test_any_part_is_read_by_any_reader(format: str, body: bytes, head: bytes) -> None:
    read(a_part(body, format, head))


@pytest.mark.shared
def test_every_sample_outside_edifact_finds_its_reader(shared_data: Path) -> None:
    found: Counter[str] = Counter()
    for path in sorted((shared_data / "trade").rglob("*")):
        if path.suffix in (".json", ".ais", ".nmea", ".aivdm", ".txt") and "directories" not in str(path):
            found.update(_formats(path))
    assert found["dcsa"] == 13
    assert found["epcis"] >= 68
    assert found["ais"] >= 8


def _formats(path: Path) -> set[str]:
    if path.parent.name in ("reference", "trade"):
        return set()
    with path.open("rb") as stream:
        parts: list[Part] = list(split(stream))
    return {part.format for part in parts}
