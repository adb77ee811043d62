"""A threat laid over another container adds its own grams there, at its height, and behind the doors if it lay there."""

import msgspec
import numpy as np
import pytest
from tests.scanning.xray.drawn import HEIGHT, LEFT, TOP, WIDTH, attenuation, shot

from vigie.scanning.xray.teaching_lessons import DENSITY_STEP, lesson
from vigie.scanning.xray.teaching_projecting import EDGE, NEAR_DOORS, Patch, patches_of, projected

BOX = (LEFT, TOP, WIDTH, HEIGHT)


def pair(bag):
    clean = shot(attenuation(load=0.0))
    shown = shot(attenuation(load=0.0, extra=[(*bag, 0.6)]))
    return [lesson(shown, BOX, [bag], doors_at="left", twin=1), lesson(clean, BOX, doors_at="left")]


def mass(one):
    return float(one.density.astype(np.float64).sum()) * DENSITY_STEP


@pytest.mark.parametrize("bag", [(LEFT + 700, TOP + 200, 60, 40), (LEFT + 40, TOP + 250, 50, 40)])
def test_grams_and_height_are_kept(bag):
    held = pair(bag)
    (patch,) = patches_of(held)
    other = lesson(shot(attenuation(load=0.0), seed=7), BOX, doors_at="right")
    added = float(patch.more.sum())
    assert added == pytest.approx(mass(held[0]) - mass(held[1]), rel=0.1)
    for seed in range(6):
        made = projected(other, patch, np.random.default_rng(seed))
        (left, top, width, height) = made.bricks[0]
        assert 0.65 * added < mass(made) - mass(other) < 1.45 * added
        assert abs(top - (bag[1] - TOP) * 0.88) < 14
        assert (width, height) == pytest.approx((bag[2] * 0.88, bag[3] * 0.88), abs=6)
        if patch.from_doors >= 0:
            assert left + width > other.density.shape[1] - NEAR_DOORS - 20


def test_a_twin_of_another_size_gives_no_patch():
    held = pair((LEFT + 700, TOP + 200, 60, 40))
    other = msgspec.structs.replace(held[1], density=held[1].density[:, :-4])
    assert patches_of([held[0], other]) == []


def drawn(more=8.0, taken=None, **where):
    """A threat of 40 by 60 points that was drawn without a picture."""
    share = None if taken is None else np.full((40, 60), taken, np.float32)
    return Patch(np.full((40, 60), more, np.float32), None, -1, -1, taken=share, **where)


def test_a_threat_that_may_lie_anywhere_lies_where_it_shows():
    thin = lesson(shot(attenuation(load=0.1)), BOX)
    made = projected(thin, drawn(), np.random.default_rng(3))
    left, top, width, height = made.bricks[0]
    assert EDGE <= top < thin.density.shape[0] - height
    part = np.s_[top + 6 : top + height - 6, left + 6 : left + width - 6]
    added = (made.density[part].astype(float) - thin.density[part]) * DENSITY_STEP
    assert 0.65 * 8 < float(added.mean()) < 1.45 * 8
    assert projected(thin, drawn(more=0.01), np.random.default_rng(3)) is thin


def test_goods_make_room_and_an_empty_box_hides_nothing_in_a_load():
    full, empty = (lesson(shot(attenuation(load=load)), BOX) for load in (1.2, 0.0))
    made = projected(full, drawn(more=2.0, taken=0.5), np.random.default_rng(4))
    assert made is not full
    assert mass(made) < mass(full)
    assert projected(empty, drawn(more=8.0, taken=0.5), np.random.default_rng(4)) is empty


def test_what_hangs_from_the_roof_lies_under_it():
    made = projected(lesson(shot(attenuation(load=0.0)), BOX), drawn(above=30), np.random.default_rng(5))
    assert 24 <= made.bricks[0][1] - 4 <= 37
