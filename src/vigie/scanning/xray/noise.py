"""The noise of a picture, as the picture itself shows it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float32, uint16
    from numpy.typing import NDArray

_QUANTILE = 0.25  # of the blocks, by variance over level: the calm ones; below the median, so that it errs to small
_BLOCK = (8, 16)


def noise_gain(picture: "NDArray[uint16]", dark: int = 0) -> float:
    """How much the variance of the counts grows with their level, as the picture itself shows it.

    From second differences of neighbours in small blocks, along rows and along columns, the smaller of both: stripes of
    the detectors and edges of the load would raise it, a blurred picture lowers it. It is taken from the calmer blocks,
    so that it is rather too small than too large.

    Returns:
        Counts² per count; 0 where the picture is too small to tell.
    """
    import numpy as np

    told = picture.astype(np.float32)
    found = []
    for grid in (told, told.T):
        second = grid[:, :-2] - 2 * grid[:, 1:-1] + grid[:, 2:]
        level = grid[:, 1:-1] - dark
        variance, mean = _blocks(second * second), _blocks(level)
        fit = (mean > 0.01 * max(float(told.max(initial=1)), 1.0)) & (variance > 0)
        if int(fit.sum()) >= 16:
            ratio = np.quantile((variance[fit] / mean[fit]) / 6.0, _QUANTILE)  # white noise of 1 has differences of 6
            found.append(float(ratio))
    return min(found, default=0.0)


def _blocks(grid: "NDArray[float32]") -> "NDArray[float32]":
    rows, columns = grid.shape[0] // _BLOCK[0], grid.shape[1] // _BLOCK[1]
    cut = grid[: rows * _BLOCK[0], : columns * _BLOCK[1]]
    means: NDArray[float32] = cut.reshape(rows, _BLOCK[0], columns, _BLOCK[1]).mean(axis=(1, 3))
    return means
