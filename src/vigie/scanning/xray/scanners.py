"""The register of scanners: what each is, when it was calibrated, and whether a machine may judge its pictures.

Three points calibrate a scanner: the ratio R of attenuations (low over high energy) of an organic, of iron and of lead,
each of a known areal density. What drifts is seen on every scan: the strip of air, and R of a piece of known steel.
"""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from vigie.scanning.xray.physics import Calibration, Piece, fit_calibration
from vigie.scanning.xray.scan import ScanFacts, Travel
from vigie.terms import DAY, Fact, Moment

if TYPE_CHECKING:
    from vigie.scanning.xray.scan import Scan

CALIBRATION_DAYS = 180
"""Days for which a calibration holds where a site sets nothing else: twice a year. Expert judgement, to be set per
scanner from its own drift; ANSI N42.46 leaves the span to the operator."""

AIR_DRIFT = 0.05
"""Largest change of the level of air against the calibration: beyond 5 % areal density is wrong by more than 0.05
e-folds, about 2 g/cm² of water at 6 MeV. Source: mass attenuation of water 0.0277 cm²/g at 6 MeV (NIST XCOM)."""

RATIO_DRIFT = 0.01
"""Largest change of R of steel: organic and steel lie 0.0375 apart (1.2080 and 1.1705 at 6/4 MeV, 20 g/cm²), so that a
quarter of it begins to take one for the other. Source: reference page scan, section 4."""

MOST_DRIFTS = 20
"""Measurements of drift that a scanner keeps, the latest; its verdict rests on the median of the last five."""

_JUDGED = 5

Word = Annotated[str, Meta(min_length=1, max_length=60)]
Mev = Annotated[float, Meta(gt=0, le=20)]


class QualityResult(Struct, frozen=True):
    """One result of a test of image quality.

    Attributes:
        at: When. test: `penetration` (mm of steel), `contrast` (per cent), `resolution` (mm), `wire` (mm).
        value: What was reached, in the unit of the test. passed: Whether it is what the site asks for.

    Source: ANSI N42.46, the tests of penetration, contrast sensitivity, spatial resolution and wire detection.
    """

    at: Moment
    test: Annotated[str, Meta(pattern="^(penetration|contrast|resolution|wire)$")]
    value: Annotated[float, Meta(ge=0)]
    passed: bool


class Drift(Struct, frozen=True):
    """What one scan said of its scanner. at: When. air: Level of air over the calibrated one. ratio: R of steel; None
    where there was none in the picture. scan: Which.
    """

    at: Moment
    air: float
    ratio: float | None = None
    scan: str = ""


class Scanner(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One scanner.

    Attributes:
        name: As files name it. site: UN/LOCODE where it stands.
        energies_mev, row_mm, column_mm, travel: As in `ScanFacts`; used where a file does not say them.
        air, dark: Counts of each picture without matter and without beam, of the last calibration or as the maker says.
        calibration: The last one; None before the first. pieces: What was measured for it.
        quality: Results of tests, the latest of each test. drifts: Latest measurements, oldest first.
        active: False once it is taken away.
        note: What colleagues should know.
    """

    name: Word
    site: Annotated[str, Meta(pattern="^[A-Z]{2}[A-Z2-9]{3}$")]
    energies_mev: Annotated[tuple[Mev, ...], Meta(min_length=1, max_length=2)] = (6.0, 4.0)
    row_mm: Annotated[float, Meta(ge=0.1, le=100)] = 5.0
    column_mm: Annotated[float, Meta(ge=0.1, le=100)] = 5.0
    air: tuple[Annotated[int, Meta(ge=1, le=65_535)], ...] = ()
    dark: tuple[Annotated[int, Meta(ge=0, le=65_535)], ...] = (0, 0)
    travel: Travel = Travel.UNKNOWN
    calibration: Calibration | None = None
    pieces: tuple[Piece, ...] = ()
    quality: tuple[QualityResult, ...] = ()
    drifts: tuple[Drift, ...] = ()
    active: bool = True
    note: Annotated[str, Meta(max_length=400)] = ""


class Disabled(Struct, frozen=True):
    """Why a machine may not judge pictures of a scanner. reason: Code of a text. facts: Values that it names."""

    reason: str
    facts: dict[str, Fact] = {}


def detector_disabled(scanner: Scanner | None, now: Moment) -> Disabled | None:
    """Tell why no machine may judge what a scanner took; None where it may.

    A scanner that is not in the register, has no calibration or a stale one, failed a test of image quality, or has
    drifted, is read by people alone.

    Args:
        scanner: As the register has it; None where the scan names none, or one that is not in it. now: The moment.
    """
    if scanner is None:
        return Disabled("scanner-unknown")
    facts: dict[str, Fact] = {"scanner": scanner.name}
    if not scanner.active:
        return Disabled("scanner-inactive", facts)
    told = scanner.calibration
    if told is None:
        return Disabled("scanner-not-calibrated", facts)
    if told.stale(now):
        return Disabled("scanner-calibration-stale", facts | {"days": int((now - told.made) // DAY)})
    failed = next((one for one in scanner.quality if not one.passed), None)
    if failed is not None:
        return Disabled("scanner-quality-failed", facts | {"test": failed.test, "value": failed.value})
    return _drifted(scanner, told, facts)


def _drifted(scanner: Scanner, told: Calibration, facts: dict[str, Fact]) -> Disabled | None:
    since = [one for one in scanner.drifts if one.at >= told.made]
    air = _median([one.air for one in since][-_JUDGED:])
    if air is not None and abs(air - 1.0) > AIR_DRIFT:
        return Disabled("scanner-air-drifted", facts | {"percent": round((air - 1.0) * 100, 1)})
    steel = told.ratios[1] if told.ratios else None
    ratio = _median([one.ratio for one in since if one.ratio is not None][-_JUDGED:])
    if steel is not None and ratio is not None and abs(ratio - steel) > RATIO_DRIFT:
        return Disabled("scanner-ratio-drifted", facts | {"ratio": round(ratio, 4), "steel": round(steel, 4)})
    return None


def _median(told: list[float]) -> float | None:
    """The middle of at least three: one odd scan is not drift."""
    if len(told) < 3:
        return None
    ordered = sorted(told)
    return ordered[len(ordered) // 2]


def calibrate_scanner(
    scanner: Scanner, pieces: tuple[Piece, ...], air: tuple[int, ...], made: Moment, days: int = CALIBRATION_DAYS
) -> Scanner:
    """Calibrate a scanner by three test pieces.

    Args:
        pieces: Counts behind an organic, an iron and a lead piece. air: Level of air of each picture at the same time.
        made: When it was measured. days: For how long it is to hold.

    Raises:
        BadCalibration: A piece is missing, or not darker than air.
    """
    facts = ScanFacts(energies_mev=scanner.energies_mev, air=air, row_mm=scanner.row_mm, column_mm=scanner.column_mm,
                      dark=scanner.dark)  # fmt: skip
    until = Moment(made + days * DAY)
    told = fit_calibration(pieces, facts, scanner=scanner.name, made=made, valid_until=until)
    return replace(scanner, calibration=told, pieces=pieces, air=air, drifts=())


def drift_of(scan: "Scan", scanner: Scanner, at: Moment, which: str = "") -> Drift | None:
    """Measure on a scan how far the level of air is from the calibrated one; None without calibration or strip of air.

    Args:
        at: When it was taken. which: Its id.
    """
    if scanner.calibration is None or not scanner.air:
        return None
    level = air_level(scan)
    return None if level is None else Drift(at, level / scanner.air[0], None, which)


def air_level(scan: "Scan") -> float | None:
    """Counts of the strip of air above the container: the median of the topmost rows; None where they are not even."""
    import numpy as np

    strip = scan.high[: max(scan.high.shape[0] // 50, 4)].astype(np.float32)
    low, middle, high = (float(one) for one in np.quantile(strip, (0.1, 0.5, 0.9)))
    return middle if middle > 0 and (high - low) < 0.05 * middle else None


def steel_ratio(high: float, low: float, facts: ScanFacts) -> float | None:
    """R of a piece of known steel from the counts behind it, high and low; None where it is not darker than air."""
    from math import log

    dark = (*facts.dark, 0, 0)
    through = [(count - dark[which]) / (facts.air[which] - dark[which]) for which, count in enumerate((high, low))]
    return log(through[1]) / log(through[0]) if all(0 < one < 0.98 for one in through) else None


def with_drift(scanner: Scanner, drift: Drift) -> Scanner:
    """Add a measurement; the oldest beyond `MOST_DRIFTS` go."""
    return replace(scanner, drifts=(*scanner.drifts, drift)[-MOST_DRIFTS:])


def fill_facts(facts: ScanFacts, scanner: Scanner, assumed: frozenset[str]) -> ScanFacts:
    """Put what the register knows in the place of what was assumed because a file did not say it.

    Args:
        assumed: Codes of doubts of the file: `scan-energy-unknown`, `scan-air-unknown`, `scan-pixel-unknown`.
    """
    count = len(facts.energies_mev)
    if "scan-energy-unknown" in assumed and len(scanner.energies_mev) >= count:
        facts = replace(facts, energies_mev=scanner.energies_mev[:count])
    if "scan-air-unknown" in assumed and len(scanner.air) >= count:
        facts = replace(facts, air=scanner.air[:count])
    if "scan-pixel-unknown" in assumed:
        facts = replace(facts, row_mm=scanner.row_mm, column_mm=scanner.column_mm)
    return replace(facts, travel=scanner.travel) if facts.travel is Travel.UNKNOWN else facts
