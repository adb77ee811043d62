"""A sender that goes silent: what is normal for it is learnt from its own past weeks."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from vigie.terms import DAY, HOUR, Moment

PAST = 28 * DAY
"""What is normal is learnt from so long a past. Source: own; four turns of the week, for terminals rest at weekends."""

LEAST_HOURS = 20
"""A sender heard in fewer different hours of the past has no normal. Source: own."""

LONGER = 1.5
"""Silent is who says nothing for so many times its longest silence of the past. Source: own; measured on simulated
terminals (benchmarks/quality/silence.py)."""

AT_LEAST = 4 * HOUR
"""Nobody is called silent before this. Source: own; files are sent every half hour to six hours."""


class Heard(msgspec.Struct, frozen=True):
    """Events of one facility in one hour. place: UN/LOCODE. facility: As written. hour: Its beginning. n: How many."""

    place: str
    facility: str
    hour: Moment
    n: int


class Silence(msgspec.Struct, frozen=True):
    """How long a facility has said nothing.

    Attributes:
        place, facility: Which. last: Beginning of the hour it was last heard in. for_us: Silence until now, µs.
        usual_us: Its longest silence in the four weeks before it was last heard, µs; None where too little is known.
        hours: Different hours in which it was heard then. events: How many events. silent: Longer than it ever is.
    """

    place: str
    facility: str
    last: Moment
    for_us: int
    usual_us: int | None
    hours: int
    events: int
    silent: bool


def silence_of(place: str, facility: str, heard: Sequence[tuple[int, int]], now: Moment) -> Silence | None:
    """Judge the silence of one facility.

    Args:
        heard: (hour, events) by rising hour. now: As of when.

    Returns:
        None where it was never heard before `now`.
    """
    known = [(hour, n) for hour, n in heard if hour <= now]
    if not known:
        return None
    last = known[-1][0]
    past = [(hour, n) for hour, n in known if hour > last - PAST]
    longest = max((after[0] - before[0] for before, after in pairwise(past)), default=0)
    usual = longest if len(past) >= LEAST_HOURS else None
    quiet = max(now - last, 0)
    silent = usual is not None and quiet > max(LONGER * usual, AT_LEAST)
    return Silence(place, facility, Moment(last), quiet, usual, len(past), sum(n for _, n in past), silent)
