"""Lanes and services: which ship line calls when, where it loads, and how much of the traffic it brings.

All carriers, ships and services are fictitious; the ports are real. Shares of services are our own derivation.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from vigie.world.parameters import BOXES_PER_DAY, OTHER_LANES

SOUTH_AMERICA = frozenset({"EC", "CO", "CR", "PA", "BR", "PE", "UY", "AR", "PY", "DO", "SR"})
"""What the documents call the South-American lane, the Caribbean rim included."""

COLD_LANES = frozenset({"MA", "TR", "PT"})
"""Third countries that sources name as places of re-documentation (InSight Crime, nltimes)."""

PRECARRIED = {"UYMVD": ("PYASU", 0.45), "ARBUE": ("PYASU", 0.15)}
"""Ports of the River Plate and the share of their boxes that came down by barge from Paraguay (own derivation)."""


@dataclass(frozen=True, slots=True)
class Service:
    """A liner service with one call a week.

    Attributes:
        id: Name. carrier: Carrier code, four letters. prefixes: Owner codes of its reefers and of its dry boxes.
        base: First serial of its rotation. loads: Ports of loading in order with their share of the boxes.
        sites: Where it calls in Europe, and the service's share of the site's traffic of its lane.
        weekday: Of the call, 0 is Monday. hour: Of the call, UTC.
    """

    id: str
    carrier: str
    prefixes: tuple[str, str]
    base: int
    loads: tuple[tuple[str, float], ...]
    sites: tuple[tuple[str, float], ...]
    weekday: int
    hour: int

    @property
    def south_american(self) -> bool:
        """True where it belongs to the South-American lane."""
        return self.loads[0][0][:2] in SOUTH_AMERICA

    @property
    def cold(self) -> bool:
        """True where it comes from a cold third country."""
        return self.loads[0][0][:2] in COLD_LANES


CARRIERS = {"FICT": ("FRX", "FDX"), "IMGN": ("IMR", "IMD"), "NVRL": ("NVR", "NVD"), "SIML": ("SXR", "SXD")}
"""Fictitious carrier codes with the owner codes of their reefers and dry boxes."""

_TABLE: tuple[tuple[str, str, tuple[tuple[str, float], ...], tuple[tuple[str, float], ...], int, int], ...] = (
    ("EQX1", "FICT", (("PECLL", 0.12), ("PEPAI", 0.08), ("ECPBO", 0.20), ("ECGYE", 0.60)),
     (("BEANR", 0.16), ("NLRTM", 0.15)), 1, 4),
    ("EQX2", "IMGN", (("ECGYE", 0.80), ("PAMIT", 0.20)), (("BEANR", 0.14), ("NLVLI", 0.40)), 4, 2),
    ("CAR1", "NVRL", (("CRMOB", 0.40), ("COTRB", 0.35), ("COSMR", 0.25)), (("BEANR", 0.17), ("NLVLI", 0.60)), 0, 22),
    ("CAR2", "FICT", (("PACTB", 0.15), ("COCTG", 0.55), ("DOCAU", 0.30)), (("BEANR", 0.13), ("NLRTM", 0.20)), 3, 9),
    ("CAR3", "SIML", (("COTRB", 0.60), ("DOCAU", 0.40)), (("BEZEE", 1.0),), 2, 6),
    ("SAM1", "IMGN", (("ARBUE", 0.12), ("UYMVD", 0.13), ("BRPNG", 0.25), ("BRSSZ", 0.50)),
     (("BEANR", 0.20), ("NLRTM", 0.35)), 5, 12),
    ("SAM2", "SIML", (("BRITJ", 0.25), ("BRSSZ", 0.35), ("BRSSA", 0.20), ("BRSUA", 0.20)),
     (("BEANR", 0.13), ("NLRTM", 0.20)), 2, 16),
    ("SAM3", "NVRL", (("BRNAT", 0.45), ("BRPEC", 0.35), ("SRPBM", 0.20)), (("BEANR", 0.07), ("NLRTM", 0.10)), 6, 7),
    ("SAM4", "FICT", (("BRSSZ", 1.0),), (("BEGNE", 1.0),), 3, 20),
    ("ASI1", "IMGN", (("CNSHA", 0.45), ("CNNGB", 0.30), ("SGSIN", 0.25)), (("BEANR", 0.34), ("NLRTM", 0.40)), 0, 5),
    ("USA1", "FICT", (("USSAV", 0.4), ("USNYC", 0.6)), (("BEANR", 0.16), ("NLRTM", 0.14)), 1, 18),
    ("IND1", "SIML", (("INNSA", 0.7), ("EGPSD", 0.3)), (("BEANR", 0.14), ("NLRTM", 0.14)), 4, 11),
    ("AFR1", "NVRL", (("GHTEM", 0.4), ("CIABJ", 0.6)), (("BEANR", 0.16), ("NLRTM", 0.12)), 5, 3),
    ("MED1", "SIML", (("MATNG", 0.6), ("PTSIE", 0.4)), (("BEANR", 0.10), ("NLRTM", 0.10)), 2, 1),
    ("TUR1", "IMGN", (("TRMER", 0.4), ("TRALI", 0.4), ("PTLEI", 0.2)), (("BEANR", 0.10), ("NLRTM", 0.10)), 6, 14),
)


def _built() -> tuple[Service, ...]:
    served: dict[str, int] = {}
    services = []
    for name, carrier, loads, sites, weekday, hour in _TABLE:
        rank = served.setdefault(carrier, 0)
        served[carrier] += 1
        services.append(
            Service(name, carrier, CARRIERS[carrier], 20_000 + rank * 160_000, loads, sites, weekday, hour)
        )
    return tuple(services)


SERVICES = _built()
BY_SERVICE = {service.id: service for service in SERVICES}

SITES: dict[str, tuple[str, ...]] = {
    "BEANR": ("BEANR", "BEGNE", "BEZEE"), "NLRTM": ("NLRTM", "NLVLI"), "BEGNE": ("BEGNE",), "BEZEE": ("BEZEE",),
    "NLVLI": ("NLVLI",),
}
"""A node's site to the ports whose arrivals it sees: the administration of a large port sees its small ones."""

SMALL = frozenset({"BEGNE", "BEZEE", "NLVLI"})

WEEK = timedelta(days=7)


@cache
def calls_at(site: str) -> tuple[tuple[Service, float], ...]:
    """Services that call at a site, with boxes a call at scale 1 (mean)."""
    found = []
    for service in SERVICES:
        share = dict(service.sites).get(site, 0.0)
        if share:
            lane = 1.0 if service.south_american else OTHER_LANES.value
            found.append((service, share * lane * BOXES_PER_DAY.value[site] * WEEK.days))
    return tuple(found)


@cache
def boxes_by_country(site: str) -> dict[str, float]:
    """Boxes a day at scale 1 by the country of origin, Paraguay's counted as its own."""
    found: dict[str, float] = {}
    for service, boxes in calls_at(site):
        for port, share in service.loads:
            inland = PRECARRIED.get(port, ("", 0.0))
            for country, part in ((port[:2], 1 - inland[1]), (inland[0][:2], inland[1])):
                if country and part:
                    found[country] = found.get(country, 0.0) + boxes * share * part / WEEK.days
    return found
