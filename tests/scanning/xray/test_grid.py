"""Pictures of any pitch and energy end on one grid, and what the model is given has its form."""

import msgspec
import numpy as np
import pytest
from tests.scanning.xray.drawn import FACTS, HEIGHT, LEFT, TOP, WIDTH, attenuation, shot

from vigie.scanning import Scan
from vigie.scanning.xray.grid import BAND, CHANNELS, DENSEST, GRID_MM, around, gridded, halved, seen

BOX = (LEFT, TOP, WIDTH, HEIGHT)


def test_mass_is_kept_whatever_the_pitch():
    field = attenuation(load=0.5)
    scan = shot(field)
    fine = gridded(scan, BOX).density
    coarse = gridded(scan, BOX, grid_mm=40.0).density
    assert fine.shape == (round(HEIGHT * 8.8 / GRID_MM), round(WIDTH * 8.8 / GRID_MM))
    assert float(coarse.mean()) == pytest.approx(float(fine.mean()), rel=0.03)


def test_darkness_ends_at_what_can_be_told():
    scan = Scan(facts=FACTS, high=np.zeros((600, 1500), np.uint16))
    grid = gridded(scan, BOX)
    assert float(grid.density.max()) == DENSEST
    assert grid.residual is None


def test_two_scanners_show_the_same_grams():
    field = attenuation(load=0.0)
    here = gridded(shot(field), BOX).density
    facts = msgspec.structs.replace(FACTS, air=(30_000, 30_000))
    there = gridded(shot(field, facts), BOX).density
    assert float(np.abs(here - there).mean()) < 0.3


def test_the_high_energy_alone_is_the_same_without_the_other():
    scan = shot(attenuation(load=0.5))
    both, alone = gridded(scan, BOX), gridded(scan, BOX, dual=False)
    assert np.array_equal(both.density, alone.density)
    assert both.residual is not None
    assert alone.residual is None


def test_the_model_is_given_ten_channels_on_half_the_grid():
    grid = gridded(shot(attenuation()), BOX)
    made = seen(grid, "left")
    assert made.shape[0] == CHANNELS
    assert made.shape[1] % 8 == made.shape[2] % 8 == 0
    assert made.shape[1] * 2 >= grid.density.shape[0]
    assert made.dtype == np.float32
    assert np.abs(made).max() <= 4
    assert made[8, 0, 0] < made[8, 0, -1]  # away from the doors
    assert np.array_equal(seen(grid, "unknown")[8], seen(grid, "unknown")[9])


def test_an_odd_row_is_halved_with_itself():
    assert np.array_equal(halved(np.array([[1.0, 3.0], [5.0, 7.0], [2.0, 4.0]])), [[4.0], [3.0]])


@pytest.mark.parametrize("shape", [(304, 624), (BAND, 70), (8, 9), (1, 3)])
@pytest.mark.parametrize("size", [(9, 9), (5, 61), (3, 3), (1, 1)])
def test_means_of_neighbours_are_those_of_the_usual_filter(shape, size):
    from scipy.ndimage import uniform_filter

    values = np.random.default_rng(7).random(shape, np.float32) * np.float32(100)
    assert np.allclose(around(values, *size), uniform_filter(values, size), atol=2e-4, rtol=1e-5)


def test_bands_give_what_the_whole_picture_gives():
    from vigie.scanning.xray.physics import attenuation_of, dual_residual, nominal

    scan = shot(attenuation(load=0.5))
    left, top, width, height = BOX
    rows, columns = gridded(scan, BOX).density.shape

    def shares(points, whole):
        edges, places = np.arange(points + 1) * (whole / points), np.arange(whole)
        over = np.minimum(edges[1:, None], places + 1) - np.maximum(edges[:-1, None], places)
        return np.clip(over, 0, 1) * points / whole

    def told(picture, energy):
        part = picture[top : top + height, left : left + width].astype(float)
        counts = shares(rows, height) @ part @ shares(columns, width).T
        return attenuation_of(counts.astype(np.float32), FACTS.air[energy])

    high, low = np.maximum(told(scan.high, 0), np.float32(-0.05)), told(scan.low, 1)
    made = gridded(scan, BOX)
    assert rows > 2 * BAND
    assert np.abs(made.density - np.minimum(nominal(high, FACTS.energies_mev[0]), DENSEST)).max() < 1e-3
    assert np.abs(made.residual - dual_residual(halved(high), halved(low))).max() < 1e-4
