from collections import Counter

import pytest

from vigie.world.cases import draw_lot, plague
from vigie.world.chance import stream
from vigie.world.parameters import PLANTED_SHARE, SOUTH_AMERICAN_BOXES
from vigie.world.press import PROVENANCE


@pytest.mark.parametrize("year", [2019, 2022, 2023, 2024])
def test_as_much_is_planted_as_the_page_allows(year):
    low, high = PLANTED_SHARE.value
    assert low <= plague("BEANR", year).per_year / SOUTH_AMERICAN_BOXES.value <= high


def test_lots_come_from_where_the_press_says():
    chance, known = stream(2), plague("BEANR", 2019)
    origins = Counter(draw_lot(chance, known).origin for _ in range(8000))
    for country in ("BR", "EC", "CO"):
        assert origins[country] / 8000 == pytest.approx(PROVENANCE.value[country], abs=0.015)


def test_a_trace_shows_as_often_as_it_is_declared():
    chance, known = stream(3), plague("BEANR", 2019)
    lots = [lot for lot in (draw_lot(chance, known) for _ in range(12_000)) if lot.typology.id == "rip-on"]
    for trace, often in lots[0].typology.traces.value.items():
        assert sum(trace in lot.traces for lot in lots) / len(lots) == pytest.approx(often, abs=0.04)


def test_a_lot_takes_the_scope_it_is_given():
    lot = draw_lot(stream(4), plague("NLVLI", 2023), ("cold",), "EC")
    assert (lot.typology.scope, lot.origin) == ("cold", "EC")
