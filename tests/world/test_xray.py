"""Whole pictures: the same for ever, alike for every scanner, and nothing in them but what the truth tells."""

import time
from functools import cache

import numpy as np
import pytest

from vigie.scanning import Travel
from vigie.world import draw_load, example, view, xray_parameters

SPLITS = sorted(xray_parameters().splits)
drawn = cache(example)  # a picture takes a quarter of a second: those that several tests look at are drawn once


@pytest.mark.parametrize("split", SPLITS)
def test_a_picture_of_a_split_is_what_the_parameters_say(split):
    given = xray_parameters().splits[split]
    told = drawn(split, 3)
    assert told.view.scan.high.shape == told.view.scan.low.shape == (600, 1500)
    assert told.view.scan.facts.scanner == f"SIM-{given.scanner}"
    assert told.view.scan.facts.simulated
    assert bool(told.view.hidden) == told.positive
    assert (told.pair is not None) == bool(given.pair)
    assert given.negatives == "hard" or not told.view.blocks


def test_a_picture_is_the_same_for_ever():
    one, two = drawn("train", 3), example("train", 3)
    assert (one.view.scan.high == two.view.scan.high).all()
    assert (one.view.scan.low == two.view.scan.low).all()
    assert one.view.hidden == two.view.hidden


def test_half_of_a_split_holds_threats_as_given():
    from vigie.world.xray_load import rng

    given = xray_parameters().splits["train"]
    share = np.mean([rng(given.seed + n, 41).random() < given.positive for n in range(given.count)])
    assert share == pytest.approx(given.positive, abs=0.04)


def test_two_scanners_see_the_same_load():
    load = draw_load(21, positive=True, commodity="sacks")
    one, two = view(load, "A", 0), view(load, "C", 1)
    assert [truth.kg for truth in one.hidden] == [truth.kg for truth in two.hidden]
    wide = [told.hidden[0].box[2] * told.scan.facts.column_mm for told in (one, two)]
    assert wide[0] == pytest.approx(wide[1], rel=0.12)


def test_without_the_threat_only_its_place_is_another():
    load = next(
        load for seed in range(99) if (load := draw_load(seed, positive=True)).hidden[0].concealment == "rip-off"
    )
    told, clean = view(load, "A", 0), view(load.cleaned(), "A", 0)
    other = told.scan.high.astype(int) != clean.scan.high
    x, y, wide, high = told.hidden[0].box
    far = np.abs(told.scan.high.astype(float) - clean.scan.high) > 0.03 * 60_000
    far[max(y - 6, 0) : y + high + 6, max(x - 6, 0) : x + wide + 6] = False
    assert other.any()
    assert not far.any()


def test_doors_and_zones_turn_with_the_picture():
    loads = [draw_load(seed, size_type="45R1") for seed in range(20)]
    turned = [next(load for load in loads if load.doors_first is first) for first in (True, False)]
    for load in turned:
        told = view(load, "A", 0)
        zones = dict(told.zones)
        doors_left = zones["doors"][0] < zones["reefer"][0]
        assert doors_left == (told.scan.facts.travel is Travel.DOORS_FIRST)
        assert zones["roof"][1] < zones["interior"][1] + 5 < zones["floor"][1] < zones["chassis"][1]


def all_in_the_picture(split, numbers):
    for number in numbers:
        told = drawn(split, number).view
        for truth in (*told.hidden, *told.blocks):
            x, y, wide, high = truth.box
            assert x >= 0
            assert y >= 0
            assert wide > 0
            assert high > 0
            assert x + wide <= 1500
            assert y + high <= 600


def test_all_truth_lies_in_the_picture():
    for split in SPLITS:
        all_in_the_picture(split, [3])


@pytest.mark.soak
def test_all_truth_lies_in_many_pictures(record_property):
    all_in_the_picture("hard", range(60))
    record_property("n", 60)


@pytest.mark.soak
def test_drawing_is_quick_enough_to_teach_from():
    example("train", 0)
    begun = time.process_time()
    for number in range(5):
        example("train", number)
    assert (time.process_time() - begun) / 5 < 0.8  # benchmarks/speed/scans.py tells the figure; here only its order
