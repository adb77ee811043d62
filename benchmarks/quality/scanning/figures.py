"""Figures of a detector on pictures: area under the curve, detection at stated false alarms, with bootstrap intervals."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def area(positive: Scores, negative: Scores) -> float:
    """Chance that a picture with a threat scores above one without; equal scores count half."""
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(below.mean() / (2 * len(ordered)))


def level(negative: Scores, rate: float) -> float:
    """The score that at most this share of the negatives exceed."""
    ordered = np.sort(negative)[::-1]
    return float(ordered[min(int(len(ordered) * rate), len(ordered) - 1)])


def detection(positive: Scores, negative: Scores, rate: float) -> float:
    """Share of the pictures with a threat above the level of a rate of false alarms."""
    return float((positive > level(negative, rate)).mean())


def bootstrapped(
    told: Callable[[Scores, Scores], float], positive: Scores, negative: Scores, draws: int, seed: int = 1
) -> tuple[float, float, float]:
    """A figure with the 2.5 % and 97.5 % points of its bootstrap; pictures with and without are drawn apart."""
    draw = np.random.default_rng(seed)
    made = np.array([
        told(positive[draw.integers(0, len(positive), len(positive))], negative[draw.integers(0, len(negative), len(negative))])
        for _ in range(draws)
    ])  # fmt: skip
    low, high = np.percentile(made, (2.5, 97.5))
    return told(positive, negative), float(low), float(high)


def shown(figure: tuple[float, float, float]) -> dict[str, float]:
    """A figure for a file."""
    return {name: round(value, 4) for name, value in zip(("value", "low", "high"), figure, strict=True)}


def curve(positive: Scores, negative: Scores, rates: Sequence[float], draws: int) -> dict[str, Any]:
    """Area and detection at each rate, with intervals."""
    if not len(positive) or not len(negative):
        return {"positives": len(positive), "negatives": len(negative)}
    found = {"auc": shown(bootstrapped(area, positive, negative, draws))}
    for rate in rates:

        def at(one: Scores, two: Scores, rate: float = rate) -> float:
            return detection(one, two, rate)

        found[f"detection_at_{rate:g}"] = shown(bootstrapped(at, positive, negative, draws))
    return {"positives": len(positive), "negatives": len(negative), **found}


def shares(groups: Mapping[str, Scores], threshold: float, draws: int) -> dict[str, Any]:
    """Detection in each group at a given threshold, with intervals; a group of nothing is left out."""
    told = {}
    for name, scores in groups.items():
        if len(scores):
            figure = bootstrapped(lambda one, _: float((one > threshold).mean()), scores, scores, draws)
            told[name] = {"positives": len(scores), **shown(figure)}
    return told
