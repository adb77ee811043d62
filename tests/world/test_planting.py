import pytest
from tests.world.test_consignments import a_voyage

from vigie.world.cases import draw_lot, plague
from vigie.world.chance import stream
from vigie.world.planting import hide, plant, rates_of
from vigie.world.services import boxes_by_country


@pytest.mark.parametrize(("site", "year"), [("BEANR", 2019), ("NLVLI", 2023)])
def test_rates_spread_the_whole_year_over_the_boxes_that_fit(site, year):
    rates, boxes = rates_of(site, year), boxes_by_country(site)
    lane = sum(rate * boxes[country] * 365 for (scope, country), rate in rates.per_box.items() if country)
    assert 0.6 * plague(site, year).per_year < lane < plague(site, year).per_year


def test_a_planted_voyage_holds_lots_and_their_traces():
    voyage = a_voyage(boxes=600)
    plant(voyage, 60.0, stream(2))
    loaded = [box for box in [*voyage.boxes, *voyage.land_empties] if box.lot is not None]
    assert loaded
    for box in loaded:
        assert set(box.traces) == set(box.lot.traces)
        if box.lot.concealment == "reefer-compartment":
            assert box.setpoint_dc is not None


def test_nothing_is_planted_where_nothing_fits():
    voyage, chance = a_voyage(boxes=30), stream(3)
    lot = draw_lot(chance, plague("BEANR", 2019))
    assert hide(lot, voyage, [], chance) is None


def test_no_uplift_no_lot():
    voyage = a_voyage(boxes=300)
    plant(voyage, 0.0, stream(4))
    assert all(box.lot is None for box in voyage.boxes)
