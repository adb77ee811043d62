"""How much a share changed at equal effort, with its interval, and what it would be were controls otherwise."""

from math import exp, log, sqrt
from typing import TYPE_CHECKING

from vigie.trends.said import Assumed, Ratio

if TYPE_CHECKING:
    from vigie.trends.evidence import Sums

Z95 = 1.959964
"""Normal quantile of an interval of 95 %."""

HALF = 0.5
"""Findings added to every count of a ratio, so that none is divided by nothing. Source: Haldane-Anscombe."""


def compared(sums: "Sums", place: int, start: int, end: int, spread: float, share: float) -> Ratio:
    """Lay the months from `start` to `end` against all before `start`.

    Args:
        sums: As `vigie.trends.evidence.summed`. place: Which name. spread: Variance beyond chance, as `Rates`.
        share: Part of all findings before, at the effort of the last year.
    """
    own0, all0, fair0 = (float(part[start, place]) for part in sums)
    own1, all1, fair1 = (float(part[end, place] - part[start, place]) for part in sums)
    value = _odds(own1, all1, fair1) / _odds(own0, all0, fair0)
    # each count varies by chance, and by the spread of its months
    error = sum(
        1 / (count + HALF) + spread / max(months, 1)
        for count, months in ((own1, end - start), (all1 - own1, end - start), (own0, start), (all0 - own0, start))
    )
    width = Z95 * sqrt(error)
    low, high = exp(log(value) - width), exp(log(value) + width)
    expected = all1 * (lambda odds: odds / (1 + odds))(_odds(own0, all0, fair0) * fair1 / max(all1 - fair1, HALF))
    return Ratio(
        round(value, 4), round(low, 4), round(high, 4), round(own1), round(expected, 2), round(share, 4),
        round(moved(share, value), 4), round(moved(share, low), 4), round(moved(share, high), 4),
    )  # fmt: skip


def _odds(own: float, of: float, fair: float) -> float:
    """Odds of a finding being the name's, over what earlier rates and effort give."""
    usual = (fair + HALF) / max(of - fair + HALF, HALF)
    return (own + HALF) / (of - own + HALF) / usual


def moved(share: float, factor: float) -> float:
    """A share whose odds are multiplied."""
    return share * factor / (1 - share + share * factor)


def assumed(ratio: Ratio, factor: float) -> Assumed:
    """Tell what a ratio would be had a control since become `factor` times as sensitive: more was found, not sent.

    Args:
        ratio: As counted. factor: 2 for twice as sensitive, 0.5 for half.
    """
    value, low, high = (each / factor for each in (ratio.value, ratio.low, ratio.high))
    return Assumed(factor, round(value, 4), round(low, 4), round(high, 4), round(moved(ratio.share_before, value), 4),
                   low > 1.0 or high < 1.0)  # fmt: skip
