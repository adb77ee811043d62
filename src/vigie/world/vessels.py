"""Ships of the world, and where they are along a precomputed track."""

from functools import cache
from itertools import pairwise
from math import atan2, cos, degrees, radians

from vigie.terms import HOUR, Moment
from vigie.world.chance import stream
from vigie.world.places import distance_nm, track

SHIPS_PER_SERVICE = 5
"""Ships in the rotation of a weekly service (own derivation: five-week round trips)."""

_IMO_FROM = 9_900_000  # own derivation: high numbers, so that a simulated ship is unlikely to be a real one
_MMSI_FROM = 205_990_000  # 205 is Belgium's digits; the simulated flag
_NAMES = ("Fictive", "Imaginary", "Unreal", "Invented", "Fabled")


@cache
def ship_of(service: str, week: int) -> tuple[str, str, str, str]:
    """Name, IMO number, MMSI and call sign of the ship that a service sends in a week."""
    turn = week % SHIPS_PER_SERVICE
    mixed = stream(0, "ship", service, turn).randrange(9_000)
    imo = _checked(_IMO_FROM // 10 + mixed)
    return f"{_NAMES[turn].upper()} {service}", imo, str(_MMSI_FROM + mixed), f"OS{mixed:04d}"


def _checked(six: int) -> str:
    digits = [int(char) for char in str(six)]
    return f"{six}{sum(digit * weight for digit, weight in zip(digits, range(7, 1, -1), strict=True)) % 10}"


def position(loading: str, site: str, departed: Moment, arrival: Moment, at: Moment) -> tuple[float, float, float]:
    """Latitude, longitude and speed in knots of a ship on its way; in port before and after."""
    way = track(loading, site)
    share = (at - departed) / (arrival - departed)
    if share <= 0:
        return *way[0][1], 0.0
    if share >= 1:
        return *way[-1][1], 0.0
    togo = way[0][0] * (1 - share)
    for (before, first), (after, second) in pairwise(way):
        if togo >= after and before > after:
            part = (before - togo) / (before - after)
            lat, lon = (one + (other - one) * part for one, other in zip(first, second, strict=True))
            return lat, lon, way[0][0] / ((arrival - departed) / HOUR)
    return *way[-1][1], 0.0


def course(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Rough course over ground between two near points, degrees from north."""
    east = (second[1] - first[1]) * cos(radians((first[0] + second[0]) / 2))
    return degrees(atan2(east, second[0] - first[0])) % 360 if distance_nm(first, second) > 0.01 else 0.0
