"""How far two readers agree beyond chance: Cohen's kappa of blind pairs, with an interval that stays honest for few."""

from collections.abc import Iterable, Sequence
from random import Random

from msgspec import Struct

from vigie.scanning.xray.reading import Reading, ReadingOrder, Verdict, standing

DRAWS = 4000
"""Draws behind an interval: their ends then move by about a hundredth. Source: own measurement."""

LEVEL = 0.95

FEWEST = 2
"""Pairs below which no figure is given."""


class Agreement(Struct, frozen=True):
    """Agreement of blind pairs of readings.

    Attributes:
        pairs: How many. both_nothing, both_hold: Pairs that agree. first_only, second_only: Only that reader held.
        observed: Share of pairs that agree, 0 to 1; None below two pairs.
        kappa: Agreement beyond chance, -1 to 1; None below two pairs, or where chance alone agrees always.
        low, high: 95 % credible interval of kappa (Dirichlet posterior, Jeffreys prior); None below two pairs.
    """

    pairs: int
    both_nothing: int
    both_hold: int
    first_only: int
    second_only: int
    observed: float | None = None
    kappa: float | None = None
    low: float | None = None
    high: float | None = None


def agreement(cases: Iterable[Sequence[Reading]]) -> Agreement:
    """Count how far first and second readers agree, over the scans whose second reader was drawn by chance alone.

    A pair where the first reader asked for another is left out: the first said neither of the two words, and such
    scans are hard, so that they would say nothing of the others.

    Args:
        cases: Readings of each scan.

    Source: Cohen (1960), A coefficient of agreement for nominal scales; interval: draws from the posterior.
    """
    cells = [[0, 0], [0, 0]]
    for readings in cases:
        drawn = standing(readings).by_chance
        said = {one.order: one.verdict for one in readings}
        first, second = said.get(ReadingOrder.FIRST), said.get(ReadingOrder.SECOND)
        if drawn and first is not None and second is not None and Verdict.SECOND not in (first, second):
            cells[first is Verdict.HOLD][second is Verdict.HOLD] += 1
    (nothing, second_only), (first_only, hold) = cells
    pairs = nothing + hold + first_only + second_only
    if pairs < FEWEST:
        return Agreement(pairs, nothing, hold, first_only, second_only)
    low, high = _interval((nothing, second_only, first_only, hold))
    return Agreement(pairs, nothing, hold, first_only, second_only, (nothing + hold) / pairs,
                     kappa_of(nothing, second_only, first_only, hold), low, high)  # fmt: skip


def kappa_of(a: float, b: float, c: float, d: float) -> float | None:
    """Cohen's kappa of a table of two by two (a, d agree); None where chance alone would agree always."""
    total = a + b + c + d
    chance = ((a + b) * (a + c) + (c + d) * (b + d)) / total**2
    return None if chance >= 1 else ((a + d) / total - chance) / (1 - chance)


def _interval(cells: Sequence[int]) -> tuple[float, float]:
    chance = Random(20260101)
    drawn = (kappa_of(*(chance.gammavariate(count + 0.5, 1.0) for count in cells)) for _ in range(DRAWS))
    found = sorted(one for one in drawn if one is not None)
    cut = (1 - LEVEL) / 2
    return found[int(cut * len(found))], found[int((1 - cut) * len(found)) - 1]
