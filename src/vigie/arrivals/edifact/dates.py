"""Dates and times as EDIFACT messages write them.

Source: UN/EDIFACT 2379 (date or time or period format code).
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from vigie.terms import MINUTE, BadMoment, Moment, datetime_of, moment_of


class When(NamedTuple):
    """A moment as read.

    Attributes:
        at: The moment; None where nothing can be read.
        zoned: True where the message gives a zone; UTC is assumed where it gives none.
        fault: "" or why to doubt it: `unreadable`, `format` (the length does not fit the format code), `century`.
    """

    at: Moment | None = None
    zoned: bool = False
    fault: str = ""


NOTHING = When()
_PATTERNS = {
    "2": "%d%m%y", "3": "%m%d%y", "4": "%d%m%Y", "5": "%d%m%Y%H%M", "101": "%y%m%d", "102": "%Y%m%d",
    "201": "%y%m%d%H%M", "202": "%y%m%d%H%M%S", "203": "%Y%m%d%H%M", "204": "%Y%m%d%H%M%S", "205": "%Y%m%d%H%M",
    "301": "%y%m%d%H%M", "302": "%y%m%d%H%M%S", "303": "%Y%m%d%H%M", "304": "%Y%m%d%H%M%S",
}
_LENGTHS = {"2": 6, "3": 6, "4": 8, "5": 12, "101": 6, "102": 8, "201": 10, "202": 12, "203": 12, "204": 14, "205": 12,
            "301": 10, "302": 12, "303": 12, "304": 14}
_BY_LENGTH = {6: "101", 8: "102", 10: "201", 12: "203", 14: "204"}
_CLOCK = {f"{minute // 60:02d}{minute % 60:02d}": minute * MINUTE for minute in range(24 * 60)}
_ZONE = re.compile(r"(?:UTC|GMT|Z|([+-])([0-9]{2}):?([0-9]{2})?)")


def read_date(value: str, form: str = "") -> When:
    """Read a date in any format seen; a wrong or missing format code is made up for by the length.

    >>> read_date("202601201415", "203") == read_date("2601201415", "201")._replace(fault="")
    True
    """
    if form == "205":
        zoned = len(value) == 17 and value[12:] == "+0000"
        plain = zoned or len(value) == 12
    else:
        zoned, plain = False, len(value) == 12 and form in {"203", ""}
    if plain and (clock := _CLOCK.get(value[8:12])) is not None and (midnight := _midnight(value[:8])) is not None:
        return When(Moment(midnight + clock), zoned)
    return _read_rare(value.strip(), form)


@lru_cache(maxsize=1 << 10)
def _midnight(day: str) -> Moment | None:
    """When a day (eight digits) begins in UTC; None where there is no such day, or none that a moment can name."""
    if not (day.isascii() and day.isdigit()):
        return None
    try:
        return moment_of(datetime(int(day[:4]), int(day[4:6]), int(day[6:]), tzinfo=UTC))
    except (ValueError, BadMoment):
        return None


def _read_rare(value: str, form: str) -> When:
    if not value:
        return NOTHING
    digits = re.match(r"[0-9]*", value)[0]  # type: ignore[index]
    zone = _ZONE.fullmatch(value[len(digits) :].strip().upper()) if len(digits) < len(value) else None
    if len(digits) < len(value) and zone is None:
        return When(fault="unreadable")
    fits = _LENGTHS.get(form) == len(digits)
    used = form if fits else _BY_LENGTH.get(len(digits), "")
    pattern = _PATTERNS.get(used)
    if pattern is None:
        return When(fault="unreadable")
    try:
        at = moment_of(datetime.strptime(digits, pattern).replace(tzinfo=UTC) - _ahead(zone))
    except (ValueError, OverflowError, BadMoment):
        return When(fault="unreadable")
    fault = "" if fits or not form else "format"
    return When(at, zone is not None, fault or ("century" if "%y" in pattern else ""))


def _ahead(zone: re.Match[str] | None) -> timedelta:
    if zone is None or zone[1] is None:
        return timedelta(0)
    ahead = timedelta(hours=int(zone[2]), minutes=int(zone[3] or 0))
    return ahead if zone[1] == "+" else -ahead


def write_date(at: Moment, form: str = "203") -> str:
    """Write a moment in UTC in one of the formats 102, 203, 204, 205; what is finer than the format is cut off."""
    text = datetime_of(at).strftime(_PATTERNS[form])
    return f"{text}+0000" if form == "205" else text
