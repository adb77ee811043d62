"""Another scan laid over this one, pixel by pixel of this one's own picture, for a person to look at both."""

from math import exp, log
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from vigie.scanning.xray.comparing import Comparer, beyond, surest, told_apart
from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.grid import GRID_MM, Grid, gridded, on_picture
from vigie.scanning.xray.laid import both_taken, lay
from vigie.scanning.xray.physics import FIRST, REFERENCE_MEV, SECOND, Calibration, nominal_of
from vigie.scanning.xray.reference import LEAST_LIKENESS, compare, turned
from vigie.scanning.xray.scan import Scan, ScanFacts
from vigie.scanning.xray.zones import find_zones, whole_picture

if TYPE_CHECKING:
    from numpy import uint16
    from numpy.typing import NDArray

    Counts = NDArray[uint16]

MIDDLE = 32_768
"""Value of the difference picture where both show the same."""

PER_G_CM2 = 320
"""Values of the difference picture for 1 g/cm²: 100 g/cm², more than most loads, fit on either side."""

STEPS = 48
"""Points of the curve from transmission to areal density; between them the page draws straight lines of its logarithm,
which are off by less than 0.02 g/cm². Source: own measurement (tests/scanning/xray/test_beside.py)."""


class Beside(Struct, frozen=True):
    """Two pictures in the size of the later scan's own picture.

    Attributes:
        counts: The earlier one as the later scanner would have counted it, registered; outside the container air.
        difference: `MIDDLE` where both are alike, `PER_G_CM2` more for each g/cm² that the later shows more.
        likeness: Correlation of both, -1 to 1. gain: Factor by which the earlier was multiplied.
        shift_mm: How far it was moved as a whole, down and along. turned: One of them drove the other way round.
        fault: Why it says nothing: `unlike`, `size`; empty where it does.
        place: Where the later shows more, in pixels, by a taught comparison; None where there is none.
        g_cm2: How much more it shows there. beyond: 0 is the middle of harmless pairs, 1 what one in twenty reaches.
    """

    counts: "Counts"
    difference: "Counts"
    likeness: float
    gain: float
    shift_mm: tuple[float, float]
    turned: bool = False
    fault: str = ""
    place: Box | None = None
    g_cm2: float = 0.0
    beyond: float = 0.0


def beside(
    later: Scan, earlier: Scan, calibrations: tuple[Calibration | None, Calibration | None] = (None, None),
    comparer: Comparer | None = None, *, units: bool = False,
) -> Beside:  # fmt: skip
    """Lay an earlier scan over a later one; both become areal density first, so that scanners may differ.

    Args:
        calibrations: Of the scanner of each; None takes the nominal curve.
        comparer: Tells the difference from what the angle of view alone changes; None takes the excess beyond what
            the earlier picture shows within some centimetres.
        units: They are two reefers: of the comparison the part that knows units of one make is asked, for that part.
    """
    if comparer is not None and units:
        plain = beside(later, earlier, calibrations)
        return plain if comparer.units is None else _with_unit(plain, later, earlier, calibrations[0], comparer)
    if comparer is not None:
        return _taught(later, earlier, calibrations, comparer)
    import numpy as np

    here, there = (_contained(one, told) for one, told in zip((later, earlier), calibrations, strict=True))
    turn = here[1] != there[1] and "unknown" not in (here[1], there[1])
    told = compare(here[0], turned(there[0]) if turn else there[0])
    rows, columns = later.high.shape
    counts = np.full((rows, columns), later.facts.air[0], np.uint16)
    difference = np.full((rows, columns), MIDDLE, np.uint16)
    box = here[0].box
    part = np.s_[box[1] : box[1] + box[3], box[0] : box[0] + box[2]]
    counts[part] = _stretched(_counts_of(told.laid, later.facts, calibrations[0]), box)
    difference[part] = _stretched(_as_counts(told.excess), box)
    mm = (told.shift[0] * 10.0, told.shift[1] * 10.0)
    return Beside(counts, difference, told.likeness, told.gain, mm, turn, told.fault)


def _taught(
    later: Scan, earlier: Scan, calibrations: tuple[Calibration | None, Calibration | None], comparer: Comparer
) -> Beside:
    """The same, its difference shown only where a taught comparison is sure of one."""
    import numpy as np

    zones = [whole_picture(find_zones(one), one) for one in (later, earlier)]
    (here, turn), (there, turned_there) = both_taken(
        (later, zones[0], calibrations[0]), (earlier, zones[1], calibrations[1])
    )
    laid = lay(here.density, there.density)
    logits = comparer.model.logits(laid)
    place = surest(laid, logits)
    shown, apart = laid.there, told_apart(laid, logits)
    left, top, width, height = place.box
    if turn:
        shown, apart, left = shown[:, ::-1], apart[:, ::-1], shown.shape[1] - left - width
    counts = np.full(later.high.shape, later.facts.air[0], np.uint16)
    difference = np.full(later.high.shape, MIDDLE, np.uint16)
    box = here.box
    part = np.s_[box[1] : box[1] + box[3], box[0] : box[0] + box[2]]
    counts[part] = _stretched(_counts_of(shown, later.facts, calibrations[0]), box)
    difference[part] = _stretched(_as_counts(apart), box)
    usual = comparer.thresholds.levels.get("same-container")
    return Beside(
        counts, difference, laid.likeness, laid.gain[0], (laid.shift[0] * GRID_MM, laid.shift[1] * GRID_MM),
        turn != turned_there, "" if laid.likeness >= LEAST_LIKENESS else "unlike",
        place=on_picture((left, top, width, height), here), g_cm2=place.g_cm2,
        beyond=beyond(place.logit, usual) if usual is not None else 0.0,
    )  # fmt: skip


def _with_unit(
    told: Beside, later: Scan, earlier: Scan, calibration: Calibration | None, comparer: Comparer
) -> Beside:
    """The same, the difference of the reefer's unit shown only where the net is sure of one; as it is, of two makes."""
    from vigie.scanning.xray.units_told import beside_units

    zones = find_zones(later)
    found = None if zones.container is None else beside_units(later, zones, [earlier], comparer, calibration)
    if found is None:
        return told
    left, top, width, height = found.grid.box
    difference, part = told.difference.copy(), (slice(top, top + height), slice(left, left + width))
    difference[part] = _stretched(_as_counts(found.apart), found.grid.box)
    return replace(told, difference=difference)


def _contained(scan: Scan, calibration: Calibration | None) -> tuple[Grid, str]:
    """The container of a scan on the grid, and where its doors are; the whole picture where none is found."""
    zones = find_zones(scan)
    rows, columns = scan.high.shape
    return gridded(scan, zones.container or (0, 0, columns, rows), calibration), zones.doors_at


def _as_counts(apart: Any) -> "Counts":
    """A difference in g/cm² as values of the picture of differences."""
    import numpy as np

    made: Counts = np.clip(np.rint(apart * PER_G_CM2) + MIDDLE, 0, 65_535).astype(np.uint16)
    return made


def _stretched(grid: Any, box: Box) -> Any:
    """A grid in the pixels of its box: the nearest point, nothing made up between."""
    import numpy as np

    rows = (np.arange(box[3]) * grid.shape[0] // box[3]).clip(0, grid.shape[0] - 1)
    columns = (np.arange(box[2]) * grid.shape[1] // box[2]).clip(0, grid.shape[1] - 1)
    return grid[rows][:, columns]


def _counts_of(density: Any, facts: ScanFacts, calibration: Calibration | None) -> Any:
    """Counts that a scanner would give behind an areal density: the curve of `areal_density` the other way round."""
    import numpy as np

    mev, dark = facts.energies_mev[0], facts.dark[0] if facts.dark else 0
    scale = calibration.scale[0] if calibration is not None else 1.0
    first, second = FIRST * (mev / REFERENCE_MEV) ** 0.5, SECOND * mev
    wanted = np.maximum(density / np.float32(scale), 0)
    attenuation = (np.sqrt(first * first + 4 * second * wanted) - first) / (2 * second)
    return np.clip(np.rint(dark + (facts.air[0] - dark) * np.exp(-attenuation)), 0, 65_535).astype(np.uint16)


def density_curve(facts: ScanFacts, calibration: Calibration) -> tuple[tuple[float, float], ...]:
    """Transmission (falling from 1) with areal density in g/cm² of organic goods, for the read-out of single pixels."""
    most = log(max(facts.air[0] - (facts.dark[0] if facts.dark else 0), 2))  # down to one count
    steps = [most * step / (STEPS - 1) for step in range(STEPS)]
    return tuple((exp(-one), max(0.0, nominal_of(one, facts.energies_mev[0]) * calibration.scale[0])) for one in steps)
