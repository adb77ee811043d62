"""What a sample of controls can and cannot prove: exact intervals, weighted totals, lift, paired comparison.

Counts of finds are small, so nothing here leans on the normal law. Source of each law: docs/explanation/estimates.md.
"""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from math import fsum, inf, log
from typing import Any

import msgspec

from vigie.terms import BadRequest

LEVEL = 0.95
"""Usual confidence: of a hundred such intervals about five miss the truth."""


class Interval(msgspec.Struct, frozen=True):
    """From `low` to `high`, both within."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        """Whether a value lies within."""
        return self.low <= value <= self.high


class Estimate(msgspec.Struct, frozen=True):
    """A value with its interval. Attributes: value, low, high: in one unit; `high` may be infinite."""

    value: float
    low: float
    high: float

    @property
    def interval(self) -> Interval:
        """Its interval."""
        return Interval(self.low, self.high)


def exact(hits: int, n: int, level: float = LEVEL) -> Interval:
    """Tell the Clopper-Pearson interval of a rate: it never covers less often than its level.

    Args:
        hits: Finds, 0 to n. n: Controls; none give 0 to 1. level: Between 0 and 1.

    Raises:
        BadRequest: More hits than controls, a negative count, a level outside, or SciPy is not installed.

    Source: Clopper and Pearson, Biometrika 26 (1934).
    """
    tail = _tail(level)
    _counts(hits, n)
    if n == 0:
        return Interval(0.0, 1.0)
    quantile = _scipy("special").betaincinv
    low = float(quantile(hits, n - hits + 1, tail)) if hits else 0.0
    high = float(quantile(hits + 1, n - hits, 1.0 - tail)) if hits < n else 1.0
    return Interval(low, high)


def middle(hits: int, n: int, level: float = LEVEL) -> Interval:
    """Tell the mid-P interval of a rate: shorter than `exact`, covers its level on average over rates, not at each one.

    Args and errors as `exact`.

    Source: Berry and Armitage, The Statistician 44 (1995).
    """
    tail = _tail(level)
    _counts(hits, n)
    if n == 0:
        return Interval(0.0, 1.0)
    law = _scipy("special").betainc

    def above(rate: float) -> float:  # half the chance of exactly `hits`, and the chance of more
        more = float(law(hits + 1, n - hits, rate)) if hits < n else 0.0
        also = float(law(hits, n - hits + 1, rate)) if hits else 1.0
        return (more + also) / 2

    low = _root(lambda rate: above(rate) - tail, 0.0, 1.0) if hits else 0.0
    high = _root(lambda rate: above(rate) - (1.0 - tail), 0.0, 1.0) if hits < n else 1.0
    return Interval(low, high)


def bound_of_none(n: int, level: float = LEVEL) -> float:
    """Tell the highest rate that n controls without a find leave possible (one-sided); about 3/n at 95 %.

    Raises:
        BadRequest: n below 0, or a level outside 0 to 1.
    """
    _tail(level)
    _counts(0, n)
    return 1.0 if n == 0 else 1.0 - float((1.0 - level) ** (1.0 / n))


def weighted(found: Sequence[bool], propensities: Sequence[float], level: float = LEVEL) -> Estimate:
    """Estimate how many boxes of the pool hold something, from boxes drawn with known chances (Horvitz-Thompson).

    Args:
        found: Per box that was drawn at random and looked into, whether something was found.
        propensities: Per box, the chance with which the plan drew it, above 0 to 1: tilted and uniform alike.
        level: Between 0 and 1.

    Returns:
        Boxes in the pool with something a control finds, with its interval; without a draw 0 to infinity.

    Raises:
        BadRequest: Lists of different lengths, a propensity outside, or SciPy is not installed.

    The interval is the mid-P gamma interval. The next find is taken to weigh as much as a box of the pool does on
    average, itself estimated from the draws: their mean weight, weighted. (The plain mean of Tiwari, Clegg and Zou
    falls with every box that was all but certain to be drawn, and then covered 92 % of simulated years.) A total that
    even a sample without a find leaves possible cannot lie above an interval; there the whole error goes to the lower
    end. It covers its level on average over totals, 90 to 99 % at single ones: docs/explanation/estimates.md.
    Source: Horvitz and Thompson, JASA 47 (1952); Fay and Kim, Biometrical Journal 59 (2017); Tiwari, Clegg and Zou,
        Statistical Methods in Medical Research 15 (2006); the tail that is empty gives its share to the other one as in
        Blaker, Canadian Journal of Statistics 28 (2000).
    """
    tail = _tail(level)
    if len(found) != len(propensities) or not all(0.0 < chance <= 1.0 for chance in propensities):
        raise BadRequest(reason="one propensity above 0 and up to 1 per box that was drawn")
    weights = [1.0 / chance for chance in propensities]
    if not weights:
        return Estimate(0.0, 0.0, inf)
    mine = [weight for weight, hit in zip(weights, found, strict=True) if hit]
    value, spread = fsum(mine), fsum(weight * weight for weight in mine)
    next_weight = fsum(weight * weight for weight in weights) / fsum(weights)
    of_none = next_weight * -log(2.0 * tail)  # the highest total that leaves a sample without a find possible
    if not mine:
        return Estimate(0.0, 0.0, of_none)
    low_law, high_law = _gamma(value, spread), _gamma(value + next_weight, spread + next_weight**2)

    def law(total: float) -> float:
        return float(low_law(total) + high_law(total)) / 2

    low = _below(law, tail, value)
    if low < of_none:
        low = min(of_none, _below(law, 2.0 * tail, value))
    return Estimate(value, low, _above(law, 1.0 - tail, value))


def _below(law: Any, share: float, top: float) -> float:
    """The point that a law reaches with a share, searched downwards; the top where it does not have it there."""
    return _root(lambda total: law(total) - share, 0.0, top) if law(top) > share else top


def _gamma(mean: float, variance: float) -> Any:
    """The law of a gamma variable of a mean and variance."""
    shape, scale = mean * mean / variance, variance / mean
    return lambda total: float(_scipy("special").gammainc(shape, total / scale))


def _above(law: Any, share: float, start: float) -> float:
    """The point that a law reaches with a share, searched upwards."""
    top = 2.0 * start
    while law(top) < share:
        top *= 2.0
    return _root(lambda total: law(total) - share, 0.0, top)


def lift(hits: int, n: int, random_hits: int, random_n: int, level: float = LEVEL) -> Estimate:
    """Tell how many times as often chosen boxes hold something as boxes drawn uniformly.

    Returns:
        The ratio of both rates with its exact interval (conditional on the hits of both); infinite above where the
        random stratum has no hit, 0 to infinity where nobody has one.

    Raises:
        BadRequest: Impossible counts, no controls in a group, or SciPy is not installed.

    Source: two Poisson rates compared by the binomial law of their sum (Przyborowski and Wilenski, Biometrika 31,
        1940). Hits are rare among controls; where they are not, the interval is longer than need be.
    """
    _counts(hits, n)
    _counts(random_hits, random_n)
    if not n or not random_n:
        raise BadRequest(reason="a lift needs controls in both groups")
    share = exact(hits, hits + random_hits, level)
    own, other = hits / n, random_hits / random_n
    ratio = inf if not other else own / other
    return Estimate(ratio if hits else 0.0, *(_odds(part) * random_n / n for part in (share.low, share.high)))


def _odds(share: float) -> float:
    return inf if share >= 1.0 else share / (1.0 - share)


def mcnemar(only_first: int, only_second: int) -> float:
    """Tell the two-sided exact chance of so uneven a split where two ways of choosing are equally good.

    Args:
        only_first: Finds that the first way alone had. only_second: Those that the second alone had.

    Raises:
        BadRequest: A negative count, or SciPy is not installed.

    Source: McNemar, Psychometrika 12 (1947); exact by the binomial law.
    """
    total = only_first + only_second
    _counts(min(only_first, only_second), total)
    if total == 0:
        return 1.0
    return min(1.0, 2.0 * float(_scipy("special").bdtr(min(only_first, only_second), total, 0.5)))


def _tail(level: float) -> float:
    if not 0.0 < level < 1.0:
        raise BadRequest(reason="a level lies between 0 and 1")
    return (1.0 - level) / 2


def _counts(hits: int, n: int) -> None:
    if not 0 <= hits <= n:
        raise BadRequest(reason="hits lie between 0 and the number of controls")


def _root(law: Any, low: float, high: float) -> float:
    return float(partial(_scipy("optimize").brentq, xtol=1e-12, rtol=1e-10)(law, low, high))


def _scipy(part: str) -> Any:
    """A part of SciPy, loaded when first needed: a desk without the extra asks nothing of it."""
    try:
        return import_module(f"scipy.{part}")
    except ImportError:
        raise BadRequest(reason="intervals need the extra vigie[analytics]") from None
