import pytest
from tests.scanning.xray.pictures import a_scan, same

from vigie.scanning import BadScan, ScanFile, format_named, group_of, read_scans, scan_formats, write_dicos, write_tiff
from vigie.scanning.xray import scan_files


def test_what_one_format_writes_is_read_as_it_was():
    for form in scan_formats():
        scan = a_scan(container="CSQU3054383", scanner="MX-1", commodity="bananas")
        found = read_scans(form.write(scan, "S1")).scans
        assert [one.form for one in found] == [form.name]
        assert same(found[0].scan, scan)
        assert found[0].scan.facts == scan.facts
        assert found[0].doubts == ()


def test_a_bad_file_keeps_no_other_from_being_read():
    good = [*write_tiff(a_scan(), "A"), *write_dicos(a_scan(seed=2), "B")]
    bad = [ScanFile("C.high.tif", b"II*\0nothing"), ScanFile("notes.txt", b"hello")]
    batch = read_scans([*bad, *good])
    assert len(batch.scans) == 2
    assert {one.reason for one in batch.unread} == {"scan-without-profile", "unknown-scan-format"}


def test_files_of_one_scan_have_one_group():
    pair = {group_of(file) for file in write_dicos(a_scan(), "B")}
    told = {group_of(file) for file in write_tiff(a_scan(), "B")}
    assert len(pair) == len(told) == 1
    assert pair != told
    assert group_of(ScanFile("x", b"")) == ""


def test_sizes_are_refused_before_anything_is_read(monkeypatch):
    monkeypatch.setattr(scan_files, "LARGEST_SCAN_FILE", 100)
    assert [one.reason for one in read_scans(write_tiff(a_scan(), "A")).unread] == ["scan-file-too-large"] * 3
    monkeypatch.setattr(scan_files, "MOST_FILES", 2)
    with pytest.raises(BadScan, match="too-many-files"):
        read_scans(write_tiff(a_scan(), "A"))


def test_an_unknown_form_is_refused():
    assert format_named("dicos").name == "dicos"
    with pytest.raises(BadScan, match="unknown-scan-format"):
        format_named("uff")
