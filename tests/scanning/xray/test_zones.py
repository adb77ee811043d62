"""The container and its parts are found in drawn pictures, and what is no such picture is said."""

import msgspec
import numpy as np
import pytest
from tests.scanning.xray.drawn import FACTS, FLOOR, HEIGHT, LEFT, TOP, WIDTH, attenuation, shot

from vigie.scanning import Travel
from vigie.scanning.xray.finding import Zone
from vigie.scanning.xray.zones import find_zones


@pytest.mark.parametrize("load", [0.0, 0.3, 1.5])
@pytest.mark.parametrize("chassis", [True, False])
def test_the_container_is_found(load, chassis):
    found = find_zones(shot(attenuation(load=load, chassis=chassis)))
    assert found.doubt == ()
    left, top, width, height = found.container
    assert np.abs(np.array((left, top, width)) - (LEFT, TOP, WIDTH)).max() <= 12
    assert -6 <= height - HEIGHT <= 30  # the sill is taken in


def test_doors_stand_where_the_travel_says_and_are_unknown_otherwise():
    field = attenuation()
    first = find_zones(shot(field))
    assert first.doors_at == "left"
    assert first.area(Zone.DOORS)[2] * FACTS.column_mm == pytest.approx(1500, abs=10)
    last = find_zones(shot(field, msgspec.structs.replace(FACTS, travel=Travel.FRONT_FIRST)))
    assert last.area(Zone.DOORS)[0] > 1000
    nobody = find_zones(shot(field, msgspec.structs.replace(FACTS, travel=Travel.UNKNOWN)))
    assert nobody.doors_at == "unknown"
    assert nobody.area(Zone.DOORS) is None


def test_machinery_at_one_end_is_a_reefer_unit_and_tells_the_doors():
    parts = [(LEFT + WIDTH - 52 + (n % 2) * 22, TOP + 8 + n * 12, 20, 12, 0.7 + 0.8 * (n % 3)) for n in range(26)]
    found = find_zones(shot(attenuation(extra=parts), msgspec.structs.replace(FACTS, travel=Travel.UNKNOWN)))
    assert found.area(Zone.REEFER)[0] > 1200
    assert found.doors_at == "left"


def test_air_alone_and_a_lorry_alone_hold_no_container():
    assert "no-container" in find_zones(shot(np.zeros((600, 1500)))).doubt
    lorry = np.zeros((600, 1500))
    lorry[200:560, 1100:1450] = 0.4
    found = find_zones(shot(lorry))
    assert found.container is None
    assert found.doubt[-1] in ("truck-only", "no-container")


def test_two_containers_in_one_picture_are_said():
    field = attenuation(load=0.0)
    field[TOP : TOP + HEIGHT, LEFT + 660 : LEFT + 720] = 0.0
    assert "two-containers" in find_zones(shot(field)).doubt


def test_a_container_that_runs_out_of_the_picture_is_said():
    scan = shot(attenuation())
    cut = msgspec.structs.replace(scan, high=scan.high[:, 300:], low=scan.low[:, 300:])
    assert "cut-off" in find_zones(cut).doubt


def test_faults_of_the_picture_are_said():
    scan = shot(attenuation())
    dark = scan.high.copy()
    dark[:, 700:760] = 0
    bright = scan.high.copy()
    bright[:40] = 65_535
    assert "black-strips" in find_zones(msgspec.structs.replace(scan, high=dark)).doubt
    assert "saturated" in find_zones(msgspec.structs.replace(scan, high=bright)).doubt
    assert "no-low-energy" in find_zones(shot(attenuation(), low=False)).doubt
    swapped = msgspec.structs.replace(scan, high=scan.low, low=scan.high)
    assert "low-high-swapped" in find_zones(swapped).doubt


def test_a_picture_that_ends_at_the_container_or_just_below_its_floor_is_read():
    whole = shot(attenuation(load=0.3))
    for rows in (TOP + HEIGHT + 12, TOP + HEIGHT, TOP + HEIGHT - 20):
        part = slice(TOP - 3, rows), slice(LEFT - 3, LEFT + WIDTH + 3)
        cut = msgspec.structs.replace(whole, high=whole.high[part], low=whole.low[part])
        found = find_zones(cut).container
        assert found is not None
        assert found[2] > 0.97 * WIDTH
        assert found[3] > 0.9 * (rows - TOP)


def test_what_stands_on_a_container_parts_it_not_in_two():
    field = attenuation(load=0.3)
    field[TOP - 40 : TOP, LEFT + 600 : LEFT + 750] = 0.5
    found = find_zones(shot(field)).container
    assert abs(found[0] - LEFT) < 12
    assert found[2] > 0.97 * WIDTH


@pytest.mark.parametrize("slope", [0.026, -0.026])  # 1.5 degrees
def test_a_container_that_does_not_stand_level_is_found_whole(slope):
    field = attenuation(load=0.3, chassis=False)
    rows = np.arange(600)[:, None] - np.round(slope * (np.arange(1500) - 750)).astype(int)
    found = find_zones(shot(np.take_along_axis(field, np.clip(rows, 0, 599), 0))).container
    assert abs(found[0] - LEFT) < 14
    assert found[2] > 0.97 * WIDTH
    assert found[1] <= TOP
    assert found[1] + found[3] >= TOP + HEIGHT


def test_long_beams_of_a_chassis_are_not_taken_for_the_floor():
    beam = (LEFT, TOP + HEIGHT + 9, WIDTH, 26, 0.9)
    floor = (LEFT, FLOOR, WIDTH, TOP + HEIGHT - FLOOR, -1.2)
    found = find_zones(shot(attenuation(load=0.0, chassis=False, extra=[beam, floor])))
    top, height = found.container[1], found.container[3]
    assert abs(top + height - TOP - HEIGHT) <= 20  # two decimetres; it was half a metre
