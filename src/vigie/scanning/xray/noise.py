"""The noise of a picture, as the picture itself shows it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float32, uint16
    from numpy.typing import NDArray

_QUANTILE = 0.25  # of the blocks, by variance over level: the calm ones; below the median, so that it errs to small
_BLOCK = (8, 16)
_FEWEST = 16  # blocks below which nothing is told


def noise_gain(picture: "NDArray[uint16]", dark: int = 0) -> float:
    """How much the variance of the counts grows with their level, as the picture itself shows it.

    From differences of differences of four neighbours in small blocks: stripes of the detectors (rows), pulses of the
    source (columns) and edges along either cancel out, a blurred picture lowers it. It is taken from the calmer blocks,
    so that it is rather too small than too large.

    Returns:
        Counts² per count; 0 where the picture is too small to tell.
    """
    import numpy as np

    told = picture.astype(np.float32)
    mixed = told[:-1, :-1] - told[1:, :-1] - told[:-1, 1:] + told[1:, 1:]
    variance, mean = _blocks(mixed * mixed), _blocks(told[:-1, :-1] - dark)
    fit = (mean > 0.01 * max(float(told.max(initial=1)), 1.0)) & (variance > 0)
    if int(fit.sum()) < _FEWEST:
        return 0.0
    return float(np.quantile(variance[fit] / mean[fit], _QUANTILE)) / 4.0  # white noise of 1 has differences of 4


def _blocks(grid: "NDArray[float32]") -> "NDArray[float32]":
    rows, columns = grid.shape[0] // _BLOCK[0], grid.shape[1] // _BLOCK[1]
    cut = grid[: rows * _BLOCK[0], : columns * _BLOCK[1]]
    means: NDArray[float32] = cut.reshape(rows, _BLOCK[0], columns, _BLOCK[1]).mean(axis=(1, 3))
    return means
