"""A reefer's unit laid beside others of its make."""

import numpy as np
import pytest
from tests.scanning.xray.compared import body
from tests.scanning.xray.drawn import attenuation, shot
from tests.scanning.xray.units_compared import model, unit

from vigie.scanning import ModelRefused, find_zones
from vigie.scanning.xray.laid import ROWS, UNIT
from vigie.scanning.xray.units import (
    CHANNELS,
    KIND,
    LEAST_LIKENESS,
    WIDE,
    UnitModel,
    laid_on,
    several,
    shown_unit,
    unit_box,
    unit_taken,
)


def test_a_unit_of_the_make_is_laid_back_and_one_of_another_make_is_told_by_its_picture():
    here, moved = unit(), unit(seed=2, shift=4)
    laid, likeness = laid_on(here, moved)
    assert likeness > LEAST_LIKENESS
    assert np.abs(laid.density - here.density)[40:300, 8:40].mean() < np.abs(moved.density - here.density)[40:300, 8:40].mean() / 3
    assert not laid.known[:, -4:].any()
    assert laid_on(here, unit(make=6))[1] < LEAST_LIKENESS


def test_what_was_put_in_shows_beside_one_and_beside_several():
    here = unit()
    here.density[150:180, 10:30] += 30
    several_laid = [laid_on(here, unit(seed=each))[0] for each in (2, 3, 4)]
    for laid in (several_laid[:1], several_laid):
        seen = shown_unit(here, laid)
        assert seen.shape == (CHANNELS, ROWS // 2, WIDE)
        assert seen[6, 80, 9] > 2
        assert seen[7, 80, 9] > 2
        assert abs(seen[6, 40, 9]) < 1
        assert np.abs(seen).max() <= 4
        assert not seen[:, :, UNIT // 2 :].any()
        logits = model().logits(seen)
        assert logits.shape == (2, ROWS // 4, UNIT // 4)
        assert logits[0].argmax() // logits.shape[2] in range(36, 47)
    assert shown_unit(here, several_laid[:1])[12].mean() > shown_unit(here, several_laid)[12].mean()
    assert (several(2), several(3)) == ("same-model", "same-models")


def test_the_front_end_is_taken_wherever_the_doors_are():
    scan = shot(attenuation())
    zones = find_zones(scan)
    assert zones.doors_at == "left"
    here, grid, turned = unit_taken(scan, zones)
    assert not turned
    assert here.density.shape == (ROWS, UNIT)
    assert grid.box == unit_box(scan, zones)[0]
    assert grid.box[0] > scan.high.shape[1] / 2
    left, *_ = zones.container
    assert grid.box[0] + grid.box[2] > left + zones.container[2]


def test_a_model_of_two_containers_is_refused():
    with pytest.raises(ModelRefused):
        UnitModel(body())
    assert UnitModel(body(KIND, CHANNELS)).facts["kind"] == KIND
