import pytest

from vigie.terms import DAY, HOUR, Moment
from vigie.tracking import silence_of

T = 1_700_000_000_000_000 // HOUR * HOUR


def judged(hours, now):
    return silence_of("BEANR", "1742", [(T + hour * HOUR, 3) for hour in hours], Moment(T + now * HOUR))


@pytest.mark.parametrize(("now", "silent"), [(60, False), (62, False), (63, True), (400, True)])
def test_silent_is_longer_than_ever(now, silent):
    told = judged(range(0, 60, 2), now)
    assert (told.silent, told.usual_us) == (silent, 2 * HOUR)
    assert told.for_us == (now - 58) * HOUR


def test_a_weekend_is_no_silence():
    hours = [24 * day + hour for day in range(28) if day % 7 < 5 for hour in range(8, 18)]
    assert not judged(hours, 24 * 28 + 8).silent
    assert judged(hours, 24 * 31).silent


def test_who_was_hardly_heard_has_no_normal():
    told = judged(range(19), 900)
    assert (told.usual_us, told.silent, told.events) == (None, False, 57)


def test_the_past_is_four_weeks():
    assert judged([0, *range(30 * 24, 31 * 24)], 31 * 24).usual_us == HOUR
    assert judged([5], 1) is None
    assert DAY == 24 * HOUR
