"""What is usual at a site: counted on its own pictures, told only where there are enough."""

import numpy as np
import pytest
from msgspec.structs import replace
from tests.scanning.xray.drawn import FACTS, attenuation, shot
from tests.scanning.xray.modelled import body
from tests.scanning.xray.test_teaching_lessons import lessons

from vigie.scanning.xray.heat import HeatModel
from vigie.scanning.xray.scan import Travel
from vigie.scanning.xray.site_levels import backgrounds_of, hottest_of, parts_in, parts_on, shifted, site_thresholds
from vigie.scanning.xray.teaching_projecting import patches_of
from vigie.scanning.xray.triage import Threshold, Thresholds


def test_backgrounds_are_pictures_with_a_container():
    empty = shot(np.zeros((600, 1500)))
    site = backgrounds_of([shot(attenuation(load=0.3), facts=replace(FACTS, travel=Travel.DOORS_FIRST)), empty])
    assert len(site) == 1
    assert site[0].lesson.doors_at == site[0].zones.doors_at == "left"


def test_a_threat_laid_over_is_hotter_and_the_seed_gives_it_again():
    site, models = backgrounds_of([shot(attenuation(load=0.3))] * 6), [HeatModel(body())]
    patches = patches_of(lessons())
    bare = hottest_of(parts_on(models, site, 1, patches), 0)
    assert np.array_equal(bare, hottest_of(parts_on(models, site, 1, patches), 0))
    assert hottest_of(parts_on(models, site, 1, patches, patches), 0).sum() >= bare.sum()
    assert set(parts_in(models[0], site[0].lesson, site[0].zones)) >= {"interior", "roof", "floor"}


def test_thresholds_need_a_hundred_pictures_that_were_not_learnt_from():
    told = [{"interior": n / 50 - 1, "reefer": 0.0} for n in range(120)]
    few = site_thresholds(told[:99])
    assert not few.values
    assert set(few.levels) == {"interior", "reefer"}
    made = site_thresholds(told).values["brick-lattice/interior/*/*"]
    assert (made.negatives, made.against) == (120, "site")
    assert made.look_rate <= 0.05 < made.look_rate + 1 / 60


def test_thresholds_of_another_scanner_move_by_what_is_usual_here():
    limit = Threshold(look=0.5, first=0.9, look_rate=0.05, first_rate=0.01, negatives=212, against="hard")
    home = Thresholds(version="h", values={f"brick-lattice/{part}/*/*": limit for part in ("interior", "doors")})
    before, after = [{"interior": n / 10} for n in range(11)], [{"interior": 2 + n / 10} for n in range(11)]
    made = shifted(home, before, after)
    assert set(made.values) == {"brick-lattice/interior/*/*"}  # no picture of the site shows doors
    moved = made.values["brick-lattice/interior/*/*"]
    assert moved.look == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert moved.first > 0.98
    assert (moved.look_rate, moved.against) == (0.05, "site")
