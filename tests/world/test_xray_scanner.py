import numpy as np
import pytest
from tests.world.test_xray_canvas import canvas

from vigie.world.xray_scanner import detect, frame_for
from vigie.world.xray_settings import xray_parameters


@pytest.mark.parametrize("name", ["A", "B", "C", "D"])
def test_air_has_the_noise_of_its_photons(name):
    make = xray_parameters().scanners[name]
    one = canvas()
    one.of("wood")
    high, low = detect(one, make, 3, flip=False)
    for picture, photons, air, dark in zip((high, low), make.photons, make.air, make.dark, strict=True):
        told = picture.astype(float) - dark
        assert told.mean() == pytest.approx(air, rel=0.01)
        steps = np.diff(told, axis=1)  # rows keep their gain: neighbours differ by photons and dose alone
        expected = np.sqrt(1 / photons + make.pulse**2)
        assert steps.std() / np.sqrt(2) / air == pytest.approx(expected, rel=0.1)


def test_pictures_are_the_same_for_a_seed_and_others_for_another():
    make = xray_parameters().scanners["A"]
    one = canvas()
    one.block("steel", (3000, 6000), (1000, 3000), 100.0)
    first, again, other = (detect(one, make, seed, flip=False)[0] for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).mean() > 0.5


def test_the_lower_energy_is_stopped_more_and_nothing_is_below_dark():
    make = xray_parameters().scanners["A"]
    one = canvas()
    one.block("steel", (0, 9000), (0, 4000), 160.0)
    high, low = detect(one, make, 1, flip=False)
    inner = slice(300, 500), slice(100, 900)
    assert high[inner].mean() / make.air[0] > low[inner].mean() / make.air[1]
    assert high.dtype == np.uint16


def test_a_turned_picture_is_turned():
    make = xray_parameters().scanners["A"]
    one = canvas()
    one.block("steel", (500, 2000), (1000, 3000), 100.0)
    plain, turned = (detect(one, make, 1, flip=flip)[0] for flip in (False, True))
    assert plain[300, 100] < 0.5 * plain[300, -100]
    assert turned[300, 100] > 2 * turned[300, -100]


def test_the_speed_wobbles_within_its_bounds():
    make = xray_parameters().scanners["D"]
    steps = np.diff(frame_for(make, 5).columns) / make.pixel_mm
    assert 0 < np.abs(steps - 1).max() <= 1.5 * make.wobble + 1e-3
