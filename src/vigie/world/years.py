"""A year in counts and kilograms only: planted, chosen, looked at, found; no message is written."""

from dataclasses import dataclass, field

from vigie.world.cases import draw_lot, plague
from vigie.world.chance import poisson, spread, stream
from vigie.world.controls import detected, practice_of
from vigie.world.parameters import YEAR_SPREAD
from vigie.world.typologies import HOTEL, in_time


@dataclass(frozen=True, slots=True)
class YearSum:
    """What controls found in one simulated year at one site.

    Attributes:
        planted: Lots planted. findings: Lots found. kilos: Kilograms found. by_origin: Kilograms by country.
        by_typology: Planted and found lots by modus operandi. by_size: The same by press class.
    """

    planted: int
    findings: int
    kilos: float
    by_origin: dict[str, float] = field(default_factory=dict)
    by_typology: dict[str, tuple[int, int]] = field(default_factory=dict)
    by_size: dict[str, tuple[int, int]] = field(default_factory=dict)


def simulate_year(seed: int, site: str, year: int) -> YearSum:
    """Simulate one year of a site; the same seed gives the same year.

    People found in a hotel box are no finding of cocaine: they count as planted, never as found.
    """
    chance = stream(seed, "year", site, year)
    known, practice = plague(site, year), practice_of("south-america")
    planted = poisson(chance, known.per_year * spread(chance, YEAR_SPREAD.value))
    found, kilos = 0, 0.0
    by_origin: dict[str, float] = {}
    by_typology: dict[str, tuple[int, int]] = {}
    by_size: dict[str, tuple[int, int]] = {}
    for _ in range(planted):
        lot = draw_lot(chance, known)
        seen = practice.chosen(in_time(lot.traces), True, chance) is not None and detected(lot.concealment, chance)
        hit = seen and lot.concealment != HOTEL
        for table, name in ((by_typology, lot.typology.id), (by_size, lot.size)):
            all_lots, hits = table.get(name, (0, 0))
            table[name] = (all_lots + 1, hits + hit)
        if hit:
            found += 1
            kilos += lot.kilos
            by_origin[lot.origin] = by_origin.get(lot.origin, 0.0) + lot.kilos
    return YearSum(planted, found, kilos, by_origin, by_typology, by_size)
