"""How strong chance alone gets: the node's own intensities, simulated without any displacement."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigie.trends.evidence import Numbers, Rates, Sums, strongest, summed
from vigie.trends.grid import Cells

FALSE_ALARMS = 0.05
"""False alarms in `HORIZON` months where nothing moved. Source: reference page sense, A3."""

HORIZON = 48
"""Months the rate of false alarms is stated for. Source: as above."""

SIMULATIONS = 600
"""Simulated series a threshold is told from: the 95th of a hundred is known to about one of a hundred."""

DRIFT = 0.02
"""By how much (standard deviation of the logarithm) the share of one name strays in a month without displacement.
Source: own figure; some 7 % in a year, what trade itself does."""

EARLY = 0.20
"""Early warnings of any small port in `HORIZON` months where nothing moved. Source: own figure; four times as many as
alarms, for a warning asks for a look and nothing more."""

LEAST_SPREAD = 0.25
"""The strongest of a name varies by this at least: where nothing is ever found no alarm is cheap."""


class Threshold(NamedTuple):
    """From when on a strength is an alarm.

    Two questions weigh alike: whether the small ports together rise, and whether any one name rises or falls. Each
    alarms as often by chance as the other.

    Attributes:
        middle, spread: Of the strongest value chance makes in a series, of each name: first rises, then falls.
        single: Limit on `(strength - middle) / spread` of any one name. together: The same for the small ports.
        allowed: Rate of false alarms in the whole series. warning: Limit on the rise of any one small port.
    """

    middle: NDArray[np.float64]
    spread: NDArray[np.float64]
    single: float
    together: float
    allowed: float
    warning: float

    def early(self, rise: Numbers, small: tuple[int, ...]) -> NDArray[np.bool_]:
        """Tell which small ports are worth an early look, month by month."""
        columns = rise.shape[-1]
        scaled = (rise - self.middle[:columns]) / self.spread[:columns]
        return np.asarray((scaled > self.warning) & np.isin(np.arange(columns), small))

    def over(self, rise: Numbers, fall: Numbers, names: int) -> NDArray[np.float64]:
        """Tell by how much strengths pass their limits; above 0 is an alarm.

        Args:
            rise, fall: As `strongest`. names: How many names there are, without the small ones taken together.

        Returns:
            Shape (..., 2 x columns): rises, then falls; the fall of the small ports together is no question of its own.
        """
        scaled = (np.concatenate([rise, fall], axis=-1) - self.middle) / self.spread
        columns = rise.shape[-1]
        limits = np.full(2 * columns, self.single)
        limits[names:columns], limits[columns + names :] = self.together, np.inf
        return np.asarray(scaled - limits)


def simulated(totals: NDArray[np.float64], inspected: Cells, base: Rates, count: int, seed: int) -> NDArray[np.float64]:
    """Draw series in which no share moves: as many findings a month as there were, parts by rate, effort and spread.

    The rates themselves are drawn: what the months before monitoring left open stays open.

    Args:
        totals: Findings of each month. inspected: Shape (months, names). base: As fitted. count: How many series.
        seed: Of the random numbers.

    Returns:
        Findings, shape (count, months, names).
    """
    chance = np.random.default_rng(seed)
    months, names = inspected.shape
    rate = base.rate * chance.gamma(base.findings + 0.5, size=(count, 1, names)) / (base.findings + 0.5)
    stray = chance.normal(0.0, DRIFT, (count, months, names)).cumsum(axis=1)
    month = chance.gamma(1 / base.spread, base.spread, (count, months, names))
    weight = inspected * rate * np.exp(stray) * month
    weight[:, :, 0] += np.where(weight.sum(axis=2) > 0, 0.0, 1.0)
    parts = weight / weight.sum(axis=2, keepdims=True)
    return chance.multinomial(totals.astype(np.int64), parts).astype(np.float64)


def threshold(findings: Cells, inspected: Cells, base: Rates, since: int, small: tuple[int, ...],
              seed: int = 0, count: int = SIMULATIONS) -> Threshold:  # fmt: skip
    """Tell the limit above which a strength is an alarm.

    Fewer than `HORIZON` monitored months are filled up with the last year again, so that a limit does not move with
    every month that comes; in more, as many more false alarms are allowed.

    Args:
        findings, inspected: Shape (months, names). base: Rates of the months before `since`.
        since: First monitored month. small: Names also taken together. seed, count: Of the simulation.
    """
    totals, effort = findings.sum(axis=1), inspected
    missing = HORIZON - (len(findings) - since)
    if missing > 0:
        again = np.arange(len(findings) - min(12, len(findings)), len(findings))
        more = np.resize(again, missing)
        totals, effort = np.concatenate([totals, totals[more]]), np.concatenate([effort, effort[more]])
    drawn = simulated(totals, effort, base, count, seed)
    rise, fall = strongest(_light(summed(drawn, effort, base.rate, small)), since)
    peaks = np.concatenate([rise.max(axis=1), fall.max(axis=1)], axis=-1).astype(np.float64)
    middle, spread = peaks.mean(axis=0), np.maximum(peaks.std(axis=0), LEAST_SPREAD)
    allowed = 1 - (1 - FALSE_ALARMS) ** (max(len(totals) - since, HORIZON) / HORIZON)
    scaled = (peaks - middle) / spread
    single, together = _limits(scaled, findings.shape[1], bool(small), allowed)
    warning = float(np.quantile(scaled[:, list(small)].max(axis=1), 1 - EARLY)) if small else float("inf")
    return Threshold(middle, spread, single, together, allowed, warning)


def _light(sums: Sums) -> Sums:
    """The same in half the digits: enough for a limit, and twice as quick."""
    return Sums(*(part.astype(np.float32) for part in sums))


def _limits(peaks: NDArray[np.float64], names: int, small: bool, allowed: float) -> tuple[float, float]:
    """Find the two limits that are passed equally often, and together as often as is allowed."""
    columns = peaks.shape[1] // 2
    alone = np.concatenate([peaks[:, :names], peaks[:, columns : columns + names]], axis=1).max(axis=1)
    if not small:
        return float(np.quantile(alone, 1 - allowed)), float("inf")
    low, high = allowed / 2, allowed
    for _ in range(30):
        each = (low + high) / 2
        limits = np.quantile(alone, 1 - each), np.quantile(peaks[:, names], 1 - each)
        passed = float(((alone > limits[0]) | (peaks[:, names] > limits[1])).mean())
        low, high = (each, high) if passed <= allowed else (low, each)
    return float(np.quantile(alone, 1 - low)), float(np.quantile(peaks[:, names], 1 - low))
