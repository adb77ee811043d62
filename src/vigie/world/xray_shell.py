"""The box itself: walls, posts, doors, floor and roof of dry and refrigerated containers. The doors stand at its x = 0.

Measures: ISO 668 (outside), ISO 1496-1 and -2 (parts), rounded; sheet and beam thicknesses are of common drawings,
recalled, and differ by maker.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vigie.world.xray_canvas import INNER_MM, Canvas

if TYPE_CHECKING:
    from numpy.random import Generator

STEEL = 7.85 / 10.0
"""g/cm² of a millimetre of steel."""
_WIDTH_CM = INNER_MM / 10.0


@dataclass(frozen=True, slots=True)
class Hull:
    """Where a box stands in the picture and what room it has inside.

    Attributes:
        x: Outer ends, mm, the doors' end first. z: Lower and upper side, mm above ground.
        inside_x, inside_z: The hold. unit_x: Where the refrigerating unit stands; None for dry boxes.
    """

    x: tuple[float, float]
    z: tuple[float, float]
    inside_x: tuple[float, float]
    inside_z: tuple[float, float]
    unit_x: tuple[float, float] | None = None


LENGTH_MM = {"2": 6058.0, "4": 12192.0}
"""By the first sign of the size and type code."""
HEIGHT_MM = {"2": 2591.0, "5": 2896.0}
"""By the second sign."""
UNIT_MM = 430.0
"""Depth of a refrigerating unit. Source: ISO 1496-2, rounded."""


def hull_of(size_type: str, doors_at: float, lowest: float) -> Hull:
    """Place a box: its doors' end at x = doors_at, its lower side at a height above ground, mm."""
    x = (doors_at, doors_at + LENGTH_MM[size_type[0]])
    z = (lowest, lowest + HEIGHT_MM[size_type[1]])
    if size_type[2] == "R":
        unit = (x[1] - UNIT_MM, x[1] - 20)
        return Hull(x, z, (x[0] + 110, unit[0] - 70), (z[0] + 230, z[1] - 120), unit)
    return Hull(x, z, (x[0] + 60, x[1] - 55), (z[0] + 175, z[1] - 60))


def draw_shell(canvas: Canvas, hull: Hull, chance: "Generator") -> None:
    """Draw everything that belongs to a box but what is in it and the refrigerating unit."""
    _frame(canvas, hull)
    _ends(canvas, hull, chance)
    if hull.unit_x is None:
        _dry_walls(canvas, hull, chance)
        _dry_floor(canvas, hull)
    else:
        _cold_walls(canvas, hull, chance)
        _cold_floor(canvas, hull)


def _frame(canvas: Canvas, hull: Hull) -> None:
    """Corner posts, castings, rails on both sides."""
    (x0, x1), (z0, z1) = hull.x, hull.z
    for depth in (30.0, INNER_MM - 30):
        for start, stop in ((x0, x0 + 115), (x1 - 100, x1)):
            canvas.block("steel", (start, stop), (z0 + 118, z1 - 118), 11 * STEEL, depth)
            canvas.block("steel", (start, start + 8), (z0 + 118, z1 - 118), 60 * STEEL, depth)
        for start, stop in ((x0, x0 + 178), (x1 - 178, x1)):
            for low in (z0, z1 - 118):
                canvas.block("steel", (start, stop), (low, low + 118), 34 * STEEL, depth)
        canvas.block("steel", (x0 + 115, x1 - 100), (z1 - 62, z1 - 2), 7 * STEEL, depth)
        canvas.block("steel", (x0 + 115, x1 - 100), (z1 - 12, z1 - 2), 28 * STEEL, depth)
        canvas.block("steel", (x0 + 115, x1 - 100), (z0 + 10, z0 + 160), 4.5 * STEEL, depth)
        canvas.block("steel", (x0 + 115, x1 - 100), (z0 + 10, z0 + 22), 35 * STEEL, depth)


def _ends(canvas: Canvas, hull: Hull, chance: "Generator") -> None:
    """Doors with their bars, and the front wall: sheets seen edge on, through the whole width."""
    (x0, x1), (z0, z1) = hull.x, hull.z
    door = 55.0 if hull.unit_x is None else 95.0
    canvas.block("steel", (x0 + 5, x0 + door), (z0 + 130, z1 - 130), 2.2 / door * _WIDTH_CM * 7.85 * 1.2)
    canvas.block("steel", (x0, x0 + 60), (z1 - 125, z1 - 20), 9.0 * 7.85)
    canvas.block("steel", (x0, x0 + 60), (z0 + 20, z0 + 130), 9.0 * 7.85)
    for depth in (300.0, 900.0, 1450.0, 2050.0):
        canvas.block("steel", (x0 - 42, x0 - 8), (z0 + 60, z1 - 60), 7 * STEEL, depth)
        for share in (0.12, 0.42, 0.85):
            high = z0 + share * (z1 - z0) + chance.normal(0, 12)
            canvas.block("steel", (x0 - 48, x0 + 10), (high, high + 70), 16 * STEEL, depth)
    if hull.unit_x is None:
        canvas.block("steel", (x1 - 50, x1 - 4), (z0 + 130, z1 - 100), 2.0 / 46 * _WIDTH_CM * 7.85 * 1.25)
        canvas.block("steel", (x1 - 60, x1), (z1 - 100, z1 - 10), 5.0 * 7.85)


def _dry_walls(canvas: Canvas, hull: Hull, chance: "Generator") -> None:
    """Corrugated side walls and the roof. The slanted parts of a corrugation are longer ways through steel."""
    import numpy as np

    (x0, x1), (z0, z1) = hull.x, hull.z
    period = float(chance.choice([278.0, 250.0, 276.0]))
    starts = np.arange(x0 + 150, x1 - 150, period / 2) + chance.uniform(0, period / 2)
    starts = starts[starts < x1 - 180]
    z = np.array([z0 + 155.0]), np.array([z1 - 60.0])
    for depth in (20.0, INNER_MM - 20):
        canvas.block("steel", (x0 + 115, x1 - 100), (z0 + 155, z1 - 60), 1.6 * STEEL, depth)
        shifted = starts + chance.normal(0, 4)
        canvas.lattice(
            "steel",
            np.full((1, len(starts)), 0.95 * STEEL, np.float32),
            (shifted, shifted + 66),
            z,
            depth,
            ("pillow", "box"),
        )
    canvas.sheet("steel", (x0 + 60, x1 - 60), z1 - 15, 0.2 * _WIDTH_CM * 7.85, 40.0)
    bows = np.arange(x0 + 110, x1 - 110, period)
    for start in bows:
        canvas.sheet("steel", (float(start), float(start) + 60), z1 - 15, 0.05 * _WIDTH_CM * 7.85, 40.0)


def _dry_floor(canvas: Canvas, hull: Hull) -> None:
    """Plywood on cross members; the tunnel at the front of long boxes is left out."""
    (x0, x1), (z0, _) = hull.x, hull.z
    canvas.sheet("wood", (x0 + 60, x1 - 50), z0 + 160, 2.8 * _WIDTH_CM * 0.7, 28.0)
    at = x0 + 200
    while at < x1 - 150:
        canvas.block("steel", (at, at + 45), (z0 + 20, z0 + 142), 52.0)
        canvas.block("steel", (at, at + 45), (z0 + 20, z0 + 30), 70.0)
        at += 305.0


def _cold_walls(canvas: Canvas, hull: Hull, chance: "Generator") -> None:
    """Foam between sheets, smooth; ribs inside the foam."""
    import numpy as np

    (x0, x1), (z0, z1) = hull.x, hull.z
    for depth in (30.0, INNER_MM - 30):
        span, high = (x0 + 115, x1 - 100), (z0 + 155, z1 - 62)
        canvas.block("steel", span, high, 1.6 * STEEL, depth)
        canvas.block("plastic", span, high, 6.5 * 0.045, depth)
        starts = np.arange(x0 + 400, x1 - 600, 610.0) + chance.uniform(0, 120)
        canvas.lattice(
            "steel",
            np.full((1, len(starts)), 0.9 * STEEL, np.float32),
            (starts, starts + 45),
            (np.array([z0 + 155.0]), np.array([z1 - 62.0])),
            depth,
        )
    canvas.sheet("aluminium", (x0 + 60, x1 - 60), z1 - 20, 0.18 * _WIDTH_CM * 2.7, 30.0)
    canvas.sheet("plastic", (x0 + 60, x1 - 60), z1 - 65, 8.0 * _WIDTH_CM * 0.045, 80.0)
    canvas.sheet("steel", (x0 + 60, x1 - 60), z1 - 112, 0.08 * _WIDTH_CM * 7.85, 20.0)


def _cold_floor(canvas: Canvas, hull: Hull) -> None:
    """Aluminium T bars along the box, foam below, cross members below that."""
    (x0, x1), (z0, _) = hull.x, hull.z
    canvas.sheet("aluminium", (x0 + 100, x1 - 430), z0 + 198, 6.3 * _WIDTH_CM * 2.7 * 0.17, 64.0)
    canvas.sheet("plastic", (x0 + 60, x1 - 60), z0 + 130, 7.0 * _WIDTH_CM * 0.05, 70.0)
    at = x0 + 240
    while at < x1 - 150:
        canvas.block("steel", (at, at + 45), (z0 + 20, z0 + 90), 45.0)
        at += 460.0
