"""The beam against Geant4 spectra, detector response and calibration of semiZ (MIT); skipped where they are absent."""

from pathlib import Path

import numpy as np
import pytest

from vigie.world.xray_attenuation import attenuation
from vigie.world.xray_beam import beam, energies, response, seen

SEMIZ = Path(__file__).parents[3] / "shared" / "data" / "scan" / "semiZ" / "tutorial" / "data"
needs_semiz = [pytest.mark.shared, pytest.mark.skipif(not SEMIZ.exists(), reason="no ../shared/data")]


def load(name):
    return np.load(SEMIZ / f"{name}.npy", allow_pickle=False)


@pytest.mark.parametrize("end", [4.0, 6.0, 6.3, 9.0, 9.7])
def test_a_beam_ends_at_its_end_point_and_sums_to_one(end):
    assert energies(end)[-1] < end
    assert beam(end).sum() == pytest.approx(1)
    assert seen(end).sum() == pytest.approx(1)
    assert (beam(end) >= 0).all()


def test_more_energy_means_harder_and_off_the_axis_softer():
    mean = [float((beam(end) * energies(end)).sum()) for end in (4.0, 6.0, 9.0)]
    assert mean == sorted(mean)
    assert float((beam(6.0, 0.4) * energies(6.0)).sum()) < mean[1]


@pytest.mark.parametrize("end", [1.5, 10.5])
def test_a_beam_that_was_never_described_is_refused(end):
    with pytest.raises(ValueError):
        beam(end)


@needs_semiz[0]
@needs_semiz[1]
def test_alpha_is_that_of_geant4_within_one_percent_on_average_and_three_at_most():
    errors = []
    for end, name in ((9.0, "alpha_H_calib"), (6.0, "alpha_L_calib")):
        true, ways = load(name), load("lmbda_calib")
        for column, element in enumerate((6, 26, 82)):
            for row in range(0, 100, 7):
                mev = energies(end)
                weights = beam(end, float(np.arccos(min(1.0, 100.0 / ways[row, column])))) * response(mev)
                through = np.exp(-attenuation(element, mev) * ways[row, column])
                told = -np.log((weights * through).sum() / weights.sum())
                errors.append(abs(told / true[row, column] - 1))
    assert np.mean(errors) <= 0.01
    assert np.max(errors) <= 0.03


@needs_semiz[0]
@needs_semiz[1]
def test_the_crystal_answers_as_the_published_response():
    mev = np.array([0.3, 0.6, 1.0, 2.0, 4.0, 6.0, 8.5])
    assert response(mev) == pytest.approx(np.interp(mev, load("E"), load("D")), rel=0.04)
