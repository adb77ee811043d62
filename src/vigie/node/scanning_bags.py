"""Threats for lessons, drawn in thousands: bags of bricks alone, no container, no picture, a few milliseconds each.

A simulated picture costs a tenth of a second and holds one threat; a net that sees few threats learns them by heart.
"""

from typing import TYPE_CHECKING, Any

from vigie.scanning import Patch

if TYPE_CHECKING:
    from numpy.random import Generator

SHARES = {"wall": 0.3, "false-floor": 0.16, "in-boxes": 0.18, "in-load": 0.16, "rip-off": 0.14, "roof": 0.06}
"""How often each place is drawn: those more often that were missed most on the split `choose`. What lies on top of a
load or in a reefer's unit follows the load and the unit, and comes of whole pictures alone."""
GRID_MM = 10.0
ROOM = 4
"""Pixels around a threat."""
SEED = 11_700_000
"""Of the first patch; no split begins between 10 and 20 millions but `train`."""
BELOW_FLOOR, ABOVE_ROOF, BELOW_BAGS = (10, 24), (26, 52), (10, 24)
"""Rows of the grid between such a threat and the edge of the box found in a picture. Source: lessons of `train`."""


def drawn_patches(many: int, first: int = 0) -> list[Patch]:
    """Draw threats as the simulator of the benchmark hides them, on the pixels of scanner A.

    Args:
        many: How many, from number `first` on; each number gives the same threat for ever.
    """
    return [one for one in (_drawn(SEED + number) for number in range(first, first + many)) if one is not None]


def _drawn(seed: int) -> Patch | None:
    import numpy as np

    from vigie.world import HiddenLot, xray_parameters
    from vigie.world.xray_canvas import Canvas
    from vigie.world.xray_hidden import hide
    from vigie.world.xray_load import rng
    from vigie.world.xray_scanner import frame_for
    from vigie.world.xray_shell import hull_of
    from vigie.world.xray_stacks import Room

    given, chance = xray_parameters(), rng(seed, 51)
    make = given.scanners["A"]
    place = str(chance.choice(list(SHARES), p=list(SHARES.values())))
    low, high = given.threats.kg[place]
    frame = frame_for(make, seed)
    hull = hull_of("22G1" if chance.random() < 0.5 else "45G1", 400.0, float(chance.uniform(1180, 1420)))
    (x0, x1), (z0, z1) = hull.inside_x, hull.inside_z
    room = Room(hull.inside_x, hull.inside_z, [(x0, x1, float(z0 + (z1 - z0) * chance.uniform(0.5, 0.95)))])
    canvas = Canvas(frame)
    canvas.of("plastic")[:] = 1.0  # stands for any goods: what is left of them after room was made
    kg = float(low * (high / low) ** chance.random())
    hide(canvas, hull, room, HiddenLot(place, kg, int(chance.integers(2**31))))
    left, kept = canvas.maps["cocaine"], canvas.maps["plastic"]
    rows, columns = (np.flatnonzero(((left > 0) | (kept < 1)).any(axis)) for axis in (1, 0))
    if not len(rows) or not len(columns):
        return None
    part = np.s_[max(0, rows[0] - ROOM) : rows[-1] + 1 + ROOM, max(0, columns[0] - ROOM) : columns[-1] + 1 + ROOM]
    more, goods = (_gridded(each[part], make.psf_px, make.pixel_mm) for each in (left, 1.0 - kept))
    if min(more.shape) < 6:
        return None
    return _laid(place, more, goods, chance)


def _gridded(part: Any, blur: float, pixel_mm: float) -> Any:
    """On the grid of 10 mm, an even number of rows and columns."""
    from scipy.ndimage import gaussian_filter, zoom

    made = zoom(gaussian_filter(part, blur), pixel_mm / GRID_MM, order=1, mode="nearest", grid_mode=True)
    return made[: made.shape[0] // 2 * 2, : made.shape[1] // 2 * 2]


def _laid(place: str, more: Any, goods: Any, chance: "Generator") -> Patch:
    """With where it may lie: the distances from the edges that the box found in a picture has from such a threat."""
    taken = goods if float(goods.max()) > 0 else None
    below, above, doors = -1, -1, -1
    if place == "false-floor":
        below = int(chance.integers(*BELOW_FLOOR))
    elif place == "roof":
        above = int(chance.integers(*ABOVE_ROOF))
    elif place == "rip-off":
        below, doors = int(chance.integers(*BELOW_BAGS)), int(chance.integers(2, 24))
    return Patch(more, None, below, doors, above=above, taken=taken)
