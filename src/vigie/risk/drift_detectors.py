"""What a detector finds, beside what a reference detector would have found among the same kinds of boxes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log, sqrt

import msgspec

_Z95 = 1.959964
"""Two-sided 95 % point of the normal law."""


class Cell(msgspec.Struct, frozen=True):
    """Controls of one detector among boxes of one kind. detector: Its name. kind: Stratum and band of the boxes."""

    detector: tuple[str, ...]
    kind: tuple[str, ...]
    n: int
    hits: int


class Adjusted(msgspec.Struct, frozen=True):
    """A detector beside the reference.

    Attributes:
        detector: Which. n, hits: All its controls. ratio, low, high: Its rate as a multiple of the reference's among
            the same kinds of boxes, with a 95 % interval; None where they share no kind of box or a side found nothing.
        shared: Its controls among kinds that the reference controlled too. is_reference: It is the reference.
    """

    detector: tuple[str, ...]
    n: int
    hits: int
    ratio: float | None
    low: float | None
    high: float | None
    shared: int
    is_reference: bool = False


def adjusted(cells: Iterable[Cell], reference: tuple[str, ...] = ()) -> tuple[Adjusted, ...]:
    """Compare detectors with one of them, kind of box by kind of box; the busiest first.

    Args:
        reference: The detector to compare with; empty: the busiest.

    Source: Mantel-Haenszel ratio of rates over kinds of boxes, variance by Greenland and Robins, Biometrics 41 (1985).
    """
    of: dict[tuple[str, ...], dict[tuple[str, ...], tuple[int, int]]] = defaultdict(dict)
    for cell in cells:
        hits, n = of[cell.detector].get(cell.kind, (0, 0))
        of[cell.detector][cell.kind] = hits + cell.hits, n + cell.n
    busiest = sorted(of, key=lambda name: (-sum(n for _, n in of[name].values()), name))
    against = reference if reference in of else busiest[0] if busiest else ()
    return tuple(_beside(name, of[name], of[against], name == against) for name in busiest)


def _beside(
    name: tuple[str, ...], own: Mapping[tuple[str, ...], tuple[int, int]],
    other: Mapping[tuple[str, ...], tuple[int, int]], same: bool,
) -> Adjusted:
    hits, n = sum(one[0] for one in own.values()), sum(one[1] for one in own.values())
    if same:
        return Adjusted(name, n, hits, 1.0, None, None, n, True)
    pairs = [(*own[kind], *other[kind]) for kind in own if kind in other]
    return Adjusted(name, n, hits, *_ratio(pairs), sum(pair[1] for pair in pairs))


def _ratio(pairs: Sequence[tuple[int, int, int, int]]) -> tuple[float | None, float | None, float | None]:
    mine = sum(a * m / (n + m) for a, n, _, m in pairs if n + m)
    theirs = sum(b * n / (n + m) for _, n, b, m in pairs if n + m)
    if not mine or not theirs:
        return None, None, None
    spread = sum((n * m * (a + b) - a * b * (n + m)) / (n + m) ** 2 for a, n, b, m in pairs if n + m)
    ratio, wide = mine / theirs, _Z95 * sqrt(spread / (mine * theirs))
    return ratio, exp(log(ratio) - wide), exp(log(ratio) + wide)
