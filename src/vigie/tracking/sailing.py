"""Whether a ship lost hours at sea: what it could have covered between two positions, against what it did cover."""

import msgspec

from vigie.arrivals import Position
from vigie.terms import HOUR, Moment
from vigie.tracking.geography import apart_km, near_port

SLOWEST_KMH = 14.8
"""A ship on its way makes no less (8 knots).

Source: own; container and fruit ships slow-steam at 12 to 18 knots, so that half the way lost to weather or to a bend
of the route between two positions is no loss yet.
"""

OFF_PORT_KM = 60.0
"""Nearer to a port a ship may wait. Source: own; anchorages and waiting areas lie within about 30 nautical miles."""

STEP = 2 * HOUR
"""Positions nearer in time are not compared: AIS is sent every few minutes, and a turn takes some of them."""

LONGEST = 48 * HOUR
"""After a longer silence nobody can say where the ship was; receivers on the coast hear no ocean."""

LEAST_H = 2
"""Fewer hours lost are not told. Source: own; a transfer at sea takes an hour or two of stopping and drifting."""


class Fix(msgspec.Struct, frozen=True):
    """Where a ship was. lat_e6, lon_e6: Millionths of a degree."""

    at: Moment
    lat_e6: int
    lon_e6: int

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return self.lat_e6 / 1e6, self.lon_e6 / 1e6


def fix_of(told: Position) -> Fix | None:
    """The fix of a position report; None where it tells no moment or no place."""
    if told.at is None or told.lat_e6 is None or told.lon_e6 is None:
        return None
    return Fix(told.at, told.lat_e6, told.lon_e6)


def compared(before: Fix | None, now: Fix) -> tuple[Fix, int]:
    """Compare a fix with the one before it.

    Returns:
        The fix that the next one is compared with, and the whole hours lost since the one before: 0 where too little
        time passed, too much, the ship was near a port at either end, or made at least `SLOWEST_KMH` on average.
    """
    if before is None:
        return now, 0
    passed = now.at - before.at
    if passed < STEP:  # an old report that comes late, too
        return before, 0
    if passed > LONGEST:
        return now, 0
    lost = int(passed / HOUR - apart_km(before.point, now.point) / SLOWEST_KMH)
    if lost < LEAST_H or near_port(before.point, OFF_PORT_KM) or near_port(now.point, OFF_PORT_KM):
        return now, 0
    return now, lost
