"""Hours lost at sea: what lies between two positions, against the slowest way a ship makes."""

import pytest

from vigie.arrivals import Position
from vigie.terms import HOUR, MINUTE, Moment
from vigie.tracking import Fix, compared, fix_of

T0 = Moment(1_772_431_200_000_000)
KM = 1e6 / 111.19  # millionths of a degree of latitude in a kilometre


def fix(hours, km_north, lat=40.0, lon=-30.0):
    return Fix(Moment(T0 + round(hours * HOUR)), round(lat * 1e6 + km_north * KM), round(lon * 1e6))


@pytest.mark.parametrize(("hours", "km", "lost"), [
    (3, 90, 0), (3, 45, 0), (3, 0, 3), (6, 20, 4), (2, 10, 0), (2.5, 3, 2), (48, 0, 48), (49, 0, 0),
])  # fmt: skip
def test_hours_lost_are_those_that_the_slowest_ship_would_not_have_needed(hours, km, lost):
    assert compared(fix(0, 0), fix(hours, km)) == (fix(hours, km), lost)


def test_positions_near_in_time_or_late_are_waited_for():
    before = fix(5, 0)
    for now in (fix(5 + 10 / 60, 0), fix(6.9, 0), fix(4, 0)):
        assert compared(before, now) == (before, 0)
    assert compared(None, before) == (before, 0)


@pytest.mark.parametrize(("lat", "lon", "lost"), [(51.4, 3.3, 0), (-2.4, -80.2, 0), (48.0, -20.0, 5)])
def test_near_a_port_a_ship_may_wait(lat, lon, lost):
    """Off Zeebrugge, off Guayaquil, in the open Atlantic."""
    assert compared(fix(0, 0, lat, lon), fix(5, 0, lat, lon))[1] == lost


def test_across_the_date_line_nothing_is_lost():
    first, second = Fix(T0, -40_000_000, 179_900_000), Fix(Moment(T0 + 3 * HOUR), -40_000_000, -179_100_000)
    assert compared(first, second)[1] == 0


def test_a_report_without_place_or_moment_is_no_fix():
    whole = Position("205000001", T0, lat_e6=1, lon_e6=2)
    assert fix_of(whole) == Fix(T0, 1, 2)
    assert fix_of(Position("205000001", T0, lat_e6=1)) is None
    assert fix_of(Position("205000001", None, lat_e6=1, lon_e6=2)) is None
    assert fix_of(Position("1", Moment(T0 + MINUTE), imo="9074729")) is None
