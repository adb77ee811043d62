"""Lessons of two pictures, and the teaching of the net that compares them."""

import numpy as np
import pytest
from tests.scanning.xray.test_laid import goods

from vigie.scanning.xray.laid import CHANNELS, ROWS, lay
from vigie.scanning.xray.teaching import Recipe
from vigie.scanning.xray.teaching_pairs import COMPARE, DEAL, PIECE, STEP, PairShow, pair_lesson, teach_pairs

BOX = (300, 150, 40, 40)
TINY = Recipe(name="compare", pictures=1, steps=1)


@pytest.fixture(scope="module")
def lesson():
    bare = goods()
    bag, nothing = bare.copy(), bare.copy()
    bag[150:190, 300:340] += 20
    return pair_lesson(lay(bare, bare), [(bag, BOX), (nothing, BOX)])


def test_a_patch_is_what_a_bag_changes_and_nothing_where_it_changes_nothing(lesson):
    assert len(lesson.patches) == 1
    patch = lesson.patches[0]
    assert float(patch.more.astype(np.float32).sum()) == pytest.approx(20 * 40 * 20, rel=0.01)
    assert patch.at == (146, 144)
    assert lesson.here.dtype == np.uint16
    assert lesson.here[100, 100] * STEP == pytest.approx(lesson.there[100, 100] * STEP, abs=0.5)


def test_a_step_shows_pairs_with_and_without_and_the_truth_lies_where_the_bag_is(lesson):
    show = PairShow([lesson], seed=3)
    for _ in range(3):
        seen, truth = show.batch()
        assert seen.shape == (len(DEAL), CHANNELS, ROWS // 2, PIECE)
        assert truth.shape == (len(DEAL), 2, ROWS // 4, PIECE // 2)
        there = truth.reshape(len(DEAL), 2, -1).max(2)
        for n, kind in enumerate(DEAL):
            assert (there[n].max() == 1.0) == (kind in ("own", "other"))
            assert there[n].min() == 0.0  # never more and less of one patch
        shown_more = seen[:, 6][truth[:, 0, ::1].repeat(2, 1).repeat(2, 2) == 1.0]
        assert shown_more.size == 0 or shown_more.mean() > 1


def test_the_same_seed_deals_the_same(lesson):
    one, two = (PairShow([lesson], seed=4).batch()[0] for _ in range(2))
    assert np.array_equal(one, two)


def test_teaching_gives_a_folded_net(lesson):
    torch = pytest.importorskip("torch")
    heard = []
    net = teach_pairs([lesson], TINY, lambda *told: heard.append(told))
    assert heard[0][:3] == ("steps", 1, 1)
    assert 1 < heard[0][3] < 30
    assert not [each for each in net.modules() if isinstance(each, torch.nn.BatchNorm2d)]
    with torch.no_grad():
        assert net(torch.zeros(1, CHANNELS, 16, 16)).shape == (1, 2, 8, 8)


def test_the_recipe_stays_within_thirty_minutes_of_one_core():
    assert COMPARE.pictures * 0.45 + COMPARE.steps * 0.42 < 30 * 60  # measured, CPU-seconds a load and a step
