import pytest
from tests.world.test_consignments import a_voyage

from vigie.world import TruthBook
from vigie.world.chance import stream
from vigie.world.errors import befall
from vigie.world.parameters import CONTROLLED_SOUTH_AMERICA
from vigie.world.planting import plant
from vigie.world.practice import control


def a_controlled_voyage(seed, uplift=1.0):
    voyage, book = a_voyage("EQX2", boxes=900, seed=seed), TruthBook()
    chance = stream(seed, "practice")
    plant(voyage, uplift, chance)
    befall(voyage, chance)
    return voyage, book, control(voyage, book, chance)


def test_about_a_tenth_of_the_lane_is_looked_at():
    looked = boxes = 0
    for seed in range(10):
        voyage, book, done = a_controlled_voyage(seed)
        looked += len(done)
        boxes += len(voyage.boxes)
        assert book.boxes == len(voyage.boxes)
    assert looked / boxes == pytest.approx(CONTROLLED_SOUTH_AMERICA.value, rel=0.2)


def test_no_control_comes_after_the_box_has_left_and_finds_match_the_truth():
    voyage, book, done = a_controlled_voyage(1, uplift=100.0)
    leaves = {box.number: box for box in [*voyage.boxes, *voyage.land_empties]}
    found = {case.container for case in book.cases if case.found}
    assert found
    assert {one.container for one in done if one.found in {"cocaine", "people"} and one.why != "late"} == found
    for one in done:
        if one.why != "late" and not leaves[one.container].empty:
            assert one.at < leaves[one.container].out
        if leaves[one.container].opened is not None:
            assert leaves[one.container].seal_out.startswith("CUS")
    for case in book.cases:
        assert not (case.found and not case.looked)
