"""A comparison of units that needs no teaching: its net looks at the mean difference alone. Shared by tests."""

import numpy as np
from tests.scanning.xray.compared import body

from vigie.scanning.xray.comparing import Comparer, PairModel
from vigie.scanning.xray.laid import RIM, ROWS, UNIT
from vigie.scanning.xray.triage import Level, Threshold, Thresholds
from vigie.scanning.xray.units import CHANNELS, KIND, Unit, UnitModel


def model():
    """Its logit: the mean difference (channel 6) on 20 mm, four points added, less 6."""
    return UnitModel(body(KIND, CHANNELS))


def unit(seed=1, shift=0, make=5):
    """Parts of a make, the seed's a little heavier or lighter, all moved by some columns."""
    drawn, own = np.random.default_rng(make), np.random.default_rng(seed)
    density = np.zeros((ROWS, UNIT), np.float32)
    density[RIM:320, : UNIT - RIM + shift] = 8.0
    for _ in range(14):
        x, y = int(drawn.integers(6, 32)), int(drawn.integers(30, 270))
        wide, high = int(drawn.integers(6, 12)), int(drawn.integers(10, 40))
        density[y : y + high, x + shift : x + wide + shift] += drawn.uniform(10, 40) * own.normal(1, 0.04)
    density += own.normal(0, 0.2, density.shape).astype(np.float32)
    return Unit(density, np.zeros((ROWS // 2, UNIT // 2), np.float32), np.ones((ROWS, UNIT), np.float32))


def units_comparer():
    """It beside the comparison of containers, with levels of its own."""
    limit = Threshold(look=0.6, first=0.9, look_rate=0.05, first_rate=0.01, negatives=120, against="clean")
    levels = {one: Level(-5.0, -4.0) for one in ("same-container", "same-model", "same-models")}
    return Comparer(PairModel(body()), Thresholds(version="t", values={"reference-difference/*/*/*": limit}, levels=levels), model())
