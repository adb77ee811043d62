"""Lessons of two pictures of one load, and the teaching of the net that compares them. Seeded, one thread.

Areal densities add up: what a bag changes in a picture (a patch) is laid over the pair without it, so that one pair
gives many with, and each has its twin without (as `teaching_projecting`; ADR 0042).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from scipy.ndimage import gaussian_filter

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.grid import DENSEST
from vigie.scanning.xray.laid import ROWS, Laid, channels, widened
from vigie.scanning.xray.teaching import Recipe, Told, taught

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from vigie.scanning.xray.teaching_pairs_net import PairNet

PIECE = 304
"""Columns of 20 mm of a piece that is learnt from: 6 m along the container."""
STEP = 0.0025
"""g/cm² of one step of a kept density."""
TOLD = 1.2
"""g/cm², mean over some 14 cm, from which a patch changes a picture so that it can be asked for; under 0.4 of
it nothing is there (own: the noise of both pictures over such a place is a tenth of that)."""
DEAL = ("own", "twin", "own", "other", "own", "any", "any", "any")
"""The pieces of a step: a pair with its own patch, the same place without, another pair with it, any place."""

COMPARE = Recipe(name="compare", pictures=640, steps=1600, turn=0.02)
"""The comparison that comes with vigie: at most 30 minutes of one core with the making of the pairs."""


class PairPatch(Struct, frozen=True):
    """What a bag changes. more: g/cm², 10 mm by 20 mm. at: Column and row of its upper left."""

    more: Any
    at: tuple[int, int]


class PairLesson(Struct, frozen=True):
    """Two pictures of one load. here, there: Densities in steps of `STEP`, 10 mm by 20 mm. known: As `Laid`."""

    here: "NDArray[np.uint16]"
    there: "NDArray[np.uint16]"
    known: "NDArray[np.bool_]"
    patches: tuple[PairPatch, ...]


def pair_lesson(laid: Laid, bagged: Sequence[tuple[Any, Box]]) -> PairLesson:
    """Make a lesson.

    Args:
        laid: The pair without a bag.
        bagged: Of each later picture with a bag its density on the same grid, and the bag's box there.
    """
    kept = [np.round(np.clip(widened(each), 0, DENSEST) / STEP).astype(np.uint16) for each in (laid.here, laid.there)]
    patches = [patch for density, box in bagged if (patch := _patch(laid.here, density, box)) is not None]
    return PairLesson(kept[0], kept[1], widened(laid.known.astype(np.float32)) > 0.6, tuple(patches))


def _patch(bare: Any, density: Any, box: Box) -> PairPatch | None:
    more = widened(density - bare)
    left, right = max(0, box[0] // 2 - 4), min(more.shape[1], (box[0] + box[2]) // 2 + 5)
    top, bottom = max(0, box[1] - 6), min(more.shape[0], box[1] + box[3] + 7)
    part = more[top:bottom, left:right]
    if min(part.shape) < 5 or float(np.abs(gaussian_filter(part, (6, 3))).max()) < TOLD:
        return None  # it takes as much away as it brings: nobody can learn from it
    return PairPatch(part.astype(np.float16), (left, top))


class PairShow:
    """Deals pieces. lessons: To learn from. seed: Of all draws."""

    def __init__(self, lessons: Sequence[PairLesson], seed: int) -> None:
        self._lessons, self._draw = lessons, np.random.default_rng(seed)
        self._patches = [(n, patch) for n, each in enumerate(lessons) for patch in each.patches]

    def batch(self) -> tuple[Any, Any]:
        """One step's pieces: what is seen, and the truth."""
        pieces = [self._piece(kind) for kind in DEAL]
        return np.stack([one for one, _ in pieces]), np.stack([two for _, two in pieces])

    def _piece(self, kind: str) -> tuple[Any, Any]:
        draw = self._draw
        number, patch = self._patches[int(draw.integers(len(self._patches)))] if kind != "any" else (0, None)
        lesson = self._lessons[number if kind in ("own", "twin") else int(draw.integers(len(self._lessons)))]
        rows, columns = lesson.here.shape
        delta = np.zeros((rows, columns), np.float32)
        middle = int(draw.integers(0, columns))
        if patch is not None:
            more, left, top = self._laid_on(patch, rows, columns, own=kind != "other")
            middle = left + more.shape[1] // 2
            if kind != "twin":
                delta[top : top + more.shape[0], left : left + more.shape[1]] = more
        first = max(0, min(int(middle - draw.uniform(0.15, 0.85) * PIECE), columns - PIECE))
        return self._shown(lesson, delta, first, columns)

    def _laid_on(self, patch: PairPatch, rows: int, columns: int, *, own: bool) -> tuple[Any, int, int]:
        more, (left, top), draw = patch.more.astype(np.float32), patch.at, self._draw
        if not own:
            more = more[:, ::-1] if draw.random() < 0.5 else more
            more = more * np.float32(draw.uniform(0.7, 1.3))
            left = int(draw.integers(6, max(7, columns - more.shape[1] - 6)))
            top = int(np.clip(top + draw.integers(-30, 31), 0, max(0, rows - more.shape[0])))
        return more[: rows - top, : columns - left], left, top

    def _shown(self, lesson: PairLesson, delta: Any, first: int, columns: int) -> tuple[Any, Any]:
        draw, part = self._draw, np.s_[:ROWS, first : first + PIECE]
        here, there = (each[part].astype(np.float32) * np.float32(STEP) for each in (lesson.here, lesson.there))
        known, delta = lesson.known[part], delta[part]
        if draw.random() < 0.2:  # taken away since: it is in the earlier picture
            there, delta = np.maximum(there + delta, 0), -delta
        else:
            here = np.maximum(here + delta, 0)
        here, there = _varied(here, there, draw)
        fill = ((0, ROWS - here.shape[0]), (0, PIECE - here.shape[1]))
        here, there, known, delta = (np.pad(each, fill) for each in (np.clip(here, 0, DENSEST), there, known, delta))
        seen, truth = channels(here, there, known, first, columns), truth_of(delta)
        if draw.random() < 0.5:
            seen, truth = seen[:, :, ::-1].copy(), truth[:, :, ::-1].copy()
            seen[[10, 11]] = seen[[11, 10]]
        return seen, truth


def _varied(here: Any, there: Any, draw: "Generator") -> tuple[Any, Any]:
    """Other instruments and passages: gain, curve, noise, stripes, a row's shift."""
    if draw.random() < 0.7:
        here = here * np.float32(draw.normal(1, 0.02)) + np.float32(draw.normal(0, 3e-4)) * here * here
    if draw.random() < 0.4:
        there = np.roll(there, int(draw.integers(-1, 2)), 0)
    if draw.random() < 0.3:
        level = np.float32(draw.uniform(0, 0.15))
        here = here + draw.standard_normal(here.shape, np.float32) * (level * np.exp(here / 40))
    if draw.random() < 0.2:
        here = here * (1 + np.float32(0.006) * draw.standard_normal((here.shape[0], 1), np.float32))
    return here, there


def truth_of(delta: Any) -> Any:
    """More and less on 40 mm: 1 where it tells, a third where it is not asked, 0 where nothing is."""
    smooth = gaussian_filter((delta[::2] + delta[1::2]) * np.float32(0.5), 3)[::2, ::2] / np.float32(TOLD)
    both = np.stack((smooth, -smooth))
    return np.where(both > 1, 1.0, np.where(both > 0.4, 0.3, 0.0)).astype(np.float32)


def teach_pairs(
    lessons: Sequence[PairLesson], recipe: Recipe, told: Told = lambda *_: None, start: "PairNet | None" = None
) -> "PairNet":
    """Teach the net that compares; gives the running mean of it, normalisation folded in.

    Args:
        start: A net to go on from; None starts from nothing.
    """
    from vigie.scanning.xray.teaching_pairs_net import PairNet, loss_of

    return taught(lambda: start or PairNet(), recipe, PairShow(lessons, recipe.seed).batch, loss_of, told, every=50)
