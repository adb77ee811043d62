"""Lessons of reefer units of one make, and the teaching of the net that compares them. Seeded, one thread.

Any unit of a family may be the one that is looked at, any others its references, so that a few pictures give many
lessons. What something put into one changes is laid over any other.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from scipy.ndimage import gaussian_filter

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.grid import DENSEST
from vigie.scanning.xray.laid import ROWS, UNIT
from vigie.scanning.xray.teaching import Recipe, Told, taught
from vigie.scanning.xray.teaching_pairs import TOLD, truth_of
from vigie.scanning.xray.units import MOST, WIDE, Unit, channels, laid_on

if TYPE_CHECKING:
    from vigie.scanning.xray.teaching_units_net import UnitNet

UNITS = Recipe(name="units", pictures=400, steps=1800, batch=16, turn=0.02)
"""The comparison of units that comes with vigie, some 6 minutes of one core; its pictures are families."""
OF_FAMILY = 6
"""Units of a make in a lesson: one to look at and `MOST` to lay beside."""
SHARE = 0.5
"""Share of pieces with something in the unit; of these, one in `TAKEN` has it in the only reference instead."""
TAKEN = 8
GOODS, BEHIND = 0.4, 6
"""How often goods reach into the part of the picture that holds a unit, and by how many columns (75 loads, own)."""


class UnitPatch(Struct, frozen=True):
    """What something put into a unit changes. more: g/cm² on 10 mm. low: Of the residual, on 20 mm. at: Column and row
    of its upper left, points of 10 mm, even.
    """

    more: Any
    low: Any
    at: tuple[int, int]


class UnitLesson(Struct, frozen=True):
    """Units of one make, laid on the first: densities, residuals, where they are known, one axis more in front."""

    density: Any
    residual: Any
    known: Any
    patches: tuple[UnitPatch, ...]


def unit_lesson(units: Sequence[Unit], bagged: Sequence[tuple[Unit, Box]]) -> UnitLesson:
    """Make a lesson of a family.

    Args:
        units: Without anything in them.
        bagged: The same with something, on the same points, and where that is.
    """
    laid = [units[0], *(laid_on(units[0], one)[0] for one in units[1:])]
    density, residual, known = (
        np.stack([getattr(one, each) for one in laid]).astype(np.float16) for each in Unit.__struct_fields__
    )
    patches = [_patch(*both) for both in zip(units, bagged, strict=True)]
    return UnitLesson(density, residual, known, tuple(one for one in patches if one is not None))


def _patch(bare: Unit, bagged: tuple[Unit, Box]) -> UnitPatch | None:
    unit, (x, y, width, height) = bagged
    left, top = max(0, x - 4) // 2 * 2, max(0, y - 6) // 2 * 2
    right, bottom = min(UNIT, (x + width + 5) // 2 * 2), min(ROWS, (y + height + 7) // 2 * 2)
    part, low = np.s_[top:bottom, left:right], np.s_[top // 2 : bottom // 2, left // 2 : right // 2]
    more = unit.density[part] - bare.density[part]
    if min(more.shape) < 6 or float(gaussian_filter(more, (6, 6)).max()) < TOLD:
        return None
    return UnitPatch(more.astype(np.float16), (unit.residual - bare.residual)[low].astype(np.float16), (left, top))


class UnitShow:
    """Deals pieces. lessons: To learn from. seed: Of all draws."""

    def __init__(self, lessons: Sequence[UnitLesson], seed: int) -> None:
        self._lessons, self._draw = lessons, np.random.default_rng(seed)
        self._patches = [patch for each in lessons for patch in each.patches]

    def batch(self, many: int) -> tuple[Any, Any]:
        """One step's pieces: what is seen, and the truth."""
        pieces = [self.piece() for _ in range(many)]
        return np.stack([one for one, _ in pieces]), np.stack([two for _, two in pieces])

    def piece(self) -> tuple[Any, Any]:
        """One unit beside one to `MOST` of its make."""
        draw = self._draw
        lesson = self._lessons[int(draw.integers(len(self._lessons)))]
        order = draw.permutation(len(lesson.density))
        many = 1 if draw.random() < 0.5 else int(draw.integers(2, MOST + 1))
        density, residual, known = (each[order[: many + 1]].astype(np.float32)
                                    for each in (lesson.density, lesson.residual, lesson.known))  # fmt: skip
        delta = np.zeros((ROWS, UNIT), np.float32)
        which = 1 if many == 1 and draw.integers(TAKEN) == 0 else 0
        if draw.random() < SHARE:
            part, low, more, lower = self._laid()
            delta[part] = more
            density[which] += delta
            residual[which][low] += lower
        self._varied(density, residual, known)
        np.clip(density, -2.0, DENSEST, out=density)
        seen = channels(density[0], residual[0], known[0], density[1:], residual[1:], known[1:])
        truth = np.zeros((2, ROWS // 4, WIDE // 2), np.float32)
        delta = -delta if which else delta
        truth[:, :, : UNIT // 4] = truth_of((delta[:, ::2] + delta[:, 1::2]) * np.float32(0.5))
        return seen, truth

    def _laid(self) -> tuple[Any, Any, Any, Any]:
        """A patch: where it lies on both grids, and what it changes there."""
        draw, patch = self._draw, self._patches[int(self._draw.integers(len(self._patches)))]
        scale, turn = np.float32(draw.uniform(0.85, 1.15)), -1 if draw.random() < 0.5 else 1
        more, low = (each.astype(np.float32)[:, ::turn] * scale for each in (patch.more, patch.low))
        rows, columns = more.shape
        left = int(np.clip(patch.at[0] + 2 * draw.integers(-3, 4), 0, UNIT - columns))
        top = int(np.clip(patch.at[1] + 2 * draw.integers(-8, 9), 0, ROWS - rows))
        parts = [np.s_[top // n : (top + rows) // n, left // n : (left + columns) // n] for n in (1, 2)]
        return parts[0], parts[1], more, low

    def _varied(self, density: Any, residual: Any, known: Any) -> None:
        """Passages: gain, a point's shift, noise of the picture that is looked at, goods behind the unit."""
        draw = self._draw
        for n in range(1, len(density)):
            if draw.random() < 0.6:
                by = tuple(int(each) for each in draw.integers(-1, 2, 2))
                density[n], known[n] = np.roll(density[n], by, (0, 1)), np.roll(known[n], by, (0, 1))
        if draw.random() < 0.6:
            density[0] *= np.float32(draw.normal(1, 0.015))
        if draw.random() < 0.3:
            residual[0] += draw.standard_normal(residual[0].shape, np.float32) * np.float32(draw.uniform(0, 0.05))
        for n in range(len(density)):
            if draw.random() < GOODS:
                low, high = np.sort(draw.integers(0, ROWS, 2))
                density[n][low:high, : int(draw.integers(1, BEHIND + 1))] += np.float32(draw.uniform(2, 80))


def teach_units(lessons: Sequence[UnitLesson], recipe: Recipe, told: Told = lambda *_: None) -> "UnitNet":
    """Teach the net that compares units; gives the running mean of it, normalisation folded in."""
    from vigie.scanning.xray.teaching_pairs_net import loss_of
    from vigie.scanning.xray.teaching_units_net import UnitNet

    show = UnitShow(lessons, recipe.seed)
    return taught(UnitNet, recipe, lambda: show.batch(recipe.batch), loss_of, told)
