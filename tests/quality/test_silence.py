from collections import Counter

import pytest
from benchmarks.quality.silence import judged, most_of

from vigie.terms import DAY, HOUR, Moment

WEEKS = 60 * 24


def test_a_steady_terminal_is_never_called_silent_and_is_missed_within_hours_when_it_stops():
    told = judged({("BEANR", "SIM1"): Counter({hour * HOUR: 3 for hour in range(0, WEEKS, 2)})}, Moment(60 * DAY))
    assert (told["facilities"], told["false"], told["late"]) == (1, 0, 0)
    assert set(told["delays_h"]) == {6.0}


def test_a_pause_twice_as_long_as_ever_is_called_silence_once():
    steady = {hour * HOUR: 1 for hour in range(0, WEEKS, 3) if not 1000 <= hour < 1012}
    told = judged({("BEANR", "SIM1"): Counter(steady)}, Moment(60 * DAY))
    assert told["false"] == 1


def test_those_who_speak_often_are_told_apart_from_those_who_do_not():
    often = Counter({hour * HOUR: 3 for hour in range(0, WEEKS, 6)})
    seldom = Counter({hour * HOUR: 3 for hour in range(0, WEEKS, 20)})
    told = judged({("BEANR", "SIM1"): often, ("BEANR", "YARD"): seldom}, Moment(60 * DAY))
    assert (told["facilities"], told["often"], told["often_late"]) == (2, 1, 0)
    assert set(told["often_h"]) < set(told["delays_h"])


def test_one_that_is_seldom_heard_is_not_judged():
    told = judged({("ECGYE", "S1"): Counter({week * 7 * DAY: 1 for week in range(9)})}, Moment(63 * DAY))
    assert told["facilities"] == 0


@pytest.mark.parametrize(("events", "bound"), [(0, 2.9957), (1, 4.7439), (5, 10.5130), (20, 29.0620)])
def test_the_bound_of_a_count_is_that_of_the_tables(events, bound):
    """Source: Ulm 1990, table of one-sided 95 % limits."""
    assert most_of(events) == pytest.approx(bound, rel=0.01)
