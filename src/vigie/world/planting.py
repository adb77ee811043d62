"""Where planted lots go: a lot of an origin and a modus operandi takes a box that fits both."""

from dataclasses import dataclass
from functools import cache
from random import Random

from vigie.terms import DAY, Moment, datetime_of
from vigie.world.cases import ALL_SCOPES, Lot, Plague, draw_lot, plague
from vigie.world.chance import Choice, poisson
from vigie.world.drafts import Bill, Box, Voyage
from vigie.world.lots import CLASSES
from vigie.world.parameters import EMPTY_SHARE
from vigie.world.press import PROVENANCE
from vigie.world.services import COLD_LANES, SITES, SMALL, boxes_by_country
from vigie.world.smugglers import Smugglers
from vigie.world.traces import ORDER, leave
from vigie.world.typologies import choice_of

_YEAR_DAYS = 365.0  # press figures are of calendar years


@dataclass(frozen=True, slots=True)
class Rates:
    """Lots planted per box at a site in a year.

    Attributes:
        per_box: Scope and country (empty for scopes that have none) to lots per box. sizes: Scope to its own classes.
    """

    per_box: dict[tuple[str, str], float]
    known: dict[str, Plague]


@cache
def rates_of(site: str, year: int) -> Rates:
    """Spread the year's planted lots over the boxes that fit: the lane by provenance, cold routes, empties."""
    whole = plague(site, year)
    scopes = tuple(scope for scope in ALL_SCOPES if scope not in ({"cold"} if site in SMALL else {"small"}))
    weights = {
        size: {scope: sum(one.weights.value[column] for one in choice_of(size, scopes).things if one.scope == scope)
               for scope in scopes}
        for column, size in enumerate(CLASSES)
    }
    planted = dict(zip(CLASSES, whole.sizes.shares, strict=True))
    shares = {scope: [planted[size] * weights[size][scope] / sum(weights[size].values()) for size in CLASSES]
              for scope in scopes}
    known = {scope: Plague(whole.per_year, whole.law, Choice(CLASSES, part)) for scope, part in shares.items()}
    return Rates(_per_box(site, whole.per_year, {scope: sum(part) for scope, part in shares.items()}), known)


def _per_box(site: str, per_year: float, scopes: dict[str, float]) -> dict[tuple[str, str], float]:
    boxes = boxes_by_country(site)
    reached = sum(share for country, share in PROVENANCE.value.items() if country in boxes)
    cold = sum(count for country, count in boxes.items() if country in COLD_LANES)
    found: dict[tuple[str, str], float] = {}
    for scope, share in scopes.items():
        daily = per_year * share / _YEAR_DAYS
        if scope == "cold":
            found[scope, ""] = daily / cold if cold else 0.0
        elif scope == "empty":
            found[scope, ""] = daily / (sum(boxes.values()) * EMPTY_SHARE.value)
        else:
            for country, part in PROVENANCE.value.items():
                if country in boxes:
                    found[scope, country] = daily * part / reached / boxes[country]
    return found


def plant(voyage: Voyage, uplift: float, chance: Random, smugglers: Smugglers | None = None) -> None:
    """Plant lots on a voyage, in its bills and among the empty boxes that come for it.

    Args:
        voyage: Filled; its boxes get lots and traces.
        uplift: 1 for the published intensity; more only in demonstrations, which must say so.
        chance: Stream of draws.
        smugglers: Those who adapt; None where they do as ever.
    """
    year = datetime_of(Moment(voyage.arrival // DAY * DAY)).year
    rates = rates_of(voyage.site, year)
    per_box = rates.per_box if smugglers is None else _moved(rates, voyage.site, year, smugglers)
    by_country: dict[str, list[tuple[Bill, Box]]] = {}
    for bill in voyage.bills:
        by_country.setdefault(bill.origin, []).extend((bill, box) for box in bill.boxes)
    whole = [pair for pairs in by_country.values() for pair in pairs]
    empties = [(whole[0][0], box) for box in voyage.land_empties] if whole else []
    for (scope, country), rate in per_box.items():
        if scope == "cold":
            pool = whole if voyage.service.cold else []
        else:
            pool = empties if scope == "empty" else by_country.get(country, [])
        for _ in range(poisson(chance, rate * uplift * len(pool))):
            lot = draw_lot(chance, rates.known[scope], (scope,), country, smugglers.modus if smugglers else None)
            hide(lot, voyage, pool, chance, smugglers)


def _moved(rates: Rates, site: str, year: int, smugglers: Smugglers) -> dict[tuple[str, str], float]:
    """The rates after smugglers have moved between countries, and between the ports of a site's node."""
    usual = {port: plague(port, year).per_year for port in _node_of(site)}
    factor = smugglers.ports(usual)[site]
    moved = smugglers.rates(rates.per_box, _boxes(site))
    return {key: rate * factor for key, rate in moved.items()}


@cache
def _node_of(site: str) -> tuple[str, ...]:
    """The ports among which a lot of this port can be moved: those that one node sees."""
    return next((ports for ports in SITES.values() if site in ports), (site,))


@cache
def _boxes(site: str) -> dict[tuple[str, str], float]:
    """Boxes a day at scale 1 that a scope and country can be planted in."""
    boxes = boxes_by_country(site)
    whole = sum(boxes.values())
    cold = sum(count for country, count in boxes.items() if country in COLD_LANES)
    found = {(scope, country): count for scope in ("lane", "small") for country, count in boxes.items()}
    return found | {("cold", ""): cold, ("empty", ""): whole * EMPTY_SHARE.value}


def hide(lot: Lot, voyage: Voyage, pool: list[tuple[Bill, Box]], chance: Random,
         smugglers: Smugglers | None = None) -> Box | None:
    """Put a lot into a box of a pool that fits it and has none yet; None where no box fits."""
    reefer = lot.concealment == "reefer-compartment"
    fit = [(bill, box) for bill, box in pool if box.lot is None and (not reefer or box.setpoint_dc is not None)]
    if not fit:
        return None
    bill, box = chance.choice(fit) if smugglers is None else smugglers.boxes(fit).draw(chance)
    box.lot = lot
    for trace in sorted(lot.traces, key=ORDER.index):
        leave(trace, voyage, bill, box, chance)
    return box
