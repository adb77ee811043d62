import msgspec
import numpy as np
import pytest

from vigie.world import added, draw_load, view
from vigie.world.xray import matter_of
from vigie.world.xray_hidden import ZONE_OF
from vigie.world.xray_load import Block, HiddenLot

GOODS = {"reefer": "fruit-cartons", "false-floor": "bottles", "in-boxes": "textiles"}


def loaded(place, kg, seed=4, commodity=""):
    load = draw_load(900 + seed, commodity=commodity or GOODS.get(place, "frozen-cartons"))
    return msgspec.structs.replace(load, hidden=(HiddenLot(place, kg, seed),))


@pytest.mark.parametrize("place", sorted(ZONE_OF))
def test_every_concealment_adds_its_mass_where_the_truth_says(place):
    load = loaded(place, 40.0)
    told = view(load, "A", 0)
    more = np.maximum(added(load, "A", 0), 0)
    x, y, wide, high = told.hidden[0].box
    inside = more[max(y - 3, 0) : y + high + 3, max(x - 3, 0) : x + wide + 3].sum()
    assert inside > 0.9 * more.sum()
    assert told.hidden[0].zone == ZONE_OF[place]
    bricks = matter_of(load, "A", 0)[0].of("cocaine")
    assert bricks.sum() * 0.88**2 / 1000 == pytest.approx(40.0, rel=0.25)  # what lies near the source looks larger


def test_bricks_lie_in_a_lattice_and_blocks_do_not():
    lot, load = loaded("top", 60.0, 11), draw_load(911, commodity="frozen-cartons")
    block = msgspec.structs.replace(
        load, hidden=(HiddenLot("top", 0.001, 1),), blocks=(Block("top", "organic", 60.0, 3),)
    )
    bricks = added(lot, "A", 0)
    truth = view(lot, "A", 0).hidden[0].box
    part = bricks[truth[1] : truth[1] + truth[3], truth[0] : truth[0] + truth[2]]
    edges = np.abs(np.diff(part, axis=1)).mean() / part[part > 0].mean()
    even = view(block, "A", 0).blocks[0].box
    whole, bare = matter_of(block, "A", 0)[0], matter_of(msgspec.structs.replace(block, blocks=()), "A", 0)[0]
    more = sum(whole.maps.values()) - sum(bare.of(name) for name in whole.maps)
    more = more if block.doors_first else more[:, ::-1]
    smooth = more[even[1] + 2 : even[1] + even[3] - 2, even[0] + 2 : even[0] + even[2] - 2]
    assert edges > 2 * np.abs(np.diff(smooth, axis=1)).mean() / smooth.mean()


def test_goods_give_way_to_what_is_put_among_them():
    load = loaded("in-load", 300.0)
    assert added(load, "A", 0).min() < 0
