"""Deals pieces of lessons out, in pairs: one with bricks, one without, of which many are twins of the first.

What stands beside a piece with bricks says what is learnt: the same place without them, the same mass without a
lattice, or another container with harmless blocks.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.teaching_even import evened
from vigie.scanning.xray.teaching_lessons import PIECE, Lesson, piece
from vigie.scanning.xray.teaching_projecting import Patch, patches_of, projected

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Piece = tuple[NDArray[float32], NDArray[float32]]

PROJECTED = 0.4
"""Share of the pieces with bricks that are another container with a threat laid over it (own)."""
EVEN, BARE = 0.35, 0.25
"""Of those, shares that stand beside their even twin, and beside the same place without the threat (own)."""
TWINS = 0.25
"""Share of the others that stand beside their twin (own)."""
BLOCKED, ON_BLOCK = 0.6, 0.7
"""Share of bare pieces that are of a container with harmless blocks, and of those that show one (own)."""
TRIES = 6
"""Containers that are tried for a threat that would not show."""


class Show:
    """Deals pieces.

    Args:
        lessons: To learn from. seed: Of all draws.
        patches: Threats to lay over lessons; None takes those of the lessons themselves.
        projected: Share of the pieces with bricks that are laid over. form: Rows and columns of a piece.
    """

    def __init__(
        self, lessons: Sequence[Lesson], seed: int, patches: Sequence[Patch] | None = None,
        projected: float = PROJECTED, form: tuple[int, int] = PIECE,
    ) -> None:  # fmt: skip
        self._lessons, self._share = lessons, projected
        self._rows, self._columns = form
        self._draw = np.random.default_rng(seed)
        self._with = [n for n, each in enumerate(lessons) if each.bricks]
        self._bare = [n for n, each in enumerate(lessons) if not each.bricks]
        self._blocks = [n for n in self._bare if lessons[n].blocks]
        self._patches = patches_of(lessons) if patches is None else patches

    def batch(self, many: int) -> "Piece":
        """`many` pieces, by turns with and without bricks: what is seen, and the truth."""
        pieces = [one for _ in range((many + 1) // 2) for one in self._pair()][:many]
        return np.stack([one for one, _ in pieces]), np.stack([two for _, two in pieces])

    def _pair(self) -> "tuple[Piece, Piece]":
        if self._patches and self._bare and (not self._with or self._draw.random() < self._share):
            made = self._laid_over()
            if made is not None:
                return made
        if not self._with:
            return self._bare_one(), self._bare_one()
        given = self._one_of(self._with)
        first = self._piece(given, given.bricks)
        if given.twin >= 0 and self._draw.random() < TWINS:
            return first, self._piece(self._lessons[given.twin], given.bricks)
        return first, self._bare_one()

    def _laid_over(self) -> "tuple[Piece, Piece] | None":
        draw = self._draw
        for _ in range(TRIES):
            patch = self._patches[int(draw.integers(len(self._patches)))]
            clean = self._one_of(self._bare)
            made = projected(clean, patch, draw)
            if made.bricks:
                return self._piece(made, made.bricks), self._beside(clean, made)
        return None

    def _beside(self, clean: Lesson, made: Lesson) -> "Piece":
        chance = self._draw.random()
        if chance < EVEN:
            even = evened(clean, made, self._draw)
            if even is not None:
                return self._piece(even, made.bricks)
        return self._piece(clean, made.bricks) if chance < EVEN + BARE else self._bare_one()

    def _bare_one(self) -> "Piece":
        draw = self._draw
        given = self._one_of(self._blocks if self._blocks and draw.random() < BLOCKED else self._bare or self._with)
        return self._piece(given, given.blocks) if given.blocks and draw.random() < ON_BLOCK else self._any(given)

    def _one_of(self, numbers: Sequence[int]) -> Lesson:
        return self._lessons[int(self._draw.choice(numbers))]

    def _any(self, given: Lesson) -> "Piece":
        at = int(self._draw.integers(0, max(1, given.density.shape[1] - self._columns + 1)))
        return piece(given, at, self._draw, keep=self._columns, rows=self._rows)

    def _piece(self, given: Lesson, boxes: Sequence[Box]) -> "Piece":
        """A piece with one of the boxes in it."""
        box = boxes[int(self._draw.integers(len(boxes)))]
        at = int(box[0] + box[2] / 2 - self._draw.uniform(0.15, 0.85) * self._columns)
        return piece(given, at, self._draw, keep=self._columns, rows=self._rows)
