"""Threats laid over other containers while a model learns: areal densities add up, whatever the picture is made with.

A patch is what a picture shows beyond its twin without the threat; it goes to the same height, and to the same distance
from the doors where it lay behind them. Nothing here leaves the teaching: for training people see `projection.py`.
Source: multiplicative projection, additive in the logarithm (Jaccard, Rogers, Morton, Griffin; reference page scan).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from msgspec import Struct
from scipy.ndimage import gaussian_filter, uniform_filter

from vigie.scanning.xray.teaching_lessons import DENSITY_STEP, Lesson

if TYPE_CHECKING:
    from numpy.random import Generator

LEAST = 1.0
"""g/cm² over 3 cm below which a patch shows nothing but the noise of both pictures."""
NEAR_DOORS = 150
"""Columns of the grid: 1.5 m, the zone behind the doors."""


class Patch(Struct, frozen=True):
    """A threat as it changes a picture.

    Attributes:
        more: g/cm² added (or taken away where goods made room), rows by columns of the grid.
        residual: What it adds to the residual of the two energies, on half the grid; None without low energy.
        below: Rows from its lower edge to the lower edge of the container.
        from_doors: Columns from the doors to its nearer edge; -1 where it may lie anywhere.
    """

    more: Any
    residual: Any
    below: int
    from_doors: int


def patches_of(lessons: Sequence[Lesson]) -> list[Patch]:
    """The threats of lessons that have a twin."""
    return [patch for each in lessons if each.twin >= 0 for patch in _patches(each, lessons[each.twin])]


def _patches(shown: Lesson, twin: Lesson) -> list[Patch]:
    if shown.density.shape != twin.density.shape:
        return []
    made = []
    rows, columns = shown.density.shape
    for left, top, width, height in shown.bricks:
        x0, y0 = max(0, left - 4) // 2 * 2, max(0, top - 4) // 2 * 2
        x1, y1 = min(columns, left + width + 5) // 2 * 2, min(rows, top + height + 5) // 2 * 2
        if x1 - x0 < 6 or y1 - y0 < 6:
            continue
        part = np.s_[y0:y1, x0:x1]
        more = (shown.density[part].astype(np.float32) - twin.density[part]) * np.float32(DENSITY_STEP)
        firm = gaussian_filter((np.abs(uniform_filter(more, 3)) > LEAST).astype(np.float32), 1.0)
        residual = None
        if shown.residual is not None and twin.residual is not None:
            half = np.s_[y0 // 2 : y1 // 2, x0 // 2 : x1 // 2]
            residual = (shown.residual[half].astype(np.float32) - twin.residual[half]) * firm[::2, ::2]
        doors = x0 if shown.doors_at == "left" else columns - x1
        made.append(Patch(more * firm, residual, rows - y1, doors if doors < NEAR_DOORS else -1))
    return made


def projected(clean: Lesson, patch: Patch, draw: "Generator") -> Lesson:
    """A lesson with a patch laid over it, stronger or weaker than it was, perhaps turned round."""
    rows, columns = clean.density.shape
    more, residual = patch.more, patch.residual
    if draw.random() < 0.5:
        more, residual = more[:, ::-1], None if residual is None else residual[:, ::-1]
    more = more[:rows, :columns]
    height, width = more.shape
    top = int(np.clip(rows - patch.below - height + draw.integers(-6, 7), 0, rows - height)) // 2 * 2
    left = _left(patch, clean.doors_at, columns, width, draw) // 2 * 2
    scale = float(draw.uniform(0.7, 1.4))
    density = clean.density.astype(np.float32)
    density[top : top + height, left : left + width] += more * np.float32(scale / DENSITY_STEP)
    told = None
    if clean.residual is not None:
        told = clean.residual.copy()
        if residual is not None:
            place = told[top // 2 : (top + height) // 2, left // 2 : (left + width) // 2]
            place += (residual[: place.shape[0], : place.shape[1]] * scale).astype(np.float16)
    return msgspec.structs.replace(
        clean, density=np.clip(density, 0, 65_535).astype(np.uint16), residual=told, twin=-1,
        bricks=((left + 4, top + 4, max(2, width - 9), max(2, height - 9)),),
    )  # fmt: skip


def _left(patch: Patch, doors_at: str, columns: int, width: int, draw: "Generator") -> int:
    if patch.from_doors >= 0 and doors_at != "unknown":
        near = int(np.clip(patch.from_doors + draw.integers(-20, 21), 0, max(0, columns - width)))
        return near if doors_at == "left" else columns - width - near
    return int(draw.integers(10, max(11, columns - width - 10)))
