"""What narrows the register's list: a month, a day as it stood, a class of lots; read, or refused by its field."""

from datetime import date, timedelta

from vigie.registry import LOTS
from vigie.terms import DAY, BadRequest, Moment

HELD = ("", "yes", "no")
"""Whether rows of the code RED are listed alone, or left out; empty for both."""

_FIRST = date(1970, 1, 1)


def month_bounds(month: str) -> tuple[Moment, Moment]:
    """The first moment of a month, and the first one after it.

    Args:
        month: As `2026-03`.

    Raises:
        BadRequest: No month of the years 1970 to 9998.

    >>> [int(one) // DAY for one in month_bounds("1970-02")]
    [31, 59]
    """
    try:
        first = date.fromisoformat(f"{month}-01")
        after = (first + timedelta(32)).replace(day=1)
    except (ValueError, OverflowError):
        raise BadRequest(reason="not-a-month", field="month") from None
    if len(month) != len("2026-03") or first < _FIRST:
        raise BadRequest(reason="not-a-month", field="month")
    return Moment((first - _FIRST).days * DAY), Moment((after - _FIRST).days * DAY)


def stood(day: str) -> Moment | None:
    """The last moment of a day (`2026-03-31`), UTC: what stood then; None where no day is asked for.

    Raises:
        BadRequest: No day.
    """
    if not day:
        return None
    try:
        return Moment(((date.fromisoformat(day) - _FIRST).days + 1) * DAY - 1)
    except ValueError:
        raise BadRequest(reason="not-a-day", field="as_of") from None


def check_choices(lot: str, held: str) -> None:
    """Refuse a class of lots, or a choice of codes, that there is not.

    Raises:
        BadRequest: `field` names which.
    """
    if lot and lot not in LOTS:
        raise BadRequest(reason="unknown-choice", field="lot")
    if held not in HELD:
        raise BadRequest(reason="unknown-choice", field="held")
