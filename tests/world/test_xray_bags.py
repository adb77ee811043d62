import numpy as np
import pytest
from tests.world.test_xray_canvas import canvas, mass

from vigie.world.xray_bags import Spot, draw_bag, parts_of
from vigie.world.xray_load import rng
from vigie.world.xray_settings import xray_parameters

SPOT = Spot((3000.0, 3600.0), (1500.0, 1900.0), 1175.0, 500.0)


@pytest.mark.parametrize("place", ["rip-off", "top", "false-floor", "wall", "in-boxes"])
def test_a_bag_weighs_its_bricks_and_lies_where_it_says(place):
    one = canvas()
    left, right, upper, lower = draw_bag(one, SPOT, 25.0, xray_parameters().bricks, place, rng(1))
    assert mass(one, "cocaine") / 1000 == pytest.approx(25.0, rel=0.25)
    x, y, wide, high = one.frame.box((left - 20, right + 20), (upper - 20, lower + 20))
    inside = one.of("cocaine")[y : y + high, x : x + wide].sum()
    assert inside == pytest.approx(one.of("cocaine").sum(), rel=0.02)


def test_bricks_show_gaps():
    one = canvas()
    draw_bag(one, SPOT, 6.0, xray_parameters().bricks, "in-boxes", rng(7))
    part = one.of("cocaine")
    assert (part[part > 0] < 0.8 * part.max()).mean() > 0.07  # a gap covers a third of a pixel, layers do not lie in line


@pytest.mark.parametrize("bags", [1, 2, 7, 30])
def test_bags_of_a_heap_stand_within_it_or_behind_each_other(bags):
    told = parts_of(SPOT, bags, rng(3))
    assert len(told) == bags
    assert all(2700 < spot.x[0] < spot.x[1] < 3900 for spot in told)
    assert np.ptp([spot.depth for spot in told]) <= SPOT.deep
