"""A difference is found between pictures of two scanners, and nothing where nothing was added."""

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from vigie.scanning.xray.grid import Grid
from vigie.scanning.xray.reference import compare, shift_between, strongest, turned


def load(added=0.0, seed=3):
    draw = np.random.default_rng(seed)
    field = 20 + np.kron(8 * draw.standard_normal((11, 36)), np.ones((30, 36)))
    field[:, ::36] -= 6
    field[150:190, 600:660] += added
    return np.clip(field, 1, None)


def taken(field, *, down=0, along=0, gain=1.0, wobble=0.0, seed=1):
    rows = np.arange(290)[:, None] + 20 + down
    columns = np.arange(1220)[None] + 40 + along + wobble * np.sin(np.arange(1220) / 200)[None]
    seen = map_coordinates(field, np.broadcast_arrays(rows, columns), order=1)
    noise = 0.4 * np.random.default_rng(seed).standard_normal(seen.shape)
    return Grid((0, 0, 1220, 290), (seen * gain + noise).astype(np.float32), None)


def test_a_bag_more_stands_out_across_gain_shift_and_speed():
    before = taken(load(), down=7, along=-3, gain=1.1, wobble=6, seed=2)
    with_bag, box = strongest(compare(taken(load(10.0)), before))
    without, _ = strongest(compare(taken(load()), before))
    assert with_bag > 3 * without
    assert np.abs(np.array(box) - (560, 130, 60, 40)).max() <= 8


def test_what_was_taken_out_is_below_nothing():
    told = compare(taken(load()), taken(load(12.0), along=5, seed=2))
    assert float(told.excess[135:165, 570:610].mean()) < -3


def test_the_shift_is_found_whatever_the_gain():
    field = np.random.default_rng(1).standard_normal((120, 300)).cumsum(1)
    fine = np.diff(field, axis=1)
    assert shift_between(fine[:, 10:250], 3 * fine[:, 4:244], 20) == (0, -6)


def test_pictures_of_different_loads_are_not_compared():
    assert compare(taken(load()), taken(load(seed=9))).fault == "unlike"


def test_turning_twice_changes_nothing():
    grid = taken(load())
    assert np.array_equal(turned(turned(grid)).density, grid.density)


def test_a_part_alone_is_asked():
    told = compare(taken(load(10.0)), taken(load(), seed=2))
    assert strongest(told, (0, 0, 300, 290))[0] < strongest(told)[0]
    assert strongest(told, (0, 0, 0, 0))[0] == pytest.approx(0)
