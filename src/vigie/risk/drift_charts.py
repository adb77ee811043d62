"""Control charts: does a rate still behave as it did? Exact where finds are few, wider where weeks differ anyway."""

from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt
from statistics import fmean

import msgspec

BASE_WEEKS = 8
"""Weeks that tell what is usual. Source: at least 20 to 25 subgroups are advised for a final chart (Montgomery,
Introduction to Statistical Quality Control, 7th ed., 2013, ch. 7); eight make a trial chart, so an alarm asks an
officer to look and never acts."""

FACTOR = 2.0
"""A change worth an alarm: the odds double or halve. Source: Steiner, Cook, Farewell and Treasure, Biostatistics 1
(2000), who chart the doubling and halving of the odds of surgical deaths."""

FALSE_ALARM = 0.05
"""At most so many charts raise a false alarm in their span: bound of `cusum_limit`."""

_SIGMAS = 3.0
"""Shewhart's limits. Source: Shewhart, Economic Control of Quality of Manufactured Product (1931)."""

_SMOOTH = 0.5
"""Added to hits and misses of the base, so that no find yet is no impossible find. Source: Jeffreys prior."""


class Point(msgspec.Struct, frozen=True):
    """One week of a chart.

    Attributes:
        hits, n: Counts. rate: hits / n; None where n is 0. low, high: Limits of the rate; None where there are none.
        up, down: Cumulative evidence that the odds have doubled or halved, natural log, 0 or more.
        alarm: `up`, `down`, or empty.
    """

    hits: int
    n: int
    rate: float | None
    low: float | None = None
    high: float | None = None
    up: float = 0.0
    down: float = 0.0
    alarm: str = ""


def cusum_limit(weeks: int, share: float = FALSE_ALARM) -> float:
    """The evidence at which a chart of so many weeks alarms: ln(weeks / share).

    Started in any one week, the likelihood ratio passes exp(h) with a chance of at most exp(-h) while nothing has
    changed; weeks starts give at most weeks * exp(-h), whatever the numbers controlled.
    Source: Ville's inequality (Ville, Étude critique de la notion de collectif, 1939); Lorden, Annals of Mathematical
    Statistics 42 (1971).
    """
    return log(max(weeks, 1) / share)


def cusum(counts: Sequence[tuple[int, int]], base: int = BASE_WEEKS, factor: float = FACTOR) -> tuple[Point, ...]:
    """Chart rare finds: a CUSUM of log-likelihood ratios, two-sided, set back to nothing after an alarm.

    Args:
        counts: (hits, n) per week. base: So many first weeks tell what is usual and are not judged; weeks without a
            control do not count. factor: Change of the odds to find.

    The usual rate is the middle of what the base allows; the base is no part of the sums.
    """
    told = [place for place, (_, n) in enumerate(counts) if n][:base]
    first = told[-1] + 1 if len(told) == base else len(counts)
    hits = sum(counts[place][0] for place in told) + _SMOOTH
    misses = sum(counts[place][1] - counts[place][0] for place in told) + _SMOOTH
    usual = hits / (hits + misses)
    limit = cusum_limit(2 * (len(counts) - first))
    up = down = 0.0
    points = []
    for place, (found, n) in enumerate(counts):
        rate = found / n if n else None
        if place < first:
            points.append(Point(found, n, rate))
            continue
        up = max(0.0, up + _evidence(found, n, usual, factor))
        down = max(0.0, down + _evidence(found, n, usual, 1.0 / factor))
        alarm = "up" if up >= limit else "down" if down >= limit else ""
        points.append(Point(found, n, rate, None, None, round(up, 3), round(down, 3), alarm))
        if alarm:
            up = down = 0.0
    return tuple(points)


def _evidence(hits: int, n: int, usual: float, factor: float) -> float:
    other = usual * factor / (1.0 - usual + usual * factor)
    return hits * log(other / usual) + (n - hits) * log((1.0 - other) / (1.0 - usual))


def spread_chart(counts: Sequence[tuple[int, int]], base: int = BASE_WEEKS) -> tuple[Point, ...]:
    """Chart a rate of many trials: Laney's p' chart, whose limits know that weeks differ more than chance alone allows.

    Args:
        counts: (hits, n) per week. base: So many first weeks set centre and spread, and are not judged.

    Source: Laney, Quality Engineering 14 (2002): spread from the mean moving range of the standardised rates.
    """
    told = [(hits, n) for hits, n in counts if n][:base]
    if len(told) < base:
        return tuple(Point(hits, n, hits / n if n else None) for hits, n in counts)
    total = sum(n for _, n in told)
    centre = sum(hits for hits, _ in told) / total
    spread = _spread(told, centre)
    points, seen = [], 0
    for hits, n in counts:
        seen += 1 if n else 0
        if not n:
            points.append(Point(hits, n, None))
            continue
        wide = _SIGMAS * spread * sqrt(max(centre * (1.0 - centre), 1.0 / total) / n)
        low, high = max(0.0, centre - wide), min(1.0, centre + wide)
        rate = hits / n
        alarm = "" if seen <= base else "up" if rate > high else "down" if rate < low else ""
        points.append(Point(hits, n, rate, low, high, alarm=alarm))
    return tuple(points)


def _spread(told: Sequence[tuple[int, int]], centre: float) -> float:
    """How many times as far apart the weeks lie as chance alone would put them; 1 or more.

    1.128 is the mean range of two standard normal draws. Source: Laney (2002).
    """
    if not 0.0 < centre < 1.0:
        return 1.0
    scores = [(hits / n - centre) / sqrt(centre * (1.0 - centre) / n) for hits, n in told]
    ranges = [abs(one - other) for one, other in pairwise(scores)]
    return max(1.0, fmean(ranges) / 1.128)


WATCH_PSI, ALARM_PSI = 0.10, 0.25
"""Below the first nothing has changed, from the second on the population is another.

Source: Lewis, An Introduction to Credit Scoring (1994); Siddiqi, Credit Risk Scorecards (2006).
"""


def psi(before: Sequence[int], now: Sequence[int]) -> float:
    """The population stability index of two histograms of the same bins; half a box is added to each bin."""
    one, other = sum(before) + _SMOOTH * len(before), sum(now) + _SMOOTH * len(now)
    shares = [((a + _SMOOTH) / one, (b + _SMOOTH) / other) for a, b in zip(before, now, strict=True)]
    return sum((b - a) * log(b / a) for a, b in shares)


def psi_by_chance(bins: int, before: int, now: int) -> float:
    """The index that 95 of 100 unchanged columns stay below: with few boxes the usual limits mean nothing.

    Args:
        bins: Bins in use. before, now: Boxes in either window.

    Source: Yurdakul and Naranjo, Journal of Risk Model Validation 14 (2020): (1/n + 1/m) times chi-square with one
    degree less than bins; chi-square by Wilson and Hilferty, PNAS 17 (1931).
    """
    free = bins - 1
    if free < 1 or not before or not now:
        return 0.0
    square = free * (1.0 - 2.0 / (9.0 * free) + 1.645 * sqrt(2.0 / (9.0 * free))) ** 3
    return (1.0 / before + 1.0 / now) * square


