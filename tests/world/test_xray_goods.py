import numpy as np
import pytest

from vigie.world.goods import GOODS
from vigie.world.xray import matter_of
from vigie.world.xray_goods import CLASS_OF, DRAWN, TRAVELS
from vigie.world.xray_load import draw_load


def test_all_goods_of_the_world_have_a_class_that_travels_in_their_box():
    assert set(CLASS_OF) == set(GOODS)
    for key, goods in GOODS.items():
        assert CLASS_OF[key] in DRAWN
        family = {code[2] for code in TRAVELS[CLASS_OF[key]][0]}
        assert goods.size_type[2] in family, key


@pytest.mark.parametrize("name", sorted(set(DRAWN) - {"empty"}))
def test_goods_weigh_what_the_load_says(name):
    load = draw_load(7, commodity=name)
    whole, bare = (matter_of(one, "A", 0)[0] for one in (load, load.emptied()))
    kg = []
    for canvas in (whole, bare):
        area = np.outer(np.diff(canvas.frame.rows), np.diff(canvas.frame.columns)) / 100
        kg.append(sum(float((mass * area).sum()) for mass in canvas.maps.values()) / 1000)
    assert kg[0] - kg[1] == pytest.approx(load.kg, rel=0.06)  # what lies about comes on top
