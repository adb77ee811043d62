import pytest

from vigie.terms import HOUR
from vigie.tracking import km
from vigie.tracking.geography import _ports, apart_km, least, near_port, position_of


@pytest.mark.parametrize(
    ("place", "other", "told"),
    [("BEANR", "NLRTM", 78), ("ECGYE", "BEANR", 9_690), ("BRSSZ", "NLRTM", 9_860), ("BEANR", "BEANR", 0)],
)
def test_distances_are_those_of_the_globe(place, other, told):
    assert km(place, other) == pytest.approx(told, rel=0.02, abs=1)
    assert km(place, other) == km(other, place)


def test_a_quarter_of_the_globe_is_ten_thousand_kilometres():
    assert apart_km((0, 0), (0, 90)) == pytest.approx(10_007.5, abs=1)


def test_land_is_crossed_by_train_and_oceans_by_ship():
    assert least("BEANR", "ESALG") == pytest.approx(km("BEANR", "ESALG") / 120 * HOUR, rel=1e-6)
    assert least("ECGYE", "BEANR") == pytest.approx(km("ECGYE", "BEANR") / 61 * HOUR, rel=1e-6)


def test_a_place_that_is_not_on_the_map_gives_no_distance():
    assert position_of("BEXXX") is None
    assert km("BEXXX", "BEANR") is None
    assert least("BEXXX", "BEANR") is None


@pytest.mark.parametrize(("point", "within_km", "near"), [
    ((51.35, 3.2), 10, True), ((51.35, 3.2), 0.001, False), ((48.0, -20.0), 60, False), ((48.0, -20.0), 2_000, True),
    ((-16.5, -180.0), 300, True), ((89.9, 0.0), 100, False),
])  # fmt: skip
def test_what_is_near_a_port(point, within_km, near):
    assert near_port(point, within_km) is near


def test_near_is_what_the_distance_to_each_port_says():
    for lat in range(-75, 80, 15):
        for lon in range(-180, 180, 23):
            plainly = any(apart_km((lat, lon), port) <= 250 for port in _ports().values())
            assert near_port((lat, lon), 250) is plainly, (lat, lon)
