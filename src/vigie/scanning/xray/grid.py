"""The container out of a picture, on a grid of 10 mm, and what the model is given of it.

All scanners end on the same grid in the same unit (g/cm²), whatever their pitch, energies and air level.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.physics import Calibration, attenuation_of, dual_residual, nominal
from vigie.scanning.xray.scan import Scan, ScanFacts

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
BAND = 48
"""Rows of a grid that are worked on at once: 0.1 MB, which stays in a core's cache."""
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
def _means(points: int, whole: int) -> Any:
    """Sparse matrix that averages so many pixels into `points` equal parts."""
    import numpy as np
    from scipy.sparse import csr_array

    edges = np.arange(points + 1) * (whole / points)
    rows, columns, shares = [], [], []
    for row in range(points):
        low, high = edges[row], edges[row + 1]
        for column in range(int(low), min(int(np.ceil(high)), whole)):
            rows.append(row)
            columns.append(column)
            shares.append((min(high, column + 1) - max(low, column)) / (high - low))
    return csr_array((np.array(shares, np.float32), (rows, columns)), shape=(points, whole))


@lru_cache(maxsize=64)
def _banded(points: int, whole: int) -> list[tuple[int, int, Any]]:
    """`_means` in bands of `BAND` points: first pixel of each, the one after its last, the matrix."""
    means, made = _means(points, whole), []
    for first in range(0, points, BAND):
        band = means[first : first + BAND]
        low, high = int(band.indices.min()), int(band.indices.max()) + 1
        made.append((low, high, band[:, low:high]))
    return made


def gridded(
    scan: Scan, box: Box, calibration: Calibration | None = None, grid_mm: float = GRID_MM, *, dual: bool = True
) -> Grid:
    """Put a part of a scan on the grid; counts are averaged before the logarithm is taken.

    Args:
        box: Which part; it must lie in the picture.
        dual: Whether the low energy is wanted too; without it no residual is told, in half the time.
    """
    import numpy as np

    facts = scan.facts
    scale = calibration.scale[0] if calibration is not None and calibration.scale else 1.0
    dual = dual and scan.low is not None and len(facts.air) > 1
    density, high = _attenuated(scan.high, facts, box, grid_mm, 0, halves=dual)
    for top in range(0, density.shape[0], BAND):
        band = density[top : top + BAND]
        made = nominal(band, facts.energies_mev[0])
        made *= np.float32(scale)
        np.minimum(made, np.float32(DENSEST), out=band)
    if not dual:
        return Grid(box, density, None)
    _, low = _attenuated(scan.low, facts, box, grid_mm, 1)
    return Grid(box, density, dual_residual(high, low))


def _attenuated(
    picture: Any, facts: ScanFacts, box: Box, grid_mm: float, energy: int, *, halves: bool = True
) -> "tuple[Floats, Floats]":
    """Attenuation of a part of a picture on the grid, at the high energy not below -0.05; and the same halved."""
    import numpy as np

    left, top, width, height = box
    rows, columns = max(8, round(height * facts.row_mm / grid_mm)), max(8, round(width * facts.column_mm / grid_mm))
    along = _means(columns, width)
    air, dark = facts.air[energy], facts.dark[energy] if energy < len(facts.dark) else 0
    made = np.empty((rows, columns), np.float32)
    small = np.empty((-(-rows // 2), -(-columns // 2)) if halves else (0, 0), np.float32)
    for number, (low, high, down) in enumerate(_banded(rows, height)):
        part = np.ascontiguousarray(picture[top + low : top + high, left : left + width], dtype=np.float32)
        counts = np.ascontiguousarray((along @ (down @ part).T).T)
        band = attenuation_of(counts, air, dark)
        first = number * BAND
        made[first : first + BAND] = band if energy else np.maximum(band, np.float32(-0.05), out=band)
        if halves:
            small[first // 2 : (first + BAND) // 2] = halved(band)
    return made, small


def on_picture(box: Box, grid: Grid) -> Box:
    """A box on the grid as pixels of the picture."""
    left, top, width, height = grid.box
    down, along = height / grid.density.shape[0], width / grid.density.shape[1]
    return (
        round(left + box[0] * along), round(top + box[1] * down), max(1, round(box[2] * along)),
        max(1, round(box[3] * down)),
    )  # fmt: skip


def halved(values: "Floats") -> "Floats":
    """Average two by two; an odd last row or column is repeated."""
    import numpy as np

    rows, columns = values.shape
    if rows % 2 or columns % 2:
        values = np.pad(values, ((0, rows % 2), (0, columns % 2)), mode="edge")
    made = values[::2, ::2] + values[1::2, ::2]
    made += values[::2, 1::2]
    made += values[1::2, 1::2]
    made *= np.float32(0.25)
    return made


def around(values: "Floats", down: int, along: int) -> "Floats":
    """Mean over so many neighbours (odd) down and along, mirrored at the rim, made of sums of 2, 4, 8 …

    As `scipy.ndimage.uniform_filter` within rounding; in bands that stay in the cache, in a quarter of its time.
    """
    import numpy as np

    made = np.empty(values.shape, np.float32)
    for top, band in _around(values, down, along):
        made[top : top + BAND] = band
    return made


def _around(values: "Floats", down: int, along: int) -> "Iterator[tuple[int, Floats]]":
    """`around` in bands of `BAND` rows, each with its first row."""
    import numpy as np

    rows, columns = values.shape
    side, share = along // 2, np.float32(1.0 / (down * along))
    ends = _mirrored(np.arange(-side, 0), columns), _mirrored(np.arange(columns, columns + side), columns)
    for top in range(0, rows, BAND):
        count = min(BAND, rows - top)
        band = values[_mirrored(np.arange(top - down // 2, top + count + down // 2), rows)]
        wide = np.concatenate((band[:, ends[0]], band, band[:, ends[1]]), axis=1)
        length = wide.shape[1]
        summed = _summed(_summed(wide.ravel(), down, length)[: count * length], along, 1)
        yield top, summed.reshape(count, length)[:, :columns] * share


def _mirrored(places: Any, many: int) -> Any:
    """Places beyond either end of a run of so many, mirrored there, the end itself repeated."""
    import numpy as np

    turn = places % (2 * many)
    return np.minimum(turn, 2 * many - 1 - turn)


def _summed(run: "Floats", many: int, step: int) -> "Floats":
    """For each number of a run, the sum of so many (odd) from it on, `step` apart; wrong where fewer follow."""
    made, begun, width = run.copy(), 1, 1
    while 2 * width <= many:
        run, width = run[: -width * step] + run[width * step :], 2 * width
        if many & width:
            told = made[: max(0, run.size - begun * step)]
            told += run[begun * step :]
            begun += width
    return made


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

    density = grid.density
    rows, columns = density.shape
    if rows % STRIDE or columns % STRIDE:
        density = np.empty((rows + -rows % STRIDE, columns + -columns % STRIDE), np.float32)
        density[:rows, :columns] = grid.density
        density[rows:, :columns] = grid.density[-1]
        density[:, columns:] = density[:, columns - 1 : columns]
    coarse = halved(density)
    made = np.empty((CHANNELS, *coarse.shape), np.float32)
    made[5] = 0
    if grid.residual is not None:
        told = around(grid.residual, 3, 3)
        np.multiply(told, np.float32(20.0), out=made[5, : told.shape[0], : told.shape[1]])
    np.multiply(coarse, np.float32(1 / 40.0), out=made[4])
    for top, near in _around(density, 9, 9):
        band = density[top : top + BAND]
        fine = np.subtract(band, near, out=near)
        fine /= np.float32(2.0) + np.float32(0.06) * band
        np.clip(fine, -4.0, 4.0, out=fine)
        for number in range(4):
            made[number, top // 2 : top // 2 + BAND // 2] = fine[number % 2 :: 2, number // 2 :: 2]
    for top, near in _around(coarse, 5, 61):
        band = made[6, top : top + BAND]
        np.subtract(coarse[top : top + BAND], near, out=band)
        near *= np.float32(0.25)
        near += np.float32(4.0)
        band /= near
    np.clip(made[4:7], -4.0, 4.0, out=made[4:7])  # the others lie between -1 and 2
    made[7] = (((rows - 1) - np.arange(coarse.shape[0]) * 2.0)[:, None] * (GRID_MM / 1500.0)) - 1.0
    along = offset_mm + (np.arange(coarse.shape[1]) * 2.0 + 1.0) * GRID_MM
    whole = length_mm or columns * GRID_MM
    left, right = np.clip(along / 1500.0, 0, 2) - 1.0, np.clip((whole - along) / 1500.0, 0, 2) - 1.0
    doors, front = (right, left) if doors_at == "right" else (left, right)
    made[8] = doors[None] if doors_at != "unknown" else np.minimum(left, right)[None]
    made[9] = front[None] if doors_at != "unknown" else np.minimum(left, right)[None]
    return made
