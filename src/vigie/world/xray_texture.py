"""Unevenness of goods: smooth chance fields of a few sizes, made small and drawn out by two products of matrices."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.random import Generator

    from vigie.world.xray_canvas import Line, Picture


def _hat(middles: "Line", first: float, step: float, count: int) -> "Picture":
    """Weights (pixels, points) of linear interpolation."""
    import numpy as np

    place = np.clip((middles - first) / step, 0, count - 1.001)
    whole = place.astype(int)
    weights = np.zeros((len(middles), count), np.float32)
    weights[np.arange(len(middles)), whole] = 1 - (place - whole)
    weights[np.arange(len(middles)), whole + 1] = place - whole
    return weights


def stretching(small: "Picture", shape: tuple[int, int], step: int) -> tuple["Picture", "Picture"]:
    """Matrices that draw a small picture out, step pixels for each of its own, linearly: rows @ small @ columns.T."""
    import numpy as np

    rows, columns = (_hat(np.arange(shape[axis]), (step - 1) / 2, step, small.shape[axis]) for axis in (0, 1))
    return rows, columns


def field(chance: "Generator", x: "Line", y: "Line", step: float) -> "Picture":
    """A smooth chance field with mean 0 and sd about 0.67.

    Args:
        chance: Stream of draws; the number drawn hangs on the span of x and y and on step, not on the pixels.
        x, y: Middles of columns and rows, mm. step: Between independent points, mm.
    """
    import numpy as np

    wide, high = int(14_000 / step) + 3, int(5_600 / step) + 3  # larger than any picture, whatever the scanner
    points = chance.standard_normal((high, wide), dtype=np.float32)
    first = int(max(x[0] // step, 0))
    last = min(int(x[-1] // step) + 3, wide)
    across = _hat(x, first * step, step, last - first)
    low, top = int(max(y[0] // step, 0)), min(int(y[-1] // step) + 3, high)
    return np.asarray((_hat(y, low * step, step, top - low) @ points[low:top, first:last]) @ across.T)
