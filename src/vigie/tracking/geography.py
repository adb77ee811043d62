"""Where places lie, and in how little time a container can get from one to another."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

from vigie.terms import HOUR

EARTH_KM = 6_371.0
"""Mean radius of the Earth. Source: IUGG (R1)."""

LAND_KMH = 120.0
"""No container gets further in an hour on land, measured as the crow flies.

Source: Regulation (EU) 1299/2014 (TSI infrastructure), traffic code F1: freight trains run at up to 120 km/h.
"""

SEA_KMH = 61.0
"""No container gets further in an hour across an ocean, measured as the crow flies.

Source: 33 knots, the trial speed of the Sea-Land SL-7, the fastest container ships that were ever built.
"""

_AMERICAS = (
    "AG AI AN AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS"
    " MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI"
)
_OCEANIA = "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV VU WF WS"
_MASS = {**dict.fromkeys(_AMERICAS.split(), 1), **dict.fromkeys(_OCEANIA.split(), 2)}


@cache
def _ports() -> dict[str, tuple[float, float]]:
    text = (files("vigie.tracking") / "places" / "ports.csv").read_text(encoding="utf-8")
    rows = (line.split(",") for line in text.splitlines() if not line.startswith("#"))
    return {code: (float(lat), float(lon)) for code, lat, lon in rows}


def known_places() -> Mapping[str, tuple[float, float]]:
    """All places of the table: UN/LOCODE to latitude and longitude in degrees."""
    return _ports()


def position_of(place: str) -> tuple[float, float] | None:
    """Latitude and longitude of a place in degrees; None where the table does not hold it (inland places mostly)."""
    return _ports().get(place)


def apart_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two points (latitude, longitude in degrees), kilometres."""
    lat_1, lon_1, lat_2, lon_2 = (radians(angle) for angle in (*one, *other))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def km(place: str, other: str) -> float | None:
    """Great-circle distance of two places (UN/LOCODE); None where one of them is not known."""
    one, two = position_of(place), position_of(other)
    return None if one is None or two is None else apart_km(one, two)


@lru_cache(maxsize=1 << 14)  # places are foreign text: what is kept of them is bounded
def least(place: str, other: str) -> int | None:
    """The shortest time in which a container can get from one place to another, µs; None where one is not known.

    A lower bound: straight as the crow flies, at the highest speed there is, without a minute lost at a gate. A sea
    between two land masses is crossed by ship; within one, the faster train is granted even where no rail runs.
    """
    far = km(place, other)
    if far is None:
        return None
    return round(far / (LAND_KMH if _mass(place) == _mass(other) else SEA_KMH) * HOUR)


def _mass(place: str) -> int:
    """Land mass of a place: what is not the Americas or Oceania counts as one, in the number's favour."""
    return _MASS.get(place[:2], 0)


def near_port(point: tuple[float, float], within_km: float) -> bool:
    """Whether a point (latitude, longitude in degrees) lies within so many kilometres of any port of the table."""
    lat, lon = point
    reach = within_km / _DEGREE_KM
    wide = reach / max(cos(radians(lat)), 0.01)
    return any(
        abs(port[0] - lat) <= reach and abs((port[1] - lon + 180) % 360 - 180) <= wide
        and apart_km(point, port) <= within_km
        for port in _ports().values()
    )  # fmt: skip


_DEGREE_KM = 111.0  # of latitude, a little less than it is: the box around a circle must hold the circle
