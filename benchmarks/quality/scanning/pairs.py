"""Pictures with an earlier one beside them: reefer units against references, and the same load at two ports."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from vigie.scanning.xray.grid import Grid, gridded
from vigie.scanning.xray.reference import Difference, compare, strongest, turned
from vigie.scanning.xray.scan import Scan, Travel
from vigie.scanning.xray.zones import find_zones, whole_picture
from vigie.world import Example, view

UNIT_MM = 480.0
"""How far from the front the unit's part of the picture reaches: goods begin behind it (30 loads outside of all splits)."""
RIM = 20
"""Points of the grid beside the container that are taken in, so that its own rim does not lie at the picture's."""


def on_grid(scan: Scan) -> Grid:
    """The container with a rim of air, doors at the left."""
    zones = whole_picture(find_zones(scan), scan)
    assert zones.container is not None
    left, top, width, height = zones.container
    more = round(RIM * 10 / scan.facts.column_mm)
    x0, y0 = max(0, left - more), max(0, top - more)
    x1, y1 = min(scan.high.shape[1], left + width + more), min(scan.high.shape[0], top + height + more)
    grid = gridded(scan, (x0, y0, x1 - x0, y1 - y0))
    return turned(grid) if scan.facts.travel is Travel.FRONT_FIRST else grid


def _strength(difference: Difference, part: tuple[int, int, int, int] | None = None) -> float:
    return strongest(difference, part)[0]


def reefer(found: Example, number: int) -> dict[str, Any]:
    """Strength of the difference in the unit's part: against the same unit empty, and another unit of the make."""
    here = on_grid(found.view.scan)
    made = {}
    for name, load in (("same-unit", found.load.emptied()), ("same-model", found.load.other_unit(95_000_000 + number))):
        there = on_grid(view(load, "A", 7).scan)
        difference = compare(unit_of(here), unit_of(there), same_scanner=True)
        made[name] = _strength(difference)
    inside = unit_of(here).density
    made["alone"] = float(np.percentile(inside, 99.5))
    return {"whole": made}


def unit_of(grid: Grid) -> Grid:
    """The last part before the front; doors are at the left."""
    many = round(UNIT_MM / 10) + RIM
    return Grid(grid.box, np.ascontiguousarray(grid.density[:, -many:]), None)


def ports(found: Example, _: int) -> dict[str, Any]:
    """Strength of the difference between the two ports' pictures of one load."""
    assert found.pair is not None
    difference = compare(on_grid(found.view.scan), on_grid(found.pair.scan))
    strength, box = strongest(difference)
    return {"whole": {"ports": strength}, "likeness": difference.likeness, "fault": difference.fault, "at": box}


PAIRS: Mapping[str, Callable[[Example, int], dict[str, Any]]] = {"reefer": reefer, "makes": reefer, "ports": ports}
