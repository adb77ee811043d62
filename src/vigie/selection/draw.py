"""Draw a fixed number of boxes with known inclusion probabilities, and round shares of slots by chance."""

from collections.abc import Sequence
from itertools import pairwise

from vigie.selection.sealing import lot

_ONE = 1 << 64


def inclusion(weights: Sequence[float], count: int) -> tuple[float, ...]:
    """Tell each box's probability of being drawn: proportional to its weight, and at most 1.

    Args:
        weights: One per box, > 0. count: How many will be drawn, 0 to the number of boxes.

    Returns:
        Probabilities that add up to `count`.
    """
    certain = [False] * len(weights)
    while not all(certain):
        free = count - sum(certain)
        mass = sum(weight for weight, sure in zip(weights, certain, strict=True) if not sure)
        chances = [1.0 if sure else free * weight / mass for weight, sure in zip(weights, certain, strict=True)]
        over = [chance >= 1.0 and not sure for chance, sure in zip(chances, certain, strict=True)]
        if not any(over):
            return tuple(chances)
        certain = [sure or now for sure, now in zip(certain, over, strict=True)]
    return tuple(1.0 for _ in weights)


def drawn(names: Sequence[str], chances: Sequence[float], key: bytes, label: str) -> frozenset[str]:
    """Draw boxes by systematic sampling over an order that only the key knows.

    Each box is drawn with exactly its probability, and the number drawn is their sum.

    Args:
        names: The boxes. chances: Their inclusion probabilities; the sum is a whole number.
        key: The sealed key of the day. label: Stratum and shift.

    Source: W. G. Madow, systematic sampling with unequal probabilities, Annals of Mathematical Statistics 20 (1949).
    """
    order = sorted(range(len(names)), key=lambda place: (lot(key, label, names[place]), names[place]))
    mark = lot(key, label, "start") / _ONE
    taken: list[str] = []
    passed = 0.0
    total = round(sum(chances))
    for place in order:
        passed += chances[place]
        if len(taken) < total and passed > mark + len(taken):
            taken.append(names[place])
    # Rounding of the last sum may leave the last mark a hair above it: the last box of the order takes that place.
    for place in reversed(order):
        if len(taken) == total:
            break
        if names[place] not in taken:
            taken.append(names[place])
    return frozenset(taken)


def rounded(shares: Sequence[int], mark: int) -> tuple[int, ...]:
    """Round shares of slots to whole slots; their sum stays, and over all marks each share has its mean.

    Args:
        shares: Thousandths of slots, whole slots together. mark: 0 to 999, from the key.
    """
    told, low = [], 0
    for share in shares:
        told.append((mark - low) // 1000 - (mark - low - share) // 1000)
        low += share
    return tuple(told)


def roundings(shares: Sequence[int]) -> list[tuple[float, tuple[int, ...]]]:
    """Tell every way in which `rounded` can round shares, each with its chance."""
    borders = sorted({0, 1000, *(sum(shares[: place + 1]) % 1000 for place in range(len(shares)))})
    return [((until - since) / 1000, rounded(shares, since)) for since, until in pairwise(borders)]
