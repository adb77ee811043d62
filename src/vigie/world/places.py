"""Ports, waypoints and sea routes: a precomputed table, so that no route is searched while messages are made.

Source: coordinates of ports from searoute 1.6.0 (Apache-2.0); waypoints and paths are our own derivation, checked
against searoute's 10,505 km from Guayaquil to Antwerp by Panama. Terminals are fictitious (`SIM...`).
"""

from functools import cache
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

EARTH_NM = 3_440.065  # mean radius of the Earth, 6,371.0 km, in nautical miles (IUGG)

PORTS: dict[str, tuple[float, float, int]] = {
    "BEANR": (51.202, 4.383, 1), "NLRTM": (51.904, 4.442, 1), "BEGNE": (51.080, 3.735, 1), "BEZEE": (51.337, 3.217, 1),
    "NLVLI": (51.442, 3.573, 1), "ECGYE": (-2.240, -79.882, -5), "ECPBO": (-3.250, -80.017, -5),
    "COTRB": (8.073, -76.877, -5), "COCTG": (10.403, -75.520, -5), "COSMR": (11.237, -74.215, -5),
    "BRSSZ": (-23.974, -46.321, -3), "BRPNG": (-25.554, -48.507, -3), "BRITJ": (-26.900, -48.650, -3),
    "BRSSA": (-12.971, -38.502, -3), "BRSUA": (-8.408, -34.983, -3), "BRPEC": (-3.571, -38.845, -3),
    "BRNAT": (-5.767, -35.200, -3), "PECLL": (-12.054, -77.121, -5), "PEPAI": (-5.096, -81.118, -5),
    "CRMOB": (10.005, -83.077, -6), "PAMIT": (9.612, -79.602, -5), "PACTB": (9.341, -79.898, -5),
    "DOCAU": (18.429, -69.677, -4), "SRPBM": (5.881, -55.215, -3), "UYMVD": (-34.907, -56.196, -3),
    "ARBUE": (-34.595, -58.367, -3), "PYASU": (-25.299, -57.656, -3), "MATNG": (35.764, -5.798, 1),
    "TRALI": (38.828, 26.936, 3), "TRMER": (36.793, 34.617, 3), "PTSIE": (37.960, -8.855, 0),
    "PTLEI": (41.201, -8.706, 0), "CNSHA": (31.400, 121.497, 8), "CNNGB": (29.872, 121.559, 8),
    "SGSIN": (1.239, 103.832, 8), "USNYC": (40.705, -74.018, -5), "USSAV": (32.087, -81.100, -5),
    "INNSA": (18.950, 72.967, 5), "EGPSD": (31.265, 32.286, 2), "CIABJ": (5.256, -3.978, 0), "GHTEM": (5.633, 0.017, 0),
}
"""UN/LOCODE to latitude, longitude, and hours of its winter time ahead of UTC."""

WAYPOINTS: dict[str, tuple[float, float]] = {
    "SCHELDT": (51.45, 3.40), "MAAS": (52.00, 3.90), "DOVER": (51.05, 1.45), "USHANT": (48.90, -5.80),
    "FINISTERRE": (43.40, -10.00), "ROCA": (38.70, -9.90), "VINCENT": (36.80, -9.40), "GIBRALTAR": (35.95, -5.70),
    "SICILY": (37.50, 10.80), "CRETE": (34.70, 23.50), "AEGEAN": (36.60, 24.60), "MONA": (18.40, -67.80),
    "COLON": (9.45, -79.90), "BALBOA": (8.80, -79.50), "MALA": (7.00, -80.10), "PARINAS": (-4.50, -81.60),
    "PUNA": (-3.10, -80.60), "CABOFRIO": (-23.50, -41.20), "RECIFE": (-7.80, -34.10), "CAPEVERDE": (16.50, -27.00),
    "PLATE": (-35.40, -55.20), "PALMAS": (29.50, -16.50), "PALMES": (4.00, -8.00), "SUEZ": (29.70, 32.60),
    "ADEN": (12.40, 45.00), "DONDRA": (5.70, 80.60), "MALACCA": (5.60, 97.50), "TAIWAN": (22.80, 117.60),
    "NANTUCKET": (40.40, -69.50), "HATTERAS": (33.50, -76.00), "GRANDBANKS": (43.00, -48.00), "CAYENNE": (7.50, -52.50),
}

_HOME = ("USHANT", "DOVER")
_CARIBBEAN = ("MONA", *_HOME)
_PACIFIC = ("MALA", "BALBOA", "COLON", *_CARIBBEAN)
_BRAZIL = ("RECIFE", "CAPEVERDE", "FINISTERRE", *_HOME)
_SANTOS = ("CABOFRIO", *_BRAZIL)
_INNER = ("SICILY", "GIBRALTAR", "VINCENT", "ROCA", "FINISTERRE", *_HOME)
_EAST = ("SUEZ", "EGPSD", "CRETE", *_INNER)
_ASIA = ("MALACCA", "DONDRA", "ADEN", *_EAST)
_AFRICA = ("PALMES", "PALMAS", "FINISTERRE", *_HOME)

PATHS: dict[str, tuple[str, ...]] = {
    "ECGYE": ("PUNA", "PARINAS", *_PACIFIC), "ECPBO": ("PUNA", "PARINAS", *_PACIFIC), "PECLL": ("PARINAS", *_PACIFIC),
    "PEPAI": ("PARINAS", *_PACIFIC), "COTRB": _CARIBBEAN, "COCTG": _CARIBBEAN, "COSMR": _CARIBBEAN,
    "CRMOB": _CARIBBEAN, "PAMIT": _CARIBBEAN, "PACTB": _CARIBBEAN, "DOCAU": _CARIBBEAN, "BRSSZ": _SANTOS,
    "BRPNG": _SANTOS, "BRITJ": _SANTOS, "BRSSA": _BRAZIL, "BRSUA": _BRAZIL, "BRPEC": ("CAPEVERDE", *_BRAZIL[2:]),
    "BRNAT": ("CAPEVERDE", *_BRAZIL[2:]), "SRPBM": ("CAYENNE", *_HOME), "UYMVD": ("PLATE", *_SANTOS),
    "ARBUE": ("PLATE", *_SANTOS), "MATNG": ("GIBRALTAR", *_INNER[2:]), "TRALI": ("AEGEAN", *_INNER),
    "TRMER": ("CRETE", *_INNER), "PTSIE": ("ROCA", "FINISTERRE", *_HOME), "PTLEI": ("FINISTERRE", *_HOME),
    "CNSHA": ("TAIWAN", "SGSIN", *_ASIA), "CNNGB": ("TAIWAN", "SGSIN", *_ASIA), "SGSIN": _ASIA,
    "USNYC": ("NANTUCKET", "GRANDBANKS", *_HOME), "USSAV": ("HATTERAS", "GRANDBANKS", *_HOME),
    "INNSA": ("ADEN", *_EAST), "EGPSD": ("CRETE", *_INNER), "CIABJ": _AFRICA, "GHTEM": _AFRICA,
}
"""Port of loading to the waypoints and ports on the way to the North Sea."""

_LAST = {"BEANR": ("SCHELDT",), "BEGNE": ("SCHELDT",), "BEZEE": (), "NLVLI": ("SCHELDT",), "NLRTM": ("MAAS",)}


def point_of(name: str) -> tuple[float, float]:
    """Latitude and longitude of a port or waypoint."""
    return WAYPOINTS[name] if name in WAYPOINTS else PORTS[name][:2]


@cache
def distance_nm(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Great-circle distance in nautical miles (haversine)."""
    lat_1, lon_1, lat_2, lon_2 = (radians(angle) for angle in (*first, *second))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_NM * asin(sqrt(half))


@cache
def track(loading: str, site: str) -> tuple[tuple[float, tuple[float, float]], ...]:
    """The way from a port of loading to a site: miles still to go, and the point, from the beginning to 0."""
    names = (loading, *PATHS[loading], *_LAST[site], site)
    points = [point_of(name) for name in names]
    legs = [distance_nm(first, second) for first, second in pairwise(points)]
    togo = sum(legs)
    way = [(togo, points[0])]
    for leg, point in zip(legs, points[1:], strict=True):
        togo -= leg
        way.append((max(togo, 0.0), point))
    return tuple(way)


def sailed_nm(loading: str, site: str) -> float:
    """Length of the way in nautical miles."""
    return track(loading, site)[0][0]
