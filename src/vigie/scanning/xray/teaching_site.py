"""Pieces for a model that goes on to a site's own scanner: the site's clean pictures with threats and blocks laid over.

A site has no picture of a threat, and need not have one: threats, and dense things that are harmless, are laid over its
own backgrounds; pictures of the scanner that the model came from keep it from forgetting.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from scipy.ndimage import gaussian_filter

from vigie.scanning.xray.teaching_lessons import DENSITY_STEP, Lesson
from vigie.scanning.xray.teaching_projecting import Patch, projected
from vigie.scanning.xray.teaching_show import Show

if TYPE_CHECKING:
    from numpy.random import Generator

    from vigie.scanning.xray.teaching_net import Net
    from vigie.scanning.xray.teaching_show import Piece

SITE = 0.6
"""Share of the pieces that are the site's own (own): more forgets what its few backgrounds do not show."""
BLOCKED = 0.7
"""Share of the site's pieces without bricks that get a harmless block: without them a model learns that whatever is
laid over is a threat (own)."""
BLOCK_G_CM2 = (4.0, 60.0)
"""Areal density of a harmless block: 3 cm of cardboard to 8 cm of steel (own)."""
BLOCK_CM = (12.0, 110.0)
"""Edges of a harmless block: a parcel to a machine on a pallet (own)."""

HALF_WAY = 0.5
"""Share of the way from the old weights to the new that an adapted model goes: half keeps what was known and takes
what is new (weights in between, Wortsman and others 2022, arXiv 2109.01903). Measured: ADR 0056."""


def half_way(old: "Net", new: "Net") -> "Net":
    """The net half-way between two of one form; the second is changed."""
    before, after = old.state_dict(), new.state_dict()
    new.load_state_dict({name: value.lerp(after[name], HALF_WAY) for name, value in before.items()})
    return new


def blocked(clean: Lesson, draw: "Generator") -> Lesson:
    """A lesson with one harmless block laid over it: even matter, sharp or round, anywhere in the container."""
    rows, columns = clean.density.shape
    height, width = (int(np.exp(draw.uniform(*np.log(BLOCK_CM)))) for _ in range(2))
    height, width = min(height, rows - 2), min(width, columns - 2)
    top, left = int(draw.integers(0, rows - height)), int(draw.integers(0, columns - width))
    matter = np.full((height, width), np.exp(draw.uniform(*np.log(BLOCK_G_CM2))), np.float32)
    if draw.random() < 0.4:  # a roll or a drum lying across
        across, down = np.linspace(-1, 1, width)[None], np.linspace(-1, 1, height)[:, None]
        matter *= np.sqrt(np.clip(1 - across**2 - down**2, 0, 1))
    matter = gaussian_filter(matter, float(draw.uniform(0.4, 1.2)), mode="nearest")
    density = clean.density.astype(np.float32)
    density[top : top + height, left : left + width] += matter / np.float32(DENSITY_STEP)
    return msgspec.structs.replace(
        clean, density=np.clip(density, 0, 65_535).astype(np.uint16), bricks=(), twin=-1,
        blocks=((left, top, width, height),),
    )  # fmt: skip


class SiteShow(Show):
    """Deals pieces of a site's clean pictures beside those of the scanner that the model came from.

    Args:
        lessons: Of the scanner the model came from. site: Clean ones of the site. seed: Of all draws.
        patches: Threats to lay over.
    """

    def __init__(self, lessons: Sequence[Lesson], site: Sequence[Lesson], seed: int, patches: Sequence[Patch]) -> None:
        super().__init__(lessons, seed, patches)
        self._site, self._threats = site, patches

    def _pair(self) -> "tuple[Piece, Piece]":
        return super()._pair() if self._draw.random() >= SITE else (self._threat(), self._harmless())

    def _threat(self) -> "Piece":
        draw = self._draw
        given = self._site[int(draw.integers(len(self._site)))]
        if draw.random() < 0.5:
            given = blocked(given, draw)
        made = projected(given, self._threats[int(draw.integers(len(self._threats)))], draw)
        return self._piece(made, made.bricks) if made.bricks else self._any(made)

    def _harmless(self) -> "Piece":
        draw = self._draw
        given = self._site[int(draw.integers(len(self._site)))]
        if draw.random() >= BLOCKED:
            return self._any(given)
        made = blocked(given, draw)
        return self._piece(made, made.blocks)
