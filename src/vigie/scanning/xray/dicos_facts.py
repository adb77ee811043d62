"""How a scan was taken, in the attributes of DICOS; what DICOS has no attribute for stands in a private block."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from pydicom.dataset import Dataset

from vigie.scanning.xray.profile import checked_facts
from vigie.scanning.xray.scan import ScanFacts, Travel
from vigie.terms import Doubt, Moment, Place, VigieError, datetime_of, read_moment

if TYPE_CHECKING:
    from numpy import uint16
    from numpy.typing import NDArray

_GROUP, _CREATOR = 0x0019, "VIGIE SCAN"
_AIR, _DARK, _TRAVEL, _COMMODITY, _SIMULATED, _PIXEL = range(1, 7)
_KINDS = {"high": "HIGH_ENERGY", "low": "LOW_ENERGY"}

USUAL_MEV = (6.0, 4.0)
"""Energies where a file does not say them: the commonest interlaced pair. Source: reference page scan, section 1 G."""

USUAL_MM = 5.0
"""Edge of a pixel where a file does not say it. Source: reference page scan, section 8.5: real pitch."""

_AIR_SHARE = 0.999  # of all pixels lie below the level of air, where nothing says it: beside and above there is air


def energy_of(sets: Sequence[Dataset]) -> list[str]:
    """Tell of each picture of a series whether it is the one of the high or of the low energy.

    By Image Type; where that says nothing, by the tube voltage; a picture alone is the high one.
    """
    said = ["low" if "LOW" in kind else "high" if "HIGH" in kind else "" for kind in map(_kind, sets)]
    if all(said):
        return said
    volts = [_number(one.get("KVP")) or 0.0 for one in sets]
    return ["high" if volt == max(volts) else "low" for volt in volts]


def _kind(one: Dataset) -> str:
    told = one.get("ImageType", "")
    return " ".join(map(str, told)).upper() if not isinstance(told, str) else told.upper()


def _number(told: Any) -> float | None:
    try:
        return None if told is None or told == "" else float(told)
    except (TypeError, ValueError):
        return None


def put_facts(one: Dataset, facts: ScanFacts, energy: str) -> None:
    """Write the facts of one picture of a scan."""
    which = 0 if energy == "high" else 1
    one.ImageType = ["ORIGINAL", "PRIMARY", "PROJECTION", _KINDS[energy]]
    one.KVP = round(facts.energies_mev[which] * 1000, 3)
    one.PatientID, one.TypeOfPatientID, one.PatientName = facts.container[:64], "TEXT", ""
    one.StationName, one.DeviceSerialNumber = facts.scanner[:16], facts.scanner[:64]
    one.OOIType, one.DICOSVersion = "CARGO", "V02A"
    one.NominalScannedPixelSpacing = [round(facts.row_mm, 6), round(facts.column_mm, 6)]
    one.ScanType, one.AcquisitionStatus = "OPERATIONAL", "SUCCESSFUL"
    one.StudyDate, one.StudyTime, one.AccessionNumber, one.StudyID = "", "", "", ""
    if facts.taken is not None:
        at = datetime_of(facts.taken)
        one.AcquisitionDate, one.AcquisitionTime = at.strftime("%Y%m%d"), at.strftime("%H%M%S.%f")
        one.StudyDate, one.StudyTime = one.AcquisitionDate, one.AcquisitionTime
        one.TimezoneOffsetFromUTC = "+0000"
    block = one.private_block(_GROUP, _CREATOR, create=True)
    block.add_new(_AIR, "US", facts.air[which])
    block.add_new(_DARK, "US", facts.dark[which])
    block.add_new(_TRAVEL, "LO", facts.travel.value)
    block.add_new(_COMMODITY, "LO", facts.commodity[:64])
    block.add_new(_SIMULATED, "CS", "YES" if facts.simulated else "NO")
    block.add_new(_PIXEL, "FD", [facts.row_mm, facts.column_mm])


def facts_of(
    sets: "Mapping[str, Dataset]", pictures: "Mapping[str, NDArray[uint16]]"
) -> tuple[ScanFacts, tuple[Doubt, ...]]:
    """Read the facts of a scan; what no attribute says is taken as usual, with a doubt.

    Raises:
        BadScan: An attribute says what cannot be.
    """
    order = [energy for energy in ("high", "low") if energy in sets]
    doubts: list[Doubt] = []
    high = sets["high"]
    volts = [_number(sets[energy].get("KVP")) for energy in order]
    energies = [usual if not volt else volt / 1000 for volt, usual in zip(volts, USUAL_MEV, strict=False)]
    if not all(volts):
        doubts.append(Doubt("scan-energy-unknown", Place(path="(0018,0060)"), {"mev": energies[0]}))
    air = [_own(sets[energy], _AIR) for energy in order]
    levels = [_count(level) or _air_of(pictures[energy]) for level, energy in zip(air, order, strict=True)]
    if not all(air):
        doubts.append(Doubt("scan-air-unknown", Place(), {"air": levels[0]}))
    row, column = _pixel(high, doubts)
    travel = str(_own(high, _TRAVEL) or "")
    return checked_facts(ScanFacts(
        energies_mev=tuple(energies), air=tuple(levels), row_mm=row, column_mm=column,
        dark=tuple(_count(_own(sets[energy], _DARK)) for energy in order),
        scanner=_text(high, "StationName") or _text(high, "DeviceSerialNumber"), taken=_taken(high, doubts),
        container=_text(high, "PatientID"), travel=Travel(travel) if travel in set(Travel) else Travel.UNKNOWN,
        commodity=str(_own(high, _COMMODITY) or "")[:120], simulated=_own(high, _SIMULATED) == "YES",
    )), tuple(doubts)  # fmt: skip


def _own(one: Dataset, element: int) -> Any:
    try:
        return one.private_block(_GROUP, _CREATOR)[element].value
    except (KeyError, AttributeError, ValueError):
        return None


def _count(told: Any) -> int:
    number = _number(told)
    return int(number) if number is not None and 0 <= number <= 65_535 else 0


def _air_of(picture: "NDArray[uint16]") -> int:
    """The level of air as the picture shows it."""
    return max(int(np.quantile(picture[::4, ::4], _AIR_SHARE)), 1)


def _text(one: Dataset, name: str) -> str:
    told = str(one.get(name, "") or "").strip()[:64]
    return "" if told.lower() == "unknown" else told


def _pixel(one: Dataset, doubts: list[Doubt]) -> tuple[float, float]:
    for told in (_own(one, _PIXEL), *(one.get(name) for name in (
        "NominalScannedPixelSpacing", "PixelSpacing", "ImagerPixelSpacing"
    ))):  # fmt: skip
        values = [_number(each) for each in told] if isinstance(told, Sequence) and not isinstance(told, str) else []
        if len(values) == 2 and values[0] and values[1]:
            return values[0], values[1]
    doubts.append(Doubt("scan-pixel-unknown", Place(path="(0018,2010)"), {"mm": USUAL_MM}))
    return USUAL_MM, USUAL_MM


def _taken(one: Dataset, doubts: list[Doubt]) -> Moment | None:
    """When it was taken; a moment that cannot be read becomes a doubt."""
    for name in ("Acquisition", "Content", "Study"):
        day, time = str(one.get(f"{name}Date", "") or ""), str(one.get(f"{name}Time", "") or "")
        if day:
            return moment_read(day, time, str(one.get("TimezoneOffsetFromUTC", "") or ""), doubts)
    return None


def moment_read(day: str, time: str, offset: str, doubts: list[Doubt]) -> Moment | None:
    """Read a date and a time of DICOM; without an offset they count as UTC. Source: DICOM PS3.5, 6.2 (DA, TM, DT)."""
    digits, _, part = (time.strip() or "000000").partition(".")
    digits = digits.ljust(6, "0")
    zone = f"{offset[:3]}:{offset[3:5]}" if len(offset) == 5 and offset[0] in "+-" else "Z"
    clock = f"{digits[:2]}:{digits[2:4]}:{digits[4:6]}{'.' + part[:6] if part else ''}"
    try:
        return read_moment(f"{day[:4]}-{day[4:6]}-{day[6:8]}T{clock}{zone}")
    except VigieError:
        doubts.append(Doubt("scan-moment-unread", Place(), {"told": f"{day} {time}"[:40]}))
        return None
