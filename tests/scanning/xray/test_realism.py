import numpy as np
import pytest
from tests.scanning.xray.drawn import HEIGHT, LEFT, TOP, WIDTH, attenuation, shot

from vigie.scanning import project, realism
from vigie.scanning.xray.cutout import cutout_of

CONTAINER = (LEFT, TOP, WIDTH, HEIGHT)


def judge(load, mass, at=(600, 200), container=CONTAINER, rough=0.0):
    scan = shot(attenuation(load=load))
    masses = np.full((30, 40), mass, np.float32)
    masses += np.float32(rough) * np.random.default_rng(1).random(masses.shape, np.float32)
    return realism(project(scan, cutout_of("bag", masses, 8.8), at), scan, container)


def test_a_bag_in_a_light_load_is_fit():
    told = judge(0.6, 12.0)
    assert told.fit
    assert told.contrast > 10
    assert told.noise == pytest.approx(1.0, abs=0.35)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ((0.6, 0.01), "faint"),
        ((8.5, 20.0, (600, 260)), "black"),
        ((0.6, 12.0, (20, 20)), "outside"),
    ],
)
def test_what_speaks_against_a_projection_is_said(case, reason):
    assert reason in judge(*case).against


def test_a_patch_of_another_noise_is_seen():
    assert "noise" in judge(0.6, 5.0, rough=60.0).against


def test_without_a_container_nothing_is_outside():
    assert judge(0.6, 12.0, (20, 20), None).fit
