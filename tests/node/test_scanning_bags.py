"""Threats drawn without a picture: their kilograms, where they may lie, and the same from the same number."""

import numpy as np
import pytest

pytest.importorskip("scipy")

from vigie.node.scanning_bags import drawn_patches


@pytest.fixture(scope="module")
def patches():
    return drawn_patches(24)


def test_a_number_gives_the_same_threat_for_ever(patches):
    again = drawn_patches(2, first=3)
    for one, two in zip(patches[3:5], again, strict=True):
        assert np.array_equal(one.more, two.more)
        assert (one.below, one.above, one.from_doors) == (two.below, two.above, two.from_doors)


def test_each_holds_kilograms_of_bricks_in_a_lattice(patches):
    for each in patches:
        kg = float(each.more.sum()) / 1000.0  # g/cm² on squares of 1 cm²; what lies near the source is drawn larger
        assert 4 < kg < 1300
        assert each.more.shape[0] % 2 == each.more.shape[1] % 2 == 0


def test_goods_make_room_in_the_middle_of_a_load_alone(patches):
    made_room = [each for each in patches if each.taken is not None]
    assert made_room
    assert len(made_room) < len(patches)
    for each in made_room:
        assert each.taken.shape == each.more.shape
        assert 0 <= float(each.taken.min()) < float(each.taken.max()) <= 1
        assert each.above == -1
    assert any(each.above >= 0 for each in patches)
    assert any(each.from_doors >= 0 and each.below >= 0 for each in patches)
