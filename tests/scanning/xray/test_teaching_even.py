"""An even twin has the mass, the place and the outline of what was laid over, and no lattice."""

import numpy as np
from tests.scanning.xray.drawn import HEIGHT, LEFT, TOP, WIDTH, attenuation, shot

from vigie.scanning.xray.teaching_even import evened
from vigie.scanning.xray.teaching_lessons import DENSITY_STEP, lesson
from vigie.scanning.xray.teaching_projecting import Patch, projected


def lattice():
    """Bricks of 14 by 10 points, 2 points apart, 8 g/cm² each."""
    rows, columns = np.indices((48, 64))
    bricks = (rows % 12 < 10) & (columns % 16 < 14)
    bricks[[0, 1, -1, -2]] = False
    bricks[:, [0, 1, -1, -2]] = False
    return Patch(np.where(bricks, np.float32(8.0), np.float32(0)), None, 60, -1)


def pair(seed):
    clean = lesson(shot(attenuation(load=0.0)), (LEFT, TOP, WIDTH, HEIGHT))
    draw = np.random.default_rng(seed)
    shown = projected(clean, lattice(), draw)
    return clean, shown, evened(clean, shown, draw)


def test_mass_and_place_stay_and_the_gaps_go():
    for seed in range(4):
        clean, shown, even = pair(seed)
        left, top, width, height = shown.bricks[0]
        inside = np.s_[top + 4 : top + height - 4, left + 4 : left + width - 4]
        changed = [(one.density.astype(float) - clean.density) * DENSITY_STEP for one in (shown, even)]
        assert 0.75 < changed[1].sum() / changed[0].sum() < 1.3
        assert changed[1][inside].std() < 0.35 * changed[0][inside].std()
        beyond = changed[1].copy()
        beyond[max(0, top - 6) : top + height + 6, max(0, left - 6) : left + width + 6] = 0
        assert not beyond.any()
        assert even.bricks == ()
        assert shown.bricks[0] in even.blocks


def test_what_is_too_small_is_not_evened():
    clean, shown, _ = pair(0)
    import msgspec

    assert evened(clean, msgspec.structs.replace(shown, bricks=((0, 0, 1, 1),)), np.random.default_rng(1)) is None
