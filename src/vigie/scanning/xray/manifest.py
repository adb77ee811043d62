"""What is declared beside what is seen: the weight by areal density, the class of load, and whether a box is empty."""

from typing import TYPE_CHECKING

from msgspec import Struct

from vigie.scanning.xray.anomaly import Bank, likeness
from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.grid import GRID_MM, Grid

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

CELL_CM2 = (GRID_MM / 10.0) ** 2
UNCALIBRATED, CALIBRATED = 0.25, 0.10
"""Half of a 95 % interval of a weighed load as a share of it. Uncalibrated, the nominal curve of organic goods is off
by what matter and scanner make of it (reference page scan: R is 10 % off on real instruments); own assumption, to be
replaced by a site's own weighings."""
SHELL_MOST = 6.0
"""g/cm² of both walls with corrugation and posts, at most: what is more in the lightest columns of a row above the
floor is goods that fill the box from end to end (own; walls of 1.6 mm of steel are 2.5)."""
FLOOR_ROWS = 35
"""Rows of the grid above the lower edge in which floor and beams are denser than `SHELL_MOST`: as `zones.FLOOR_MM`."""
OPAQUE = 120.0
"""g/cm² from which on scatter and darkness let a picture show less than is there: loads whose densest twentieth stays
below weighed .9 to 1.1 of the truth, others down to .16 (40 simulated loads apart from all splits)."""
PACKED = 400.0
"""g/cm² that a box can hold across at most: 2.35 m of matter of 1.7 g/cm³, loose minerals (own)."""
BLOB_KG = 8.0
"""Least mass that an empty box may show before it is not empty: eight bricks, above pallets' noise (own)."""
BLOB_CELLS = 150
"""Least size of such a thing: 150 cm², a brick seen from its end."""


class Declared(Struct, frozen=True, kw_only=True):
    """What the papers say. commodity: As the bank names it. kg: Goods and packing. empty: Declared so."""

    commodity: str = ""
    kg: float | None = None
    empty: bool = False


class Weighed(Struct, frozen=True):
    """A mass in kg with its 95 % interval."""

    kg: float
    low: float
    high: float


def shell_of(grid: Grid) -> "Floats":
    """Areal density of the empty container: for each row what its lightest columns show, in g/cm², within reason."""
    import numpy as np

    made: Floats = np.percentile(grid.density, 4, axis=1, keepdims=True).astype(np.float32)
    walls = made[:-FLOOR_ROWS]
    np.minimum(walls, np.float32(SHELL_MOST), out=walls)
    return made


def weigh(grid: Grid, shell: "Floats | float", *, calibrated: bool) -> Weighed:
    """Mass of what stands in the container: areal density beyond the shell, over the picture.

    Where the picture is too dark to tell how much is there, the interval reaches up to what could stand there.

    Args:
        shell: Areal density of the container itself, g/cm²; see `shell_of`, or of an empty reference.
        calibrated: Whether the scanner's calibration stands behind the densities.
    """
    import numpy as np

    kg = float(np.maximum(grid.density - shell, 0).sum(dtype=np.float64)) * CELL_CM2 / 1000.0
    share = CALIBRATED if calibrated else UNCALIBRATED
    dark = grid.density[grid.density > OPAQUE]
    hidden = float((PACKED - dark).sum(dtype=np.float64)) * CELL_CM2 / 1000.0
    return Weighed(kg, kg * (1 - share), kg * (1 + share) + hidden)


def weight_score(found: Weighed, declared_kg: float) -> float:
    """How far a declared weight lies from what was seen: 0 at it, 0.5 at a rim of the interval, towards 1 beyond."""
    half = max(found.high - found.kg if declared_kg > found.kg else found.kg - found.low, 1.0)
    apart = abs(declared_kg - found.kg) / half
    return apart / (1.0 + apart)


def class_score(bank: Bank, commodity: str, grid: Grid) -> tuple[float, str] | None:
    """How much likelier another class of load is than the declared one, 0 to 1, and which.

    Returns:
        None where the bank does not know the commodity.
    """
    told = likeness(bank, grid)
    if commodity not in told or len(told) < 2:
        return None
    other = min((name for name in told if name != commodity), key=lambda name: told[name])
    return told[commodity] / (told[commodity] + told[other] + 1e-6), other


def not_empty(grid: Grid) -> tuple[float, Box, Weighed] | None:
    """The heaviest thing in a container that is said to be empty: score, box on the grid, mass; None for none.

    The container's own rows, posts and corrugation go with medians along and across; what remains in one piece counts.
    """
    import numpy as np
    from scipy.ndimage import find_objects, label, uniform_filter

    density = grid.density
    bare = np.median(density, axis=1, keepdims=True)
    rest = density - bare
    rest = uniform_filter(rest - np.median(rest, axis=0, keepdims=True), 5)
    inside = np.zeros(density.shape, bool)
    rim = 15
    inside[rim:-rim, rim:-rim] = True
    names, _ = label((rest > 1.5) & inside)
    best: tuple[float, Box] | None = None
    for number, part in enumerate(find_objects(names), 1):
        cells = names[part] == number
        if int(cells.sum()) < BLOB_CELLS:
            continue
        kg = float((rest[part] * cells).sum(dtype=np.float64)) * CELL_CM2 / 1000.0
        if best is None or kg > best[0]:
            rows, columns = part
            best = kg, (columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
    if best is None:
        return None
    kg, box = best
    return kg / (kg + BLOB_KG), box, Weighed(kg, kg * (1 - UNCALIBRATED), kg * (1 + UNCALIBRATED))
