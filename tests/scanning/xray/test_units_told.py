"""What a reefer's unit shows beyond others of its make."""

import numpy as np
import pytest
from tests.scanning.xray.units_compared import units_comparer

from vigie.scanning import Travel, read_scan
from vigie.scanning.xray.machine import Reference
from vigie.scanning.xray.scan import Scan
from vigie.scanning.xray.units_told import beside_units
from vigie.scanning.xray.zones import find_zones
from vigie.world import HiddenLot, draw_load, view


@pytest.fixture(scope="module")
def pictures():
    """A reefer with 40 kg in its unit, and two others of its make, empty; seeds outside of all splits."""
    import msgspec

    load = draw_load(991_000_003, only="reefer", makes=(1,)).emptied()
    full = msgspec.structs.replace(load, hidden=(HiddenLot("reefer", 40.0, 7),))
    seen = view(full, "A", 0)
    return seen.scan, seen.hidden[0].box, [view(load.other_unit(991_100_000 + n), "A", 7).scan for n in range(2)]


def differences(reading):
    return [one for one in reading.findings if one.kind.value == "reference-difference"]


def middle(box):
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def test_what_lies_in_the_unit_is_found_where_it_lies_however_the_box_was_driven(pictures):
    scan, box, others = pictures
    other_way = Travel.FRONT_FIRST if scan.facts.travel is Travel.DOORS_FIRST else Travel.DOORS_FIRST
    import msgspec

    turned = Scan(facts=msgspec.structs.replace(scan.facts, travel=other_way), high=np.ascontiguousarray(scan.high[:, ::-1]),
                  low=np.ascontiguousarray(scan.low[:, ::-1]))  # fmt: skip
    width = scan.high.shape[1]
    for each, at in ((scan, box), (turned, (width - box[0] - box[2], *box[1:]))):
        reading = read_scan(each, references=[Reference(one, "same-model") for one in others], comparer=units_comparer())
        (told,) = differences(reading)
        assert told.facts["relation"] == "same-model"
        assert told.facts["beside"] == 2
        assert told.facts["g_cm2"] > 4
        across, down = (abs(one - two) for one, two in zip(middle(told.box), middle(at), strict=True))
        assert across < 25
        assert down < at[3]


def test_units_of_another_make_are_not_compared(pictures):
    scan, _, _ = pictures
    other = view(draw_load(991_200_003, only="reefer", makes=(2,)).emptied(), "A", 7).scan
    assert beside_units(scan, find_zones(scan), [other], units_comparer()) is None
    reading = read_scan(scan, references=[Reference(other, "same-model")], comparer=units_comparer())
    assert not differences(reading)
    assert "reference-unlike" in reading.quiet
