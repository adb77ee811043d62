import numpy as np
import pytest

from vigie.world.xray_matter import MATTER
from vigie.world.xray_transparency import alpha, nodes, transparency

BEAMS = [(6.0, 4.0), (9.0, 6.0), (9.7, 6.3)]


@pytest.mark.parametrize("ends", BEAMS)
def test_few_energies_tell_what_the_whole_spectrum_tells(ends):
    errors = []
    for name in MATTER:
        if name == "lead":
            continue  # the lattice was fitted without it, and no goods hold it
        for mass in (5.0, 20.0, 60.0, 120.0, 200.0):
            told = transparency(np.array([[mass]], np.float32), [name], ends)
            errors += [abs(-np.log(told[beam, 0]) / alpha(name, mass, end) - 1) for beam, end in enumerate(ends)]
    assert np.mean(errors) < 0.001
    assert np.max(errors) < 0.005
    assert len(nodes(ends)[0]) <= 11


def test_air_lets_everything_through():
    assert transparency(np.zeros((2, 3), np.float32), ["steel", "wood"], (6.0, 4.0)) == pytest.approx(1, abs=2e-3)


def test_two_energies_tell_iron_from_wood_but_not_cocaine_from_wood():
    ratio = {name: alpha(name, 20, 4.0) / alpha(name, 20, 6.0) for name in ("wood", "cocaine", "steel", "water")}
    assert ratio["wood"] - ratio["steel"] > 0.03
    assert abs(ratio["cocaine"] - ratio["wood"]) < 0.002  # 0.1 %: the page `scan` calls it a limit of physics
    assert ratio["water"] == pytest.approx(1.208, abs=0.003)
    assert ratio["steel"] == pytest.approx(1.1705, abs=0.003)


def test_matter_one_behind_the_other_does_not_depend_on_order():
    masses = np.array([[10.0, 0.0], [5.0, 20.0]], np.float32)
    one = transparency(masses, ["steel", "wood"], (6.0, 4.0))
    other = transparency(masses[::-1].copy(), ["wood", "steel"], (6.0, 4.0))
    assert one == pytest.approx(other, rel=1e-5)
