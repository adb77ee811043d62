import numpy as np
import pytest
from tests.world.test_xray_canvas import canvas, mass

from vigie.world.xray_load import rng
from vigie.world.xray_settings import xray_parameters
from vigie.world.xray_shell import draw_shell, hull_of


@pytest.mark.parametrize(
    ("code", "length", "height"), [("22G1", 6058, 2591), ("42G1", 12192, 2591), ("45R1", 12192, 2896)]
)
def test_a_hull_has_the_measures_of_its_code(code, length, height):
    hull = hull_of(code, 100.0, 1200.0)
    assert hull.x == (100, 100 + length)
    assert hull.z == (1200, 1200 + height)
    assert hull.x[0] < hull.inside_x[0] < hull.inside_x[1] < hull.x[1]
    assert (hull.unit_x is not None) == (code[2] == "R")


@pytest.mark.parametrize(("code", "steel"), [("22G1", (1000, 2900)), ("42G1", (1900, 4700))])
def test_a_box_weighs_about_what_its_plate_says(code, steel):
    one = canvas()
    draw_shell(one, hull_of(code, 300.0, 1300.0), rng(1))
    assert steel[0] < mass(one, "steel") / 1000 < steel[1]


def test_walls_are_corrugated_in_dry_boxes_and_smooth_in_cold_ones():
    told = {}
    for code in ("42G1", "45R1"):
        one = canvas()
        hull = hull_of(code, 300.0, 1300.0)
        draw_shell(one, hull, rng(1))
        row = int(one.frame.down(2800) // xray_parameters().scanners["A"].pixel_mm)
        told[code] = np.std(one.of("steel")[row, 200:1200])
    assert told["42G1"] > 1.5 * told["45R1"]
