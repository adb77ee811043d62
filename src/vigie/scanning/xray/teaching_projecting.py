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

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.teaching_lessons import DENSITY_STEP, Lesson

if TYPE_CHECKING:
    from numpy.random import Generator

LEAST = 1.0
"""g/cm² over 3 cm below which a patch shows nothing but the noise of both pictures."""
SHELL = 4.0
"""g/cm² of walls and doors, which do not make room (own; walls of two sheets are 2.5 to 3.5)."""
LEAST_GOODS = 8.0
"""g/cm² of goods, less than which nothing is hidden in the middle of a load."""
SHOWS = 0.06
"""Of the areal density around a threat, under which the unevenness of goods hides it (own)."""
TRIES = 5
EDGE = 26
"""Rows to the upper and lower edge of a threat that lies at any height (0.26 m, own: rails, floor)."""
NEAR_DOORS = 150
"""Columns of the grid: 1.5 m, the zone behind the doors."""


class Patch(Struct, frozen=True):
    """A threat as it changes a picture.

    Attributes:
        more: g/cm² added (or taken away where goods made room), rows by columns of the grid.
        residual: What it adds to the residual of the two energies, on half the grid; None without low energy.
        below: Rows from its lower edge to the lower edge of the container.
            -1 where it may lie at any height.
        from_doors: Columns from the doors to its nearer edge; -1 where it may lie anywhere.
        above: Rows from its upper edge to the upper edge of the container; -1 where `below` says its height.
        taken: Share of the goods that made room, of the form of `more`; None where `more` has it in it already.
    """

    more: Any
    residual: Any
    below: int
    from_doors: int
    above: int = -1
    taken: Any = None


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
    """A lesson with a patch laid over it, stronger or weaker than it was, perhaps turned round.

    Returns:
        The lesson as it was where a patch that may lie at any height would not show in `TRIES` places.
    """
    rows, columns = clean.density.shape
    forms = (patch.more, patch.residual, patch.taken)
    if draw.random() < 0.5:
        forms = (forms[0][:, ::-1], *(None if each is None else each[:, ::-1] for each in forms[1:]))
    more, residual, taken = forms[0][:rows, :columns], forms[1], None if forms[2] is None else forms[2][:rows, :columns]
    height, width = more.shape
    for _ in range(TRIES):
        top = _top(patch, rows, height, draw) // 2 * 2
        left = _left(patch, clean.doors_at, columns, width, draw) // 2 * 2
        scale = float(draw.uniform(0.7, 1.4))
        there = clean.density[top : top + height, left : left + width].astype(np.float32)
        added = more * np.float32(scale / DENSITY_STEP)
        goods = np.maximum(there - SHELL / DENSITY_STEP, 0) if taken is not None else None
        if goods is not None:
            added -= goods * taken
        if patch.below >= 0 or patch.above >= 0:
            break
        bare = goods is not None and float(goods.mean()) < LEAST_GOODS / DENSITY_STEP
        if not bare and plain(added * DENSITY_STEP, there * DENSITY_STEP):
            break
    else:
        return clean
    density = clean.density.copy()
    density[top : top + height, left : left + width] = np.clip(there + added, 0, 65_535).astype(np.uint16)
    return msgspec.structs.replace(
        clean, density=density, residual=_residual(clean, residual, taken, (top, left, height, width), scale), twin=-1,
        bricks=(_bricks(left, top, more, taken),),
    )  # fmt: skip


def plain(shown: Any, around: Any) -> bool:
    """Whether a threat shows: more than `SHOWS` of what lies there and half the noise of photons.

    What does not show teaches nothing but its container's own face: a net that was shown walls before dense goods as
    often as before air learnt neither.

    Args:
        shown: g/cm² that it adds or takes away. around: g/cm² that lie there without it.
    """
    usual = float(around.mean())
    strength = float((uniform_filter(shown, 3) ** 2).mean() ** 0.5)
    return strength > SHOWS * usual + 0.03 * float(np.exp(usual / 40.0))


def _top(patch: Patch, rows: int, height: int, draw: "Generator") -> int:
    if patch.below < 0 and patch.above < 0:
        return int(draw.integers(EDGE, max(EDGE + 1, rows - height - EDGE)))
    wanted = patch.above if patch.above >= 0 else rows - patch.below - height
    return int(np.clip(wanted + draw.integers(-6, 7), 0, rows - height))


def _residual(clean: Lesson, residual: Any, taken: Any, where: tuple[int, int, int, int], scale: Any) -> Any:
    if clean.residual is None or (residual is None and taken is None):
        return clean.residual
    told = clean.residual.copy()
    top, left, height, width = (each // 2 for each in where)
    place = told[top : top + height, left : left + width]
    high, wide = place.shape
    if taken is not None:
        place *= (1 - taken[::2, ::2][:high, :wide]).astype(np.float16)
    if residual is not None:
        place += (residual[:high, :wide] * scale).astype(np.float16)
    return told


def _bricks(left: int, top: int, more: Any, taken: Any) -> Box:
    """Where the bricks lie: without the rim of a patch, and without goods that made room beyond them."""
    height, width = more.shape
    if taken is None:
        return left + 4, top + 4, max(2, width - 9), max(2, height - 9)
    rows, columns = (np.flatnonzero((more > LEAST).any(axis)) for axis in (1, 0))
    if not len(rows) or not len(columns):
        return left, top, width, height
    return (
        left + int(columns[0]), top + int(rows[0]), max(2, int(np.ptp(columns))), max(2, int(np.ptp(rows))),
    )  # fmt: skip


def _left(patch: Patch, doors_at: str, columns: int, width: int, draw: "Generator") -> int:
    if patch.from_doors >= 0 and doors_at != "unknown":
        near = int(np.clip(patch.from_doors + draw.integers(-20, 21), 0, max(0, columns - width)))
        return near if doors_at == "left" else columns - width - near
    return int(draw.integers(10, max(11, columns - width - 10)))
