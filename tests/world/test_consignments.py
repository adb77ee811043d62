import pytest

from vigie.terms import DAY, HOUR, Moment, number_fault
from vigie.world.chance import stream
from vigie.world.consignments import boxes_for, fill, minute, seen_sites, voyage_for, week_of
from vigie.world.fleet import ROWS
from vigie.world.parameters import ARRIVAL_H, BANANA_VGM_KG, BANANA_VGM_SD_KG
from vigie.world.services import BY_SERVICE, SERVICES, calls_at

ARRIVAL = Moment(20_600 * DAY)


def a_voyage(service="EQX1", site="BEANR", boxes=400, seed=1):
    chance = stream(seed, "test")
    voyage = voyage_for(BY_SERVICE[service], site, ARRIVAL, chance)
    fill(voyage, boxes, chance)
    return voyage


def test_a_voyage_brings_boxes_each_once_in_the_right_order_of_time():
    voyage = a_voyage()
    numbers = [box.number for box in voyage.boxes]
    assert len(numbers) == len(set(numbers)) > 300
    for bill in voyage.bills:
        for box in bill.boxes:
            assert number_fault(box.number) is None
            assert box.gated <= box.loaded < voyage.departures[bill.loading] < voyage.arrival < box.landed
            assert box.landed < box.released < box.out <= box.returned
            assert bill.filed < box.loaded + 20 * HOUR


def test_ports_are_left_in_their_order():
    departures = list(a_voyage().departures.values())
    assert departures == sorted(departures)
    assert departures[-1] < ARRIVAL - 8 * DAY


def test_bananas_weigh_as_measured():
    boxes = [(box.vgm_kg, bill.shipper) for seed in range(6) for bill in a_voyage(seed=seed).bills
             for box in bill.boxes if bill.goods.key == "banana"]
    mean = sum(mass for mass, _ in boxes) / len(boxes)
    assert mean == pytest.approx(BANANA_VGM_KG.value, abs=1.5 * BANANA_VGM_SD_KG.value)


def test_companions_change_from_week_to_week():
    first = boxes_for(BY_SERVICE["EQX1"], "BEANR", 10, 100, stream(1))
    second = boxes_for(BY_SERVICE["EQX1"], "BEANR", 11, 100, stream(2))
    one, other = ({boxes.take("45R1") for _ in range(100)} for boxes in (first, second))
    assert not one & other


def test_small_things():
    assert minute(61_000_000) == 60_000_000
    assert seen_sites("BEANR") == ("BEANR", "BEGNE", "BEZEE")
    assert a_voyage().land_empties


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.id)
def test_a_ship_that_comes_late_is_no_ship_of_the_next_week(service):
    """Source: ARRIVAL_H; a call of Wednesday evening that comes on Thursday had the boxes of the week after."""
    early, late = (round(hours * HOUR) for hours in ARRIVAL_H.value)
    for day in range(20_600, 20_614):
        if (day + 3) % 7 == service.weekday:
            call = day * DAY + service.hour * HOUR
            weeks = {week_of(service, Moment(call + ahead)) for ahead in (early, 0, late)}
            assert weeks == {week_of(service, Moment(call))}
            assert week_of(service, Moment(call + 7 * DAY + early)) == weeks.pop() + 1


@pytest.mark.parametrize("site", ["BEANR", "NLRTM"])
def test_no_box_is_in_two_places_at_the_whole_traffic_of_a_port(site):
    """Eight weeks of every service, with hired boxes: what a port's own double numbers are measured against."""
    chance, seen = stream(1, "fleet"), set()
    for service, mean in calls_at(site):
        for week in range(ROWS):
            boxes = boxes_for(service, site, week, mean, chance)
            taken = [boxes.take(size) for size in ("45R1", "22G1", "42G1", "45G1") for _ in range(round(mean))]
            assert len(set(taken)) == len(taken)
            assert boxes.borrowed > 0
            assert seen.isdisjoint(taken)
            seen.update(taken)
