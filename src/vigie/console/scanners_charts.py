"""How a scanner drifts, as SVG paths: values around a middle, and the band that turns the machine off when left."""

from collections.abc import Sequence
from dataclasses import dataclass

from vigie.console.charts import HEIGHT, WIDTH
from vigie.console.drift_charts import area, path

SPREAD = 2.0
"""Half the height of a chart, in widths of the band to one side; what lies farther stands at the edge."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Paths of one chart, in the view box of `charts`. low, high: Values at its edges. n: Values drawn."""

    line: str
    band: str
    middle: str
    low: float
    high: float
    n: int


def drawn(values: Sequence[float | None], middle: float | None, allowed: float) -> Drawn | None:
    """Draw measurements, the oldest first; None where there is nothing to draw or nothing to compare with.

    Args:
        middle: What the calibration says. allowed: How far from it a scanner may be.
    """
    known = [one for one in values if one is not None]
    if middle is None or not known:
        return None
    low, high = middle - SPREAD * allowed, middle + SPREAD * allowed
    top = high - low
    lifted = [None if one is None else min(max(one - low, 0.0), top) for one in values]
    edges = [middle - allowed - low] * 2, [middle + allowed - low] * 2
    half = HEIGHT / 2
    return Drawn(path(lifted, top), area(*edges, top), f"M0 {half}H{WIDTH}", low, high, len(known))
