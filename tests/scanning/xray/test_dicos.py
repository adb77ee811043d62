from io import BytesIO

import pydicom
import pytest
from pydicom.uid import DICOSDigitalXRayImageStorageForProcessing
from tests.scanning.xray.pictures import a_scan, same

from vigie.scanning import (
    DICOS_SYNTAXES,
    BadScan,
    ReportDecision,
    ReportType,
    ScanFile,
    Threat,
    ThreatReport,
    read_report,
    read_scans,
    write_dicos,
    write_report,
)
from vigie.scanning.xray.dicos import Dicos, uid_of

REPORT = ThreatReport(type=ReportType.OPERATOR, decision=ReportDecision.ALARM, threats=(Threat(box=(3, 4, 5, 6)),))


@pytest.mark.parametrize("syntax", sorted(DICOS_SYNTAXES))
def test_a_scan_comes_back_with_its_reports(syntax):
    scan = a_scan(container="CSQU3054383", scanner="MX-1", commodity="bananas")
    batch = read_scans(write_dicos(scan, "S", (REPORT,), syntax=syntax))
    (found,) = batch.scans
    assert same(found.scan, scan)
    assert found.scan.facts == scan.facts
    (told,) = batch.reports
    assert told.report.series == found.series
    assert told.report.about == found.about
    assert told.report.threats == REPORT.threats


def test_one_energy_alone_is_a_scan():
    scan = a_scan(low=False)
    (found,) = read_scans(write_dicos(scan, "S")).scans
    assert same(found.scan, scan)


def test_another_reader_finds_two_linked_pictures():
    """pydicom reads back what stands in the attributes, whatever our own reader makes of them."""
    high, low = (pydicom.dcmread(BytesIO(one.body)) for one in write_dicos(a_scan(container="CSQU3054383"), "S"))
    assert high.SOPClassUID == low.SOPClassUID == DICOSDigitalXRayImageStorageForProcessing
    assert high.SeriesInstanceUID == low.SeriesInstanceUID
    assert (high.ImageType[3], low.ImageType[3]) == ("HIGH_ENERGY", "LOW_ENERGY")
    assert (high.KVP, low.KVP, high.PatientID, high.OOIType) == (6000, 4000, "CSQU3054383", "CARGO")
    assert high.SOPInstanceUID != low.SOPInstanceUID
    assert (high.Rows, high.Columns, high.BitsAllocated) == (*a_scan().high.shape, 16)


def test_the_same_scan_gets_the_same_names():
    assert write_dicos(a_scan(), "S") == write_dicos(a_scan(), "S")
    assert uid_of("a", "b") != uid_of("a", "c")
    assert len(uid_of("a")) <= 64


def test_a_report_of_another_toolkit_with_illegal_names_is_read(shared_data):
    """Written by the vendor toolkit SDICOS, whose UIDs have leading zeros: the string stays as it was."""
    told = read_report((shared_data / "scan/dicos/sdicos_tdr_cargo.dcs").read_bytes())
    assert (told.type, told.decision, told.container) == (ReportType.MACHINE, ReportDecision.ALARM, "MSKU1234565")
    assert told.uid == "1996628381.22761.24117.191023.092103022081054085"
    assert told.algorithm == ("vigie", "0.0", "-model=x", "-thr=0.5")
    (threat,) = told.threats
    assert threat.box == (100.0, 200.0, 80.0, 40.0)
    assert (threat.category, threat.description, len(threat.mask)) == ("CONTRABAND", "brick pattern", 400)
    assert read_report(write_report(told)).threats == told.threats


def test_a_machine_never_writes_clear():
    silent = ThreatReport(type=ReportType.MACHINE, decision=ReportDecision.CLEAR)
    assert read_report(write_report(silent)).decision is ReportDecision.UNKNOWN
    human = ThreatReport(type=ReportType.OPERATOR, decision=ReportDecision.CLEAR)
    assert read_report(write_report(human)).decision is ReportDecision.CLEAR


def test_two_pictures_of_one_energy_and_other_objects_are_refused():
    high, low = write_dicos(a_scan(), "S")
    twice = [high, ScanFile("again.dcm", high.body)]
    assert [one.reason for one in read_scans(twice).unread] == ["scan-picture-twice"]
    assert [one.reason for one in read_scans([low]).unread] == ["scan-without-high-picture"]
    with pytest.raises(BadScan, match="scan-not-a-report"):
        read_report(high.body)
    with pytest.raises(BadScan, match="scan-transfer-syntax"):
        write_dicos(a_scan(), "S", syntax="deflated")


def test_deflated_files_are_not_unpacked():
    high = write_dicos(a_scan(), "S", syntax="explicit")[0].body
    deflated = high.replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.1.99"[:20])
    changed = pydicom.dcmread(BytesIO(high))
    changed.file_meta.TransferSyntaxUID = pydicom.uid.DeflatedExplicitVRLittleEndian
    out = BytesIO()
    changed.save_as(out, enforce_file_format=True)
    assert len(deflated) == len(high)
    with pytest.raises(BadScan, match="scan-transfer-syntax"):
        Dicos().group(ScanFile("x.dcm", out.getvalue()))
