import numpy as np
import pytest

from vigie.world.xray_load import rng
from vigie.world.xray_texture import field, stretching


def test_a_field_is_the_same_for_every_scanner():
    coarse, fine = np.arange(0, 6000, 40.0), np.arange(0, 6000, 10.0)
    one = field(rng(1), fine, np.arange(0, 2000, 10.0), 200.0)
    two = field(rng(1), coarse, np.arange(0, 2000, 40.0), 200.0)
    assert np.abs(one[::4, ::4] - two).max() < 1e-5
    assert np.std(one) == pytest.approx(0.67, abs=0.1)


def test_what_is_drawn_out_keeps_its_level():
    small = np.arange(12.0, dtype=np.float32).reshape(3, 4)
    rows, columns = stretching(small, (30, 40), 10)
    told = rows @ small @ columns.T
    assert told.shape == (30, 40)
    assert told.mean() == pytest.approx(small.mean(), rel=0.01)
    assert told[4, 4] == pytest.approx(small[0, 0], abs=0.01)
