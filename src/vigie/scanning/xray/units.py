"""A reefer's unit beside others of its make, laid on its place for a net that tells what was put in from what differs.

Units of one make differ: parts sit a centimetre elsewhere, weigh a little more, one may have been exchanged. One
reference shows none of that, several show it place by place; what is given here holds for any number of them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vigie.scanning.xray.finding import Box, Zones
from vigie.scanning.xray.grid import DENSEST, GRID_MM, Grid, gridded
from vigie.scanning.xray.heat import opened_model
from vigie.scanning.xray.laid import RIM, ROWS, UNIT, Levelled
from vigie.scanning.xray.physics import Calibration
from vigie.scanning.xray.reference import edges_of, shift_between, turned
from vigie.scanning.xray.scan import Scan

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

KIND = "vigie-scan-unit"
CHANNELS = 16
"""Of what the net is given, see `channels`."""
WIDE = 40
"""Columns of 20 mm of what the net is given: `UNIT` halved, filled up to a multiple of eight."""
REACH = 30
"""Points of the grid by which a reference may be moved: container edges are found within 0.2 m (own)."""
MOST = 5
"""References that are looked at together: more changed nothing that shows (own)."""
FLOOR, FEW = 312, 1000
"""Row below which it is the lorry that is alike or not; points of which likeness is told at least."""
LEAST_LIKENESS = 0.78
"""Correlation with a reference below which it is taken for another make's. Of 159 pairs of two makes none reached it;
of 375 pairs of one make .98 did, .93 with something in the unit; the likest of five always (75 loads of our own)."""
SEVERAL = 3
"""References from which on they are told as several, with levels of their own."""


def several(many: int) -> str:
    """The relation by which levels beside so many references of a make are kept."""
    return "same-models" if many >= SEVERAL else "same-model"


class UnitModel:
    """A model that is ready to compare units.

    Args:
        body: ONNX. sha: SHA-256 that the file must have; empty takes any.

    Raises:
        ModelRefused: See there; the fact `reason` says which.
    """

    def __init__(self, body: bytes, sha: str = "") -> None:
        self.sha, self._run, self.facts = opened_model(body, sha, KIND, CHANNELS)

    def logits(self, seen: "Floats") -> "Floats":
        """Logits of more here and less here on 40 mm, (2, rows, columns), of what `shown_unit` gave."""
        out: Floats = self._run.run(["logits"], {"seen": seen[None]})[0][0]
        return out[:, :, : UNIT // 4]


class Unit(Struct, frozen=True):
    """The unit's part of a picture, `ROWS` by `UNIT` points, the front at the right.

    Attributes:
        density: g/cm² on 10 mm. residual: What the low energy tells, on 20 mm. known: Where the picture shows anything.
    """

    density: "Floats"
    residual: "Floats"
    known: "Floats"


def unit_box(scan: Scan, zones: Zones) -> tuple[Box, bool]:
    """The unit's part of a picture in pixels, with a rim; whether it is to be turned to have the front at the right."""
    assert zones.container is not None
    left, top, width, _ = zones.container
    across, down = scan.facts.column_mm / GRID_MM, scan.facts.row_mm / GRID_MM
    y0 = max(0, top - round(RIM / down))
    y1 = min(scan.high.shape[0], y0 + round(ROWS / down))
    turn, many, rim = zones.doors_at == "right", round(UNIT / across), round(RIM / across)
    x0 = max(0, left - rim) if turn else min(scan.high.shape[1], left + width + rim) - many
    x0 = min(max(0, x0), scan.high.shape[1] - many)
    return (x0, y0, many, y1 - y0), turn


def unit_taken(scan: Scan, zones: Zones, calibration: Calibration | None = None) -> tuple[Unit, Grid, bool]:
    """The unit's part of a scan; with its grid, and whether it was turned round.

    Args:
        zones: With a container.
    """
    box, turn = unit_box(scan, zones)
    grid = gridded(scan, box, calibration)
    return unit_of(turned(grid) if turn else grid), grid, turn


def unit_of(grid: Grid) -> Unit:
    """A grid of the unit's part, front at the right, in the size that is compared."""
    import numpy as np

    rows = min(ROWS, grid.density.shape[0])
    density, known = np.zeros((ROWS, UNIT), np.float32), np.zeros((ROWS, UNIT), np.float32)
    wide = min(UNIT, grid.density.shape[1])
    density[:rows, -wide:], known[:rows, -wide:] = grid.density[:rows, -wide:], 1.0
    residual = np.zeros((ROWS // 2, UNIT // 2), np.float32)
    if grid.residual is not None:
        told = grid.residual[: ROWS // 2, -(UNIT // 2) :]
        residual[: told.shape[0], -told.shape[1] :] = told
    return Unit(density, residual, known)


def laid_on(here: Unit, there: Unit) -> tuple[Unit, float]:
    """Another unit laid over one: moved as a whole, brought to its measure; and how like both are, -1 to 1."""
    import numpy as np
    from scipy.ndimage import minimum_filter

    one, two = edges_of(here.density), edges_of(there.density)
    down, along = shift_between(one, two, REACH)
    density, known = _moved(there.density, down, along), _moved(there.known, down, along)
    residual = _moved(there.residual, round(down / 2), round(along / 2))
    density = Levelled(here.density, density, known > 0.5).brought(density)
    density = np.clip(density, -2.0, DENSEST).astype(np.float32)
    seen = minimum_filter(known, 5) > 0.5  # where it ends there is an edge that tells nothing
    seen[:RIM], seen[FLOOR:], seen[:, UNIT - RIM :] = False, False, False
    two = edges_of(np.where(known > 0.5, density, here.density))
    likeness = float(np.corrcoef(one[seen][::2], two[seen][::2])[0, 1]) if int(seen.sum()) > FEW else 0.0
    return Unit(density, residual, known), likeness


def _moved(picture: Any, down: int, along: int) -> Any:
    """Moved by whole points; nothing where the picture ends."""
    import numpy as np

    made = np.zeros_like(picture)
    rows, columns = picture.shape
    made[max(0, down) : rows + min(0, down), max(0, along) : columns + min(0, along)] = (
        picture[max(0, -down) : rows + min(0, -down), max(0, -along) : columns + min(0, -along)]
    )
    return made


def shown_unit(here: Unit, laid: Sequence[Unit]) -> "Floats":
    """What the net is given of a unit and of one to `MOST` others that were laid on it."""
    import numpy as np

    return channels(here.density, here.residual, here.known, np.stack([one.density for one in laid]),
                    np.stack([one.residual for one in laid]), np.stack([one.known for one in laid]))  # fmt: skip


def channels(here: Any, low: Any, known: Any, there: Any, lows: Any, knowns: Any) -> "Floats":
    """What the net is given, on 20 mm.

    Channels: density and fine detail of it in two rows of 10 mm; the middle of the references; the difference in two
    rows, its mean over 30 by 14 cm; excess beyond all that references show within 5 cm, and lack; how much references
    differ; residual of the two energies, of the references, and their difference; how few references there are; where
    all are known; height, distance from the front.

    Args:
        here, low, known: Of the unit, as `Unit`. there, lows, knowns: Of the references, one more axis in front.
    """
    import numpy as np
    from scipy.ndimage import maximum_filter, minimum_filter, uniform_filter

    def half(values: Any) -> Any:
        return (values[..., ::2] + values[..., 1::2]) * np.float32(0.5)

    def quarter(values: Any) -> Any:
        wide = half(values)
        return (wide[..., ::2, :] + wide[..., 1::2, :]) * np.float32(0.5)

    seen = (known > 0.5) & (knowns > 0.5).all(0)
    middle = np.median(there, 0) if len(there) > 2 else there.mean(0)
    apart = np.where(seen, here - middle, np.float32(0))
    one, two, each, both = quarter(here), quarter(middle), quarter(there), quarter(apart)
    all_seen = quarter(seen.astype(np.float32))
    mean = (one + two) * np.float32(0.5)
    made = np.zeros((CHANNELS, ROWS // 2, WIDE), np.float32)
    put = made[:, :, : UNIT // 2]
    fine = half(here - uniform_filter(here, 9)) / (np.float32(2) + np.float32(0.06) * half(here))
    put[0], put[1], put[2], put[3] = one / 40, two / 40, fine[::2], fine[1::2]
    usual, told = np.float32(2) + np.float32(0.06) * mean, half(apart)
    put[4], put[5] = told[::2] / usual, told[1::2] / usual
    put[6] = uniform_filter(both, (15, 7)) / (np.float32(1) + np.float32(0.03) * uniform_filter(mean, (15, 7)))
    most = maximum_filter(each.max(0), (5, 5))
    least = minimum_filter(each.min(0), (5, 5))
    beyond = np.where(one > most, one - most, np.where(one < least, one - least, 0)) * (all_seen > 0.9)
    put[7] = uniform_filter(beyond, 5) / (np.float32(1) + np.float32(0.03) * mean)
    put[8] = each.std(0) / usual if len(each) > 1 else 0
    put[9] = uniform_filter(low, 3) * 10
    put[10] = uniform_filter(lows.mean(0), 3) * 10
    put[11] = uniform_filter((low - lows.mean(0)) * (all_seen > 0.9), 7) * 40
    put[12] = 2.0 / len(there) - 1.0
    put[13] = all_seen
    put[14] = (1 - np.arange(ROWS // 2, dtype=np.float32) * 2 / 150)[:, None]
    put[15] = ((UNIT // 2 - np.arange(UNIT // 2, dtype=np.float32)) / 17 - 1)[None]
    np.clip(made, -4.0, 4.0, out=made)
    return made
