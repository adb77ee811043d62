"""Batches: what they hold, and that the seed gives them again."""

import msgspec
import numpy as np
from tests.scanning.xray.test_teaching_lessons import lessons

from vigie.scanning.xray.teaching_projecting import patches_of
from vigie.scanning.xray.teaching_show import Show


def test_half_of_a_batch_holds_bricks_and_the_seed_gives_it_again():
    first, second = (Show(lessons(), 3).batch(8) for _ in range(2))
    assert np.array_equal(first[0], second[0])
    assert (first[1][:, 0].max((1, 2)) > 0).tolist() == [True, False] * 4


def test_clean_lessons_get_their_bricks_laid_over_them():
    held = lessons()
    clean = [msgspec.structs.replace(each, bricks=(), twin=-1) for each in held[1:]]
    seen, truth = Show(clean, 3, patches_of(held)).batch(8)
    assert (truth[:, 0].max((1, 2)) > 0).tolist() == [True, False] * 4
    assert np.isfinite(seen).all()


def test_without_any_bricks_all_pieces_are_bare():
    bare = [msgspec.structs.replace(each, bricks=(), twin=-1) for each in lessons()]
    assert Show(bare, 3).batch(4)[1][:, 0].max() == 0


def test_pieces_have_the_asked_form():
    seen, truth = Show(lessons(), 3, projected=1.0, form=(336, 384)).batch(2)
    assert (seen.shape[2:], truth.shape[2:]) == ((168, 192), (84, 96))
