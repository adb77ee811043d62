"""What each way of judging says of one picture: the net in both precisions, and the classical ways beside it."""

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from vigie.scanning.xray.anomaly import squares_of
from vigie.scanning.xray.finding import Box, Zones
from vigie.scanning.xray.grid import HEAT_STEP, Grid, gridded, halved, seen
from vigie.scanning.xray.heat import HeatModel, score_of
from vigie.scanning.xray.scan import Scan
from vigie.scanning.xray.spots import Spot, parts_told, spots_of
from vigie.scanning.xray.zones import find_zones, whole_picture

Floats = NDArray[np.float32]


class Judged(Struct, frozen=True):
    """One picture.

    Attributes:
        whole: Score over the whole container, by way ("net", "net8", "cfar", "lattice").
        parts: Logit of each part of the container, of the net.
        boxes: The hottest box of each part with its score.
        features: For the boosted trees.
        zones: What was found in the picture.
    """

    whole: dict[str, float]
    parts: dict[str, float]
    boxes: list[tuple[float, str, Box]]
    features: Any
    zones: Zones


def judge(scan: Scan, models: dict[str, HeatModel], *, classical: bool = True) -> Judged:
    """Judge a picture in all ways."""
    zones = whole_picture(find_zones(scan), scan)
    assert zones.container is not None
    grid = gridded(scan, zones.container)
    whole: dict[str, float] = {}
    given = seen(grid, zones.doors_at)
    rows, columns = (-(-length // HEAT_STEP) for length in grid.density.shape)
    spots: tuple[Spot, ...] = ()
    parts: dict[str, float] = {}
    for name, model in models.items():
        logits = model.logits(given)[:, :rows, :columns]
        whole[name] = score_of(logits[0])
        if not spots:
            spots, parts = spots_of(logits[0], zones), parts_told(logits, zones)
    features = None
    if classical:
        whole["cfar"], whole["lattice"] = cfar(grid)
        features = physics_features(grid)
    return Judged(whole, parts, [(spot.score, spot.zone.value, spot.box) for spot in spots], features, zones)


def cfar(grid: Grid) -> tuple[float, float]:
    """Constant false-alarm rate: excess of areal density over its ring; and times a matched filter for brick pitch."""
    density = halved(grid.density)
    inner, outer = uniform_filter(density, 13), uniform_filter(density, 39)
    spread = np.sqrt(np.maximum(uniform_filter(density**2, 39) - outer**2, 0.25))
    excess = ((inner - outer) / spread)[13:-13, 20:-20]
    if not excess.size:
        return 0.0, 0.0
    fine = grid.density - uniform_filter(grid.density, 9)
    power = uniform_filter(fine**2, 41) + 0.05
    beat = [
        uniform_filter(fine * np.roll(fine, lag, axis), 41) / power
        for axis in (0, 1)
        for lag in (13, 14, 15, 20, 21, 22)
    ]
    lattice = halved(np.maximum.reduce(beat))[13:-13, 20:-20]
    return float(excess.max()), float((np.maximum(excess, 0) * np.maximum(lattice, 0)).max())


def physics_features(grid: Grid) -> Floats:
    """Quantiles of the measured features of all squares: density, texture, what the low energy tells."""
    squares = squares_of(grid).reshape(-1, squares_of(grid).shape[-1])
    told = np.quantile(squares, (0.02, 0.1, 0.5, 0.9, 0.98, 1.0), axis=0).ravel()
    edges = np.quantile(np.abs(np.diff(squares, axis=0)), (0.5, 0.9, 0.99), axis=0).ravel()
    made: Floats = np.concatenate((told, edges)).astype(np.float32)
    return made
