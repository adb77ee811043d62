"""What is caught at the port against what is caught on the way: less at the port need not be less of the trade.

Source: law-enforcement ratio of the ETIS ivory method (Underwood and Burn), seizures in / (in + out).
"""

from collections.abc import Iterable
from itertools import pairwise, product

import msgspec

DIFFERENT = 0.05
"""Relative difference of two sources above which they contradict each other. Source: own figure; published tonnes are
rounded to about as much."""


class Upstream(msgspec.Struct, frozen=True):
    """What one source says was seized in a year. year, tonnes; source: Who says so; at_port: There, or on the way."""

    year: int
    tonnes: float
    source: str
    at_port: bool


class YearRatio(msgspec.Struct, frozen=True):
    """One year. at_port_low to whole_high: Lowest and highest of all sources, tonnes. low, high: Of the ratio.

    sources: How many figures it rests on. contradicting: They differ by more than rounding.
    """

    year: int
    at_port_low: float
    at_port_high: float
    upstream_low: float
    upstream_high: float
    low: float
    high: float
    sources: int
    contradicting: bool


class Fall(msgspec.Struct, frozen=True):
    """From one year to the next, as shares: at the port alone, and with what was seized on the way; all sources."""

    before: int
    after: int
    at_port_low: float
    at_port_high: float
    whole_low: float
    whole_high: float


def year_ratios(figures: Iterable[Upstream]) -> tuple[YearRatio, ...]:
    """Tell the ratio of each year that both kinds of figures tell of; every pair of sources counts, none is chosen."""
    told = list(figures)
    rows = []
    for year in sorted({one.year for one in told}):
        there, before = _parts(told, year)
        if there and before:
            ratios = [a / (a + b) for a, b in product(there, before) if a + b > 0]
            apart = any(max(part) > min(part) * (1 + DIFFERENT) for part in (there, before))
            rows.append(YearRatio(year, min(there), max(there), min(before), max(before), round(min(ratios), 4),
                                  round(max(ratios), 4), len(there) + len(before), apart))  # fmt: skip
    return tuple(rows)


def falls(figures: Iterable[Upstream]) -> tuple[Fall, ...]:
    """Tell the change between neighbouring years, at the port and in all, as the range over all pairs of sources."""
    told = list(figures)
    years = [one.year for one in year_ratios(told)]
    rows = []
    for before, after in pairwise(years):
        (port0, way0), (port1, way1) = _parts(told, before), _parts(told, after)
        port = [b / a - 1 for a, b in product(port0, port1) if a]
        whole = [(b + d) / (a + c) - 1 for a, b, c, d in product(port0, port1, way0, way1) if a + c]
        rows.append(Fall(before, after, *(round(each, 4) for each in (min(port), max(port), min(whole), max(whole)))))
    return tuple(rows)


def _parts(told: list[Upstream], year: int) -> tuple[list[float], list[float]]:
    return ([one.tonnes for one in told if one.year == year and one.at_port],
            [one.tonnes for one in told if one.year == year and not one.at_port])  # fmt: skip
