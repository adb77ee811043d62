import time

from vigie.node import FixedClock, RunningClock, WallClock
from vigie.terms import DAY, HOUR, Moment


def test_the_machines_clock_is_utc_in_microseconds():
    assert abs(WallClock().now() - time.time_ns() // 1000) < HOUR


def test_a_running_clock_starts_where_it_is_told_and_runs_at_its_rate():
    clock = RunningClock(Moment(DAY), 3600.0)
    first = clock.now()
    time.sleep(0.01)
    second = clock.now()
    assert first >= DAY
    assert 3600 * 10_000 <= second - first < DAY


def test_a_fixed_clock_moves_only_when_told():
    clock = FixedClock(Moment(5))
    assert clock.now() == clock.now() == 5
    clock.forward(3)
    assert clock.now() == 8
