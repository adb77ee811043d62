"""Moments: UTC, whole microseconds since 1970, in one integer that any store and any JSON reader keeps exactly."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NewType

from vigie.terms.errors import BadMoment

Moment = NewType("Moment", int)
"""A moment in UTC: microseconds since 1970-01-01T00:00:00Z; below 2**53 until the year 2255."""

MICROSECOND = 1
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 1 << 53
_MINUTES = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(24 * 60))
_day = lru_cache(maxsize=1 << 10)(lambda days: (_EPOCH + timedelta(days=days)).date().isoformat())


def moment_of(when: datetime) -> Moment:
    """Turn an aware datetime into a moment.

    Raises:
        BadMoment: The datetime has no zone, or lies outside 1970 to 2255.
    """
    if when.tzinfo is None:
        raise BadMoment(reason="no zone")
    micros = ((since := when - _EPOCH).days * 86_400 + since.seconds) * SECOND + since.microseconds
    if not 0 <= micros < _LATEST:
        raise BadMoment(reason="outside 1970 to 2255")
    return Moment(micros)


def datetime_of(moment: Moment) -> datetime:
    """Turn a moment into an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=moment)


def read_moment(raw: str) -> Moment:
    """Read an ISO 8601 moment with zone, as DCSA, EPCIS and XML messages write it.

    >>> read_moment("2026-01-20T14:15:00Z") == read_moment("2026-01-20T15:15:00+01:00")
    True

    Raises:
        BadMoment: Not ISO 8601, or without a zone.
    """
    try:
        when = datetime.fromisoformat(raw.strip())
    except ValueError:
        raise BadMoment(reason="not ISO 8601", length=len(raw)) from None
    return moment_of(when)


def write_moment(moment: Moment) -> str:
    """Write a moment as ISO 8601 in UTC, with microseconds only where there are any.

    >>> write_moment(Moment(0))
    '1970-01-01T00:00:00Z'
    """
    days, rest = divmod(moment, DAY)
    minutes, rest = divmod(rest, MINUTE)
    if not rest:
        return f"{_day(days)}T{_MINUTES[minutes]}:00Z"
    seconds, micros = divmod(rest, SECOND)
    clock = f"{_day(days)}T{_MINUTES[minutes]}:{seconds:02d}"
    return f"{clock}.{micros:06d}Z" if micros else f"{clock}Z"
