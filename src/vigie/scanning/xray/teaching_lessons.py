"""What a model learns from: containers on the grid with their truth, cut into pieces and varied as they are shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from scipy.ndimage import gaussian_filter

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.grid import CHANNELS, DENSEST, GRID_MM, HEAT_STEP, Grid, gridded, seen
from vigie.scanning.xray.scan import Scan

if TYPE_CHECKING:
    from numpy import float32, uint16
    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[float32]

PIECE = (304, 608)
"""Rows and columns of a piece that is learnt from: the whole height, and 6 m along the container."""
MARGIN = 64
"""Columns of the grid beside a piece that its channels are made of, too: half of what `grid.seen` takes for the
surroundings (own)."""
DENSITY_STEP = 0.0025
"""g/cm² of one step of a kept density: 65,535 of them are 163 g/cm²."""


class Lesson(Struct, frozen=True):
    """One container on the grid with what is known of it.

    Attributes:
        density: Areal density in steps of `DENSITY_STEP`.
        residual: What the low energy tells, on half the grid; None without low energy.
        bricks, blocks: Boxes on the grid of what is hidden, and of harmless dense blocks.
        doors_at: "left", "right" or "unknown".
        twin: Place of the same picture without what is hidden among the lessons; -1 where there is none.
    """

    density: "NDArray[uint16]"
    residual: "NDArray[np.float16] | None"
    bricks: tuple[Box, ...] = ()
    blocks: tuple[Box, ...] = ()
    doors_at: str = "unknown"
    twin: int = -1


def lesson(
    scan: Scan, box: Box, bricks: Sequence[Box] = (), blocks: Sequence[Box] = (), doors_at: str = "unknown",
    twin: int = -1,
) -> Lesson:  # fmt: skip
    """Make a lesson of a scan; boxes are in its pixels, `box` is the container."""
    grid = gridded(scan, box)
    kept = np.round(np.clip(grid.density, 0, DENSEST) / DENSITY_STEP).astype(np.uint16)
    residual = None if grid.residual is None else grid.residual.astype(np.float16)
    moved = [[_onto(each, box, grid.density.shape) for each in boxes] for boxes in (bricks, blocks)]
    return Lesson(kept, residual, tuple(moved[0]), tuple(moved[1]), doors_at, twin)


def _onto(box: Box, of: Box, shape: tuple[int, ...]) -> Box:
    down, along = shape[0] / of[3], shape[1] / of[2]
    left, top = round((box[0] - of[0]) * along), round((box[1] - of[1]) * down)
    return left, top, max(2, round(box[2] * along)), max(2, round(box[3] * down))


def piece(
    given: Lesson, at: int, draw: "Generator | None", *, keep: int = PIECE[1], rows: int = PIECE[0]
) -> "tuple[Floats, Floats]":
    """Cut a piece from column `at` of the grid: what is seen of it, and where bricks and blocks are.

    Args:
        draw: Varies gain, noise, blur and direction; None shows it as it is.
        keep, rows: Columns and rows of the piece; what lies below its rows is not seen.
    """
    columns = given.density.shape[1]
    at = max(0, min(at, columns - keep)) // 2 * 2
    first = max(0, at - MARGIN)
    density = given.density[:rows, first : at + keep + MARGIN].astype(np.float32) * np.float32(DENSITY_STEP)
    residual = None
    if given.residual is not None:
        residual = given.residual[: (rows + 1) // 2, first // 2 : (at + keep + MARGIN) // 2].astype(np.float32)
    if draw is not None:
        density, residual = _varied(density, residual, draw)
    whole = Grid((0, 0, 0, 0), density, residual)
    made = seen(whole, given.doors_at, first * GRID_MM, columns * GRID_MM)[:, :, (at - first) // 2 :]
    full = (CHANNELS, rows // 2, keep // 2)
    shown = np.zeros(full, np.float32)
    shown[:, : made.shape[1], : made.shape[2]] = made[:, : full[1], : full[2]]
    masks = np.stack([_mask(boxes, at, shown.shape) for boxes in (given.bricks, given.blocks)])
    truth = np.zeros((2, rows // HEAT_STEP, keep // HEAT_STEP), np.float32)
    truth[:, : masks.shape[1], : masks.shape[2]] = masks[:, : truth.shape[1], : truth.shape[2]]
    if draw is not None and draw.random() < 0.5:
        shown, truth = _swapped(shown[:, :, ::-1]), truth[:, :, ::-1]
    return shown, truth


def _swapped(shown: "Floats") -> "Floats":
    """Left and right neighbours change places with the direction."""
    return shown[[2, 3, 0, 1, *range(4, CHANNELS)]]


def _varied(density: "Floats", residual: "Floats | None", draw: "Generator") -> "tuple[Floats, Floats | None]":
    """Another instrument would have shown it so: gain, blur, noise; sometimes no low energy."""
    density = density * np.float32(draw.uniform(0.88, 1.14))
    if draw.random() < 0.4:
        density = gaussian_filter(density, float(draw.uniform(0.25, 0.7)))
    if draw.random() < 0.6:
        level = float(
            draw.uniform(0.0, 0.1)
        )  # g/cm² in air; grows with the root of what is absorbed, 20 g/cm² an e-fold
        density = density + draw.standard_normal(density.shape, np.float32) * (level * np.exp(density / 40.0))
    if residual is not None:
        residual = None if draw.random() < 0.1 else residual * np.float32(draw.uniform(0.7, 1.4))
    return np.minimum(density, np.float32(DENSEST)), residual


def _mask(boxes: Sequence[Box], at: int, shape: tuple[int, ...]) -> "Floats":
    mask = np.zeros((shape[1] // 2, shape[2] // 2), np.float32)
    for left, top, width, height in boxes:
        low, high = (left - at) / HEAT_STEP, (left - at + width) / HEAT_STEP
        above, below = top / HEAT_STEP, (top + height) / HEAT_STEP
        first, last = round(low), max(round(high), round(low) + 1)
        mask[max(0, round(above)) : max(round(below), round(above) + 1), max(0, first) : max(0, last)] = 1.0
    return mask
