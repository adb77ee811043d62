from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.desk import scanning_packed
from vigie.desk.scanning_packed import packed, unpacked
from vigie.scanning import BadScan, ScanFile

_file = st.builds(ScanFile, st.text("abc.", min_size=3, max_size=8).filter(lambda one: one.strip(".")), st.binary(max_size=50))


@given(st.lists(_file, min_size=1, max_size=4, unique_by=lambda one: one.name))
def test_what_is_packed_is_unpacked(files):
    assert unpacked("x", packed(tuple(files))) == tuple(files)


def test_one_file_is_itself():
    assert unpacked("a.tif", b"II*\0") == (ScanFile("a.tif", b"II*\0"),)


@given(st.binary(max_size=200))
def test_any_bytes_are_files_or_refused(raw):
    with pytest.raises(BadScan):
        unpacked("x", b"PK\3\4" + raw)


def test_folders_in_names_are_dropped_and_bombs_do_not_go_off(monkeypatch):
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr("../../etc/a.tif", b"\0" * 500_000)
    assert unpacked("x", out.getvalue())[0].name == "a.tif"
    monkeypatch.setattr(scanning_packed, "LARGEST_ARCHIVE", 1_000)
    with pytest.raises(BadScan, match="scan-file-too-large"):
        unpacked("x", out.getvalue())
    monkeypatch.setattr(scanning_packed, "MOST_MEMBERS", 0)
    with pytest.raises(BadScan, match="too-many-files"):
        unpacked("x", out.getvalue())
