from collections import Counter

import pytest

from vigie.world.xray_load import CROWD, crowded, draw_load, places_in
from vigie.world.xray_settings import xray_parameters


def test_the_same_seed_is_the_same_load():
    assert draw_load(5, positive=True, hard=True) == draw_load(5, positive=True, hard=True)
    assert draw_load(5) != draw_load(6)


def test_loads_keep_the_given_shares():
    drawn = [draw_load(seed, positive=True, hard=True) for seed in range(600)]
    codes = Counter(load.size_type for load in drawn)
    assert codes["45R1"] / 600 == pytest.approx(0.40, abs=0.06)
    hidden = Counter(load.hidden[0].concealment for load in drawn)
    assert set(hidden) == set(xray_parameters().threats.weights)
    assert hidden["rip-off"] > hidden["roof"]
    assert sum(bool(load.blocks) for load in drawn) / 600 == pytest.approx(0.5, abs=0.07)


def test_every_threat_is_where_its_box_has_room_and_as_heavy_as_given():
    for seed in range(300):
        load = draw_load(seed, positive=True)
        lot = load.hidden[0]
        low, high = xray_parameters().threats.kg[lot.concealment]
        assert lot.concealment in places_in(load)
        assert low <= lot.kg <= high
        assert (load.make >= 0) == (load.size_type[2] == "R")


def test_hard_negatives_hold_blocks_and_clean_ones_nothing():
    assert all(draw_load(seed, hard=True).blocks for seed in range(50))
    assert not any(draw_load(seed).blocks or draw_load(seed).hidden for seed in range(50))


def test_references_of_a_load():
    load = draw_load(3, positive=True, only="reefer")
    assert load.hidden[0].concealment == "reefer"
    assert load.cleaned().hidden == ()
    assert (load.emptied().commodity, load.emptied().unit, load.emptied().make) == ("empty", load.unit, load.make)
    assert load.other_unit(99).unit == 99
    assert load.other_unit(99).make == load.make


def test_held_makes_do_not_teach():
    held = xray_parameters().reefers
    assert max(draw_load(seed, only="reefer").make for seed in range(200)) < held.makes - held.held_makes
    assert draw_load(1, only="reefer", makes=(5,)).make == 5


def test_a_crowded_load_hides_several_lots_in_places_of_their_own():
    drawn = [crowded(seed) for seed in range(200)]
    assert drawn[7] == crowded(7)
    for load in drawn:
        places = [lot.concealment for lot in load.hidden]
        assert len(places) == len(set(places)) <= CROWD[1]
        assert set(places) <= set(places_in(load))
    assert {lot.concealment for load in drawn for lot in load.hidden} == set(xray_parameters().threats.weights)
    assert sum(len(load.hidden) for load in drawn) > 2 * len(drawn)
    assert any(not load.blocks for load in drawn)
