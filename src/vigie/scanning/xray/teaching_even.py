"""Even twins: the same mass at the same place of the same outline, and no lattice in it. What differs is what counts.

A wall of bricks is one layer, no heavier than a sheet; beside its own even twin a net can only tell it by the gaps.
"""

from typing import TYPE_CHECKING

import msgspec
import numpy as np
from scipy.ndimage import binary_closing, gaussian_filter

from vigie.scanning.xray.teaching_lessons import Lesson

if TYPE_CHECKING:
    from numpy.random import Generator

RIM = 4
"""Points of the grid around a threat's box that a patch has beyond it."""
LEAST_POINTS = 50
FAINT = 0.25
"""Of the greatest change, under which a point lies in a gap or outside (own)."""
CLOSED = 6
"""Points of the grid: gaps up to twice as wide are closed, which is more than any between bricks (own)."""
SMOOTH = 9.0
"""Points of the grid: blurred by so much a lattice of bricks is gone and the form of the heap is kept (own)."""


def evened(clean: Lesson, shown: Lesson, draw: "Generator") -> Lesson | None:
    """What was laid over a lesson made even: one sheet of its mean, or its own form without the lattice.

    Args:
        clean: The lesson. shown: The same with a threat laid over it.

    Returns:
        The even one, its place told as a harmless block; None where the threat is too small to be evened.
    """
    left, top, width, height = shown.bricks[0]
    part = np.s_[max(0, top - RIM) : top + height + RIM + 1, max(0, left - RIM) : left + width + RIM + 1]
    before = clean.density[part].astype(np.float32)
    change = shown.density[part].astype(np.float32) - before
    if change.size < LEAST_POINTS:
        return None
    lies = np.abs(change) > FAINT * np.abs(change).max()
    room = CLOSED + 2  # closing must not end at the part's own rim
    lies = binary_closing(np.pad(lies, room), iterations=CLOSED)[room:-room, room:-room]
    if not lies.any():
        return None
    even = np.where(lies, change[lies].mean(), 0) if draw.random() < 0.5 else gaussian_filter(change, SMOOTH) * lies
    even = gaussian_filter(even.astype(np.float32), 0.8)  # as sharp as a scanner shows an edge
    density = clean.density.copy()
    density[part] = np.clip(before + even, 0, 65_535).astype(np.uint16)
    return msgspec.structs.replace(shown, density=density, bricks=(), blocks=(*clean.blocks, shown.bricks[0]), twin=-1)
