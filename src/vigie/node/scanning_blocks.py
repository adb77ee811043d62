"""How often a model calls something a foreign block where there is none: counted on loads of `choose` without one.

A dense block that is harmless but not declared is a true finding of this kind: hard negatives cannot count here.
"""

from collections.abc import Callable

from vigie.scanning import (
    FindingKind,
    HeatModel,
    Thresholds,
    find_zones,
    gridded,
    logits_of,
    seen,
    spots_of,
    threshold_of,
)

Told = Callable[[str, int, int], None]
COUNTED = 150
"""Loads that are counted; one in twenty of them is more than seven."""
BLOCKS = 1
"""Place of the map of foreign blocks in what a model gives."""


def block_thresholds(model: HeatModel, counted: int = COUNTED, told: Told = lambda *_: None) -> Thresholds:
    """Thresholds of foreign blocks in each part of the container; none on fewer than 100 pictures of it."""
    import numpy as np

    from vigie.world import draw_load, view, xray_parameters

    split = xray_parameters().splits["choose"]
    held: dict[str, list[float]] = {}
    for number in range(counted):
        scan = view(draw_load(split.seed + number), split.scanner, 0).scan
        zones = find_zones(scan)
        if zones.container is not None:
            grid = gridded(scan, zones.container)
            for spot in spots_of(logits_of(model, seen(grid, zones.doors_at), grid)[BLOCKS], zones):
                held.setdefault(spot.zone, []).append(spot.score)
        if number % 50 == 49:
            told("blocks", number + 1, counted)
    limits = {zone: threshold_of(np.array(some), "clean") for zone, some in held.items()}
    values = {f"{FindingKind.FOREIGN_BLOCK}/{zone}/*/*": limit for zone, limit in limits.items() if limit.negatives}
    return Thresholds(version=f"blocks-{counted}", values=values)
