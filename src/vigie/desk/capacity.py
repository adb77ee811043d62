"""What can be scanned at a site each day: its shifts and scanners, as the node keeps them."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import msgspec

from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.selection import Scanner, Shift
from vigie.terms import HOUR, BadRequest, Moment, Officer, Purpose, moment_of

TARGETING = Purpose.TARGETING
_KEY = "capacity:"
_SITE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")
_NAME = re.compile(r"[^\x00-\x1f|]{1,40}")


class DailyShift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A shift of every day. start: `HH:MM`, UTC. hours: 1 to 24. scanners: Scanner to boxes it takes in the shift."""

    name: str
    start: str
    hours: int
    scanners: dict[str, int]


_decode = msgspec.json.Decoder(tuple[DailyShift, ...])


def capacity(officer: Officer, site: str, node: Node, purpose: Purpose = TARGETING) -> tuple[dict[str, Any], ...]:
    """Tell the shifts of a site: name, start (`HH:MM`, UTC), hours, scanners.

    Raises:
        NotForYou: The officer may not see plans.
    """
    permit(officer, "see-plan", purpose, f"capacity {site}", node)
    return tuple(msgspec.to_builtins(one) for one in daily(site, node))


def daily(site: str, node: Node) -> tuple[DailyShift, ...]:
    """The shifts of every day at a site; none where nobody has set them."""
    body = node.store.settings.get(_KEY + site)
    return () if body is None else _decode.decode(body)


def set_capacity(
    officer: Officer, site: str, shifts: Sequence[Mapping[str, Any]], node: Node, purpose: Purpose = TARGETING
) -> None:
    """Set the shifts of a site; plans that were made already stand as they are.

    Raises:
        NotForYou: The officer may not. BadRequest: No UN/LOCODE, a shift without its fields, a name twice, a scanner
        with less than no slots, a start that is no time of day.
    """
    permit(officer, "change-capacity", purpose, f"capacity {site}", node)
    if not _SITE.fullmatch(site):
        raise BadRequest(reason="not-a-un-locode", site=site[:10])
    try:
        made = msgspec.convert(list(shifts), tuple[DailyShift, ...])
    except msgspec.ValidationError as fault:
        raise BadRequest(reason="shift-fields", told=str(fault)[:200]) from None
    if len({one.name for one in made}) != len(made) or any(not _NAME.fullmatch(one.name) for one in made):
        raise BadRequest(reason="each-shift-needs-a-name-of-its-own")
    for one in made:
        if not 1 <= one.hours <= 24 or any(not name for name in one.scanners):
            raise BadRequest(reason="a-shift-lasts-1-to-24-hours-and-a-scanner-has-a-name", shift=one.name)
        on_day(site, "2000-01-01", one)
    node.store.settings.put(_KEY + site, msgspec.json.encode(made))
    slots = sum(sum(one.scanners.values()) for one in made)
    leave(officer, purpose, "change-capacity", f"capacity {site}", node, shifts=len(made), slots=slots)


def day_start(day: str) -> Moment:
    """The first moment of a day, UTC.

    Raises:
        BadRequest: Not an ISO date.
    """
    try:
        return moment_of(datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC))
    except ValueError:
        raise BadRequest(reason="not-an-iso-date", day=day[:12]) from None




def on_day(site: str, day: str, one: DailyShift) -> Shift:
    """The shift of a day.

    Raises:
        BadRequest: Not an ISO date, or the start is no time of day.
    """
    try:
        start = time.fromisoformat(one.start)
    except ValueError:
        raise BadRequest(reason="a-shift-starts-at-hh-mm", shift=one.name) from None
    begins = Moment(day_start(day) + start.hour * HOUR + start.minute * (HOUR // 60))
    scanners = tuple(Scanner(name, slots) for name, slots in one.scanners.items())
    return Shift(site, one.name, begins, Moment(begins + one.hours * HOUR), scanners)
