"""Scans as DICOS: two DX instances of one series, high and low energy, and threat detection reports beside them.

Source: NEMA IIC 1 (DICOS) v02A for objects and attributes; DICOM PS3.3, PS3.5 and PS3.10 for the rest. Read leniently:
identifiers that are no legal UIDs are kept as they were written.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    UID,
    DICOSDigitalXRayImageStorageForPresentation,
    DICOSDigitalXRayImageStorageForProcessing,
    DICOSThreatDetectionReportStorage,
    ExplicitVRLittleEndian,
)

from vigie.scanning.xray.dicos_facts import energy_of, facts_of, put_facts
from vigie.scanning.xray.dicos_pixels import DICOS_SYNTAXES, PLAIN, READABLE, decode, encode
from vigie.scanning.xray.dicos_report import report_of, report_set
from vigie.scanning.xray.formats import BadScan, ReportRead, ScanBatch, ScanFile, ScanRead
from vigie.scanning.xray.mark import refuse_projected
from vigie.scanning.xray.report import ReportDecision, ReportType, Threat, ThreatReport
from vigie.scanning.xray.scan import LARGEST_PIXELS, Scan

if TYPE_CHECKING:
    from numpy import uint16
    from numpy.typing import NDArray

_MARK, _AT = b"DICM", 128
_DX = (DICOSDigitalXRayImageStorageForPresentation, DICOSDigitalXRayImageStorageForProcessing)
_LEAST = 8
_IMPLEMENTATION = "2.25.226118461927063211826409237744163790417"

pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE  # toolkits of the trade write illegal UIDs


class Dicos:
    """DICOS."""

    name = "dicos"

    def owns(self, file: ScanFile) -> bool:
        """A DICOM file by its mark."""
        return file.body[_AT : _AT + 4] == _MARK

    def group(self, file: ScanFile) -> str:
        """The series of a picture; a report stands alone.

        Raises:
            BadScan: The file cannot be read, or holds something else.
        """
        found = opened(file.body, pixels=False)
        kind = str(found.get("SOPClassUID", ""))
        if kind == DICOSThreatDetectionReportStorage:
            return f"report {file.name}"
        if kind not in _DX:
            raise BadScan(reason="scan-not-dicos-dx", kind=kind[:64])
        return f"series {found.get('SeriesInstanceUID', '')} {found.get('PatientID', '')}"

    def read(self, files: Sequence[ScanFile]) -> ScanBatch:
        """Read the pictures of one series, or one report.

        Raises:
            BadScan: Too large, damaged, two pictures of one energy, no picture of the high energy.
        """
        sets = [opened(file.body) for file in files]
        if str(sets[0].get("SOPClassUID", "")) == DICOSThreatDetectionReportStorage:
            return ScanBatch((), (ReportRead(report_of(sets[0]), files[0].name),))
        return ScanBatch((scan_read(sets, tuple(file.name for file in files)),))

    def write(self, scan: Scan, stem: str, threats: Sequence[Threat] = ()) -> tuple[ScanFile, ...]:
        """Write a scan; threats become a report of what is known of it."""
        told = ThreatReport(type=ReportType.GROUND_TRUTH, decision=ReportDecision.ALARM, threats=tuple(threats))
        return write_dicos(scan, stem, (told,) if threats else ())


def opened(body: bytes, *, pixels: bool = True) -> Dataset:
    """Read a DICOM file of a transfer syntax whose size is known before it is unpacked.

    Raises:
        BadScan: Another syntax, or damaged.
    """
    try:
        with _quietly():
            head = pydicom.dcmread(BytesIO(body[: _AT + 4 + _meta_length(body)]), force=True)
            syntax = str(head.file_meta.get("TransferSyntaxUID", ""))
            if syntax not in READABLE:
                raise BadScan(reason="scan-transfer-syntax", syntax=syntax[:64])
            found: Dataset = pydicom.dcmread(BytesIO(body), stop_before_pixels=not pixels)
            found.walk(_touched)  # every element is decoded here, so that a damaged one is met here and nowhere else
    except BadScan:
        raise
    except Exception as fault:  # noqa: BLE001 -- a stranger's file makes the library raise whatever it meets
        raise BadScan(reason="scan-file-damaged", error=type(fault).__name__) from None
    return found


_turn = Lock()


@contextmanager
def _quietly() -> Iterator[None]:
    """What the library warns of in a stranger's file is no concern of the node's log; one thread at a time changes how
    warnings are told.
    """
    with _turn, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _meta_length(body: bytes) -> int:
    """Bytes of the group that says the transfer syntax; a file that does not say them right gives them all."""
    head = body[_AT + 4 : _AT + 16]
    told = int.from_bytes(head[8:12], "little")
    return 12 + told if head[:8] == b"\2\0\0\0UL\4\0" and 12 + told <= len(body) else len(body)


def _touched(_: Dataset, __: pydicom.DataElement) -> None:
    """Nothing: that the element came here means that it was decoded."""


def scan_read(sets: Sequence[Dataset], names: tuple[str, ...]) -> ScanRead:
    """Put the pictures of one series together.

    Raises:
        BadScan: Two of one energy, none of the high one, different shapes, no counts.
    """
    found: dict[str, Dataset] = {}
    for one, energy in zip(sets, energy_of(sets), strict=True):
        if energy in found:
            raise BadScan(reason="scan-picture-twice")
        found[energy] = one
    if "high" not in found:
        raise BadScan(reason="scan-without-high-picture")
    pictures = {energy: picture_of(one) for energy, one in found.items()}
    low = pictures.get("low")
    if low is not None and low.shape != pictures["high"].shape:
        raise BadScan(reason="scan-pictures-differ-in-shape")
    facts, doubts = facts_of(found, pictures)
    high = found["high"]
    return ScanRead(
        scan=Scan(facts=facts, high=pictures["high"], low=low), form="dicos", files=names, doubts=doubts,
        study=str(high.get("StudyInstanceUID", ""))[:128], series=str(high.get("SeriesInstanceUID", ""))[:128],
        about=tuple(str(one.get("SOPInstanceUID", ""))[:128] for one in found.values()),
    )  # fmt: skip


def picture_of(one: Dataset) -> "NDArray[uint16]":
    """Decode the picture of an instance.

    Raises:
        BadScan: Not one plane of 16 bits of counts, too large, damaged.
    """
    try:
        rows, columns = int(one.Rows), int(one.Columns)
        bits = int(one.BitsAllocated), int(one.get("SamplesPerPixel", 1)), int(one.get("NumberOfFrames", 1) or 1)
        sign = int(one.get("PixelRepresentation", 0) or 0)
        way = str(one.get("PixelIntensityRelationship", "LIN")), int(one.get("PixelIntensityRelationshipSign", 1) or 1)
        body = bytes(one.PixelData)
    except (AttributeError, TypeError, ValueError):
        raise BadScan(reason="scan-without-pixels") from None
    if bits != (16, 1, 1) or sign:
        raise BadScan(reason="scan-not-16-bit")
    if way[0] not in ("LIN", "") or way[1] != 1:
        raise BadScan(reason="scan-not-counts")
    if min(rows, columns) < _LEAST:
        raise BadScan(reason="scan-too-small", rows=rows, columns=columns)
    if rows * columns > LARGEST_PIXELS:
        raise BadScan(reason="scan-too-many-pixels", rows=rows, columns=columns, most=LARGEST_PIXELS)
    return decode(body, str(one.file_meta.TransferSyntaxUID), rows, columns)


def write_dicos(
    scan: Scan, stem: str, reports: Sequence[ThreatReport] = (), *, syntax: str = "jpeg-lossless"
) -> tuple[ScanFile, ...]:
    """Write a scan and its reports.

    Args:
        stem: Beginning of the names. syntax: One of `DICOS_SYNTAXES`; every toolkit that was tried reads the first two.

    Returns:
        `ID.high.dcm`, `ID.low.dcm`, then `ID.tdr-1.dcm` and on.

    Raises:
        BadScan: Unknown syntax. ProjectedScan: A threat was laid into it for training.
    """
    refuse_projected(scan)
    if syntax not in DICOS_SYNTAXES:
        raise BadScan(reason="scan-transfer-syntax", syntax=syntax[:64])
    pair = [("high", scan.high)] + ([] if scan.low is None else [("low", scan.low)])
    root = sha256(b"".join(np.ascontiguousarray(one).tobytes() for _, one in pair)).hexdigest()
    study, series = uid_of(root, "study"), uid_of(root, "series")
    files, about = [], []
    for number, (energy, picture) in enumerate(pair, 1):
        one = Dataset()
        one.SOPClassUID = DICOSDigitalXRayImageStorageForProcessing
        one.SOPInstanceUID = uid_of(root, syntax, energy)
        one.StudyInstanceUID, one.SeriesInstanceUID, one.InstanceNumber = study, series, number
        one.Modality, one.Manufacturer = "DX", "vigie"
        put_facts(one, scan.facts, energy)
        _put_pixels(one, picture, DICOS_SYNTAXES[syntax])
        files.append(ScanFile(f"{stem}.{energy}.dcm", written(one, DICOS_SYNTAXES[syntax])))
        about.append(str(one.SOPInstanceUID))
    for number, report in enumerate(reports, 1):
        files.append(ScanFile(f"{stem}.tdr-{number}.dcm", write_report(report, study, series, tuple(about))))
    return tuple(files)


def write_report(report: ThreatReport, study: str = "", series: str = "", about: tuple[str, ...] = ()) -> bytes:
    """Write a threat detection report as a file.

    Args:
        study, series, about: The scan it belongs to, where the report does not name it itself.
    """
    made = report_set(report, report.study or study, report.series or series, report.about or about)
    return written(made, ExplicitVRLittleEndian)


def read_report(body: bytes) -> ThreatReport:
    """Read a threat detection report.

    Raises:
        BadScan: It is none, or damaged.
    """
    found = opened(body)
    if str(found.get("SOPClassUID", "")) != DICOSThreatDetectionReportStorage:
        raise BadScan(reason="scan-not-a-report")
    return report_of(found)


def _put_pixels(one: Dataset, picture: "NDArray[uint16]", syntax: str) -> None:
    one.Rows, one.Columns = picture.shape
    one.SamplesPerPixel, one.PhotometricInterpretation = 1, "MONOCHROME2"
    one.BitsAllocated, one.BitsStored, one.HighBit, one.PixelRepresentation = 16, 16, 15, 0
    one.PixelIntensityRelationship, one.PixelIntensityRelationshipSign = "LIN", 1
    body = encode(picture, syntax)
    one.PixelData = body if syntax in PLAIN else encapsulate([body])
    one["PixelData"].VR = "OW" if syntax in PLAIN else "OB"


def uid_of(*parts: str) -> str:
    """A UID that follows from what it names. Source: DICOM PS3.5 annex B.2, a UUID below 2.25."""
    return f"2.25.{int(sha256('|'.join(parts).encode()).hexdigest()[:32], 16)}"


def written(one: Dataset, syntax: str) -> bytes:
    """Write a data set as a file."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = one.SOPClassUID, one.SOPInstanceUID
    meta.TransferSyntaxUID, meta.ImplementationClassUID = UID(syntax), UID(_IMPLEMENTATION)
    one.file_meta = meta
    out = BytesIO()
    with _quietly():
        pydicom.dcmwrite(out, one, enforce_file_format=True)
    return out.getvalue()
