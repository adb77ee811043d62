"""Whether loads come from elsewhere than before: shares of provenance in two spans, from kilos and numbers of lots.

Kilos are no counts: one lot of ten tonnes is one decision of a smuggler. Shares are tested on lots; where only tonnes
are published, the number of lots is told from findings, and the answer says how uneven lots may be before it falls.
"""

from collections.abc import Mapping
from math import log

import msgspec

CERTAIN = 0.05
"""Chance below which shares count as moved. Source: as the false alarms of ports."""

OTHER = "other"


class Part(msgspec.Struct, frozen=True):
    """One country of provenance in two spans.

    Attributes:
        name: Country, or `other`. before_t, after_t: Tonnes as named; None where nobody names it. before_most: Share
            it had at most before: what was not named can be no more than the last one named, nor than the rest.
        before, after: Shares. low, high: Interval of the share after, 95 %. says: `more`, `less`, `same`, `new`
            (among the first now, and not among as many first ones before), `gone` (not named any more), `unnamed` (not
            named before, and too small now to say more).
    """

    name: str
    before_t: float | None
    after_t: float | None
    before_most: float
    before: float | None
    after: float | None
    low: float
    high: float
    says: str


class RouteShift(msgspec.Struct, frozen=True):
    """Two spans against each other.

    Attributes:
        moved: The shares are not the same (`chance` below 5 %). chance: Of shares this different without any move, were
            every lot as heavy as the next. lots_before, lots_after: How many lots stand behind
            the tonnes. unevenness: Coefficient of variation of lot weights up to which `chance` stays below 5 %; None
            where it does not even at like weights. parts: The countries. new: Those new among the first named.
    """

    moved: bool
    chance: float
    lots_before: float
    lots_after: float
    unevenness: float | None
    parts: tuple[Part, ...]
    new: tuple[str, ...]


def route_shift(
    before: Mapping[str, float], before_t: float, after: Mapping[str, float], after_t: float, lots_before: float,
    lots_after: float | None = None,
) -> RouteShift:
    """Lay provenances of two spans side by side.

    Args:
        before, after: Tonnes by country, of those a source names: the first ones, in its own order of size.
        before_t, after_t: All tonnes of the span. lots_before: Findings behind `before_t`.
        lots_after: The same; without it lots are taken to be as heavy as before.
    """
    lots = lots_after if lots_after is not None else lots_before * after_t / before_t
    names = sorted(set(before) | set(after), key=lambda name: -after.get(name, 0.0))
    least0, least1 = min(before.values(), default=before_t), min(after.values(), default=after_t)
    both = [name for name in names if name in before and name in after]
    score, freedom = _deviance(before, before_t, after, after_t, lots_before, lots, both)
    for name in names:
        if name in before and name not in after:
            # not named: at most as much as the last one named; the case closest to no change is taken
            most = min(before[name] / before_t, least1 / after_t, 1.0)
            score, freedom = score + _two(before[name] / before_t, most, lots_before, lots), freedom + 1
    chance = _tail(score, freedom)
    uneven = None
    if chance < CERTAIN:
        scale = score / next(step / 100 for step in range(1, 10_000) if _tail(step / 100, freedom) < CERTAIN)
        uneven = round(max(scale - 1, 0.0) ** 0.5, 2)
    first = {name for name, _ in sorted(after.items(), key=lambda one: -one[1])[: len(before)]}
    parts = tuple(_part(name, before, before_t, after, after_t, lots, least0, name in first) for name in names)
    new = tuple(one.name for one in parts if one.says == "new")
    return RouteShift(chance < CERTAIN, round(chance, 5), round(lots_before, 1), round(lots, 1), uneven,
                      parts, new)  # fmt: skip


def _deviance(before: Mapping[str, float], before_t: float, after: Mapping[str, float], after_t: float, lots0: float,
              lots1: float, names: list[str]) -> tuple[float, int]:  # fmt: skip
    """Likelihood ratio of one multinomial against two, over the countries both spans name, and the rest."""
    shares = [(before[name] / before_t, after[name] / after_t) for name in names]
    shares.append((1 - sum(a for a, _ in shares), 1 - sum(b for _, b in shares)))
    return sum(_pair(a, b, lots0, lots1) for a, b in shares), len(shares) - 1


def _pair(a: float, b: float, lots0: float, lots1: float) -> float:
    common = (a * lots0 + b * lots1) / (lots0 + lots1)
    return 2 * sum(lots * part * log(part / common) for part, lots in ((a, lots0), (b, lots1)) if part > 0)


def _two(a: float, b: float, lots0: float, lots1: float) -> float:
    return _pair(a, b, lots0, lots1) + _pair(1 - a, 1 - b, lots0, lots1)


def _tail(score: float, freedom: int) -> float:
    if freedom < 1:
        return 1.0
    from scipy.stats import chi2

    return float(chi2.sf(score, freedom))


def _part(name: str, before: Mapping[str, float], before_t: float, after: Mapping[str, float], after_t: float,
          lots: float, least: float, first: bool) -> Part:  # fmt: skip
    from scipy.stats import beta

    rest = before_t - sum(before.values())
    most = before[name] / before_t if name in before else min(least, rest) / before_t
    share0 = before[name] / before_t if name in before else None
    share1 = after[name] / after_t if name in after else None
    hits = (share1 or 0.0) * lots
    low = float(beta.ppf(0.025, max(hits, 1e-9), lots - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, max(lots - hits, 1e-9)))
    if share0 is None:
        says = "new" if first else "unnamed"
    elif share1 is None:
        says = "gone"
    else:
        says = "more" if low > share0 else "less" if high < share0 else "same"
    return Part(name, before.get(name), after.get(name), round(most, 4), _rounded(share0), _rounded(share1),
                round(low, 4), round(high, 4), says)  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
