from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import DAY, Imo, Moment
from vigie.world.places import PORTS
from vigie.world.services import SERVICES
from vigie.world.vessels import SHIPS_PER_SERVICE, course, position, ship_of


def test_ships_have_real_shapes_and_invented_names():
    for service in SERVICES:
        ships = {ship_of(service.id, week) for week in range(20)}
        assert len(ships) == SHIPS_PER_SERVICE
        for _, imo, mmsi, _ in ships:
            assert Imo.read(imo).text == imo
            assert len(mmsi) == 9


@given(st.floats(-0.5, 1.5))
def test_a_ship_is_on_its_way(share):
    left, there = Moment(20_000 * DAY), Moment(20_014 * DAY)
    lat, lon, speed = position("ECGYE", "BEANR", left, there, Moment(round(left + share * (there - left))))
    assert -6 < lat < 53
    assert -83 < lon < 6
    assert 0 <= speed < 25
    if share >= 1:
        assert (lat, lon) == PORTS["BEANR"][:2]


def test_courses():
    assert round(course((0, 0), (1, 0))) == 0
    assert round(course((0, 0), (0, 1))) == 90
    assert course((1, 1), (1, 1)) == 0.0
