"""One scan of a stranger out of ID.high.tif, ID.low.tif and ID.json: whatever can be used is, and what was mended is said.

The product reads scans strictly (`vigie.scanning.read_scans`); a folder that somebody brings to be scored is read with
patience, so that a sheet without one number does not cost the picture. docs/how-to/score-a-folder-of-scans.md.
"""

import json
from collections.abc import Sequence
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from msgspec import Struct
from numpy.typing import NDArray

from vigie.scanning import LARGEST_PIXELS, BadScan, Scan, ScanFacts, Travel
from vigie.scanning.xray.profile import checked_facts
from vigie.scanning.xray.tiff import read_pages
from vigie.terms import Language, reason_text

Picture = NDArray[np.uint16]
Box = tuple[float, float, float, float]
FULL = 65_535
SUFFIXES = (".tif", ".tiff", ".TIF", ".TIFF")
AIR_POINT = 99.5
"""Percentile of the counts that stands for air where the sheet does not tell it: above the walls, below stray pixels."""
FAR_DARKER = 20.0
"""A picture whose brightest part lies so many times below its air was counted on another scale: three e-folds over all
of a picture are more than any load that is scanned shows above its goods (own)."""
BRIGHTER = 1.03
"""A picture this much brighter than its air level has another one: noise and gain of a detector stay below (own)."""


class Place(Struct, frozen=True):
    """A true place. box: x, y, width, height in pixels. zone, kg: As the sheet tells them; "" and None where not."""

    box: Box
    zone: str = ""
    kg: float | None = None


class Foreign(Struct, frozen=True):
    """A scan that was brought.

    Attributes:
        scan: What is scored.
        threats: True places; None where the sheet does not say whether there are any.
        notes: What was mended or left out, in words.
    """

    scan: Scan
    threats: tuple[Place, ...] | None
    notes: tuple[str, ...]


class Unusable(Exception):
    """A scan that cannot be scored; its text says why."""


def names_in(folder: Path) -> list[str]:
    """The ID of every sheet and of every picture, in order; a picture without sheet is told of when it is read."""
    found = {path.name[: -len(".json")] for path in folder.iterdir() if path.name.lower().endswith(".json")}
    for path in folder.iterdir():
        for part in (".high", ".low"):
            if path.suffix in SUFFIXES and path.stem.endswith(part):
                found.add(path.stem[: -len(part)])
    return sorted(found)


def read_foreign(folder: Path, name: str) -> Foreign:
    """Read one scan.

    Raises:
        Unusable: It cannot be scored; the text says why.
    """
    notes: list[str] = []
    sheet = _sheet(folder / f"{name}.json")
    high = _picture(folder, name, "high", notes)
    if high is None:
        raise Unusable(f"{name}.high.tif is missing")
    low = _low(folder, name, high, notes)
    facts = _facts(sheet, high, low, notes)
    if low is not None and len(facts.energies_mev) < 2:
        notes.append("energies_mev names one energy: the low picture is left out")
        low = None
    return Foreign(Scan(facts=facts, high=high, low=low), _threats(sheet, high.shape, notes), tuple(notes))


def _sheet(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise Unusable(f"{path.name} is missing")
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise Unusable(f"{path.name} is not JSON") from None
    if not isinstance(told, dict):
        raise Unusable(f"{path.name} holds no JSON object")
    return told


def _low(folder: Path, name: str, high: Picture, notes: list[str]) -> Picture | None:
    try:
        low = _picture(folder, name, "low", notes)
    except Unusable as fault:
        notes.append(f"the low picture is left out: {fault}")
        return None
    if low is not None and low.shape != high.shape:
        notes.append(f"the low picture is left out: {low.shape[0]} x {low.shape[1]} pixels, the high one "
                     f"{high.shape[0]} x {high.shape[1]}")  # fmt: skip
        return None
    return low


def _picture(folder: Path, name: str, which: str, notes: list[str]) -> Picture | None:
    path = next((each for each in (folder / f"{name}.{which}{end}" for end in SUFFIXES) if each.exists()), None)
    if path is None:
        return None
    body = path.read_bytes()
    try:
        pages = read_pages(body)
        if len(pages) > 1:
            notes.append(f"{path.name} holds {len(pages)} pages: the first is taken")
        return pages[0]
    except BadScan as fault:
        reason = str(fault.facts.get("reason", ""))
        if reason == "scan-not-16-bit":
            return _converted(body, path.name, notes)
        raise Unusable(f"{path.name}: {reason_text(reason, Language.EN, fault.facts)}") from None


def _converted(body: bytes, name: str, notes: list[str]) -> Picture:
    """Counts of another type as 16 bits: whole numbers as they are, shares of light times 65,535."""
    try:
        with tifffile.TiffFile(BytesIO(body)) as opened:
            page = opened.pages[0]
            if int(np.prod(page.shape, dtype=np.int64)) > LARGEST_PIXELS:
                raise Unusable(f"{name}: more than {LARGEST_PIXELS:,} pixels")
            found = np.squeeze(page.asarray(maxworkers=1))
    except Unusable:
        raise
    except Exception as fault:  # noqa: BLE001 -- a stranger's file makes the library raise whatever it meets
        raise Unusable(f"{name}: the file is damaged ({type(fault).__name__})") from None
    if found.ndim != 2 or min(found.shape) < 8 or found.dtype.kind not in "iuf":
        raise Unusable(f"{name}: {found.dtype} of shape {found.shape} is no plane of counts")
    kind = str(found.dtype)
    if found.dtype.kind == "f":
        strange = ~np.isfinite(found)
        if strange.any():
            notes.append(f"{name}: {int(strange.sum())} pixels are no numbers and count as dark")
            found = np.where(strange, 0, found)
        if float(found.max()) <= 1.5:
            found = found * FULL
    notes.append(f"{name}: {kind} was turned into 16 bits")
    return np.clip(np.round(found), 0, FULL).astype(np.uint16)


def _facts(sheet: dict[str, Any], high: Picture, low: Picture | None, notes: list[str]) -> ScanFacts:
    energies = _numbers(sheet.get("energies_mev"))[:2]
    pixel = _numbers(sheet.get("pixel_mm"))[:2]
    if not energies or not pixel:
        raise Unusable(f"{'energies_mev' if not energies else 'pixel_mm'} is missing or holds no positive number")
    if len(energies) == 2 and energies[0] < energies[1]:
        notes.append("energies_mev names the low energy first: turned round, the files go by their names")
        energies = energies[::-1]
    if low is None and len(energies) == 2:
        notes.append("there is no low picture: the high energy alone is looked at")
    energies = energies[: 2 if low is not None else 1]
    air = _air(_numbers(sheet.get("air")), [each for each in (high, low) if each is not None][: len(energies)], notes)
    dark = [min(int(each), air[n] - 1) for n, each in enumerate(_numbers(sheet.get("dark"), 0.0)[: len(energies)])]
    travel = sheet.get("travel")
    facts = ScanFacts(
        energies_mev=tuple(energies), air=tuple(air), dark=tuple((*dark, 0, 0)[:2]), row_mm=pixel[0],
        column_mm=pixel[-1], commodity=_word(sheet.get("commodity")), scanner=_word(sheet.get("scanner")),
        travel=Travel(travel) if travel in set(Travel) else Travel.UNKNOWN,
    )  # fmt: skip
    try:
        return checked_facts(facts)
    except BadScan as fault:
        raise Unusable(reason_text(str(fault.facts["reason"]), Language.EN, fault.facts)) from None


def _air(told: Sequence[float], pictures: Sequence[Picture], notes: list[str]) -> list[int]:
    """The air level of each picture: as told, else as the picture's own brightest part shows it."""
    made = []
    for n, picture in enumerate(pictures):
        which, brightest = ("high", "low")[n], float(np.percentile(picture[::4, ::4], AIR_POINT))
        level = told[min(n, len(told) - 1)] if told else 0.0
        if not told or level > FULL:
            level = max(brightest, 2.0)
            notes.append(f"air of the {which} picture is not told: {level:.0f} counts by its brightest part")
        elif brightest * FAR_DARKER < level:
            notes.append(
                f"the {which} picture is far darker ({brightest:.0f}) than its air ({level:.0f}): the first is taken"
            )
            level = max(brightest, 2.0)
        elif brightest > level * BRIGHTER:
            notes.append(
                f"the {which} picture is brighter ({brightest:.0f}) than its air ({level:.0f}): the first is taken"
            )
            level = brightest
        made.append(max(2, min(FULL, round(level))))
    return made


def _numbers(told: Any, least: float = 1e-9) -> list[float]:
    """Finite numbers out of one, several, or numbers written as words; nothing where there are none."""
    found = []
    for each in told if isinstance(told, list) else [told]:
        try:
            value = float(each) if not isinstance(each, bool) else float("nan")
        except (TypeError, ValueError):
            continue
        if isfinite(value) and value >= least:
            found.append(value)
    return found


def _word(told: Any) -> str:
    return told.strip()[:120] if isinstance(told, str) else ""


def _threats(sheet: dict[str, Any], shape: tuple[int, ...], notes: list[str]) -> tuple[Place, ...] | None:
    told = sheet.get("threats")
    if told is None:
        return None
    found = []
    for n, each in enumerate(told if isinstance(told, list) else [told]):
        box = _box(each.get("box") if isinstance(each, dict) else each)
        if box is None:
            notes.append(f"threat {n + 1} has no box of four numbers: the scan counts as one with a threat")
            box = (0.0, 0.0, 0.0, 0.0)
        elif box[0] >= shape[1] or box[1] >= shape[0] or box[0] + box[2] <= 0 or box[1] + box[3] <= 0:
            notes.append(f"the box of threat {n + 1} lies outside the picture")
        more = each if isinstance(each, dict) else {}
        found.append(Place(box, _word(more.get("zone")), next(iter(_numbers(more.get("kg"))), None)))
    return tuple(found)


def _box(told: Any) -> Box | None:
    if not isinstance(told, list) or len(told) != 4:
        return None
    values = [each for each in told if isinstance(each, int | float) and not isinstance(each, bool) and isfinite(each)]
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else None
