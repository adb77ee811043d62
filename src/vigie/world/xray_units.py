"""Refrigerating units of one make before a scanner, drawn without the rest of the box, with and without something in.

Makes are drawn by the hundred beyond those of the benchmark, so that what is learnt is how units of one make differ and
not what six makes look like.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from vigie.world.xray_canvas import INNER_MM, Canvas
from vigie.world.xray_hidden import hide
from vigie.world.xray_load import HiddenLot, rng
from vigie.world.xray_reefer import draw_unit
from vigie.world.xray_scanner import detect, frame_for
from vigie.world.xray_settings import xray_parameters
from vigie.world.xray_shell import draw_shell, hull_of
from vigie.world.xray_stacks import Room
from vigie.world.xray_vehicle import draw_vehicle

if TYPE_CHECKING:
    from vigie.scanning import Scan
    from vigie.world.xray import PixelBox
    from vigie.world.xray_settings import ScannerMake

PART_MM, AHEAD_MM = 1250.0, 400.0
"""Length of a picture of a unit alone, and how much of it lies before the front: a tenth of a whole picture."""
FOUND_MM = (-5.0, 45.0)
"""How far before the true front it is found in a picture (75 loads outside of all splits)."""
VEHICLES = ("none", "chassis", "chassis", "cab")
"""What carries a box; differs between two pictures of the same make (shares about those of `boxes.vehicle`)."""
HOME = 0.7
"""Share of the families that stand before scanner A; the others before one drawn from all (own)."""


class UnitPicture(msgspec.Struct, frozen=True):
    """The front part of a picture of a refrigerated box, front at the right.

    Attributes:
        scan: Without, bagged: with something in the unit; the same passage. hidden: Where it lies, pixels.
        box: What of the container is in the picture, as it would be found there, pixels.
    """

    scan: "Scan"
    bagged: "Scan"
    hidden: "PixelBox"
    box: "PixelBox"


def draw_family(seed: int, many: int) -> tuple[UnitPicture, ...]:
    """Units of one make, which the benchmark does not have, one after the other before one scanner.

    Args:
        seed: The same seed gives the same pictures; uses `many` seeds from this one on. many: How many.
    """
    given, chance = xray_parameters(), rng(seed, 83)
    make, names = given.reefers.makes + int(chance.integers(2**31)), list(given.scanners)
    scanner = "A" if chance.random() < HOME else names[int(chance.integers(len(names)))]
    return tuple(_unit_picture(seed + n, make, scanner) for n in range(many))


def _unit_picture(seed: int, make: int, scanner: str) -> UnitPicture:
    seeing, chance = xray_parameters().scanners[scanner], rng(seed, 33)
    low, high = xray_parameters().threats.kg["reefer"]
    lot = HiddenLot("reefer", float(low * (high / low) ** chance.random()), int(chance.integers(2**31)))
    whole = frame_for(seeing, seed)
    spare = float(whole.columns[-1]) - hull_of("45R1", 0, 0).x[1]
    hull = hull_of("45R1", 60 + float(chance.uniform(0, spare - 90)), float(chance.uniform(1180, 1420)))
    count = round(PART_MM / seeing.pixel_mm / 10) * 10
    first = min(int(whole.columns.searchsorted(hull.x[1] + AHEAD_MM)), len(whole.columns) - 1) - count
    frame = replace(whole, columns=whole.columns[first : first + count + 1])
    canvas = Canvas(frame)
    draw_shell(canvas, hull, chance)
    draw_unit(canvas, hull, make, seed, chance)
    draw_vehicle(canvas, hull, VEHICLES[int(chance.integers(len(VEHICLES)))], chance)
    canvas.block("ceramic", (0, float(whole.columns[-1])), (-400, 0), 260.0)
    bare = _seen(canvas, seeing, scanner, seed)
    put = hide(canvas, hull, Room(hull.inside_x, hull.inside_z), lot)
    edges = [frame.down(z, depth) for z in (hull.z[1], hull.z[0]) for depth in (0.0, INNER_MM)]
    front = hull.x[1] + float(chance.uniform(*FOUND_MM))
    return UnitPicture(
        bare, _seen(canvas, seeing, scanner, seed), frame.box(put.x, put.y),
        frame.box((hull.x[0], front), (min(edges), max(edges))),
    )  # fmt: skip


def _seen(canvas: Canvas, seeing: "ScannerMake", scanner: str, seed: int) -> "Scan":
    from vigie.scanning import Scan, ScanFacts, Travel

    high, low = detect(canvas, seeing, seed, flip=False)
    facts = ScanFacts(
        energies_mev=seeing.energies_mev, air=seeing.air, dark=seeing.dark, row_mm=seeing.pixel_mm,
        column_mm=seeing.pixel_mm, scanner=f"SIM-{scanner}", travel=Travel.DOORS_FIRST, simulated=True,
    )  # fmt: skip
    return Scan(facts=facts, high=high, low=low)
