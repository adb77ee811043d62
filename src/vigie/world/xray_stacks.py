"""Goods that stand in rows: cartons, sacks, drums, bottles, tyres; in layers of depth that do not lie in line."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vigie.world.xray_canvas import INNER_MM, Canvas

if TYPE_CHECKING:
    from numpy.random import Generator

    from vigie.world.xray_canvas import Line, Picture


@dataclass(slots=True)
class Room:
    """The part of a hold that goods may fill; x from the doors inwards, z from the floor up, mm."""

    x: tuple[float, float]
    z: tuple[float, float]
    tops: list[tuple[float, float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pack:
    """How a kind of goods is stacked.

    Attributes:
        matter: What it is. size: Length, height, depth of a piece, mm. density: g/cm³ inside a piece.
        shape: Profile of a piece along x and z. gap: Between pieces, mm. pallet: Length of a pallet, 0 for none.
        high: Share of the room's height that is filled. bond: Odd layers shifted by half a piece. spread: Relative sd
        of a piece's mass. wrap: Material and thickness (mm) of a shell around each piece. ragged: Share of pieces
        missing from the upper layer.
    """

    matter: str
    size: tuple[float, float, float]
    density: float
    shape: tuple[str, str] = ("box", "box")
    gap: float = 4.0
    pallet: float = 0.0
    high: float = 0.9
    bond: bool = False
    spread: float = 0.06
    wrap: tuple[str, float] = ("", 0.0)
    ragged: float = 0.15


PALLET_MM = 144.0
"""Height of a pallet. Source: EN 13698-1."""


def stack(canvas: Canvas, room: Room, pack: Pack, chance: "Generator") -> None:
    """Fill a room with pieces."""
    import numpy as np

    base = room.z[0] + (PALLET_MM if pack.pallet else 0.0)
    layers = max(int((room.z[1] - base) * pack.high / (pack.size[1] + pack.gap / 3)), 1)
    deep = max(int(INNER_MM / pack.size[2]), 1)
    slabs = min(deep, 5)
    thick = pack.size[2] * deep / slabs / 10.0
    starts, stops, blocks = _columns(room, pack, chance)
    low = base + np.arange(layers)[::-1] * (pack.size[1] + pack.gap / 3)
    for slab in range(slabs):
        depth = (slab + 0.5) * INNER_MM / slabs
        shift = chance.normal(0, 0.012 * pack.size[0] + 5, len(blocks))[_block_of(starts, blocks)]
        mass = _masses(layers, len(starts), pack, thick, chance)
        sway = chance.normal(0, 3, layers)
        _layer(canvas, pack, mass, (starts + shift, stops + shift), (low + sway, low + sway + pack.size[1]), depth)
    if pack.pallet:
        for start, stop in blocks:
            pallet(canvas, (start, stop), room.z[0])
    room.tops.append((float(starts[0]), float(stops[-1]), float(low[0] + pack.size[1])))


def _layer(
    canvas: Canvas,
    pack: Pack,
    mass: "Picture",
    columns: tuple["Line", "Line"],
    rows: tuple["Line", "Line"],
    depth: float,
) -> None:
    sets = ((0, 2, -pack.size[0] / 8), (1, 2, pack.size[0] / 8)) if pack.bond and len(rows[0]) > 1 else ((0, 1, 0.0),)
    for first, step, moved in sets:
        picked = slice(first, None, step)
        along, part = (columns[0] + moved, columns[1] + moved), (rows[0][picked], rows[1][picked])
        canvas.lattice(pack.matter, mass[picked], along, part, depth, pack.shape)
        if pack.wrap[0]:
            canvas.lattice(pack.wrap[0], (mass[picked] > 0) * _shell(pack), along, part, depth, ("ring", "box"))


def _shell(pack: Pack) -> float:
    from vigie.world.xray_matter import MATTER

    return 2.5 * pack.wrap[1] / 10.0 * MATTER[pack.wrap[0]].density


def _masses(layers: int, count: int, pack: Pack, thick: float, chance: "Generator") -> "Picture":
    import numpy as np

    mass = np.clip(chance.normal(1, pack.spread, (layers, count)), 0.5, 1.6)
    mass[0] *= chance.random(count) > pack.ragged
    return (mass * (pack.density * thick)).astype(np.float32)


def _columns(room: Room, pack: Pack, chance: "Generator") -> tuple["Line", "Line", list[tuple[float, float]]]:
    """Starts and stops of the pieces along x, and the blocks (pallets, or heaps of some pieces) they stand in.

    What is left over of the length goes between the blocks, up to a hand's breadth, and then before the doors.
    """
    import numpy as np

    whole = room.x[1] - room.x[0]
    fitting = int((pack.pallet + pack.gap) / (pack.size[0] + pack.gap)) if pack.pallet else round(2000 / pack.size[0])
    each = max(fitting, 1)
    length = max(pack.pallet, each * (pack.size[0] + pack.gap) - pack.gap)
    count = max(int((whole + 12) / (length + 12)), 1)
    spare = max((whole - count * length) / count, pack.gap)
    between = spare * float(chance.uniform(0.7, 1.0)) if spare < 100 else float(chance.uniform(20, 100))
    if not pack.pallet:
        between = min(between, 3 * pack.gap + 5)
    left = whole - count * (length + between)
    extra = int((left + pack.gap) / (pack.size[0] + pack.gap)) if not pack.pallet and left > 0 else 0
    last = room.x[1]
    blocks = [(last - (n + 1) * length - n * between, last - n * (length + between)) for n in range(count)][::-1]
    starts = [
        start + number * (pack.size[0] + pack.gap) + (length - each * (pack.size[0] + pack.gap) + pack.gap) / 2
        for start, _ in blocks
        for number in range(each)
    ]
    front = [starts[0] - (number + 1) * (pack.size[0] + pack.gap) for number in range(extra)][::-1]
    if front:
        blocks = [(front[0], front[-1] + pack.size[0]), *blocks]
    first = np.array(front + starts)
    return first, first + pack.size[0], blocks


def _block_of(starts: "Line", blocks: list[tuple[float, float]]) -> "Line":
    import numpy as np

    first = np.array([block[0] for block in blocks])
    return np.clip(np.searchsorted(first, starts + 1e-3, "right") - 1, 0, len(blocks) - 1)


def pallet(canvas: Canvas, x: tuple[float, float], z: float) -> None:
    """Draw pallets over the whole depth at one place: boards and three rows of blocks."""
    deep = INNER_MM / 10.0
    canvas.block("wood", x, (z, z + 22), deep * 0.55 * 0.5)
    canvas.block("wood", x, (z + 100, z + PALLET_MM), deep * 0.55 * 0.75)
    length = x[1] - x[0]
    for start in (x[0], (x[0] + x[1]) / 2 - 50, x[1] - 100):
        canvas.block("wood", (start, start + min(100.0, length / 3)), (z + 22, z + 100), deep * 0.5 * 0.55)
