"""Threat detection reports of DICOS: a data set becomes a report and a report a data set.

A box is written as base and extents (x, y, z) with a depth of 1. Read, the axis whose extent is 1 is the depth; where
that is the first one, the axes stand slowest first (z, y, x), as one toolkit of the trade writes them.
"""

from collections.abc import Sequence
from hashlib import sha256
from math import isfinite
from typing import Any

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as Items
from pydicom.uid import DICOSDigitalXRayImageStorageForProcessing, DICOSThreatDetectionReportStorage

from vigie.scanning.xray.dicos_facts import moment_read
from vigie.scanning.xray.formats import BadScan
from vigie.scanning.xray.report import Box, ReportDecision, ReportType, Threat, ThreatReport
from vigie.terms import Moment, datetime_of

MOST_THREATS = 1_000
"""Threats of one report, at most: more is a damaged file."""

_LARGEST_MASK = 4 << 20  # bytes: 32 million pixels at one bit
_TEXT = 400  # characters of a description
_ZONE = "zone: "


def report_of(found: Dataset) -> ThreatReport:
    """Read a report from its data set.

    Raises:
        BadScan: Its type is unknown, it has more than `MOST_THREATS` threats, or a place is no place.
    """
    kind, said = str(found.get("TDRType", "")).strip(), str(found.get("AlarmDecision", "")).strip()
    if kind not in set(ReportType):
        raise BadScan(reason="scan-report-type", type=kind[:20])
    told = _items(found, "ThreatSequence")
    if len(told) > MOST_THREATS:
        raise BadScan(reason="scan-report-too-long", count=len(told), most=MOST_THREATS)
    threats = tuple(threat for one in told for threat in _threats(one))
    instances = [_text(one, "ReferencedSOPInstanceUID") for item in told
                 for part in _items(item, "PTORepresentationSequence")
                 for one in _items(part, "ReferencedInstanceSequence")]  # fmt: skip
    instances += [_text(one, "ReferencedSOPInstanceUID") for one in _items(found, "ReferencedInstanceSequence")]
    spent = _float(found.get("TotalProcessingTime"))
    return ThreatReport(
        type=ReportType(kind), threats=threats,
        decision=ReportDecision(said) if said in set(ReportDecision) else ReportDecision.UNKNOWN,
        at=_moment(_text(found, "AlarmDecisionTime")), container=_text(found, "PatientID"),
        algorithm=_list(found.get("ThreatDetectionAlgorithmAndVersion")), author=_text(found, "OperatorsName"),
        took_ms=spent, uid=_text(found, "SOPInstanceUID"), study=_text(found, "StudyInstanceUID"),
        series=_text(found, "SeriesInstanceUID"), about=tuple(dict.fromkeys(one for one in instances if one)),
    )  # fmt: skip


def _items(one: Dataset, name: str) -> Sequence[Dataset]:
    found = one.get(name)
    return found if isinstance(found, Items) else ()


def _text(one: Dataset, name: str) -> str:
    return str(one.get(name, "") or "").strip()[:_TEXT]


def _list(told: Any) -> tuple[str, ...]:
    if told is None or told == "":
        return ()
    several = told if isinstance(told, Sequence) and not isinstance(told, str) else [told]
    return tuple(str(one)[:_TEXT] for one in several)


def _float(told: Any) -> float | None:
    try:
        number = float(told)
    except (TypeError, ValueError):
        return None
    return number if isfinite(number) else None


def _moment(told: str) -> Moment | None:
    plain, zone = told, ""
    if len(told) > 5 and told[-5] in "+-":
        plain, zone = told[:-5], told[-5:]
    return moment_read(plain[:8], plain[8:], zone, []) if plain else None


def _threats(one: Dataset) -> list[Threat]:
    judged = _items(one, "ATDAssessmentSequence")
    first = judged[0] if judged else Dataset()
    made = []
    for part in _items(one, "PTORepresentationSequence"):
        for place in _items(part, "ThreatROIVoxelSequence"):
            box = _box(place)
            mask = place.get("ThreatROIBitmap", b"") or b""
            mask = mask if isinstance(mask, bytes) else b""
            if len(mask) > _LARGEST_MASK:
                raise BadScan(reason="scan-report-too-long", count=len(mask), most=_LARGEST_MASK)
            zone = _text(part, "PTOLocationDescription") or _text(one, "PTOLocationDescription")
            made.append(Threat(
                box=box, zone=zone.removeprefix(_ZONE) if zone.startswith(_ZONE) else "", kg=_float(part.get("Mass")),
                category=_text(first, "ThreatCategory") or "OTHER",
                description=_text(first, "ThreatCategoryDescription"),
                assessment=_text(first, "ATDAssessmentFlag") or "UNKNOWN",
                probability=_float(first.get("ATDAssessmentProbability")), mask=mask,
            ))  # fmt: skip
    return made


def _box(place: Dataset) -> Box:
    base, extents = place.get("ThreatROIBase"), place.get("ThreatROIExtents")
    try:
        start, size = [float(one) for one in base], [float(one) for one in extents]
    except (TypeError, ValueError):
        raise BadScan(reason="scan-report-box") from None
    if len(start) != 3 or len(size) != 3 or not all(map(isfinite, (*start, *size))):
        raise BadScan(reason="scan-report-box")
    x, y = (2, 1) if size[0] == 1.0 and size[2] != 1.0 else (0, 1)
    return start[x], start[y], size[x], size[y]


def report_set(report: ThreatReport, study: str, series: str, about: tuple[str, ...]) -> Dataset:
    """Turn a report into a data set.

    A machine never writes CLEAR: what it does not alarm on stays unknown, for people to look at.
    """
    one = Dataset()
    one.SOPClassUID = DICOSThreatDetectionReportStorage
    name = sha256(f"{report!r}|{study}|{about}".encode()).hexdigest()[:32]
    one.SOPInstanceUID = f"2.25.{int(name, 16)}"
    one.StudyInstanceUID = study or f"2.25.{int(name[:30], 16)}"
    one.SeriesInstanceUID = series or f"2.25.{int(name[:28], 16)}"
    one.Modality, one.Manufacturer, one.InstanceNumber = "TDR", "vigie", 1
    one.PatientID, one.TypeOfPatientID, one.PatientName = report.container[:64], "TEXT", ""
    one.StudyDate, one.StudyTime, one.AccessionNumber, one.StudyID = "", "", "", ""
    one.OOIType, one.DICOSVersion, one.ScanType = "CARGO", "V02A", "OPERATIONAL"
    one.AcquisitionStatus, one.AbortFlag, one.AdditionalScreeningPerformed = "SUCCESSFUL", "SUCCESS", "NO"
    silent = report.type is ReportType.MACHINE and report.decision is ReportDecision.CLEAR
    one.TDRType, one.AlarmDecision = report.type.value, (ReportDecision.UNKNOWN if silent else report.decision).value
    if report.algorithm:
        one.ThreatDetectionAlgorithmAndVersion = [part[:64] for part in report.algorithm]
    if report.author:
        one.OperatorsName = report.author[:64]
    if report.at is not None:
        one.AlarmDecisionTime = datetime_of(report.at).strftime("%Y%m%d%H%M%S.%f+0000")
    if report.took_ms is not None:
        one.TotalProcessingTime = report.took_ms
    one.NumberOfTotalObjects = min(len(report.threats), 65_535)
    one.NumberOfAlarmObjects = sum(threat.assessment in ("THREAT", "HIGH_THREAT") for threat in report.threats)
    one.ReferencedInstanceSequence = Items([_reference(uid) for uid in about])
    one.ThreatSequence = Items([_threat(number, threat, about) for number, threat in enumerate(report.threats)])
    return one


def _reference(uid: str) -> Dataset:
    made = Dataset()
    made.ReferencedSOPClassUID = DICOSDigitalXRayImageStorageForProcessing
    made.ReferencedSOPInstanceUID = uid
    return made


def _threat(number: int, threat: Threat, about: tuple[str, ...]) -> Dataset:
    x, y, width, height = threat.box
    place = Dataset()
    place.ThreatROIBase, place.ThreatROIExtents = [x, y, 0.0], [width, height, 1.0]
    if threat.mask:
        place.ThreatROIBitmap = threat.mask + b"\0" * (len(threat.mask) % 2)
    part = Dataset()
    part.ReferencedInstanceSequence = Items([_reference(uid) for uid in about])
    part.ThreatROIVoxelSequence = Items([place])
    if threat.zone:
        part.PTOLocationDescription = _ZONE + threat.zone
    if threat.kg is not None:
        part.Mass = threat.kg
    judged = Dataset()
    judged.ThreatCategory, judged.ThreatCategoryDescription = threat.category[:16], threat.description[:_TEXT]
    judged.ATDAbilityAssessment, judged.ATDAssessmentFlag = "NO_INTERFERENCE", threat.assessment[:16]
    if threat.probability is not None:
        judged.ATDAssessmentProbability = threat.probability
    made = Dataset()
    made.PotentialThreatObjectID = number
    made.PTORepresentationSequence, made.ATDAssessmentSequence = Items([part]), Items([judged])
    return made
