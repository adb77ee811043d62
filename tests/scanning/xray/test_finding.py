"""What a finding says of itself."""

from vigie.scanning.xray.finding import Finding, FindingKind, Place, Zone, Zones


def test_an_alarm_is_a_score_at_or_above_its_threshold():
    shape = {"kind": FindingKind.BRICK_LATTICE, "zone": Zone.DOORS, "box": (1, 2, 3, 4), "threshold": 0.5}
    rate = {"false_alarm_rate": 0.01, "negatives": 400, "against": "hard"}
    assert Finding(score=0.5, **shape, **rate).alarm
    assert not Finding(score=0.49, **shape, **rate).alarm


def test_no_place_in_the_queue_means_that_nobody_looks():
    assert {place.value for place in Place} == {"look-first", "look", "random-audit"}


def test_a_part_that_is_not_there_has_no_box():
    zones = Zones(container=(0, 0, 10, 10), areas=((Zone.FLOOR, (0, 8, 10, 2)),))
    assert zones.area(Zone.FLOOR) == (0, 8, 10, 2)
    assert zones.area(Zone.REEFER) is None
