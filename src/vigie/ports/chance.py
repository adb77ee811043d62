"""What chance alone would do: exact one-sided chances, relative risks drawn towards 1, and false discoveries held down.

All in plain arithmetic on logarithms, so that a node without the extras can tell them too.
"""

from collections.abc import Sequence
from math import exp, inf, lgamma, log

LEVEL = 0.05
"""Share of false names among those flagged, at most. Source: issue 7, "FDR <= 5 %"."""

_SHAPES: tuple[float, ...] = tuple(2.0 ** (step / 2) for step in range(-4, 17))
"""Shapes of the law of relative risks that are tried: from half the users far from 1 to all of them at 1."""


def hypergeometric(marked: int, drawn: int, whole: int) -> list[float]:
    """The chance of each number of marked things among those drawn without putting back, from 0 to what is possible.

    Args:
        marked: Of the whole. drawn: How many. whole: All; not below the others.
    """
    base = _choose(whole, drawn)
    return [
        exp(_choose(marked, k) + _choose(whole - marked, drawn - k) - base) if drawn - k <= whole - marked else 0.0
        for k in range(min(drawn, marked) + 1)
    ]  # fmt: skip


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def added(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """The law of the sum of two independent counts."""
    told = [0.0] * (len(one) + len(other) - 1)
    for place, chance in enumerate(one):
        if chance > 0.0:
            for more, also in enumerate(other):
                told[place + more] += chance * also
    return told


def at_least(law: Sequence[float], count: int) -> float:
    """The chance of a count or more, 0 to 1."""
    return min(1.0, max(0.0, sum(law[count:]) if count > 0 else 1.0))


def more_than_rate(count: int, expected: float, shape: float = inf) -> float:
    """The chance of a count or more where so many are expected: Poisson, or spread by a gamma law of mean 1.

    Args:
        count: From 0. expected: Above 0. shape: Of the gamma law: people differ for honest reasons, too; infinite: not.

    Source: Poisson and negative binomial upper tails.
    """
    if count <= 0:
        return 1.0
    below = sum(exp(_log_count(k, expected, shape)) for k in range(count))
    if below < 0.999:
        return min(1.0, 1.0 - below)
    tail, k = 0.0, count  # far out the sum of what is left keeps its digits, one minus a sum does not
    while k < count + 10_000:
        more = exp(_log_count(k, expected, shape))
        tail += more
        if more <= tail * 1e-12:
            break
        k += 1
    return min(1.0, tail)


def _log_count(count: int, expected: float, shape: float) -> float:
    """Logarithm of the negative binomial chance of a count; Poisson where the shape is infinite."""
    if shape == inf:
        return float(count * log(expected) - expected - lgamma(count + 1))
    seen = count * log(expected / (shape + expected)) if count else 0.0
    none = shape * log(shape / (shape + expected))
    return float(lgamma(shape + count) - lgamma(shape) - lgamma(count + 1) + none + seen)


def shape_of(counts: Sequence[tuple[int, float]]) -> float:
    """How alike people are: the shape of the gamma law (mean 1) that makes the counts likeliest, of those tried.

    Args:
        counts: Per person what was counted and what was expected; without expectation no part of it.

    Source: empirical Bayes, Clayton and Kaldor, Biometrics 43 (1987); the mean is held at 1, so that a wave of finds
        accuses nobody.
    """
    known = [(count, expected) for count, expected in counts if expected > 0.0]
    if not known:
        return _SHAPES[-1]
    return max(_SHAPES, key=lambda shape: (sum(_log_count(count, expected, shape) for count, expected in known), shape))


def false_discoveries(chances: Sequence[float]) -> list[float]:
    """For each chance, the share of false names among all that are as unlikely or more so (q-value).

    Names with q at or below a level are flagged: on average at most that share of them is flagged by chance.

    Source: Benjamini and Hochberg, J. R. Statist. Soc. B 57 (1995); holds under positive dependence (Benjamini and
        Yekutieli, Annals of Statistics 29, 2001).
    """
    order = sorted(range(len(chances)), key=lambda place: chances[place], reverse=True)
    told, least = [1.0] * len(chances), 1.0
    for rank, place in zip(range(len(chances), 0, -1), order, strict=True):
        least = min(least, chances[place] * (len(chances) / rank))
        told[place] = least
    return told
