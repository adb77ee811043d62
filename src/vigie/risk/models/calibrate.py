"""From scores to chances: steps that never fall, learnt from boxes drawn by chance, and how far off they are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vigie.risk.models.declared import SHADOW_POSITIVES
from vigie.risk.models.voting import Calibration

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vigie.risk.models.encode import Values

    Flags = NDArray[np.bool_]
    Milli = NDArray[np.int64]
    Matrix = NDArray[np.float64]

LEAST_POSITIVES = SHADOW_POSITIVES
"""Positives in the random stratum from which a chance may be called calibrated. Source: reference page risk, fusion."""

_MILLION = 1_000_000


def isotonic(
    milli: "Values", positive: "Values", weights: "Values | None" = None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Learn steps that never fall (pool adjacent violators, least squares).

    Args:
        milli: Scores. positive: Labels. weights: Rows each row stands for (1 / propensity); None is one each.

    Returns:
        Where each step starts, and its chance in millionths; none where there are no rows.
    """
    import numpy as np

    score = np.asarray(milli, np.int64)
    weight = np.ones(len(score)) if weights is None else np.asarray(weights, np.float64)
    levels, place = np.unique(score, return_inverse=True)
    held = np.bincount(place, weight, len(levels))
    hits = np.bincount(place, weight * np.asarray(positive, np.float64), len(levels))
    blocks: list[list[float]] = []
    for start, many, found in zip(levels.tolist(), held.tolist(), hits.tolist(), strict=True):
        blocks.append([start, many, found])
        while len(blocks) > 1 and blocks[-2][2] * blocks[-1][1] >= blocks[-1][2] * blocks[-2][1]:
            _, more, further = blocks.pop()
            blocks[-1][1] += more
            blocks[-1][2] += further
    ppm = [round(_MILLION * found / many) if many else 0 for _, many, found in blocks]
    kept = [place for place in range(len(ppm)) if place == 0 or ppm[place] > ppm[place - 1]]
    return tuple(int(blocks[place][0]) for place in kept), tuple(ppm[place] for place in kept)


def chances(starts: Sequence[int], ppm: Sequence[int], milli: "Values") -> "Milli":
    """The chance of each score, millionths: what `Calibration.chance` says one by one."""
    import numpy as np

    place = np.searchsorted(np.asarray(starts, np.int64), np.asarray(milli, np.int64), side="right") - 1
    return np.asarray(ppm, np.int64)[np.maximum(place, 0)]


def reliability(
    ppm: "Values", positive: "Values", weights: "Values | None" = None, bins: int = 10
) -> tuple[tuple[int, int, int], ...]:
    """Compare chances said with what was found, in bins of about equally many rows.

    Returns:
        Of each bin: mean chance said and share found, in millionths, and rows; ascending.
    """
    import numpy as np

    said = np.asarray(ppm, np.float64)
    found = np.asarray(positive, np.float64)
    weight = np.ones(len(said)) if weights is None else np.asarray(weights, np.float64)
    told = []
    for part in np.array_split(np.argsort(said, kind="stable"), bins):
        if held := float(weight[part].sum()):
            mean, share = (float((weight[part] * what[part]).sum()) / held for what in (said, found))
            told.append((round(mean), round(share * _MILLION), len(part)))
    return tuple(told)


def ece(ppm: "Values", positive: "Values", weights: "Values | None" = None, bins: int = 10) -> float:
    """Expected calibration error, 0 to 1: how far chances said lie from what was found, weighted by rows.

    Source: M. P. Naeini et al., AAAI 2015, with bins of equal mass.
    """
    told = reliability(ppm, positive, weights, bins)
    rows = sum(many for _, _, many in told)
    return sum(abs(said - found) * many for said, found, many in told) / _MILLION / rows if rows else 0.0


def brier(ppm: "Values", positive: "Values", weights: "Values | None" = None) -> float:
    """Mean squared distance of chances said from what was found, 0 to 1."""
    import numpy as np

    off = (np.asarray(ppm, np.float64) / _MILLION - np.asarray(positive, np.float64)) ** 2
    return float(np.average(off, weights=weights)) if len(off) else 0.0


def calibrate(
    milli: "Values", positive: "Values", at: "Values", propensity: Sequence[float | None] | None = None
) -> Calibration | None:
    """Learn what chance a score means, from rows that somebody looked at.

    Args:
        milli: Scores as decided. positive: Labels. at: Moments. propensity: Chance by which a row was drawn; None where
            it was not drawn by chance.

    Returns:
        From the random stratum, each row weighted by 1 / propensity, where it holds `LEAST_POSITIVES` positives; else
        from all rows and not calibrated. None where nothing was found, or nothing else.
    """
    import numpy as np

    score, hit, when = np.asarray(milli, np.int64), np.asarray(positive, np.bool_), np.asarray(at, np.int64)
    drawn = np.array([bool(one) for one in propensity], np.bool_) if propensity is not None else np.zeros_like(hit)
    fair = bool((hit & drawn).sum() >= LEAST_POSITIVES)
    weight = np.ones(len(hit))
    if fair and propensity is not None:
        score, hit, when = score[drawn], hit[drawn], when[drawn]
        weight = np.array([1.0 / one for one in propensity if one])
    if not 0 < hit.sum() < len(hit):
        return None
    off, distance = _later(score, hit, when, weight)
    starts, ppm = isotonic(score, hit, weight)
    return Calibration(starts, ppm, fair, len(hit), int(hit.sum()), off, distance)


def _later(score: "Milli", hit: "Flags", when: "Milli", weight: "Matrix") -> tuple[int | None, int | None]:
    """ECE and Brier of steps from the earlier half on the later half, millionths."""
    import numpy as np

    early = when < np.median(when)
    late = ~early
    if not (hit[early].sum() > 0 and late.any()):
        return None, None
    said = chances(*isotonic(score[early], hit[early], weight[early]), score[late])
    off, distance = (told(said, hit[late], weight[late]) for told in (ece, brier))
    return round(_MILLION * off), round(_MILLION * distance)
