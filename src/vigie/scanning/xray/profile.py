"""The facts of a scan as a JSON profile beside its pictures: what a scanner that writes TIFF cannot say in them."""

from collections.abc import Sequence
from math import isfinite
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from vigie.scanning.xray.formats import BadScan
from vigie.scanning.xray.report import Threat
from vigie.scanning.xray.scan import ScanFacts, Travel
from vigie.terms import VigieError, read_moment, write_moment

LARGEST_PROFILE = 1 << 20
"""Bytes of a profile: 1,000 threats of 200 bytes, five times over."""

_MOST_THREATS = 1_000
_LARGEST_MEV = 20.0  # linear accelerators for cargo end at 9 to 10 MeV
_PIXEL_MM = (0.1, 100.0)

Count = Annotated[int, Meta(ge=0, le=65_535)]
Word = Annotated[str, Meta(max_length=120)]


class ThreatTold(Struct, frozen=True, omit_defaults=True):
    """A place as a profile names it. box: x, y, width, height in pixels. zone, kg: Where, and how heavy."""

    box: tuple[float, float, float, float]
    zone: Word = ""
    kg: float | None = None


class Profile(Struct, frozen=True, omit_defaults=True):
    """`ID.json`.

    Attributes:
        pixel_mm: Edge of a pixel in mm in the plane of the container's centre; or (height, width) where they differ.
        energies_mev: End-point energies in MeV, the high one first; one number for a scanner with one energy.
        air, dark: Counts without matter and without beam, one for both pictures or one for each.
        commodity: What is said to be inside. threats: Known places, of simulated and test scans alone.
        scanner, taken, container, travel, simulated: As in `ScanFacts`; `taken` in ISO 8601.
    """

    pixel_mm: float | tuple[float, float]
    energies_mev: float | tuple[float, ...]
    air: Count | tuple[Count, ...]
    commodity: Word = ""
    threats: Annotated[tuple[ThreatTold, ...], Meta(max_length=_MOST_THREATS)] = ()
    dark: Count | tuple[Count, ...] = 0
    scanner: Word = ""
    taken: Word = ""
    container: Word = ""
    travel: Travel = Travel.UNKNOWN
    simulated: bool = False


_decode = msgspec.json.Decoder(Profile)


def read_profile(body: bytes) -> tuple[ScanFacts, tuple[Threat, ...]]:
    """Read a profile; fields that are not known are passed over.

    Raises:
        BadScan: Too large, not JSON, a field is missing or out of range (`field` names which).
    """
    if len(body) > LARGEST_PROFILE:
        raise BadScan(reason="scan-profile-too-large", bytes=len(body), most=LARGEST_PROFILE)
    try:
        told = _decode.decode(body)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        wrong = isinstance(fault, msgspec.ValidationError)
        raise BadScan(reason="scan-profile-field" if wrong else "scan-profile-not-json", field=_field(fault)) from None
    threats = tuple(Threat(box=one.box, zone=one.zone, kg=one.kg) for one in told.threats)
    if not all(isfinite(number) for one in threats for number in (*one.box, one.kg or 0.0)):
        raise BadScan(reason="scan-profile-field", field="threats")
    return checked_facts(facts_of(told)), threats


def _field(fault: Exception) -> str:
    text = str(fault)
    return text.rpartition("$.")[2].rstrip("`")[:40] if "$." in text else text.partition("field `")[2][:40].rstrip("`")


def facts_of(told: Profile) -> ScanFacts:
    """Turn a profile into facts.

    Raises:
        BadScan: The moment cannot be read.
    """
    energies = told.energies_mev if isinstance(told.energies_mev, tuple) else (told.energies_mev,)
    row, column = told.pixel_mm if isinstance(told.pixel_mm, tuple) else (told.pixel_mm, told.pixel_mm)
    try:
        taken = read_moment(told.taken) if told.taken else None
    except VigieError:
        raise BadScan(reason="scan-profile-field", field="taken") from None
    return ScanFacts(
        energies_mev=energies, air=_each(told.air, len(energies)), dark=_each(told.dark, len(energies)), row_mm=row,
        column_mm=column, scanner=told.scanner.strip(), taken=taken, container=told.container.strip(),
        travel=told.travel, commodity=told.commodity.strip(), simulated=told.simulated,
    )  # fmt: skip


def _each(told: int | tuple[int, ...], count: int) -> tuple[int, ...]:
    return told if isinstance(told, tuple) else (told,) * max(count, 1)


def checked_facts(facts: ScanFacts) -> ScanFacts:
    """Give facts back where a scan can have been taken so.

    Raises:
        BadScan: An energy, count or pixel is out of range, or their numbers do not fit: `field` names which.
    """
    wrong = ""
    count = len(facts.energies_mev)
    if count not in (1, 2) or not all(isfinite(one) and 0.0 < one <= _LARGEST_MEV for one in facts.energies_mev):
        wrong = "energies_mev"
    elif len(facts.air) != count or not all(0 < one <= 65_535 for one in facts.air):
        wrong = "air"
    elif len(facts.dark) < count or not all(0 <= dark < air for dark, air in zip(facts.dark, facts.air, strict=False)):
        wrong = "dark"
    elif not all(isfinite(mm) and _PIXEL_MM[0] <= mm <= _PIXEL_MM[1] for mm in (facts.row_mm, facts.column_mm)):
        wrong = "pixel_mm"
    if wrong:
        raise BadScan(reason="scan-profile-field", field=wrong)
    return facts


def write_profile(facts: ScanFacts, threats: Sequence[Threat] = ()) -> bytes:
    """Write a profile."""
    same = facts.row_mm == facts.column_mm
    told = Profile(
        pixel_mm=facts.row_mm if same else (facts.row_mm, facts.column_mm), energies_mev=facts.energies_mev,
        air=facts.air, dark=facts.dark[: len(facts.energies_mev)], commodity=facts.commodity, scanner=facts.scanner,
        taken="" if facts.taken is None else write_moment(facts.taken), container=facts.container, travel=facts.travel,
        simulated=facts.simulated, threats=tuple(ThreatTold(one.box, one.zone, one.kg) for one in threats),
    )  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"
