"""The container out of a picture, on a grid of 10 mm, and what the model is given of it.

All scanners end on the same grid in the same unit (g/cm²), whatever their pitch, energies and air level.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.physics import Calibration, attenuation_of, dual_residual, nominal
from vigie.scanning.xray.scan import Scan

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

GRID_MM = 10.0
"""Pitch of the grid: a brick covers about 21 by 14 points of it, and averaging lowers the noise."""
STRIDE = 16
"""Rows and columns of the grid are filled up to a multiple of this, which the model divides by."""
CHANNELS = 10
HEAT_STEP = 4
"""The map of the model is this much coarser than the grid."""
DENSEST = 160.0
"""g/cm² above which a picture tells nothing more: less than one count in a hundred thousand is left."""


class Grid(Struct, frozen=True):
    """A part of a picture on the grid.

    Attributes:
        box: Which part of the picture, in its pixels.
        density: Areal density at the high energy in g/cm², rows by columns of 10 mm.
        residual: What the low energy tells beside it; None where there is no low picture.
    """

    box: Box
    density: "Floats"
    residual: "Floats | None"


@lru_cache(maxsize=64)
def _means(points: int, start: int, width: int, whole: int) -> Any:
    """Sparse matrix that averages `width` pixels from `start` into `points` equal parts."""
    import numpy as np
    from scipy.sparse import csr_array

    edges = start + np.arange(points + 1) * (width / points)
    rows, columns, shares = [], [], []
    for row in range(points):
        low, high = edges[row], edges[row + 1]
        for column in range(int(low), min(int(np.ceil(high)), whole)):
            rows.append(row)
            columns.append(column)
            shares.append((min(high, column + 1) - max(low, column)) / (high - low))
    return csr_array((np.array(shares, np.float32), (rows, columns)), shape=(points, whole))


def gridded(
    scan: Scan, box: Box, calibration: Calibration | None = None, grid_mm: float = GRID_MM, *, dual: bool = True
) -> Grid:
    """Put a part of a scan on the grid; counts are averaged before the logarithm is taken.

    Args:
        box: Which part; it must lie in the picture.
        dual: Whether the low energy is wanted too; without it no residual is told, in half the time.
    """
    import numpy as np

    left, top, width, height = box
    facts = scan.facts
    rows = max(8, round(height * facts.row_mm / grid_mm))
    columns = max(8, round(width * facts.column_mm / grid_mm))

    def averaged(picture: Any) -> Any:
        part = np.ascontiguousarray(picture[top : top + height, left : left + width], dtype=np.float32)
        down = _means(rows, 0, height, height) @ part
        return np.ascontiguousarray((_means(columns, 0, width, width) @ down.T).T)

    def scale(energy: int) -> float:
        return calibration.scale[energy] if calibration is not None and energy < len(calibration.scale) else 1.0

    high = np.maximum(attenuation_of(averaged(scan.high), facts.air[0], facts.dark[0]), -0.05)
    density = np.minimum(nominal(high, facts.energies_mev[0]) * np.float32(scale(0)), np.float32(DENSEST))
    residual = None
    if dual and scan.low is not None and len(facts.air) > 1:
        low = attenuation_of(averaged(scan.low), facts.air[1], facts.dark[1] if len(facts.dark) > 1 else 0)
        residual = dual_residual(halved(high), halved(low))
    return Grid(box, density.astype(np.float32), residual)


def halved(values: "Floats") -> "Floats":
    """Average two by two; an odd last row or column is repeated."""
    import numpy as np

    rows, columns = values.shape
    if rows % 2 or columns % 2:
        values = np.pad(values, ((0, rows % 2), (0, columns % 2)), mode="edge")
    return (values[::2, ::2] + values[1::2, ::2] + values[::2, 1::2] + values[1::2, 1::2]) * np.float32(0.25)


def seen(grid: Grid, doors_at: str = "unknown", offset_mm: float = 0.0, length_mm: float = 0.0) -> "Floats":
    """What the model is given: 10 channels on half the grid, filled up to a multiple of `STRIDE` of the grid.

    Channels: fine detail of the density (four neighbours), density, residual of the two energies, density against its
    surroundings along the container, height above the lower edge, distance from either end.

    Args:
        doors_at: "left", "right" or "unknown".
        offset_mm, length_mm: Where this part begins in the container and how long that is; 0 takes the part for the
            whole container.
    """
    import numpy as np
    from scipy.ndimage import uniform_filter, uniform_filter1d

    density = grid.density
    rows, columns = density.shape
    fill = ((0, -rows % STRIDE), (0, -columns % STRIDE))
    if any(more for _, more in fill):
        density = np.pad(density, fill, mode="edge")
    fine = (density - uniform_filter(density, 9)) / (1.0 + np.float32(0.03) * density)
    coarse = halved(density)
    around = uniform_filter1d(uniform_filter1d(coarse, 61, axis=1), 5, axis=0)
    made = np.zeros((CHANNELS, *coarse.shape), np.float32)
    made[0], made[1], made[2], made[3] = fine[::2, ::2], fine[1::2, ::2], fine[::2, 1::2], fine[1::2, 1::2]
    made[:4] *= np.float32(0.5)
    made[4] = coarse / np.float32(40.0)
    if grid.residual is not None:
        made[5, : grid.residual.shape[0], : grid.residual.shape[1]] = uniform_filter(grid.residual, 3)
        made[5] *= np.float32(20.0)
    made[6] = (coarse - around) / (np.float32(4.0) + np.float32(0.25) * around)
    made[7] = (((rows - 1) - np.arange(coarse.shape[0]) * 2.0)[:, None] * (GRID_MM / 1500.0)) - 1.0
    along = offset_mm + (np.arange(coarse.shape[1]) * 2.0 + 1.0) * GRID_MM
    whole = length_mm or columns * GRID_MM
    near, far = np.clip(along / 1500.0, 0, 2) - 1.0, np.clip((whole - along) / 1500.0, 0, 2) - 1.0
    doors, front = (far, near) if doors_at == "right" else (near, far)
    made[8] = doors[None] if doors_at != "unknown" else np.minimum(near, far)[None]
    made[9] = front[None] if doors_at != "unknown" else np.minimum(near, far)[None]
    np.clip(made, -4.0, 4.0, out=made)
    return made
