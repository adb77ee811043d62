"""Pieces that are learnt from: truth lies where the picture shows it, twins differ by what is hidden alone."""

import numpy as np
import pytest
from tests.scanning.xray.drawn import HEIGHT, LEFT, TOP, WIDTH, attenuation, shot

from vigie.scanning.xray.grid import CHANNELS, HEAT_STEP
from vigie.scanning.xray.teaching_lessons import PIECE, lesson, piece

BOX = (LEFT, TOP, WIDTH, HEIGHT)
BAG = (LEFT + 400, TOP + 150, 60, 40)


def lessons():
    clean = shot(attenuation(load=0.3))
    bag = shot(attenuation(load=0.3, extra=[(*BAG, 0.6)]))
    return [
        lesson(bag, BOX, [BAG], doors_at="left", twin=1), lesson(clean, BOX, doors_at="left"),
        lesson(clean, BOX, blocks=[BAG], doors_at="left"),
    ]  # fmt: skip


def test_the_truth_lies_where_matter_was_added():
    given = lessons()
    seen, truth = piece(given[0], 200, None)
    bare, none = piece(given[1], 200, None)
    more = (seen[4] - bare[4]) * 40
    more = more.reshape(more.shape[0] // 2, 2, -1, 2).mean((1, 3))
    assert float(more[truth[0] > 0].mean()) > 5
    assert abs(float(more[truth[0] == 0].mean())) < 0.5
    assert none.sum() == 0


def test_a_piece_has_one_form_whatever_the_container():
    short = shot(attenuation())
    small = lesson(short, (LEFT, TOP, 300, HEIGHT))
    for given in (*lessons(), small):
        seen, truth = piece(given, 10_000, np.random.default_rng(1))
        assert seen.shape == (CHANNELS, PIECE[0] // 2, PIECE[1] // 2)
        assert truth.shape == (2, PIECE[0] // HEAT_STEP, PIECE[1] // HEAT_STEP)


def test_turning_a_piece_round_turns_its_truth():
    given = lessons()[0]
    plain, truth = piece(given, 200, None)
    for seed in range(8):
        seen, mask = piece(given, 200, np.random.default_rng(seed))
        if not np.array_equal(mask, truth):
            assert np.array_equal(mask, truth[:, :, ::-1])
            assert seen[8, 0, -1] == pytest.approx(plain[8, 0, 0])
            return
    pytest.fail("no piece was turned round")
