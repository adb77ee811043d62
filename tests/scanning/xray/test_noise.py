import numpy as np
from tests.scanning.xray.pictures import AIR, PHOTONS, a_scan

from vigie.scanning import noise_gain


def test_the_gain_is_rather_too_small_than_too_large():
    assert 0.7 * AIR / PHOTONS < noise_gain(a_scan().high) <= AIR / PHOTONS
    assert noise_gain(np.zeros((8, 8), np.uint16)) == 0.0


def test_stripes_of_the_detectors_do_not_raise_it():
    chance = np.random.default_rng(3)
    picture = chance.poisson(9_000, (160, 320)) * (1 + 0.05 * chance.standard_normal((160, 1)))
    assert noise_gain(picture.round().astype(np.uint16)) < 1.2
    assert noise_gain(picture.T.round().astype(np.uint16)) < 1.2
