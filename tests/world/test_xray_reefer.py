import numpy as np
from tests.world.test_xray_canvas import canvas, mass

from vigie.world.xray_load import rng
from vigie.world.xray_reefer import draw_unit, layout
from vigie.world.xray_settings import xray_parameters
from vigie.world.xray_shell import hull_of


def places(make, unit):
    return {part.name: (part.x, part.z, part.mass) for part in layout(make, unit)}


def apart(one, two):
    return np.mean(
        [abs(one[name][0] - two[name][0]) + abs(one[name][1] - two[name][1]) for name in one.keys() & two.keys()]
    )


def test_a_unit_is_itself_in_every_scan():
    assert layout(2, 77) == layout(2, 77)


def test_makes_differ_more_than_units_of_a_make():
    units = [apart(places(1, n), places(1, n + 1)) for n in range(100, 130)]
    makes = [apart(places(n % 4, 100), places((n + 1) % 4, 100)) for n in range(4)]
    assert min(makes) > 5 * np.median(units)


def test_masses_differ_between_units_but_little():
    one, two = places(0, 5), places(0, 6)
    ratio = [one[name][2] / two[name][2] for name in one.keys() & two.keys()]
    assert 0.01 < np.median(np.abs(np.log(ratio))) < 0.15


def test_some_units_were_refitted():
    whole = len(layout(0, 0))
    lacking = sum(len(layout(0, unit)) < whole for unit in range(300))
    assert 0 < lacking < 300 * xray_parameters().reefers.refit


def test_a_unit_stands_at_the_front_and_only_in_cold_boxes():
    one, hull = canvas(), hull_of("45R1", 300.0, 1300.0)
    draw_unit(one, hull, 1, 9, rng(1))
    first = one.frame.box((hull.unit_x[0] - 250, hull.x[1]), (0, 10))[0]
    assert one.of("copper")[:, :first].sum() == 0
    assert 100 < mass(one, "steel") / 1000 < 900
    dry = canvas()
    draw_unit(dry, hull_of("42G1", 300.0, 1300.0), 1, 9, rng(1))
    assert dry.maps == {}
