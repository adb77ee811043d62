import numpy as np
import pytest
from tests.world.test_xray_canvas import canvas, mass

from vigie.world.xray_load import rng
from vigie.world.xray_stacks import Pack, Room, pallet, stack


@pytest.mark.parametrize("pallets", [0.0, 1210.0])
@pytest.mark.parametrize("length", [5800.0, 11_800.0])
def test_goods_stay_in_their_room_and_fill_it(pallets, length):
    one, room = canvas(), Room((300.0, 300.0 + length), (1400.0, 3600.0))
    stack(one, room, Pack("fruit", (400, 240, 300), 0.4, pallet=pallets, high=0.9, ragged=0.0), rng(2))
    drawn = np.flatnonzero(one.of("fruit").sum(axis=0) > 0)
    edges = one.frame.columns
    assert edges[drawn[0]] >= room.x[0] - 120
    assert edges[drawn[-1]] <= room.x[1] + 120
    assert edges[drawn[-1]] - edges[drawn[0]] > 0.85 * length
    volume = length / 10 * (room.z[1] - room.z[0]) / 10 * 235
    assert 0.55 < mass(one, "fruit") / (0.4 * volume) < 1.0
    assert len(room.tops) == 1
    assert (mass(one, "wood") > 0) == bool(pallets) if "wood" in one.maps else not pallets


def test_layers_in_depth_do_not_lie_in_line():
    one, room = canvas(), Room((300.0, 6000.0), (1400.0, 3600.0))
    stack(one, room, Pack("paper", (400, 300, 300), 0.4, gap=12, ragged=0.0), rng(2))
    row = one.of("paper")[300]
    gaps = row[(row > 0) & (row < 0.9 * row.max())]
    assert gaps.size
    assert (gaps > 0.2 * row.max()).mean() > 0.5  # no gap lets the beam through all layers


def test_a_pallet_is_boards_and_blocks():
    one = canvas()
    pallet(one, (1000.0, 2200.0), 1400.0)
    assert 50 < mass(one, "wood") / 1000 < 90  # two pallets one behind the other, 25 to 40 kg each
