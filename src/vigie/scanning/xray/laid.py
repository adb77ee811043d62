"""An earlier picture laid over a later one so that a net can look at both: one lattice, one unit, one place.

Between two angles of view nothing moves along the container, so that columns are laid to a part of a point; along the
height near and far side move against each other, whatever shift is taken: there one shift serves the whole picture and
the net has to know the rest.
"""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vigie.scanning.xray.finding import Box, Zones
from vigie.scanning.xray.grid import DENSEST, GRID_MM, Grid, gridded
from vigie.scanning.xray.physics import Calibration
from vigie.scanning.xray.reference import BLOCK, REACH, edges_of, moved, shift_between, turned
from vigie.scanning.xray.scan import Scan

if TYPE_CHECKING:
    from numpy import bool_, float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]
    Known = NDArray[bool_]

RIM = 20
"""Points of the grid beside and above the container that are taken in, so that its own rim is not the picture's."""
ROWS = 368
"""Rows of the grid from `RIM` above the upper edge on: 3.48 m below it, the highest container and what its walls stand
apart in a fan of rays. The upper edge is found more surely than the floor, which a picture may show 0.5 m off."""
UNIT = 68
"""Columns of the grid that hold a reefer's unit and the rim: goods begin 0.48 m behind the front (30 loads, own)."""
USUAL = 10.0
"""Points by which a lorry's speed may be thought to displace a block (sd): more is believed on better likeness only."""
CHANNELS = 12
"""Of what the net is given, see `channels`."""
LATTICE_MM = 20.0


class Laid(Struct, frozen=True):
    """Two pictures on one grid.

    Attributes:
        here, there: The later and the earlier one, g/cm², rows by columns of 10 mm.
        known: Where the earlier one shows anything.
        shift: Rows and columns by which the earlier one was moved as a whole.
        gain: Factor, bend (per 100 g/cm²) and summand by which it was brought to the later one's measure.
        likeness: Correlation of both, -1 to 1.
    """

    here: "Floats"
    there: "Floats"
    known: "Known"
    shift: tuple[int, int]
    gain: tuple[float, float, float]
    likeness: float


def taken(scan: Scan, zones: Zones, calibration: Calibration | None = None, *, turn: bool | None = None) -> Grid:
    """The container on the grid with a rim, `ROWS` high where the picture allows it.

    Args:
        zones: With a container.
        turn: Whether its ends change places; None puts the doors to the left where they are known.
    """
    assert zones.container is not None
    left, top, width, _ = zones.container
    across, down = scan.facts.column_mm / GRID_MM, scan.facts.row_mm / GRID_MM
    x0, y0 = max(0, left - round(RIM / across)), max(0, top - round(RIM / down))
    x1 = min(scan.high.shape[1], left + width + round(RIM / across))
    y1 = min(scan.high.shape[0], y0 + round(ROWS / down))
    grid = gridded(scan, (x0, y0, x1 - x0, y1 - y0), calibration, dual=False)
    return turned(grid) if (zones.doors_at == "right" if turn is None else turn) else grid


def both_taken(
    later: tuple[Scan, Zones, Calibration | None], earlier: tuple[Scan, Zones, Calibration | None]
) -> tuple[tuple[Grid, bool], tuple[Grid, bool]]:
    """Two containers on the grid, their doors at the same end, and of each whether it was turned for it.

    Where the doors of one are not known both stay as they are.
    """
    known = "unknown" not in (later[1].doors_at, earlier[1].doors_at)
    turns = [known and one[1].doors_at == "right" for one in (later, earlier)]
    made = [taken(*one, turn=turn) for one, turn in zip((later, earlier), turns, strict=True)]
    return (made[0], turns[0]), (made[1], turns[1])


def unit_part(grid: Grid) -> Grid:
    """The part that holds a reefer's unit: the last columns before the front; doors are at the left."""
    import numpy as np

    return Grid(grid.box, np.ascontiguousarray(grid.density[:, -UNIT:]), None)


def lay(later: "Floats", earlier: "Floats") -> Laid:
    """Lay an earlier picture over a later one.

    Args:
        later, earlier: Of `taken`, in g/cm².
    """
    import numpy as np

    there = _filled(earlier, later.shape)
    one, two = edges_of(later), edges_of(there)
    whole = shift_between(one, two, REACH * 2)
    along = _along(one, moved(two, whole)) + whole[1]
    rows, across = np.arange(later.shape[0]) - whole[0], np.arange(later.shape[1]) - along
    inside = (rows >= 0) & (rows < earlier.shape[0]), (across >= 0) & (across <= earlier.shape[1] - 1)
    known = inside[0][:, None] & inside[1][None]
    there = there[np.clip(rows, 0, there.shape[0] - 1)]
    across = np.clip(across, 0, there.shape[1] - 1.001)
    left = across.astype(np.int64)
    share = (across - left).astype(np.float32)
    there = there[:, left] * (1 - share) + there[:, left + 1] * share
    level = Levelled(later, there, known)
    there = np.clip(level.brought(there), -2.0, DENSEST).astype(np.float32)
    likeness = float(np.corrcoef(edges_of(later)[::2, ::2].ravel(), edges_of(there)[::2, ::2].ravel())[0, 1])
    return Laid(later, there, known, whole, level.told, likeness)


def _filled(density: Any, shape: tuple[int, ...]) -> Any:
    """Cut or continued to another number of rows and columns; never stretched, since both are in millimetres."""
    import numpy as np

    more = [max(0, want - have) for want, have in zip(shape, density.shape, strict=True)]
    return np.ascontiguousarray(np.pad(density, ((0, more[0]), (0, more[1])), mode="edge")[: shape[0], : shape[1]])


def _along(one: Any, two: Any) -> Any:
    """By how many columns each column of the second must be moved, in parts of a point: blocks, then steadied."""
    import numpy as np
    from scipy.fft import irfft, next_fast_len, rfft
    from scipy.ndimage import median_filter, uniform_filter1d

    length = one.shape[1]
    middles = np.arange(BLOCK // 2, max(BLOCK // 2 + 1, length), BLOCK // 2)
    blocks = [np.stack([np.pad(each, ((0, 0), (BLOCK // 2, BLOCK)))[:, m : m + BLOCK] for m in middles])
              for each in (one, two)]  # fmt: skip
    size = next_fast_len(BLOCK + REACH, real=True)
    cross = (rfft(blocks[0], size, axis=2) * np.conj(rfft(blocks[1], size, axis=2))).sum(1)
    found = irfft(cross / np.maximum(np.abs(cross) ** 0.7, 1e-9), size, axis=1)
    lags = np.arange(-REACH, REACH + 1)
    found = np.maximum(np.roll(found, REACH, 1)[:, : 2 * REACH + 1], 0) * np.exp(-0.5 * (lags / USUAL) ** 2)
    moves = [_peak(each) - REACH for each in found]
    steady = uniform_filter1d(median_filter(np.array(moves), 5, mode="nearest"), 3, mode="nearest")
    return np.interp(np.arange(length), middles, steady)


def _peak(values: Any) -> float:
    """Where a row of values is highest, between its points."""
    at = int(values.argmax())
    if not 0 < at < len(values) - 1:
        return float(at)
    before, peak, after = values[at - 1 : at + 2]
    bend = before - 2 * peak + after
    return at + (0.5 * (before - after) / bend if bend < 0 else 0.0)


class Levelled:
    """What brings one scanner's density to another's: a line with a bend, held to "nothing" where little speaks.

    Fitted to means over 15 by 5 points in the least absolute sense, so that what was added does not count. Beyond 19 of
    20 of what was fitted the bend goes on as a straight line, so that dense things are not bent away.
    """

    def __init__(self, here: Any, there: Any, known: Any) -> None:
        import numpy as np
        from scipy.ndimage import uniform_filter

        y, x = (uniform_filter(each, (15, 5))[::4, ::4] for each in (here, there))
        both = known[::4, ::4] & (x > 1) & (y > 1) & (x < 130) & (y < 130)
        self._end, self._found = 1.0, np.zeros(3)
        if int(both.sum()) >= 100:
            x, y = x[both].astype(np.float64), y[both].astype(np.float64)
            self._end = float(np.quantile(x, 0.95))
            base, rest, weight = self._base(x), y - x, np.ones_like(x)
            held = np.diag((25.0, 25.0, 4.0)) * (len(x) * 0.01)
            for _ in range(8):
                made = weight[:, None] * base
                self._found = np.linalg.solve(base.T @ made + held, made.T @ rest)
                weight = 1.0 / np.maximum(np.abs(rest - base @ self._found), 0.3)
            self._found = np.clip(self._found, (-0.3, -0.4, -3.0), (0.4, 0.4, 3.0))
        self.told = (1.0 + float(self._found[0]), float(self._found[1]), float(self._found[2]))

    def _base(self, x: Any) -> Any:
        import numpy as np

        end = self._end
        return np.stack((x, np.where(x < end, x * x, end * (2 * x - end)) / 100, np.clip(x, 0, 1)), -1)

    def brought(self, there: Any) -> Any:
        """The whole picture."""
        import numpy as np

        end, (gain, bend, more) = np.float32(self._end), self._found.astype(np.float32)
        bent = np.where(there < end, there * there, end * (2 * there - end)) * (bend / np.float32(100))
        return there * (1 + gain) + bent + np.clip(there, 0, 1) * more


def widened(values: Any) -> Any:
    """Columns averaged two by two; an odd last one is repeated."""
    import numpy as np

    if values.shape[1] % 2:
        values = np.pad(values, ((0, 0), (0, 1)), mode="edge")
    return (values[:, ::2] + values[:, 1::2]) * np.float32(0.5)


def channels(here: Any, there: Any, known: Any, first: int, whole: int) -> "Floats":
    """What the net is given of a part of two pictures, on 20 mm.

    Channels: both densities in two rows of 10 mm each, their difference in both, its mean over 30 by 14 cm, the excess
    beyond what the other shows within 18 by 6 cm, where the earlier one is known, height, distance from either end.

    Args:
        here, there, known: `ROWS` rows of 10 mm by columns of 20 mm (`widened`), filled up with nothing.
        first: Column at which the part begins. whole: Columns of the container.
    """
    import numpy as np
    from scipy.ndimage import maximum_filter, minimum_filter, uniform_filter

    apart = np.where(known, here - there, np.float32(0))
    shown_there = known.astype(np.float32)
    one, two, both, seen = ((each[::2] + each[1::2]) * np.float32(0.5) for each in (here, there, apart, shown_there))
    mean = (one + two) * np.float32(0.5)
    made = np.zeros((CHANNELS, *one.shape), np.float32)
    made[0], made[1], made[2], made[3] = here[::2] / 40, here[1::2] / 40, there[::2] / 40, there[1::2] / 40
    usual = np.float32(3) + np.float32(0.08) * mean
    made[4], made[5] = apart[::2] / usual, apart[1::2] / usual
    made[6] = uniform_filter(both, (15, 7)) / (np.float32(1.5) + np.float32(0.04) * uniform_filter(mean, (15, 7)))
    most, least = maximum_filter(two, (9, 3)), minimum_filter(two, (9, 3))
    beyond = np.where(one > most, one - most, np.where(one < least, one - least, 0)) * (seen > 0.5)
    made[7] = uniform_filter(beyond, 7) / (np.float32(1) + np.float32(0.03) * mean)
    made[8] = seen
    made[9] = (1 - np.arange(one.shape[0], dtype=np.float32) * 2 / 150)[:, None]
    along = (first + np.arange(one.shape[1], dtype=np.float32) + 0.5) * LATTICE_MM
    made[10] = (np.clip(along / 1500, 0, 2) - 1)[None]
    made[11] = (np.clip((whole * LATTICE_MM - along) / 1500, 0, 2) - 1)[None]
    np.clip(made, -4.0, 4.0, out=made)
    return made


def shown(laid: Laid) -> "Floats":
    """What the net is given of two whole pictures: `channels`, filled up to a multiple of eight columns."""
    import numpy as np

    parts = [widened(each) for each in (laid.here, laid.there, laid.known.astype(np.float32))]
    rows, columns = parts[0].shape
    fill = ((0, max(0, ROWS - rows)), (0, -columns % 8))
    here, there, known = (np.pad(each, fill)[:ROWS] for each in parts)
    return channels(np.clip(here, 0, DENSEST), there, known > 0.6, 0, columns)


def box_on(box: Box, scan: Scan, grid: Grid, *, turned_round: bool) -> Box:
    """A box in pixels of a scan as points of the grid of `taken`."""
    left, top, width, height = grid.box
    rows, columns = grid.density.shape
    down, along = rows / height, columns / width
    made = (round((box[0] - left) * along), round((box[1] - top) * down), max(2, round(box[2] * along)),
            max(2, round(box[3] * down)))  # fmt: skip
    return (columns - made[0] - made[2], *made[1:]) if turned_round else made
