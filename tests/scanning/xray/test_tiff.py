from io import BytesIO

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from tests.scanning.xray.pictures import a_scan, same, some_facts

from vigie.scanning import BadScan, Scan, ScanFile, read_scans, write_tiff
from vigie.scanning.xray.tiff import Tiff, read_pages


def tiff(*pictures, **how):
    out = BytesIO()
    with tifffile.TiffWriter(out) as writer:
        for one in pictures:
            writer.write(one, contiguous=False, **how)
    return out.getvalue()


@given(st.integers(8, 40), st.integers(8, 40), st.integers(0, 2**32 - 1), st.booleans(), st.booleans(), st.booleans())
def test_a_scan_comes_back_to_the_last_count(rows, columns, seed, pages, fast, two):
    chance = np.random.default_rng(seed)
    high, low = chance.integers(0, 65_536, (2, rows, columns), dtype=np.uint16)
    facts = some_facts() if two else some_facts(energies_mev=(6.0,), air=(60_000,), dark=(0,))
    scan = Scan(facts=facts, high=high, low=low if two else None)
    (found,) = read_scans(write_tiff(scan, "ID", pages=pages, fast=fast)).scans
    assert same(found.scan, scan)
    assert found.scan.facts == facts


def test_names_are_those_of_the_profile():
    assert [one.name for one in write_tiff(a_scan(), "ID")] == ["ID.high.tif", "ID.low.tif", "ID.json"]
    assert [one.name for one in write_tiff(a_scan(), "ID", pages=True)] == ["ID.tif", "ID.json"]
    assert Tiff().group(ScanFile("A.b.LOW.tiff", b"")) == "A.b"


def test_a_missing_low_picture_is_a_doubt():
    high, _, profile = write_tiff(a_scan(), "ID")
    (found,) = read_scans([high, profile]).scans
    assert found.scan.low is None
    assert found.scan.facts.energies_mev == (6.0,)
    assert [one.code for one in found.doubts] == ["scan-low-missing"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (tiff(np.zeros((20, 20), np.uint8)), "scan-not-16-bit"),
        (tiff(np.zeros((20, 20, 3), np.uint16), photometric="rgb"), "scan-not-16-bit"),
        (tiff(np.zeros((20, 20), np.int16)), "scan-not-16-bit"),
        (tiff(*[np.zeros((20, 20), np.uint16)] * 3), "scan-too-many-pages"),
        (tiff(np.zeros((4, 20), np.uint16)), "scan-too-small"),
        (tiff(np.ones((20, 20), np.uint16))[:-50], "scan-file-damaged"),
        (b"II*\0\xff\xff\xff\xff", "scan-file-damaged"),
    ],
)
def test_anything_else_is_refused(body, reason):
    with pytest.raises(BadScan, match=reason):
        read_pages(body)


def test_a_head_that_promises_too_much_is_refused_before_decoding():
    body = bytearray(tiff(np.zeros((64, 64), np.uint16), rowsperstrip=64))
    with tifffile.TiffFile(BytesIO(bytes(body))) as told:
        places = [told.pages[0].tags[name].valueoffset for name in ("ImageWidth", "ImageLength")]
    for place in places:
        body[place : place + 2] = b"\xff\xff"
    with pytest.raises(BadScan, match="scan-too-many-pixels"):
        read_pages(bytes(body))


def test_pictures_that_do_not_belong_together_are_refused():
    high, low, profile = write_tiff(a_scan(), "ID")
    small = ScanFile("ID.low.tif", tiff(np.ones((20, 20), np.uint16)))
    assert [one.reason for one in read_scans([high, small, profile]).unread] == ["scan-pictures-differ-in-shape"]
    assert [one.reason for one in read_scans([low, profile]).unread] == ["scan-without-high-picture"]
    both = ScanFile("ID.tif", high.body)
    assert [one.reason for one in read_scans([high, both, profile]).unread] == ["scan-picture-twice"]
