"""One scan read by all parts together."""

import msgspec
import numpy as np
import pytest
from tests.scanning.xray.compared import comparer
from tests.scanning.xray.drawn import FACTS, LEFT, TOP, attenuation, shot
from tests.scanning.xray.modelled import body

from vigie.scanning import Travel
from vigie.scanning.xray.finding import FindingKind, Place, Zone
from vigie.scanning.xray.heat import HeatModel
from vigie.scanning.xray.machine import Reference, on_picture, read_scan, zone_at
from vigie.scanning.xray.manifest import Declared
from vigie.scanning.xray.triage import Level, Threshold, Thresholds

MODEL = HeatModel(body())
LIMIT = Threshold(look=0.6, first=0.9, look_rate=0.05, first_rate=0.01, negatives=300, against="clean")
HELD = Thresholds(version="7", values={f"{kind}/*/*/*": LIMIT for kind in FindingKind})
BLOCK = (LEFT + 500, TOP + 60, 60, 40, 1.2)


def found(reading, kind):
    return [each for each in reading.findings if each.kind is kind]


def test_a_block_in_an_empty_container_is_found_where_it_stands():
    scan = shot(attenuation(load=0.0, extra=[BLOCK]))
    reading = read_scan(scan, model=MODEL, thresholds=HELD, declared=Declared(empty=True))
    assert reading.place is not Place.RANDOM_AUDIT
    thing = found(reading, FindingKind.NOT_EMPTY)[0]
    assert np.abs(np.array(thing.box) - BLOCK[:4]).max() < 15
    assert thing.kg_low < thing.kg < thing.kg_high
    assert reading.models == (MODEL.sha,)
    assert reading.thresholds == "7"


def test_scans_are_ordered_by_their_hottest_place_whatever_is_usual_in_its_part():
    scan = shot(attenuation(load=0.0, extra=[BLOCK]))
    levels = {zone.value: Level(3.0, 5.0) for zone in Zone}
    plain, level = (read_scan(scan, model=MODEL, thresholds=held)
                    for held in (HELD, msgspec.structs.replace(HELD, levels=levels)))  # fmt: skip
    assert plain.score == level.score == max(each.score for each in found(plain, FindingKind.BRICK_LATTICE))


def test_a_difference_to_the_other_port_is_found_though_the_container_is_turned_round():
    there = shot(attenuation(), seed=5)
    turned = msgspec.structs.replace(
        there, high=there.high[:, ::-1], low=there.low[:, ::-1],
        facts=msgspec.structs.replace(FACTS, travel=Travel.FRONT_FIRST),
    )  # fmt: skip
    for earlier in (there, turned):
        known = (Reference(earlier, "same-container"),)
        same = read_scan(shot(attenuation()), references=known, thresholds=HELD)
        more = read_scan(shot(attenuation(extra=[BLOCK])), references=known, thresholds=HELD)
        before, after = (found(each, FindingKind.REFERENCE_DIFFERENCE)[0] for each in (same, more))
        assert after.score > before.score + 0.2
        assert after.zone is Zone.INTERIOR
        assert np.abs(np.array(after.box) - BLOCK[:4]).max() < 20


def test_a_declared_weight_that_is_not_there_is_told():
    told = read_scan(shot(attenuation()), declared=Declared(kg=26_000.0), thresholds=HELD)
    weight = found(told, FindingKind.WEIGHT_DIFFERS)[0]
    assert weight.kg < 20_000
    assert weight.alarm


def test_parts_that_cannot_run_say_why():
    told = read_scan(shot(attenuation()))
    assert set(told.quiet) == {"no-model", "nothing-declared", "no-reference"}
    stale = read_scan(shot(attenuation()), model=MODEL, why_quiet="stale-calibration", thresholds=HELD)
    assert stale.heat is None
    assert "stale-calibration" in stale.quiet


def test_a_picture_without_container_goes_to_a_person_first():
    told = read_scan(shot(np.zeros((600, 1500))), model=MODEL, thresholds=HELD)
    assert told.place is Place.LOOK_FIRST
    assert told.zones.container is None
    assert "no-container" in told.quiet
    assert not any(each.alarm for each in told.findings)


@pytest.mark.parametrize("size", [(40, 60), (600, 90), (37, 1501)])
def test_pictures_of_odd_sizes_do_no_harm(size):
    field = np.zeros(size)
    field[size[0] // 4 :, 3:-3] = 1.0
    assert read_scan(shot(field), model=MODEL, thresholds=HELD).place is Place.LOOK_FIRST


def test_boxes_go_back_to_the_picture():
    from vigie.scanning.xray.grid import gridded
    from vigie.scanning.xray.zones import find_zones

    scan = shot(attenuation())
    zones = find_zones(scan)
    grid = gridded(scan, zones.container)
    whole = on_picture((0, 0, grid.density.shape[1], grid.density.shape[0]), grid)
    assert whole == zones.container
    assert zone_at(zones, zones.area(Zone.DOORS)) is Zone.DOORS


def test_of_an_earlier_journey_the_reefer_unit_alone_is_compared():
    unit = [(LEFT + 1385 - 52 + (n % 2) * 22, TOP + 8 + n * 12, 20, 12, 0.7 + 0.8 * (n % 3)) for n in range(26)]
    before = shot(attenuation(load=0.3, extra=unit, seed=8), seed=5)
    known = (Reference(before, "same-unit"),)
    hidden = (LEFT + 1385 - 50, TOP + 120, 30, 30, 1.2)
    for more in ((), (hidden,)):
        reading = read_scan(shot(attenuation(extra=[*unit, BLOCK, *more])), references=known, thresholds=HELD)
        (told,) = found(reading, FindingKind.REFERENCE_DIFFERENCE)
        assert told.zone is Zone.REEFER
        assert told.box[0] > LEFT + 1290
        assert told.alarm is bool(more)
    dry = read_scan(shot(attenuation()), references=known, thresholds=HELD)
    assert "reference-unlike" in dry.quiet
    assert not found(dry, FindingKind.REFERENCE_DIFFERENCE)


@pytest.mark.parametrize("turned", [False, True])
def test_a_taught_comparison_says_where_how_much_and_how_far_beyond_harmless_pairs(turned):
    there, here = shot(attenuation(), seed=5), shot(attenuation(extra=[BLOCK]))
    if turned:
        there, here = (msgspec.structs.replace(
            each, high=each.high[:, ::-1], low=each.low[:, ::-1],
            facts=msgspec.structs.replace(FACTS, travel=Travel.FRONT_FIRST),
        ) for each in (there, here))  # fmt: skip
    known = (Reference(there, "same-container"),)
    reading = read_scan(here, references=known, comparer=comparer())
    told = found(reading, FindingKind.REFERENCE_DIFFERENCE)[0]
    place = (here.high.shape[1] - BLOCK[0] - BLOCK[2], *BLOCK[1:4]) if turned else BLOCK[:4]
    assert np.abs(np.array(told.box) - place).max() < 25
    assert told.alarm
    assert told.facts["g_cm2"] > 5
    assert told.facts["beyond"] > 2
    assert told.negatives == 120
    other = read_scan(there, references=(Reference(there, "same-container"),), comparer=comparer())
    assert not found(other, FindingKind.REFERENCE_DIFFERENCE)[0].alarm
