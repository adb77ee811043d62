"""What an order of rows found, and how sure that is. Equal scores are put in order by lot, from a seed."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]

DRAWS = 400
"""Samples of a bootstrap interval: enough for two digits of a 2.5 % tail."""


def best_first(score: Values, seed: int) -> Values:
    """Places of the rows, the greatest score first; equal scores by lot."""
    return np.lexsort((np.random.default_rng(seed).random(len(score)), -np.asarray(score)))


def found_at(score: Values, positive: Values, share: float, seed: int = 0) -> tuple[int, int]:
    """Positives among the best `share` of the rows, and how many rows that is (rounded down, at least one)."""
    scanned = max(1, int(len(score) * share))
    return int(np.asarray(positive)[best_first(score, seed)[:scanned]].sum()), scanned


def average_precision(score: Values, positive: Values) -> float:
    """Mean precision at each step of recall; equal scores are one step.

    Source: the definition of `sklearn.metrics.average_precision_score`.
    """
    levels, place = np.unique(-np.asarray(score), return_inverse=True)
    hits = np.bincount(place, np.asarray(positive, np.float64), len(levels))
    seen = np.cumsum(np.bincount(place, minlength=len(levels)))
    return float((hits * np.cumsum(hits) / seen).sum() / hits.sum())


def area(score: Values, positive: Values) -> float:
    """Chance that a positive is scored above another row; equal scores count half."""
    hit = np.asarray(positive, np.bool_)
    levels, place, many = np.unique(np.asarray(score), return_inverse=True, return_counts=True)
    rank = (np.cumsum(many) - (many - 1) / 2)[place]
    hits = int(hit.sum())
    return float((rank[hit].sum() - hits * (hits + 1) / 2) / (hits * (len(hit) - hits))) if levels.size else 0.0


def re_ordered(day: Values, score: Values, seed: int = 0) -> Values:
    """The day on which each visit would have been made, had the best been visited first.

    Every day keeps the number of visits it had: the days of the period, in order, go to the rows in the order of
    their scores.

    Source: `simulated_date_diff_mean` of Chicago/food-inspections-evaluation (the City of Chicago's own measure).
    """
    made = np.empty(len(day), np.asarray(day).dtype)
    made[best_first(score, seed)] = np.sort(day)
    return made


def days_earlier(day: Values, score: Values, positive: Values, seed: int = 0) -> Values:
    """Days by which each positive would have been found earlier (below 0: later); their mean is the City's figure."""
    return (np.asarray(day) - re_ordered(day, score, seed))[np.asarray(positive, np.bool_)].astype(np.float64)


def first_half(day: Values, score: Values, positive: Values, seed: int = 0) -> tuple[int, int]:
    """Positives in the first half of the re-ordered visits (half their number, rounded down), and all positives."""
    return found_at(score, positive, 0.5, seed)[0], int(np.asarray(positive).sum())


def first_days(day: Values, score: Values, positive: Values, seed: int = 0) -> tuple[int, int]:
    """Positives on the days that end before half of the visits were made, and all positives.

    Source: `31_xgboost_model_evaluation.R` of Chicago/food-inspections-evaluation: its "period A".
    """
    days, visits = np.unique(day, return_counts=True)
    early = days[np.cumsum(visits) < len(day) / 2]
    hit = np.asarray(positive, np.bool_)
    return int((hit & np.isin(re_ordered(day, score, seed), early)).sum()), int(hit.sum())


def as_visited(day: Values, positive: Values) -> tuple[int, int]:
    """Positives that were found in the first half of the visits as they were made: business as usual."""
    made = np.argsort(day, kind="stable")[: len(day) // 2]
    return int(np.asarray(positive)[made].sum()), int(np.asarray(positive).sum())


def ece_of_width(chance: Values, positive: Values, bins: int = 10) -> float:
    """Expected calibration error with bins of equal width over 0 to 1; `vigie.risk.ece` has bins of equal mass."""
    said, hit = np.asarray(chance, np.float64), np.asarray(positive, np.float64)
    place = np.minimum((said * bins).astype(np.int64), bins - 1)
    return float(np.abs(np.bincount(place, said - hit, bins)).sum() / len(said))


def by_chance_alone(judged: Callable[[Values, Values], float], chance: Values, seed: int, draws: int = 100) -> float:
    """Calibration error that chances without any fault would show on so many rows: the mean over drawn outcomes.

    Args:
        judged: From chances, 0 to 1, and outcomes to the error. chance: Of each row, 0 to 1.
    """
    draw, said = np.random.default_rng(seed), np.asarray(chance, np.float64)
    return float(np.mean([judged(said, draw.random(len(said)) < said) for _ in range(draws)]))


def drawn_again(statistic: Callable[[Values], float], rows: int, seed: int, draws: int = DRAWS) -> tuple[float, float]:
    """Bootstrap interval, 95 %, percentiles: the rows drawn again with replacement.

    Args:
        statistic: From the places of the rows drawn to the figure. rows: How many there are.
    """
    draw = np.random.default_rng(seed)
    told = [statistic(draw.integers(0, rows, rows)) for _ in range(draws)]
    low, high = np.quantile([one for one in told if one == one], [0.025, 0.975]).tolist()
    return low, high
