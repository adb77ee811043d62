"""Threats that training starts with where a site has no cut-outs of its own: stacks of bricks, made by rule."""

from typing import TYPE_CHECKING, Any

from vigie.scanning.xray.cutout import Cutout, cutout_of
from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.physics import areal_density
from vigie.scanning.xray.quiz import place_in
from vigie.scanning.xray.scan import Scan

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

PIXEL_MM = 5.0
BRICK_MM = (200.0, 35.0)
"""Width and height of a brick of about a kilogram as it lies: 200 by 140 by 35 mm. Source: reference page scan, bricks
of the prototype; the simulator of the world has its own."""
DEPTH_MM = 140.0
DENSITY = 1.05
"""g/cm³ of pressed powder in its wrapping."""
SEAM = 0.55
"""Share of the matter where two bricks meet, over one pixel: tape and air."""

STACKS = (("bag", 2, 6, 1), ("two bags", 4, 6, 1), ("bags in two rows", 3, 7, 2), ("wall of bricks", 6, 8, 1),
          ("deep stack", 3, 8, 3))  # fmt: skip
"""Name, bricks side by side, bricks high, bricks deep."""


def usual_threats() -> tuple[Cutout, ...]:
    """Five stacks between 12 and 72 kg, always the same; each says that it is simulated."""
    return tuple(cutout_of(name, _stack(wide, high, deep), PIXEL_MM, depth_mm=deep * DEPTH_MM, origin="simulated")
                 for name, wide, high, deep in STACKS)  # fmt: skip


def _stack(wide: int, high: int, deep: int) -> "NDArray[float32]":
    """Areal density in g/cm², rows by columns of `PIXEL_MM`; every second layer lies half a brick farther."""
    import numpy as np

    width, height = (round(one / PIXEL_MM) for one in BRICK_MM)
    field: Any = np.zeros((high * height, wide * width + width // 2), np.float32)
    full = DENSITY * deep * DEPTH_MM / 10
    for layer in range(high):
        for place in range(wide):
            left = place * width + (layer % 2) * (width // 2)
            brick = field[layer * height : (layer + 1) * height, left : left + width]
            brick[:] = full
            brick[-1:] = brick[:, -1:] = full * SEAM
    return np.asarray(field, np.float32)


UNDER_PX = 6
"""Rows under a threat that are looked at for what carries it: about 5 cm."""

CARRIES = 4.0
"""g/cm² above the container's own walls from which something lies under a threat: goods, or the floor."""

TRIES = 40


def resting_place(scan: Scan, hold: Box, size: tuple[int, int], seed: int) -> tuple[int, int]:
    """Where a threat goes so that something carries it: one that hangs in the air would teach what never is.

    Args:
        hold: Where it may lie, pixels. size: Width and height of the threat, pixels. seed: Of the item.

    Returns:
        The first of `TRIES` places that `place_in` draws under which something lies; the lowest of them where under
        none does.
    """
    import numpy as np

    part = scan.high[hold[1] : hold[1] + hold[3], hold[0] : hold[0] + hold[2]]
    density = areal_density(part, scan.facts)
    walls = float(np.quantile(density, 0.1))
    places = [place_in(hold, size, seed + again) for again in range(TRIES)]
    for x, y in places:
        left, under = x - hold[0], y - hold[1] + size[1]
        strip = density[under : under + UNDER_PX, left : left + size[0]]
        if strip.size and float(np.median(strip)) > walls + CARRIES:
            return x, y
    return max(places, key=lambda place: place[1])
