"""What is hidden: bags of bricks at every place of `threats`, and dense benign things of like size without a lattice."""

from dataclasses import dataclass
from math import ceil, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from vigie.world.xray_canvas import INNER_MM, Canvas
from vigie.world.xray_load import Block, HiddenLot, rng
from vigie.world.xray_settings import Bricks, xray_parameters
from vigie.world.xray_shell import Hull
from vigie.world.xray_stacks import Room

if TYPE_CHECKING:
    from numpy.random import Generator

ZONE_OF = {"rip-off": "doors", "in-boxes": "interior", "in-load": "interior", "false-floor": "floor", "roof": "roof",
           "wall": "interior", "top": "interior", "reefer": "reefer"}
"""In which zone of a picture a place lies."""
_GRAMS = 1000.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a heap lies: span of x and z in mm, depth of its middle, and how deep it may be, mm."""

    x: tuple[float, float]
    z: tuple[float, float]
    depth: float
    deep: float


@dataclass(frozen=True, slots=True)
class Put:
    """Where something was drawn: x and `Frame.down`, mm; zone, mass and concealment for the truth."""

    x: tuple[float, float]
    y: tuple[float, float]
    zone: str
    kg: float
    concealment: str
    bricks: int


def spot_for(place: str, hull: Hull, room: Room, kg: float, chance: "Generator") -> Spot:
    """Choose where a heap of so many kilograms lies.

    Args:
        place: Concealment. hull: The box. room: The hold with what stands in it. kg: Mass. chance: Draws.
    """
    (x0, x1), (z0, z1) = hull.inside_x, hull.inside_z
    volume = kg / 0.85e-6  # mm³ of a heap of bricks with its gaps (0.85 g/cm³)
    match place:
        case "rip-off":
            deep = min(float(chance.uniform(500, 1800)), INNER_MM)
            side = sqrt(volume / deep)
            high = min(max(side * chance.uniform(0.6, 1.5), 200), 1900)
            wide = min(max(volume / deep / high, 150), 1300)
            start = x0 + chance.uniform(10, 150)
            return Spot((start, start + wide), (z0, z0 + high), chance.uniform(deep / 2, INNER_MM - deep / 2), deep)
        case "false-floor" | "roof":
            high = float(chance.uniform(70, 150))
            deep = min(float(chance.uniform(900, 2200)), INNER_MM)
            wide = min(max(volume / deep / high, 250), x1 - x0 - 200)
            start = chance.uniform(x0 + 50, x1 - wide - 50)
            low = z0 + chance.uniform(0, 12) if place == "false-floor" else z1 - high - chance.uniform(0, 20)
            return Spot((start, start + wide), (low, low + high), INNER_MM / 2, deep)
        case "wall":
            deep = float(chance.uniform(40, 90))
            side = sqrt(volume / deep)
            high = min(side * chance.uniform(0.5, 1.2), z1 - z0 - 200)
            wide = min(volume / deep / high, x1 - x0 - 300)
            start, low = chance.uniform(x0 + 100, x1 - wide - 50), chance.uniform(z0 + 50, z1 - high - 50)
            return Spot((start, start + wide), (low, low + high), chance.choice([60.0, INNER_MM - 60]), deep)
        case "reefer":
            return _in_unit(hull, volume, chance)
        case _:
            return _in_load(place, hull, room, volume, chance)


def _in_unit(hull: Hull, volume: float, chance: "Generator") -> Spot:
    assert hull.unit_x is not None
    (x0, x1), (z0, z1) = hull.unit_x, hull.z
    wide = float(chance.uniform(140, 260))
    deep = float(chance.uniform(400, 1500))
    high = min(max(volume / deep / wide, 120), 700)
    start = chance.uniform(x0, x1 - wide)
    low = chance.choice([z0 + 180, z0 + 1100, z0 + 1900]) + chance.uniform(0, 400)
    low = min(float(low), z1 - high - 130)
    return Spot((start, start + wide), (low, low + high), chance.uniform(deep / 2, INNER_MM - deep / 2), deep)


def _in_load(place: str, hull: Hull, room: Room, volume: float, chance: "Generator") -> Spot:
    (x0, x1), (z0, z1) = hull.inside_x, hull.inside_z
    tops = room.tops or [(x0, x1, z0 + 0.6 * (z1 - z0))]
    left, right, top = tops[int(chance.integers(len(tops)))]
    deep = min(float(chance.uniform(350, 1500)), INNER_MM)
    side = sqrt(volume / deep)
    high = min(max(side * chance.uniform(0.6, 1.2), 150), max(top - z0 - 150, 200))
    if place == "top":
        high = min(max(high / 2, 130), max(z1 - top - 20, 120))
    wide = min(max(volume / deep / high, 200), x1 - x0 - 400)
    start = min(max(chance.uniform(left, max(right - wide, left + 1)), x0 + 30), x1 - wide - 30)
    low = top if place == "top" else chance.uniform(z0 + 30, max(top - high, z0 + 40))
    return Spot((start, start + wide), (low, low + high), chance.uniform(deep / 2, INNER_MM - deep / 2), deep)


def hide(canvas: Canvas, hull: Hull, room: Room, lot: HiddenLot) -> Put:
    """Draw a lot; goods whose place it takes are taken away."""
    chance, given = rng(lot.seed, 3), xray_parameters().bricks
    spot = spot_for(lot.concealment, hull, room, lot.kg, chance)
    make_room(canvas, spot, lot.concealment)
    bricks = max(round(lot.kg / float(chance.uniform(*given.mass_kg))), 5)
    bags = 1 if lot.concealment in ("wall", "roof", "false-floor") else max(ceil(bricks / chance.integers(*given.per_bag)), 1)
    spans = [_bag(canvas, place, bricks / bags, given, lot.concealment, chance) for place in _parts(spot, bags, chance)]
    x = min(span[0] for span in spans), max(span[1] for span in spans)
    y = min(span[2] for span in spans), max(span[3] for span in spans)
    return Put(x, y, ZONE_OF[lot.concealment], lot.kg, lot.concealment, bricks)


def make_room(canvas: Canvas, spot: Spot, place: str) -> None:
    """Take away the goods that stood where something is put now."""
    if place in ("roof", "wall", "top", "reefer", "false-floor"):
        return
    (rows, share), (columns, along) = canvas.spans(spot.x, spot.z, spot.depth)
    kept = 1 - share[:, None] * along * min(spot.deep / INNER_MM, 1.0) * 0.95
    for name, mass in canvas.maps.items():
        if name not in ("steel", "aluminium", "copper"):
            mass[rows, columns] *= kept


def _parts(spot: Spot, bags: int, chance: "Generator") -> list[Spot]:
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


def _bag(canvas: Canvas, spot: Spot, bricks: float, given: Bricks, place: str, chance: "Generator"
         ) -> tuple[float, float, float, float]:
    """Draw one bag; gives its span along x and down."""
    import numpy as np

    length, width = float(chance.uniform(*given.length_mm)), float(chance.uniform(*given.width_mm))
    thick = _GRAMS / float(chance.uniform(*given.density)) / (length * width / 100.0) * 10.0
    flat = place in ("false-floor", "roof")
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
    tilt = 0.0 if place in ("false-floor", "roof", "wall", "in-boxes") else radians(chance.normal(0, given.tilt_deg))
    wide, high = across * cell[0], up * cell[1]
    reach = wide / 2 * abs(cos(tilt)) + high / 2 * abs(sin(tilt)), wide / 2 * abs(sin(tilt)) + high / 2 * abs(cos(tilt))
    middle = (spot.x[0] + spot.x[1]) / 2, max(spot.z[0] + reach[1], (spot.z[0] + spot.z[1]) / 2)
    if place != "top" and not flat:
        middle = middle[0], spot.z[0] + reach[1]
    (rows, _), (columns, _) = canvas.spans((middle[0] - reach[0] - 9, middle[0] + reach[0] + 9),
                                           (middle[1] - reach[1] - 9, middle[1] + reach[1] + 9), spot.depth)
    if rows.stop > rows.start and columns.stop > columns.start:
        edge, high_edge, pixel = canvas.frame.columns, canvas.frame.rows, float(canvas.frame.rows[1])
        x = (edge[columns.start : columns.stop] + edge[columns.start + 1 : columns.stop + 1]) / 2 - middle[0]
        y = canvas.frame.down(middle[1], spot.depth) - (high_edge[rows] + pixel / 2)
        u = (x[None, :] * cos(tilt) + y[:, None] * sin(tilt) + wide / 2) / cell[0]
        v = (-x[None, :] * sin(tilt) + y[:, None] * cos(tilt) + high / 2) / cell[1]
        layers = max(1, min(ceil(deep), 4))
        brick = _GRAMS / (face[0] * face[1] / 100.0) * deep / layers
        told = np.zeros(u.shape, np.float32)
        for _ in range(layers):
            told += _layer(u, v, (across, up), cell, gap, pixel, given.jitter_mm, chance)
        canvas.of("cocaine")[rows, columns] += told * brick
    down = canvas.frame.down(middle[1], spot.depth)
    return middle[0] - reach[0], middle[0] + reach[0], down - reach[1], down + reach[1]


def _layer(u: "np.ndarray", v: "np.ndarray", count: tuple[int, int], cell: tuple[float, float], gap: float, pixel: float,
           jitter: float, chance: "Generator") -> "np.ndarray":
    """One layer of bricks: 1 inside a brick, less at its edges, 0 in the gaps; every row lies a little differently."""
    import numpy as np

    u = u + chance.normal(0, jitter / 2) / cell[0] + chance.normal(0, jitter, count[1] + 2)[
        np.clip(np.floor(v).astype(int), -1, count[1]) + 1] / cell[0]
    v = v + chance.normal(0, jitter / 2) / cell[1]
    across = np.minimum(u - np.floor(u), np.ceil(u) - u) * cell[0]
    upward = np.minimum(v - np.floor(v), np.ceil(v) - v) * cell[1]
    inside = (u > 0) & (u < count[0]) & (v > 0) & (v < count[1])
    full = np.clip((across - gap / 2) / pixel + 0.5, 0, 1) * np.clip((upward - gap / 2) / pixel + 0.5, 0, 1)
    return np.asarray(full * inside, dtype=np.float32)


def put_block(canvas: Canvas, hull: Hull, room: Room, block: Block) -> Put:
    """Draw a dense benign thing: even or grained, with round, straight or slanted edges; never in a lattice."""
    chance = rng(block.seed, 5)
    spot = spot_for(block.place, hull, room, block.kg, chance)
    make_room(canvas, spot, block.place)
    matter, density = _KINDS[block.kind][int(chance.integers(2))]
    wide, high = (spot.x[1] - spot.x[0]) * (0.85 / density) ** 0.33, spot.z[1] - spot.z[0]
    high *= (0.85 / density) ** 0.33
    middle = (spot.x[0] + spot.x[1]) / 2, spot.z[0] + high / 2
    mass = block.kg * _GRAMS / (wide * high / 100.0)
    form = chance.random()
    if form < 0.35:
        canvas.disc(matter, middle, (wide / 2, high / 2), mass * 1.27, spot.depth)
    elif form < 0.6:
        canvas.disc(matter, middle, (wide / 2, high / 2), mass * 1.9, spot.depth, ball=True)
    else:
        for _ in range(count := int(chance.integers(1, 4))):  # boxes of one piece that overlap
            shift = chance.normal(0, wide * 0.06)
            canvas.block(matter, (middle[0] - wide / 2 + shift, middle[0] + wide / 2 + shift),
                         (spot.z[0], spot.z[0] + high * chance.uniform(0.85, 1.0)), mass / count, spot.depth)
    down = canvas.frame.down(middle[1], spot.depth)
    return Put((middle[0] - wide / 2, middle[0] + wide / 2), (down - high / 2, down + high / 2),
               ZONE_OF[block.place], block.kg, block.place, 0)


_KINDS = {
    "organic": (("dry-goods", 1.1), ("plastic", 0.95)),
    "water": (("water", 1.0), ("fruit", 1.0)),
    "mineral": (("ceramic", 2.0), ("salts", 1.3)),
    "metal": (("aluminium", 2.7), ("steel", 5.0)),
}
"""Material and density g/cm³ of the kinds of benign blocks."""
