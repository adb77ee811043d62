import pytest
from tests.world.test_xray_canvas import canvas, mass

from vigie.world.xray_load import rng
from vigie.world.xray_shell import hull_of
from vigie.world.xray_vehicle import draw_vehicle, wheel


@pytest.mark.parametrize("kind", ["none", "chassis", "cab"])
def test_nothing_of_a_vehicle_stands_within_the_box(kind):
    one, hull = canvas(), hull_of("22G1", 800.0, 1300.0)
    draw_vehicle(one, hull, kind, rng(3))
    inside = one.frame.box((hull.x[0], hull.x[1]), (one.frame.down(hull.z[1] - 50), one.frame.down(hull.z[0] + 150)))
    part = one.of("steel")[inside[1] : inside[1] + inside[3], inside[0] : inside[0] + inside[2]]
    assert part.sum() == 0
    assert mass(one, "steel") > 0


def test_wheels_are_round_and_of_rubber_with_a_hub():
    one = canvas()
    wheel(one, 3000.0, rng(1))
    assert mass(one, "rubber") > 0
    assert one.of("steel").max() > 80
