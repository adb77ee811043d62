"""What is hidden: bags of bricks at every place of `threats`; dense benign things of like size, without a lattice."""

from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING

from vigie.world.xray_bags import GRAMS, Spot, draw_bag, parts_of
from vigie.world.xray_canvas import INNER_MM, Canvas
from vigie.world.xray_load import Block, HiddenLot, rng
from vigie.world.xray_settings import xray_parameters
from vigie.world.xray_shell import Hull
from vigie.world.xray_stacks import Room

if TYPE_CHECKING:
    from numpy.random import Generator

ZONE_OF = {
    "rip-off": "doors",
    "in-boxes": "interior",
    "in-load": "interior",
    "false-floor": "floor",
    "roof": "roof",
    "wall": "interior",
    "top": "interior",
    "reefer": "reefer",
}
"""In which zone of a picture a place lies."""


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
    bags = (
        1
        if lot.concealment in ("wall", "roof", "false-floor")
        else max(ceil(bricks / chance.integers(*given.per_bag)), 1)
    )
    spans = [
        draw_bag(canvas, place, bricks / bags, given, lot.concealment, chance) for place in parts_of(spot, bags, chance)
    ]
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


def put_block(canvas: Canvas, hull: Hull, room: Room, block: Block) -> Put:
    """Draw a dense benign thing: even or grained, with round, straight or slanted edges; never in a lattice."""
    chance = rng(block.seed, 5)
    spot = spot_for(block.place, hull, room, block.kg, chance)
    make_room(canvas, spot, block.place)
    matter, density = _KINDS[block.kind][int(chance.integers(2))]
    wide, high = (spot.x[1] - spot.x[0]) * (0.85 / density) ** 0.33, spot.z[1] - spot.z[0]
    high *= (0.85 / density) ** 0.33
    middle = (spot.x[0] + spot.x[1]) / 2, spot.z[0] + high / 2
    mass = block.kg * GRAMS / (wide * high / 100.0)
    form = chance.random()
    if form < 0.35:
        canvas.disc(matter, middle, (wide / 2, high / 2), mass * 1.27, spot.depth)
    elif form < 0.6:
        canvas.disc(matter, middle, (wide / 2, high / 2), mass * 1.9, spot.depth, ball=True)
    else:
        for _ in range(count := int(chance.integers(1, 4))):  # boxes of one piece that overlap
            shift = chance.normal(0, wide * 0.06)
            canvas.block(
                matter,
                (middle[0] - wide / 2 + shift, middle[0] + wide / 2 + shift),
                (spot.z[0], spot.z[0] + high * chance.uniform(0.85, 1.0)),
                mass / count,
                spot.depth,
            )
    down = canvas.frame.down(middle[1], spot.depth)
    return Put(
        (middle[0] - wide / 2, middle[0] + wide / 2),
        (down - high / 2, down + high / 2),
        ZONE_OF[block.place],
        block.kg,
        block.place,
        0,
    )


_KINDS = {
    "organic": (("dry-goods", 1.1), ("plastic", 0.95)),
    "water": (("water", 1.0), ("fruit", 1.0)),
    "mineral": (("ceramic", 2.0), ("salts", 1.3)),
    "metal": (("aluminium", 2.7), ("steel", 5.0)),
}
"""Material and density g/cm³ of the kinds of benign blocks."""
