"""Weight, class of load and emptiness on drawn containers whose mass is known."""

import numpy as np
import pytest

from vigie.scanning.xray.anomaly import make_bank
from vigie.scanning.xray.grid import Grid
from vigie.scanning.xray.manifest import class_score, not_empty, shell_of, weigh, weight_score

SHELL = 3.0


def box(load=None, seed=1):
    density = SHELL + 0.2 * np.random.default_rng(seed).standard_normal((290, 1219))
    density[-16:] += 80
    if load is not None:
        rows, columns, g_cm2 = load
        density[rows, columns] += g_cm2
    return Grid((0, 0, 1219, 290), density.astype(np.float32), None)


def test_ten_tons_are_ten_tons_within_the_interval():
    grid = box((slice(74, 274), slice(100, 1100), 50.0))  # 2 m x 10 m x 50 g/cm2 = 10 t
    found = weigh(grid, shell_of(grid), calibrated=True)
    assert found.low < 10_000 < found.high
    assert found.kg == pytest.approx(10_000, rel=0.05)
    assert weigh(grid, shell_of(grid), calibrated=False).high > found.high


def test_a_declared_weight_outside_the_interval_scores_above_one_half():
    found = weigh(box((slice(74, 274), slice(100, 1100), 50.0)), SHELL, calibrated=True)
    assert weight_score(found, found.kg) == 0
    assert weight_score(found, found.high) == pytest.approx(0.5)
    assert weight_score(found, 25_000) > 0.7


def test_where_the_picture_is_too_dark_a_heavier_load_is_not_said_to_differ():
    found = weigh(box((slice(74, 274), slice(100, 1100), 150.0)), SHELL, calibrated=False)  # 2 m x 10 m, black
    assert found.kg == pytest.approx(32_000, rel=0.1)
    assert found.high > 60_000
    assert weight_score(found, 60_000) < 0.5
    assert weight_score(found, 15_000) > 0.6  # lighter than what is seen it cannot be


def test_goods_from_end_to_end_are_not_taken_for_walls():
    grid = box((slice(74, 254), slice(0, 1219), 50.0))
    assert weigh(grid, shell_of(grid), calibrated=False).kg == pytest.approx(10_971, rel=0.1)


def test_an_empty_box_is_empty_and_one_with_bags_is_not():
    assert not_empty(box()) is None
    score, where, mass = not_empty(box((slice(220, 270), slice(60, 130), 12.0)))
    assert score > 0.5
    assert mass.low < 42 < mass.high
    assert np.abs(np.array(where) - (60, 220, 70, 50)).max() <= 4


def test_a_load_of_another_class_scores_above_one_half():
    def goods(kind, seed):
        draw = np.random.default_rng(seed)
        fine = 8.0 if kind == "scrap" else 0.5
        density = 30 + fine * draw.standard_normal((290, 608))
        return Grid((0, 0, 608, 290), density.astype(np.float32), None)

    bank = make_bank([(kind, goods(kind, seed)) for kind in ("scrap", "tiles") for seed in range(4)])
    assert class_score(bank, "tiles", goods("tiles", 9))[0] < 0.5
    score, other = class_score(bank, "tiles", goods("scrap", 9))
    assert (score > 0.5, other) == (True, "scrap")
    assert class_score(bank, "logs", goods("tiles", 9)) is None
