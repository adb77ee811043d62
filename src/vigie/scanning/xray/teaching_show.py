"""Deals pieces of lessons out: half of them with bricks; of the others many with blocks, and twins of those with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.teaching_lessons import PIECE, Lesson, piece
from vigie.scanning.xray.teaching_projecting import Patch, patches_of, projected

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

PROJECTED = 0.3
"""Share of the pieces with bricks that are another container with a threat laid over it (own)."""
TRIES = 8
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
        twins = {each.twin for each in lessons}
        self._bare = [n for n, each in enumerate(lessons) if not each.bricks]
        self._without = [n for n in self._bare if n not in twins] or self._bare
        self._blocks = [n for n in self._without if lessons[n].blocks]
        self._patches = patches_of(lessons) if patches is None else patches

    def batch(self, many: int) -> "tuple[Floats, Floats]":
        """`many` pieces: what is seen, and the truth."""
        pieces = [self._with_bricks() if n % 2 == 0 else self._bare_one(n) for n in range(many)]
        return np.stack([one for one, _ in pieces]), np.stack([two for _, two in pieces])

    def _with_bricks(self) -> "tuple[Floats, Floats]":
        draw = self._draw
        given = None
        if self._patches and self._bare and (not self._with or draw.random() < self._share):
            given = self._laid_over()
        if given is None:
            given = self._lessons[int(draw.choice(self._with or self._bare))]
        if not given.bricks:
            return self._any(given)
        return self._piece(given, given.bricks)

    def _laid_over(self) -> Lesson | None:
        draw = self._draw
        patch = self._patches[int(draw.integers(len(self._patches)))]
        for _ in range(TRIES):
            made = projected(self._lessons[int(draw.choice(self._bare))], patch, draw)
            if made.bricks:
                return made
        return None

    def _bare_one(self, n: int) -> "tuple[Floats, Floats]":
        draw = self._draw
        if n % 4 == 1 and self._with:
            given = self._lessons[int(draw.choice(self._with))]
            if given.twin >= 0:
                return self._piece(self._lessons[given.twin], given.bricks)
        pool = self._blocks if self._blocks and draw.random() < 0.6 else self._without
        given = self._lessons[int(draw.choice(pool or self._with))]
        if given.blocks and draw.random() < 0.7:
            return self._piece(given, given.blocks)
        return self._any(given)

    def _any(self, given: Lesson) -> "tuple[Floats, Floats]":
        at = int(self._draw.integers(0, max(1, given.density.shape[1] - self._columns + 1)))
        return piece(given, at, self._draw, keep=self._columns, rows=self._rows)

    def _piece(self, given: Lesson, boxes: Sequence[Box]) -> "tuple[Floats, Floats]":
        """A piece with one of the boxes in it."""
        at = self._around(boxes[int(self._draw.integers(len(boxes)))])
        return piece(given, at, self._draw, keep=self._columns, rows=self._rows)

    def _around(self, box: Box) -> int:
        return int(box[0] + box[2] / 2 - self._draw.uniform(0.15, 0.85) * self._columns)
