import pytest
from tests.world.test_xray_canvas import canvas, mass

from vigie.world import xray_bulk
from vigie.world.xray_load import rng
from vigie.world.xray_stacks import Room


@pytest.mark.parametrize("name", ["logs", "timber", "scrap", "bales", "flexitank", "machines", "furniture"])
@pytest.mark.parametrize("length", [5700.0, 11_800.0])
def test_goods_lie_in_their_room_and_say_how_high(name, length):
    one, room = canvas(), Room((400.0, 400.0 + length), (1500.0, 3700.0))
    getattr(xray_bulk, name)(one, room, rng(5))
    whole = sum(mass(one, matter) for matter in one.maps)
    assert whole > 0
    assert room.tops
    assert all(room.z[0] < top <= room.z[1] + 60 for _, _, top in room.tops)
    left = one.frame.box((400.0, 401.0), (0, 10))[0]
    right = one.frame.box((400.0 + length, 401.0 + length), (0, 10))[0]
    inside = sum(float(one.of(matter)[:, left - 15 : right + 15].sum()) for matter in one.maps)
    assert inside == pytest.approx(sum(float(one.of(matter).sum()) for matter in one.maps), rel=0.02)
