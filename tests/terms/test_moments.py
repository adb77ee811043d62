from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import BadMoment, Moment, datetime_of, moment_of, read_moment, write_moment


@given(st.integers(0, (1 << 53) - 1))
def test_what_is_written_is_read_again(micros):
    assert read_moment(write_moment(Moment(micros))) == micros


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_the_zone_does_not_change_the_moment(local, minutes):
    when = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert datetime_of(moment_of(when)) == when.astimezone(UTC)


@pytest.mark.parametrize(
    "raw", ["", "yesterday", "2026-01-20T14:15:00", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00Z"]
)
def test_no_zone_or_no_calendar_day_is_refused(raw):
    with pytest.raises(BadMoment):
        read_moment(raw)


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(raw):
    try:
        assert read_moment(raw) >= 0
    except BadMoment:
        pass
