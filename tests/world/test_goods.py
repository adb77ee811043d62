import pytest

from vigie.world.goods import GOODS, goods_of, goods_weights, unusual_for
from vigie.world.parameters import REEFER_SHARE, TARE_KG
from vigie.world.services import SOUTH_AMERICA, boxes_by_country


def test_codes_and_boxes_exist():
    for goods in GOODS.values():
        assert len(goods.hs) == 6
        assert goods.hs.isdigit()
        assert goods.size_type in TARE_KG.value
        assert (goods.setpoint_dc is not None) == (goods.size_type == "45R1")
        assert goods.cargo_kg + TARE_KG.value[goods.size_type] < 30_480


def test_bananas_weigh_what_was_measured():
    assert GOODS["banana"].cargo_kg + TARE_KG.value["45R1"] == 23_840
    assert GOODS["banana"].hs == "080390"


def test_the_lane_has_its_share_of_reefers():
    boxes = {country: count for country, count in boxes_by_country("BEANR").items() if country in SOUTH_AMERICA}
    share = 0.0
    for country, count in boxes.items():
        weights = goods_weights(country)
        cold = sum(weight for key, weight in weights.items() if GOODS[key].setpoint_dc is not None)
        share += count * cold / sum(weights.values())
    assert share / sum(boxes.values()) == pytest.approx(REEFER_SHARE.value, abs=0.06)


@pytest.mark.parametrize("country", ["EC", "BR", "CO", "TR"])
def test_unusual_goods_are_not_usual(country):
    assert not set(unusual_for(country).things) & set(goods_of(country).things)
