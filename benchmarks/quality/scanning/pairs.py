"""Pictures with an earlier one beside them: reefer units against references, and the same load at two ports."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from vigie.scanning.xray.card import shipped_comparer
from vigie.scanning.xray.comparing import score_of_pair
from vigie.scanning.xray.grid import Grid, gridded
from vigie.scanning.xray.laid import both_taken, lay, unit_part
from vigie.scanning.xray.reference import Difference, compare, strongest, turned
from vigie.scanning.xray.scan import Scan, Travel
from vigie.scanning.xray.units import laid_on, several, shown_unit, unit_taken
from vigie.scanning.xray.zones import find_zones, whole_picture
from vigie.world import Example, view

UNIT_MM = 480.0
"""How far from the front the unit's part of the picture reaches: goods begin behind it (30 loads outside of all splits)."""
OTHERS, STEP, SEVERAL = 95_000_000, 1_000, 5
"""Numbers of the units of the make that are references begin at the first, those after it `STEP` apart; how many."""
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
    """The unit's part: against the same unit empty, another unit of the make, and several of it."""
    here = on_grid(found.view.scan)
    made = {}
    for name, load in (("same-unit", found.load.emptied()), ("same-model", found.load.other_unit(OTHERS + number))):
        scan = view(load, "A", 7).scan
        there = on_grid(scan)
        difference = compare(unit_of(here), unit_of(there), same_scanner=True)
        made |= {name: _strength(difference)}
        if name == "same-unit":
            made |= taught(found.view.scan, scan, name)
        else:
            made |= beside_its_make(found, number, scan)
    inside = unit_of(here).density
    made["alone"] = float(np.percentile(inside, 99.5))
    return {"whole": made}


def beside_its_make(found: Example, number: int, first: Scan) -> dict[str, float]:
    """What the comparison of units that ships says beside one of the make, and beside `SEVERAL`, that one among them."""
    comparer = shipped_comparer()
    if comparer is None or comparer.units is None:
        return {}
    more = [view(found.load.other_unit(OTHERS + STEP * each + number), "A", 7).scan for each in range(1, SEVERAL)]
    here, *others = (unit_taken(one, whole_picture(find_zones(one), one))[0] for one in (found.view.scan, first, *more))
    laid = [laid_on(here, one)[0] for one in others]
    return {
        f"taught {several(count)}": score_of_pair(comparer.units.logits(shown_unit(here, laid[:count]))[0])
        for count in (1, SEVERAL)
    }


def unit_of(grid: Grid) -> Grid:
    """The last part before the front; doors are at the left."""
    many = round(UNIT_MM / 10) + RIM
    return Grid(grid.box, np.ascontiguousarray(grid.density[:, -many:]), None)


def ports(found: Example, _: int) -> dict[str, Any]:
    """Strength of the difference between the two ports' pictures of one load, and what the taught comparison says."""
    assert found.pair is not None
    difference = compare(on_grid(found.view.scan), on_grid(found.pair.scan))
    strength, box = strongest(difference)
    made = {"ports": strength} | taught(found.view.scan, found.pair.scan)
    return {"whole": made, "likeness": difference.likeness, "fault": difference.fault, "at": box}


def taught(later: Scan, earlier: Scan, relation: str = "same-container") -> dict[str, float]:
    """What the comparison that ships says, by its name; nothing where it was not taught such pairs."""
    comparer = shipped_comparer()
    if comparer is None or not comparer.knows(relation):
        return {}
    zones = [whole_picture(find_zones(one), one) for one in (later, earlier)]
    (here, _), (there, _) = both_taken((later, zones[0], None), (earlier, zones[1], None))
    if relation != "same-container":
        here, there = unit_part(here), unit_part(there)
    logits = comparer.model.logits(lay(here.density, there.density))
    return {f"taught {relation}": score_of_pair(logits[0])}


PAIRS: Mapping[str, Callable[[Example, int], dict[str, Any]]] = {"reefer": reefer, "makes": reefer, "ports": ports}
