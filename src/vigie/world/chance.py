"""Chance, from one seed: every part of the world draws from its own named stream, so that parts do not disturb another.

The same seed and name give the same draws on every machine (Mersenne Twister seeded by SHA-256 of the names).
"""

from bisect import bisect
from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate
from math import exp, log
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")

_MANY = 60.0  # above this mean the Poisson count is drawn in parts, because exp(-mean) loses digits


def stream(seed: int, *names: object) -> Random:
    """Open the stream of draws that belongs to a seed and a name."""
    told = "|".join(str(name) for name in (seed, *names))
    return Random(int.from_bytes(sha256(told.encode()).digest()[:16], "big"))


def poisson(chance: Random, mean: float) -> int:
    """Draw a Poisson count; the mean may be any number from 0."""
    count = 0
    while mean > _MANY:
        count += _small_poisson(chance, _MANY)
        mean -= _MANY
    return count + _small_poisson(chance, mean)


def _small_poisson(chance: Random, mean: float) -> int:
    limit, count, product = exp(-mean), 0, chance.random()
    while product > limit:
        count += 1
        product *= chance.random()
    return count


def spread(chance: Random, relative_sd: float) -> float:
    """Draw a factor with mean 1 (gamma); a Poisson count times it is negative binomial."""
    if relative_sd <= 0:
        return 1.0
    shape = 1.0 / relative_sd**2
    return chance.gammavariate(shape, 1.0 / shape)


def between(chance: Random, bounds: tuple[float, float]) -> float:
    """Draw evenly between two bounds."""
    return bounds[0] + (bounds[1] - bounds[0]) * chance.random()


def power(chance: Random, low: float, high: float, exponent: float) -> float:
    """Draw from a Pareto law cut at both ends (density falls as x ** -(exponent + 1)); exponent 0 is log-uniform."""
    draw = chance.random()
    if abs(exponent) < 1e-9:
        return low * exp(draw * log(high / low))
    first, last = low**-exponent, high**-exponent
    return float((first - draw * (first - last)) ** (-1.0 / exponent))


class Choice(Generic[Thing]):
    """A table of things with weights, drawn by bisection."""

    __slots__ = ("_edges", "shares", "things")

    def __init__(self, things: Sequence[Thing], weights: Sequence[float]) -> None:
        self.things = tuple(things)
        total = sum(weights)
        self.shares = tuple(weight / total for weight in weights)
        self._edges = tuple(weight / total for weight in accumulate(weights))[:-1]

    def draw(self, chance: Random) -> Thing:
        """Draw one thing."""
        return self.things[bisect(self._edges, chance.random())]


def falling(count: int, exponent: float) -> tuple[float, ...]:
    """Weights that fall with rank (Zipf): a few parties do most of the trade."""
    return tuple(1.0 / rank**exponent for rank in range(1, count + 1))
