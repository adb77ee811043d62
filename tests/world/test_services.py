import pytest

from vigie.world.parameters import BOXES_PER_DAY, OTHER_LANES
from vigie.world.services import SERVICES, SITES, SOUTH_AMERICA, boxes_by_country, calls_at


@pytest.mark.parametrize("site", SITES)
def test_services_bring_the_traffic_of_the_site(site):
    lane = sum(boxes for service, boxes in calls_at(site) if service.south_american) / 7
    assert lane == pytest.approx(BOXES_PER_DAY.value[site], rel=0.01)
    others = sum(boxes for service, boxes in calls_at(site) if not service.south_american) / 7
    assert others <= OTHER_LANES.value * BOXES_PER_DAY.value[site] * 1.01


def test_shares_of_ports_are_whole():
    for service in SERVICES:
        assert sum(share for _, share in service.loads) == pytest.approx(1)
        assert len(service.carrier) == 4
    assert len({(service.carrier, service.base) for service in SERVICES}) == len(SERVICES)


def test_paraguay_comes_down_the_river():
    boxes = boxes_by_country("BEANR")
    assert 0 < boxes["PY"] < boxes["BR"]
    assert boxes.keys() >= SOUTH_AMERICA
