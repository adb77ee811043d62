"""How much a lot weighs: three press classes, each with its law; the largest is fitted to the published mean."""

from dataclasses import dataclass
from functools import cache
from math import log
from random import Random

from vigie.world.chance import power
from vigie.world.parameters import LOT_BOUNDS_KG, MIDDLE_EXPONENT

CLASSES = ("small", "middle", "large")
"""Below 100 kg, 100 kg to one tonne, above: the classes in which Rotterdam publishes its lots."""


_FEWEST = 1e-4  # below this share a class is as good as empty


@dataclass(frozen=True, slots=True)
class LotLaw:
    """The law of found lots in one port and year.

    Attributes:
        shares: Shares of the three classes among found lots; they sum to 1.
        exponent: Pareto exponent of the largest class.
    """

    shares: tuple[float, float, float]
    exponent: float

    def kilos(self, size: str, chance: Random) -> float:
        """Draw the mass of a lot of a class, in kilograms."""
        low, hundred, tonne, high = LOT_BOUNDS_KG.value
        if size == "small":
            return power(chance, low, hundred, 0.0)
        if size == "middle":
            return power(chance, hundred, tonne, MIDDLE_EXPONENT.value)
        return power(chance, tonne, high, self.exponent)

    def mean(self) -> float:
        """Mean mass of a found lot, in kilograms."""
        low, hundred, tonne, high = LOT_BOUNDS_KG.value
        means = (
            power_mean(low, hundred, 0.0),
            power_mean(hundred, tonne, MIDDLE_EXPONENT.value),
            power_mean(tonne, high, self.exponent),
        )
        return sum(share * mean for share, mean in zip(self.shares, means, strict=True))


def power_mean(low: float, high: float, exponent: float) -> float:
    """Mean of the cut Pareto law of `chance.power`."""
    if abs(exponent) < 1e-9:
        return (high - low) / log(high / low)
    mass = low**-exponent - high**-exponent
    if abs(exponent - 1.0) < 1e-9:
        return float(log(high / low) / mass)
    return float(exponent / (exponent - 1.0) * (low ** (1.0 - exponent) - high ** (1.0 - exponent)) / mass)


@cache
def fitted(mean_kg: float, small: float, large: float) -> LotLaw:
    """Find the law with these class shares whose mean is the published one.

    The share of the largest class gives way where no exponent reaches the mean; the mean is kept.

    Args:
        mean_kg: Published mean mass of a found lot.
        small: Share of lots below 100 kg.
        large: Wanted share of lots above one tonne.

    Raises:
        ValueError: The share of small lots alone forbids the mean.
    """
    steepest, flattest = 6.0, -1.0
    while LotLaw((small, 1 - small - large, large), steepest).mean() > mean_kg:
        large *= 0.9
        if large < _FEWEST:
            raise ValueError("the class shares forbid the mean")
    while LotLaw((small, 1 - small - large, large), flattest).mean() < mean_kg:
        large *= 1.1
    shares = (small, 1 - small - large, large)
    low, high = flattest, steepest
    for _ in range(60):
        middle = (low + high) / 2
        if LotLaw(shares, middle).mean() > mean_kg:
            low = middle
        else:
            high = middle
    return LotLaw(shares, (low + high) / 2)
