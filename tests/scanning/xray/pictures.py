"""Pictures for tests: a container of plain boxes on a chassis, with the noise of counted photons."""

import numpy as np

from vigie.scanning import Scan, ScanFacts, Travel
from vigie.terms import read_moment

AIR = 60_000
PHOTONS = 40_000
TAKEN = read_moment("2026-03-02T05:30:00Z")
MM = 20.0


def some_facts(**told):
    return ScanFacts(**{"energies_mev": (6.0, 4.0), "air": (AIR, AIR), "row_mm": MM, "column_mm": MM} | told)


def matter(metres=12.192, cab=False, gap_m=2.0, boxes=1, apart_m=0.3, seed=0):
    """Attenuation of a truck from the side, e-folds: rows of 20 mm from above, columns from the rear."""
    rng = np.random.default_rng(seed)
    rows, length = 220, int(metres * 1000 / MM)
    columns = 60 + boxes * (length + int(apart_m * 1000 / MM)) + (int((gap_m + 2.6) * 1000 / MM) if cab else 0) + 60
    grid = np.zeros((rows, columns))
    left = 60
    for _ in range(boxes):
        grid[40:170, left : left + length] += 0.12
        for _ in range(40):
            x, y = rng.integers(left, left + length - 20), rng.integers(50, 150)
            grid[y : y + 20, x : x + 20] += rng.uniform(0.1, 0.6)
        left += length + int(apart_m * 1000 / MM)
    grid[172:190, 60:columns - 60] += 0.8
    if cab:
        start = left - int(apart_m * 1000 / MM) + int(gap_m * 1000 / MM)
        grid[45:190, start : start + 120] += 0.5
    return grid


def counted(grid, ratio=1.18, seed=1, facts=None, low=True):
    """Count photons through matter at two energies; the attenuation at the low one is larger by `ratio`."""
    rng = np.random.default_rng(seed)
    pictures = [
        np.clip(np.round(rng.poisson(np.exp(-grid * share) * PHOTONS) * (AIR / PHOTONS)), 0, 65_535).astype(np.uint16)
        for share in (1.0, ratio)
    ]
    facts = some_facts() if facts is None else facts
    if not low:
        facts = ScanFacts(energies_mev=(6.0,), air=(AIR,), row_mm=MM, column_mm=MM, dark=(0,))
    return Scan(facts=facts, high=pictures[0], low=pictures[1] if low else None)


def a_scan(seed=1, low=True, **told):
    """A 40-foot container on its chassis."""
    return counted(matter(), seed=seed, low=low, facts=some_facts(**{"taken": TAKEN, "simulated": True} | told))


def same(one, other):
    """Whether two scans have the same pictures, to the last count."""
    low = (one.low is None and other.low is None) or np.array_equal(one.low, other.low)
    return np.array_equal(one.high, other.high) and low


__all__ = ["AIR", "MM", "PHOTONS", "TAKEN", "Travel", "a_scan", "counted", "matter", "same", "some_facts"]
