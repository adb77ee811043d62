"""Lessons of units of one make."""

import numpy as np
import pytest
from tests.scanning.xray.units_compared import unit

from vigie.scanning.xray.laid import ROWS, UNIT
from vigie.scanning.xray.teaching import Recipe
from vigie.scanning.xray.teaching_units import UNITS, UnitShow, teach_units, unit_lesson
from vigie.scanning.xray.units import CHANNELS, WIDE, Unit


def bagged(bare, left=12, top=150):
    density = bare.density.copy()
    density[top : top + 24, left : left + 20] += 25
    return Unit(density, bare.residual + 0.01, bare.known), (left, top, 20, 24)


@pytest.fixture(scope="module")
def lesson():
    units = [unit(seed=each, shift=each % 3) for each in range(6)]
    return unit_lesson(units, [bagged(one) for one in units[:5]] + [(units[5], (12, 150, 20, 24))])


def test_a_lesson_is_a_family_laid_on_its_first_with_what_was_put_in(lesson):
    assert lesson.density.shape == (6, ROWS, UNIT)
    assert len(lesson.patches) == 5  # what changes nothing teaches nothing
    patch = lesson.patches[0]
    assert patch.more.max() == pytest.approx(25, abs=0.5)
    assert (patch.at[0] % 2, patch.at[1] % 2) == (0, 0)
    assert patch.low.shape == tuple(each // 2 for each in patch.more.shape)


def test_pieces_show_a_difference_where_the_truth_says_so(lesson):
    seen, truth = UnitShow([lesson], 3).batch(24)
    assert seen.shape == (24, CHANNELS, ROWS // 2, WIDE)
    assert truth.shape == (24, 2, ROWS // 4, WIDE // 2)
    there = truth[:, 0].max((1, 2)) == 1
    assert 3 < there.sum() < 21
    for one, mask in zip(seen[there], truth[there, 0] == 1, strict=True):
        big = mask.repeat(2, 0).repeat(2, 1)
        assert one[6][big].mean() > one[6][~big].mean() + 1
    assert len(np.unique(seen[:, 12, 0, 0])) > 2  # beside one and beside several
    assert np.array_equal(UnitShow([lesson], 3).batch(2)[0], UnitShow([lesson], 3).batch(2)[0])


def test_steps_lower_the_loss_of_units(lesson):
    heard = []
    net = teach_units([lesson], Recipe(name="t", steps=2, batch=2, turn=UNITS.turn), lambda *told: heard.append(told))
    assert heard[-1][:3] == ("steps", 2, 2)
    assert not net.training
