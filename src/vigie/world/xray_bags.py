"""Bags of pressed bricks: how they are packed, how they lie at a spot, how they are drawn brick by brick."""

from dataclasses import dataclass
from math import ceil, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from vigie.world.xray_canvas import Canvas
from vigie.world.xray_settings import Bricks

if TYPE_CHECKING:
    from numpy.random import Generator

    from vigie.world.xray_canvas import Picture

GRAMS = 1000.0
"""Grams of a kilogram."""
FLAT = ("false-floor", "roof")
"""Places so low that bricks lie flat."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a heap lies: span of x and z in mm, depth of its middle, and how deep it may be, mm."""

    x: tuple[float, float]
    z: tuple[float, float]
    depth: float
    deep: float


def parts_of(spot: Spot, bags: int, chance: "Generator") -> list[Spot]:
    """Bags side by side and one on the other; those behind each other lie at the same place with a shift."""
    wide, high = spot.x[1] - spot.x[0], spot.z[1] - spot.z[0]
    deep = max(1, min(bags, round(spot.deep / 420)))
    face = ceil(bags / deep)
    across = max(1, min(face, round(sqrt(face * wide / max(high, 1)))))
    up = ceil(face / across)
    told = []
    for number in range(bags):
        column, row, layer = number % across, number // across % up, number // (across * up)
        x = spot.x[0] + column * wide / across + chance.normal(0, 15)
        z = max(spot.z[0] + row * high / up + chance.normal(0, 8), spot.z[0])
        depth = spot.depth + (layer - (deep - 1) / 2) * spot.deep / deep
        told.append(Spot((x, x + wide / across), (z, z + high / up), float(depth), spot.deep / deep))
    return told


@dataclass(frozen=True, slots=True)
class _Bag:
    """How bricks lie in a bag: face of a brick (along x, along z, in depth), gap, bricks along both, layers (a share of
    bricks may be missing), tilt in radians."""

    face: tuple[float, float, float]
    gap: float
    count: tuple[int, int]
    deep: float
    tilt: float

    @property
    def cell(self) -> tuple[float, float]:
        """Way from brick to brick, mm."""
        return self.face[0] + self.gap, self.face[1] + self.gap

    @property
    def reach(self) -> tuple[float, float]:
        """Half of what the tilted bag takes along x and z, mm."""
        wide, high = self.count[0] * self.cell[0], self.count[1] * self.cell[1]
        along, upward = abs(cos(self.tilt)), abs(sin(self.tilt))
        return wide / 2 * along + high / 2 * upward, wide / 2 * upward + high / 2 * along


def _packed(spot: Spot, bricks: float, given: Bricks, place: str, chance: "Generator") -> _Bag:
    length, width = float(chance.uniform(*given.length_mm)), float(chance.uniform(*given.width_mm))
    thick = GRAMS / float(chance.uniform(*given.density)) / (length * width / 100.0) * 10.0
    flat = place in FLAT
    face = (length, thick, width) if flat or chance.random() < 0.4 else (length, width, thick)
    if place == "wall":
        face = (length, width, thick)
    elif not flat and chance.random() < 0.3:
        face = (face[1], face[0], face[2])
    gap = given.wrap_mm + float(chance.uniform(*given.gap_mm))
    cell = face[0] + gap, face[1] + gap
    most = spot.x[1] - spot.x[0], spot.z[1] - spot.z[0]
    across, up = max(round(most[0] / cell[0]), 1), max(round(most[1] / cell[1]), 1)
    deep = max(bricks / (across * up), 0.6)
    if deep > max(spot.deep / face[2], 1):  # the heap is too small: it grows sideways
        across = max(ceil(bricks / up / max(spot.deep / face[2], 1)), 1)
        deep = max(bricks / (across * up), 0.6)
    straight = place in (*FLAT, "wall", "in-boxes")
    tilt = 0.0 if straight else radians(chance.normal(0, given.tilt_deg))
    return _Bag(face, gap, (across, up), deep, tilt)


def draw_bag(
    canvas: Canvas, spot: Spot, bricks: float, given: Bricks, place: str, chance: "Generator"
) -> tuple[float, float, float, float]:
    """Draw one bag; gives its span along x and down."""
    bag = _packed(spot, bricks, given, place, chance)
    reach = bag.reach
    middle = (spot.x[0] + spot.x[1]) / 2, max(spot.z[0] + reach[1], (spot.z[0] + spot.z[1]) / 2)
    if place != "top" and place not in FLAT:
        middle = middle[0], spot.z[0] + reach[1]
    (rows, _), (columns, _) = canvas.spans(
        (middle[0] - reach[0] - 9, middle[0] + reach[0] + 9),
        (middle[1] - reach[1] - 9, middle[1] + reach[1] + 9),
        spot.depth,
    )
    if rows.stop > rows.start and columns.stop > columns.start:
        _draw_layers(canvas, bag, (rows, columns), middle, spot.depth, given, chance)
    down = canvas.frame.down(middle[1], spot.depth)
    return middle[0] - reach[0], middle[0] + reach[0], down - reach[1], down + reach[1]


def _draw_layers(
    canvas: Canvas,
    bag: _Bag,
    where: tuple[slice, slice],
    middle: tuple[float, float],
    depth: float,
    given: Bricks,
    chance: "Generator",
) -> None:
    import numpy as np

    (rows, columns), tilt, cell = where, bag.tilt, bag.cell
    wide, high = bag.count[0] * cell[0], bag.count[1] * cell[1]
    edge, high_edge, pixel = canvas.frame.columns, canvas.frame.rows, float(canvas.frame.rows[1])
    x = (edge[columns.start : columns.stop] + edge[columns.start + 1 : columns.stop + 1]) / 2 - middle[0]
    y = canvas.frame.down(middle[1], depth) - (high_edge[rows] + pixel / 2)
    u = (x[None, :] * cos(tilt) + y[:, None] * sin(tilt) + wide / 2) / cell[0]
    v = (-x[None, :] * sin(tilt) + y[:, None] * cos(tilt) + high / 2) / cell[1]
    layers = max(1, min(ceil(bag.deep), 4))
    brick = GRAMS / (bag.face[0] * bag.face[1] / 100.0) * bag.deep / layers
    told = np.zeros(u.shape, np.float32)
    for _ in range(layers):
        told += _layer(u, v, bag.count, cell, bag.gap, pixel, given.jitter_mm, chance)
    canvas.of("cocaine")[rows, columns] += told * brick


def _layer(
    u: "Picture",
    v: "Picture",
    count: tuple[int, int],
    cell: tuple[float, float],
    gap: float,
    pixel: float,
    jitter: float,
    chance: "Generator",
) -> "Picture":
    """One layer of bricks: 1 inside a brick, less at its edges, 0 in the gaps; every row lies a little differently."""
    import numpy as np

    u = (
        u
        + chance.normal(0, jitter / 2) / cell[0]
        + chance.normal(0, jitter, count[1] + 2)[np.clip(np.floor(v).astype(int), -1, count[1]) + 1] / cell[0]
    )
    v = v + chance.normal(0, jitter / 2) / cell[1]
    across = np.minimum(u - np.floor(u), np.ceil(u) - u) * cell[0]
    upward = np.minimum(v - np.floor(v), np.ceil(v) - v) * cell[1]
    inside = (u > 0) & (u < count[0]) & (v > 0) & (v < count[1])
    full = np.clip((across - gap / 2) / pixel + 0.5, 0, 1) * np.clip((upward - gap / 2) / pixel + 0.5, 0, 1)
    return np.asarray(full * inside, dtype=np.float32)
