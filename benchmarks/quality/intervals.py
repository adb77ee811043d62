"""Which interval for a weighted total covers as often as it says: the candidates beside each other, by simulation.

52 weekly pools a year of 384 boxes, 31 scanned, tilted and uniform draws as `vigie.selection` makes them; loaded boxes
score higher than others on average. `python -m benchmarks.quality.intervals` prints one row per candidate and rate.
"""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import beta, gamma

from vigie.risk import weighted

Floats = NDArray[np.float64]
TAIL = 0.025
LOADED = (31, 100, 200, 400, 800, 1600, 3000)
"""Loaded boxes in a year of 20,000: from the published intensity of cocaine to a frequent irregularity."""


def fay_feuer(hits: Floats, draws: Floats, pool: int, following: float) -> tuple[float, float]:
    """Fay and Feuer (1997): gamma, never too short; `following` is the weight of the next find."""
    total, spread = float(hits.sum()), float((hits**2).sum())
    low = gamma.ppf(TAIL, total**2 / spread, scale=spread / total) if total else 0.0
    more, wider = total + following, spread + following**2
    return float(low), float(gamma.ppf(1 - TAIL, more**2 / wider, scale=wider / more))


def middle_gamma(hits: Floats, draws: Floats, pool: int, following: float) -> tuple[float, float]:
    """Fay and Kim (2017): half of the gamma law below and half of the one above."""
    total, spread = float(hits.sum()), float((hits**2).sum())
    more, wider = total + following, spread + following**2
    above = gamma(more**2 / wider, scale=wider / more)
    if not total:
        return 0.0, float(above.ppf(1 - 2 * TAIL))
    below = gamma(total**2 / spread, scale=spread / total)

    def law(value: float) -> float:
        return float(below.cdf(value) + above.cdf(value)) / 2

    top = float(above.ppf(0.99999))
    return brentq(lambda x: law(x) - TAIL, 0.0, total), brentq(lambda x: law(x) - 1 + TAIL, total, top)


def korn_graubard(hits: Floats, draws: Floats, pool: int) -> tuple[float, float]:
    """Korn and Graubard (1998): Clopper-Pearson with the number of draws that the weights leave."""
    rate = min(1.0, float(hits.sum()) / pool)
    spread = float((hits**2).sum()) / pool**2
    n = rate * (1 - rate) / spread if spread else float(draws.sum() ** 2 / (draws**2).sum())
    x = n * rate
    low = float(beta.ppf(TAIL, x, n - x + 1)) if x else 0.0
    return low * pool, float(beta.ppf(1 - TAIL, x + 1, max(n - x, 1e-9))) * pool


def taken(hits: Floats, draws: Floats) -> tuple[float, float]:
    """The one of `vigie.risk.weighted`: mid-P gamma, the next find weighing as much as a box of the pool on average."""
    lots, told = list(hits), list(draws)
    for weight in lots:
        told.remove(weight)
    found = weighted([True] * len(lots) + [False] * len(told), [1.0 / weight for weight in (*lots, *told)])
    return found.low, found.high


WAYS: dict[str, Callable[[Floats, Floats, int], tuple[float, float]]] = {
    "gamma, greatest weight": lambda hits, draws, pool: fay_feuer(hits, draws, pool, float(draws.max())),
    "gamma, mean weight": lambda hits, draws, pool: fay_feuer(hits, draws, pool, float(draws.mean())),
    "mid-P gamma, greatest weight": lambda hits, draws, pool: middle_gamma(hits, draws, pool, float(draws.max())),
    "mid-P gamma, mean weight": lambda hits, draws, pool: middle_gamma(hits, draws, pool, float(draws.mean())),
    "mid-P gamma, weight of a box of the pool (taken)": lambda hits, draws, pool: taken(hits, draws),
    "Korn-Graubard": korn_graubard,
}


def a_year(
    loaded: int, chance: np.random.Generator, each: int, slots: int = 31, boxes: int = 384
) -> tuple[Floats, NDArray[np.bool_], int, int]:
    """Draw one year: weights and finds of what was drawn, how many of the pools were loaded, and their size."""
    weights, finds, truth, size = [], [], 0, 0
    for _ in range(52):
        full = chance.random(boxes) < loaded / (52 * boxes)
        score = -6.4 + 1.3 * (1.2 * chance.normal(size=boxes) + 1.5 * full)
        pool = np.argsort(-score)[slots - 2 * each :]
        tilt = np.sqrt(1 / (1 + np.exp(-score[pool])))
        first = np.minimum(1.0, each * tilt / tilt.sum())
        order = chance.permutation(len(pool))
        marks = np.searchsorted(np.cumsum(first[order]), chance.random() + np.arange(each))
        by_tilt = order[np.minimum(marks, len(pool) - 1)]
        left = np.setdiff1d(np.arange(len(pool)), by_tilt)
        second = each / len(left)
        drawn = np.concatenate((by_tilt, chance.choice(left, each, replace=False)))
        weights.append(1 / (first + (1 - first) * second)[drawn])
        finds.append(full[pool][drawn])
        truth += int(full[pool].sum())
        size += len(pool)
    return np.concatenate(weights), np.concatenate(finds), truth, size


def rows(seed: int, years: int, each: int) -> list[dict[str, Any]]:
    """One row per rate: how often each candidate covered, and how long it was on average."""
    told = []
    for loaded in LOADED:
        chance = np.random.default_rng([seed, loaded, each])
        seen: dict[str, list[tuple[bool, float]]] = {name: [] for name in WAYS}
        for _ in range(years):
            draws, finds, truth, size = a_year(loaded, chance, each)
            for name, way in WAYS.items():
                low, high = way(draws[finds], draws, size)
                seen[name].append((low <= truth <= high, high - low))
        told.append({"loaded": loaded, "draws": 104 * each, "years": years} | {
            name: {"covers": round(sum(one for one, _ in cases) / years, 3),
                   "width": round(sum(width for _, width in cases) / years)} for name, cases in seen.items()})
    return told


def main() -> int:
    """Print the rows."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--years", type=int, default=600)
    given = asked.parse_args()
    for each in (1, 2):
        for row in rows(given.seed, given.years, each):
            print(json.dumps(row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
