"""Lessons come of the simulator's own split, with their twins."""

import pytest

pytest.importorskip("scipy")

from vigie.node.scanning_lessons import demo_lessons


def test_each_that_hides_something_has_a_twin_of_the_same_load():
    heard = []
    made = demo_lessons(3, lambda *told: heard.append(told))
    hidden = [each for each in made if each.bricks]
    assert len(made) == 2 * len(hidden) == 6
    assert max(len(each.bricks) for each in hidden) > 1
    for each in hidden:
        twin = made[each.twin]
        assert twin.bricks == ()
        assert twin.density.shape == each.density.shape
        assert twin.blocks == each.blocks
