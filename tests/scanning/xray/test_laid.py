"""An earlier picture laid over a later one."""

import numpy as np
import pytest
from scipy.ndimage import shift
from tests.scanning.xray.drawn import attenuation, shot

from vigie.scanning import find_zones
from vigie.scanning.xray.laid import (
    CHANNELS,
    ROWS,
    UNIT,
    both_taken,
    box_on,
    channels,
    lay,
    shown,
    taken,
    unit_part,
    widened,
)


def goods(seed=1, rows=300, columns=640):
    """Areal density of stacked things, nothing of which stands twice."""
    chance = np.random.default_rng(seed)
    field = np.full((rows, columns), 2.0, np.float32)
    for _ in range(60):
        x, y = chance.integers(20, columns - 60), chance.integers(20, rows - 40)
        field[y : y + chance.integers(10, 40), x : x + chance.integers(10, 60)] += chance.uniform(3, 15)
    return field + chance.normal(0, 0.1, field.shape).astype(np.float32)


def test_a_moved_picture_of_another_gain_is_laid_back():
    here = goods()
    there = (shift(here, (-7, 5.4), order=1, mode="nearest") * 0.9).astype(np.float32)
    laid = lay(here, there)
    assert laid.shift[0] == 7
    assert laid.likeness > 0.9
    inside = laid.known.copy()
    inside[:, :20], inside[:, -20:] = False, False
    assert np.median(np.abs(laid.here - laid.there)[inside]) < 0.4
    assert laid.gain[0] + laid.gain[1] * 0.2 == pytest.approx(1.1, abs=0.06)


def test_what_was_added_neither_moves_the_picture_nor_changes_its_gain():
    there = goods()
    here = there.copy()
    here[150:190, 300:340] += 30
    laid = lay(here, there)
    assert laid.shift == (0, 0)
    assert (laid.here - laid.there)[155:185, 305:335].mean() == pytest.approx(30, abs=1.5)
    assert np.abs((laid.here - laid.there)[20:130, 50:600].mean()) < 0.3


def test_a_shorter_picture_is_not_stretched_and_its_end_is_not_known():
    here = goods()
    laid = lay(here, here[:250])
    assert laid.known[:240, 2:-2].all()
    assert not laid.known[251:].any()
    assert np.abs(laid.here - laid.there)[:249, 5:-5].mean() < 0.2


def test_next_to_nothing_to_fit_leaves_the_gain_alone():
    chance = np.random.default_rng(3)
    air = [chance.normal(0, 0.05, (300, 640)).astype(np.float32) for _ in range(2)]
    assert lay(*air).gain == (1.0, 0.0, 0.0)


def test_both_containers_are_taken_with_their_doors_at_one_end():
    scan = shot(attenuation())
    zones = find_zones(scan)
    assert zones.doors_at == "left"
    (here, turn), (there, turned) = both_taken((scan, zones, None), (scan, zones, None))
    assert (turn, turned) == (False, False)
    assert np.array_equal(here.density, there.density)
    assert here.density.shape[0] <= ROWS
    back = taken(scan, zones, turn=True)
    assert np.array_equal(back.density, here.density[:, ::-1])
    assert unit_part(here).density.shape[1] == UNIT
    left, top, width, height = zones.container
    box = box_on(zones.container, scan, here, turned_round=False)
    assert (box[2], box[3]) == (round(width * scan.facts.column_mm / 10), round(height * scan.facts.row_mm / 10))
    other = box_on((left, top, 10, 10), scan, here, turned_round=True)
    assert other[0] > box[0] + box[2] / 2


def test_the_net_is_given_the_difference_and_where_it_is_not_known():
    there = goods()
    here = there.copy()
    here[150:190, 300:340] += 30
    seen = shown(lay(here, there))
    assert seen.shape == (CHANNELS, ROWS // 2, 320)
    assert seen[6, 85, 160] > 3
    assert abs(seen[6, 40, 60]) < 0.5
    assert seen[8, 60:100, 20:300].min() == 1.0
    assert not seen[8, 152:].any()  # filled up
    assert seen[10, 0, 0] < seen[10, 0, 100]
    assert np.abs(seen).max() <= 4.0
    one = widened(here)
    half = channels(one, one, np.ones_like(one, bool), 0, one.shape[1])
    assert not half[4:8].any()
