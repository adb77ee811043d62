"""Against an earlier picture: the same container elsewhere, the same reefer unit, its model, or the same goods.

Both pictures go to the grid and to g/cm² first, so that two scanners of other energies and pitches can be compared;
what remains of their difference in gain is fitted away. Then the earlier one is laid over the later one piece by piece,
since a lorry does not pass two scanners at the same speed, and what is left is judged beside how steep it is there.
"""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.grid import Grid

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

BLOCK = 128
"""Columns of the grid that are laid over each other together: 1.28 m, over which a lorry's speed hardly changes."""
REACH = 24
"""Points by which a block may be moved beyond the whole picture's shift: 24 cm."""
LEAST_LIKENESS = 0.25
"""Correlation of the two pictures below which they do not show the same thing; then no difference is told."""
SLACK = (21, 5)
"""Rows and columns over which a picture may be displaced: sources of other heights and distances (1.5 m at 9 m, 2 m at
10 m) show near and far side of a container up to 10 cm higher or lower, and not displaced along it."""
SAME_SLACK = (5, 5)
"""The same where both pictures come from one scanner: two points to each side for speed and place of the lorry."""
SPOT = 17
"""A difference is judged over a square of 17 cm: about one brick."""


class Difference(Struct, frozen=True):
    """What one picture shows beyond another, on the grid of the first.

    Attributes:
        laid: The earlier picture in g/cm² as it lies over the later one.
        excess: Matter more in the later picture, g/cm² (below 0: less), beyond what displacement explains.
        strength: The excess over 13 cm in multiples of what the two pictures scatter by anyhow.
        likeness: Correlation of both pictures, -1 to 1.
        gain: Factor by which the earlier picture had to be multiplied.
        shift: Rows and columns by which it was moved as a whole.
        fault: Why no difference can be told: "unlike" or "size"; empty where it can.
    """

    laid: "Floats"
    excess: "Floats"
    strength: "Floats"
    likeness: float
    gain: float
    shift: tuple[int, int]
    fault: str = ""


def compare(later: Grid, earlier: Grid, *, same_scanner: bool = False) -> Difference:
    """Lay an earlier picture over a later one and tell the difference.

    Args:
        later, earlier: The containers on the grid; the doors of both at the same end (see `turned`).
        same_scanner: Both from one instrument, so that nothing is displaced by the angle of view.
    """
    import numpy as np

    here, there = later.density, _fitted(earlier.density, later.density.shape)
    whole = shift_between(edges_of(here), edges_of(there), REACH * 2)
    there, known = _blockwise(here, there, whole)
    gain, offset = _gain(here, there)
    there = (there * np.float32(gain) + np.float32(offset)).astype(np.float32)
    likeness = _likeness(here, there)
    fault = "" if likeness >= LEAST_LIKENESS else "unlike"
    excess = np.where(known, _beyond(here, there, SAME_SLACK if same_scanner else SLACK), np.float32(0))
    return Difference(there, excess, _strength(here, there, excess), likeness, gain, whole, fault)


def turned(grid: Grid) -> Grid:
    """The same with the other end at column 0."""
    residual = None if grid.residual is None else grid.residual[:, ::-1]
    return Grid(grid.box, grid.density[:, ::-1], residual)


def strongest(difference: Difference, part: Box | None = None) -> tuple[float, Box]:
    """How strong the strongest excess is, and its box on the grid.

    Args:
        part: Only there; None looks everywhere.
    """
    import numpy as np

    left, top, width, height = part or (0, 0, difference.strength.shape[1], difference.strength.shape[0])
    seen = difference.strength[top : top + height, left : left + width]
    if not seen.size:
        return 0.0, (left, top, 1, 1)
    row, column = np.unravel_index(int(seen.argmax()), seen.shape)
    peak = float(seen[row, column])
    return peak, _around(seen > peak * 0.5, int(row), int(column), left, top)


def _around(there: Any, row: int, column: int, left: int, top: int) -> Box:
    from scipy.ndimage import find_objects, label

    names, _ = label(there)
    rows, columns = find_objects(names, int(names.max()))[int(names[row, column]) - 1]
    return (left + columns.start, top + rows.start, columns.stop - columns.start, rows.stop - rows.start)


def shift_between(here: Any, there: Any, reach: int) -> tuple[int, int]:
    """Rows and columns by which `there` must be moved to lie on `here`, by phase correlation, at most `reach` each."""
    import numpy as np
    from scipy.fft import irfft2, next_fast_len, rfft2

    size = [next_fast_len(length + reach, real=True) for length in here.shape]
    one, two = rfft2(here, size), rfft2(there, size)
    cross = one * np.conj(two)
    found = irfft2(cross / np.maximum(np.abs(cross) ** 0.7, 1e-9), size)  # not wholly white: noise would lead
    rows, columns = min(reach, here.shape[0] // 2), min(reach, here.shape[1] // 2)
    near = np.roll(found, (rows, columns), (0, 1))[: 2 * rows + 1, : 2 * columns + 1]
    row, column = np.unravel_index(int(near.argmax()), near.shape)
    return int(row) - rows, int(column) - columns


def edges_of(density: Any) -> Any:
    """What does not depend on gain: the picture without its slow parts, its rim faded out."""
    import numpy as np
    from scipy.ndimage import uniform_filter

    fine = np.log1p(np.maximum(density, 0) / 5.0)
    fine = fine - uniform_filter(fine, 31)
    fade = np.minimum(np.hanning(density.shape[0] + 2)[1:-1, None] * 4, 1) * np.minimum(
        np.hanning(density.shape[1] + 2)[None, 1:-1] * 8, 1
    )
    return (fine * fade).astype(np.float32)


def _fitted(density: Any, shape: tuple[int, ...]) -> Any:
    """Brought to another number of rows and columns, stretched by at most 4 %, cut or continued beyond."""
    import numpy as np
    from scipy.ndimage import zoom

    pairs = tuple(zip(shape, density.shape, strict=True))
    rows, columns = (want / have if abs(want / have - 1) < 0.04 else 1.0 for want, have in pairs)
    if (rows, columns) != (1.0, 1.0):
        density = zoom(density, (rows, columns), order=1)
    more = [max(0, want - have) for want, have in zip(shape, density.shape, strict=True)]
    density = np.pad(density, ((0, more[0]), (0, more[1])), mode="edge")
    return np.ascontiguousarray(density[: shape[0], : shape[1]])


def moved(picture: Any, by: tuple[int, int]) -> Any:
    """A picture moved by whole rows and columns, its rim continued."""
    import numpy as np

    rows = np.clip(np.arange(picture.shape[0]) - by[0], 0, picture.shape[0] - 1)
    columns = np.clip(np.arange(picture.shape[1]) - by[1], 0, picture.shape[1] - 1)
    return picture[rows][:, columns]


def _blockwise(here: Any, there: Any, whole: tuple[int, int]) -> tuple[Any, Any]:
    """Each block of columns moved as it lies best; between the blocks the move changes evenly.

    Returns:
        The picture as it lies then, and where it showed anything at all.
    """
    import numpy as np
    from scipy.ndimage import map_coordinates

    one, two = edges_of(here), moved(edges_of(there), whole)
    length = here.shape[1]
    middles = np.arange(BLOCK // 2, max(BLOCK // 2 + 1, length), BLOCK // 2)
    moves = []
    for middle in middles:
        part = slice(max(0, middle - BLOCK // 2), min(length, middle + BLOCK // 2))
        moves.append(shift_between(one[:, part], two[:, part], REACH))
    steady = _steadied(np.array(moves, np.float64)) + np.array(whole)
    columns = np.arange(length)
    down, along = (np.interp(columns, middles, steady[:, axis]) for axis in (0, 1))
    rows = np.arange(here.shape[0])[:, None] - down[None]
    across = np.broadcast_to(columns - along, rows.shape)
    rim = SLACK[1]
    known = (rows >= rim) & (rows < there.shape[0] - rim) & (across >= rim) & (across < length - rim)
    known[:rim], known[-rim:], known[:, :rim], known[:, -rim:] = False, False, False, False
    return map_coordinates(there, (rows, across), order=1, mode="nearest"), known


def _steadied(moves: Any) -> Any:
    """Medians of three: one block without any edge does not lead its neighbours astray."""
    from scipy.ndimage import median_filter, uniform_filter1d

    return uniform_filter1d(median_filter(moves, (3, 1), mode="nearest"), 3, axis=0, mode="nearest")


def _gain(here: Any, there: Any) -> tuple[float, float]:
    """Factor and summand that make both alike, in the least absolute sense, so that what was added does not count."""
    import numpy as np

    x, y = there[::3, ::3].ravel(), here[::3, ::3].ravel()
    both = (x > 1) & (y > 1) & (x < 120) & (y < 120)
    if int(both.sum()) < 100:
        return 1.0, 0.0
    x, y = x[both], y[both]
    weight = np.ones_like(x)
    gain, offset = 1.0, 0.0
    for _ in range(6):
        made = np.stack((x, np.ones_like(x)), 1) * weight[:, None]
        gain, offset = np.linalg.lstsq(made, y * weight, rcond=None)[0]
        weight = 1.0 / np.maximum(np.abs(y - gain * x - offset), 0.5) ** 0.5
    return float(np.clip(gain, 0.5, 2.0)), float(np.clip(offset, -5.0, 5.0))


def _likeness(here: Any, there: Any) -> float:
    import numpy as np

    return float(np.corrcoef(edges_of(here).ravel(), edges_of(there).ravel())[0, 1])


def _beyond(here: Any, there: Any, slack: tuple[int, int]) -> Any:
    """Excess beyond the greatest, lack below the least, that the earlier picture holds within the slack."""
    import numpy as np
    from scipy.ndimage import maximum_filter, minimum_filter

    more = here - maximum_filter(there, slack)
    less = here - minimum_filter(there, slack)
    return np.where(more > 0, more, np.where(less < 0, less, 0)).astype(np.float32)


def _strength(here: Any, there: Any, excess: Any) -> Any:
    """Excess over a spot beside the usual excess at such density and steepness, of this very pair."""
    import numpy as np
    from scipy.ndimage import uniform_filter

    spot = uniform_filter(excess, SPOT)
    around = uniform_filter(np.minimum(np.abs(excess), 6.0), (61, 121))
    usual = 0.4 + 0.015 * uniform_filter(here, SPOT) + around
    return (spot / usual).astype(np.float32)
