"""Simulated scans: a load is looked at by a scanner; the picture comes with the truth of what is in it."""

from typing import TYPE_CHECKING

import msgspec

from vigie.world.xray_canvas import INNER_MM, Canvas, window
from vigie.world.xray_goods import DRAWN
from vigie.world.xray_hidden import Put, hide, put_block
from vigie.world.xray_load import Load, draw_load, rng
from vigie.world.xray_reefer import draw_unit
from vigie.world.xray_scanner import detect, frame_for
from vigie.world.xray_settings import Split, xray_parameters
from vigie.world.xray_shell import Hull, draw_shell, hull_of
from vigie.world.xray_stacks import Room, pallet
from vigie.world.xray_texture import field
from vigie.world.xray_vehicle import draw_vehicle

if TYPE_CHECKING:
    from numpy.random import Generator

    from vigie.scanning import Scan

PixelBox = tuple[int, int, int, int]
"""x, y, width, height in pixels, from the upper left."""
GRAIN = (0.01, 0.06)
"""Relative unevenness of goods inside their packages; own: real loads are less even than drawn ones."""


class Truth(msgspec.Struct, frozen=True):
    """Where something is in a picture.

    Attributes:
        box: Pixels. zone: As in `zones`. kg: Mass. concealment: A name of `threats.weights`. bricks: 0 for a block.
    """

    box: PixelBox
    zone: str
    kg: float
    concealment: str
    bricks: int = 0


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of a load.

    Attributes:
        scan: The picture. hidden: Threats in it. blocks: Dense benign things in it.
        zones: Zone and pixels, from the drawing; they overlap where the fan lets them.
    """

    scan: "Scan"
    hidden: tuple[Truth, ...]
    blocks: tuple[Truth, ...]
    zones: tuple[tuple[str, PixelBox], ...]


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of the benchmark. pair: The other port's picture of the same load before it was opened, where asked."""

    load: Load
    view: View
    positive: bool
    pair: View | None = None


def view(load: Load, scanner: str = "A", seed: int = 0) -> View:
    """Look at a load.

    Args:
        load: What stands there. scanner: A name of `scanners`.
        seed: Of this passage: place, noise, gain, ice; another seed is another picture of the same load.
    """
    from vigie.scanning import Scan, ScanFacts, Travel

    make = xray_parameters().scanners[scanner]
    canvas, hull, hidden, blocks = matter_of(load, scanner, seed)
    high, low = detect(canvas, make, seed * 7_919 + load.seed, flip=not load.doors_first)
    facts = ScanFacts(
        energies_mev=make.energies_mev,
        air=make.air,
        dark=make.dark,
        row_mm=make.pixel_mm,
        column_mm=make.pixel_mm,
        scanner=f"SIM-{scanner}",
        travel=Travel.DOORS_FIRST if load.doors_first else Travel.FRONT_FIRST,
        commodity=load.commodity,
        simulated=True,
    )
    told = [tuple(_truth(put, canvas, load) for put in puts) for puts in (hidden, blocks)]
    zones = tuple((name, _turned(box, canvas, load)) for name, box in _zones(canvas, hull))
    return View(scan=Scan(facts=facts, high=high, low=low), hidden=told[0], blocks=told[1], zones=zones)


def matter_of(load: Load, scanner: str, seed: int) -> tuple[Canvas, Hull, list[Put], list[Put]]:
    """Draw the matter of a load on a scanner's pixels; doors at the left. The same draws whatever the scanner."""
    make, passage = xray_parameters().scanners[scanner], rng(seed, load.seed, 31)
    canvas = Canvas(frame_for(make, seed * 104_729 + load.seed))
    length = hull_of(load.size_type, 0, 0).x[1]
    spare = float(canvas.frame.columns[-1]) - length
    most = min(spare - 90, 3500.0 if load.vehicle == "cab" else spare - 90)
    doors_at = 60 + passage.uniform(0, 1) * max(most * (0.3 if load.vehicle == "cab" else 1.0), 0)
    body = rng(load.seed, 33)
    lowest = float(body.uniform(1180, 1420)) if load.vehicle != "none" else float(body.uniform(350, 600))
    hull = hull_of(load.size_type, doors_at, lowest)
    draw_shell(canvas, hull, body)
    draw_unit(canvas, hull, load.make, load.unit, passage)
    draw_vehicle(canvas, hull, load.vehicle, rng(load.seed, 35))
    room = _goods(canvas, hull, load, rng(load.seed, 37))
    canvas.block("ceramic", (0, float(canvas.frame.columns[-1])), (-400, 0), 260.0)
    blocks = [put_block(canvas, hull, room, block) for block in load.blocks]
    hidden = [hide(canvas, hull, room, lot) for lot in load.hidden]
    return canvas, hull, hidden, blocks


def _goods(canvas: Canvas, hull: Hull, load: Load, chance: "Generator") -> Room:
    """Draw the goods on a sheet of their own, bring them to their mass, add them and what lies about."""
    import numpy as np

    door = chance.uniform(40, 350) if chance.random() < 0.8 else chance.uniform(350, 1500)
    room = Room((hull.inside_x[0] + door, hull.inside_x[1] - 60), hull.inside_z)
    part, where = window(canvas.frame, hull.x, (hull.z[0], hull.z[1] + 200))
    sheet = Canvas(part)
    DRAWN[load.commodity](sheet, room, chance)
    if sheet.maps and load.kg:
        columns, rows = np.diff(part.columns) / 10.0, np.diff(part.rows) / 10.0
        whole = sum(float(rows @ mass @ columns) for mass in sheet.maps.values())
        scale = np.float32(load.kg * 1000.0 / whole)
        for mass in sheet.maps.values():
            mass *= scale
    _grain(sheet, hull, room, chance)
    if load.cluttered:
        _clutter(sheet, hull, room, chance)
    for name, mass in sheet.maps.items():
        canvas.of(name)[where] += mass
    return room


def _grain(sheet: Canvas, hull: Hull, room: Room, chance: "Generator") -> None:
    """Goods are uneven inside their packages: at the size of a fruit or a fold, and at that of a package."""
    if not room.tops:
        return
    (rows, _), (columns, _) = sheet.spans(room.x, (room.z[0], max(top for _, _, top in room.tops)), 1175.0)
    x = sheet.frame.columns[columns.start : columns.stop] - hull.x[0]
    y = sheet.frame.rows[rows.start : rows.stop] - sheet.frame.down(hull.z[1])
    uneven = field(chance, x, y, 60.0) * chance.uniform(*GRAIN)
    uneven += field(chance, x, y, 230.0) * chance.uniform(*GRAIN) + 1
    for mass in sheet.maps.values():
        mass[rows, columns] *= uneven


def _clutter(canvas: Canvas, hull: Hull, room: Room, chance: "Generator") -> None:
    """Dunnage, straps, a pallet on end, tools, a logger: nothing of it matters."""
    (x0, x1), (z0, z1) = hull.inside_x, hull.inside_z
    for _ in range(int(chance.integers(1, xray_parameters().clutter.most + 1))):
        kind, x, z = chance.integers(6), chance.uniform(x0, x1 - 400), chance.uniform(z0, z1 - 400)
        match kind:
            case 0:
                canvas.block("wood", (x, x + chance.uniform(60, 120)), (z0, z0 + chance.uniform(800, 2000)), 45.0)
            case 1:
                canvas.block("plastic", (x, x + 45), (z0 + 20, z1 - 60), 2.5)
            case 2:
                pallet(canvas, (x, min(x + 1000, x1)), z0)
            case 3:
                canvas.disc("steel", (x + 100, z0 + 60), (chance.uniform(40, 120), 50), chance.uniform(5, 30))
            case 4:
                canvas.block("wood", (x, x + chance.uniform(300, 1200)), (z, z + 30), 40.0)
            case _:
                canvas.disc("plastic", (x, z), (60, 40), 4.0)


def _zones(canvas: Canvas, hull: Hull) -> list[tuple[str, PixelBox]]:
    frame, (z0, z1) = canvas.frame, hull.z
    down, inner = frame.down, hull.inside_z

    def band(upper: float, lower: float) -> tuple[float, float]:
        """Rows between two heights, seen at both sides of the box."""
        return min(down(upper, side) for side in (0.0, INNER_MM)), max(down(lower, side) for side in (0.0, INNER_MM))

    below = frame.box(hull.x, (0, down(z0)))[3]
    told = [
        ("interior", frame.box(hull.inside_x, (down(inner[1]), down(inner[0])))),
        ("floor", frame.box(hull.x, band(inner[0] + 60, z0))),
        ("roof", frame.box(hull.x, band(z1, inner[1] - 60))),
        ("doors", frame.box((hull.x[0] - 50, hull.x[0] + 1500), (down(z1), down(z0)))),
        ("chassis", (0, below, len(frame.columns) - 1, len(frame.rows) - 1 - below)),
    ]
    if hull.unit_x:
        told.append(("reefer", frame.box((hull.unit_x[0] - 60, hull.x[1]), (down(z1), down(z0)))))
    return told


def _turned(box: PixelBox, canvas: Canvas, load: Load) -> PixelBox:
    if load.doors_first:
        return box
    return len(canvas.frame.columns) - 1 - box[0] - box[2], box[1], box[2], box[3]


def _truth(put: Put, canvas: Canvas, load: Load) -> Truth:
    box = _turned(canvas.frame.box(put.x, put.y), canvas, load)
    return Truth(box, put.zone, round(put.kg, 2), put.concealment, put.bricks)


def example(split: str, number: int) -> Example:
    """Picture `number` of a split of the benchmark; the same for ever, and in any order."""
    given = xray_parameters()
    part: Split = given.splits[split]
    seed = part.seed + number
    positive = bool(rng(seed, 41).random() < part.positive)
    held = tuple(range(given.reefers.makes - given.reefers.held_makes, given.reefers.makes)) if split == "makes" else ()
    only = part.only if positive or part.only == "reefer" else ""
    load = draw_load(seed, positive=positive, hard=part.negatives == "hard", only=only, makes=held)
    pair = view(load.cleaned(), part.pair, 1) if part.pair else None
    return Example(load=load, view=view(load, part.scanner, 0), positive=positive, pair=pair)
