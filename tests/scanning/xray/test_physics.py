"""Areal density on pieces whose matter is known, and what is refused as calibration."""

import numpy as np
import pytest

from vigie.scanning import ScanFacts
from vigie.scanning.xray.physics import (
    BadCalibration,
    Piece,
    areal_density,
    attenuation_of,
    dual_residual,
    fit_calibration,
    nominal,
)
from vigie.terms import Moment

FACTS = ScanFacts(energies_mev=(6.0, 4.0), air=(60_000, 58_000), row_mm=5, column_mm=5, dark=(0, 0))
SPAN = {"scanner": "A", "made": Moment(0), "valid_until": Moment(10)}


def counts_of(attenuation, air):
    return air * np.exp(-attenuation)


def pieces(scale=1.0):
    seen = {"organic": (1.0, 1.22), "iron": (1.0, 1.18), "lead": (1.0, 1.14)}
    return [
        Piece(name, scale * float(nominal(np.float32(high), 6.0)), (counts_of(high, 60_000), counts_of(low, 58_000)))
        for name, (high, low) in seen.items()
    ]


def test_air_is_nothing_and_darkness_is_the_most_that_can_be_told():
    told = attenuation_of(np.array([60_000, 30_000, 0]), 60_000)
    assert told[0] == 0
    assert told[1] == pytest.approx(np.log(2), rel=1e-5)
    assert told[2] == pytest.approx(np.log(60_000), rel=1e-5)


@pytest.mark.parametrize(("energy", "attenuation", "g_cm2"), [(9.0, 0.9, 20.9), (6.0, 1.07, 20.4), (4.0, 1.27, 20.1)])
def test_twenty_grams_of_organic_goods_are_about_twenty_grams(energy, attenuation, g_cm2):
    assert float(nominal(np.float32(attenuation), energy)) == pytest.approx(g_cm2, rel=0.03)


def test_a_calibration_makes_its_own_organic_piece_right():
    made = fit_calibration(pieces(1.1), FACTS, **SPAN)
    told = areal_density(np.array([counts_of(1.0, 60_000)]), FACTS, 0, made)
    assert float(told[0]) == pytest.approx(1.1 * float(nominal(np.float32(1.0), 6.0)), rel=1e-4)
    assert made.ratios[0] > made.ratios[1] > made.ratios[2]
    assert not made.stale(Moment(10))
    assert made.stale(Moment(11))


@pytest.mark.parametrize(
    "given",
    [
        pieces()[:2],
        [*pieces()[:2], Piece("lead", 20.0, (60_000, 58_000))],
        [pieces()[0], Piece("iron", 20.0, pieces()[0].counts), pieces()[2]],
    ],
)
def test_pieces_that_do_not_calibrate_are_refused(given):
    with pytest.raises(BadCalibration):
        fit_calibration(given, FACTS, **SPAN)


def test_metal_lies_below_the_curve_of_the_goods_whatever_the_scanner_makes_of_the_ratio():
    draw = np.random.default_rng(1)
    high = draw.uniform(0.3, 2.5, (40, 60)).astype(np.float32)
    for ratio in (1.08, 1.2):
        low = high * np.float32(ratio)
        low[:5, :5] *= 0.97
        residual = dual_residual(high, low)
        assert residual[:5, :5].max() < -0.005
        assert abs(float(np.median(residual))) < 0.005
