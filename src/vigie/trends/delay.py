"""How long a displacement would stay unseen at these counts: simulated on the node's own intensities."""

import numpy as np
from numpy.typing import NDArray

from vigie.trends.counts import Count
from vigie.trends.evidence import Numbers, Rates, rates, strongest, summed
from vigie.trends.grid import Cells, laid
from vigie.trends.monitor import baseline_of, small_of
from vigie.trends.said import Delay
from vigie.trends.thresholds import HORIZON, SIMULATIONS, simulated, threshold

SHIFTS = (0.10, 0.15, 0.25, 0.35, 0.50)
"""Parts of the large ports' flow that go to one small port. Source: reference page sense, A3."""

SERIES = 200
"""Simulated series of each shift: a share is known to about 3.5 of a hundred."""

WATCHED = 36
"""Months after a shift in which it may be found. Source: reference page sense, A3."""

SOON = 12


def delays(counts: tuple[Count, ...] | list[Count], seed: int = 0, series: int = SERIES) -> tuple[Delay, ...]:
    """Simulate shifts on the counts' own intensities and effort; empty where there is no small and no large port.

    It is assumed that the receiving port looks at as large a part of its boxes as the large ports do on average.

    Args:
        counts: What was read, of ports whose effort is known. seed, series: Of the simulation.
    """
    grid = laid(counts, "port")
    usual = baseline_of(grid)
    if len(grid.names) < 2 or grid.months < usual + 1 or not grid.findings[:usual].sum():
        return ()
    base = rates(grid.findings[:usual], grid.inspected[:usual])
    small = small_of(grid, base, usual)
    if not small:
        return ()
    limit = threshold(grid.findings, grid.inspected, base, usual, small, seed, SIMULATIONS)
    span = np.resize(np.arange(grid.months), usual + HORIZON)
    effort, totals = grid.inspected[span], grid.findings.sum(axis=1)[span]
    at = usual + HORIZON - WATCHED
    told = []
    for place, shift in enumerate(SHIFTS):
        drawn, receivers = _shifted(totals, effort, base, small, shift, at, series, seed + 1 + place)
        rise, fall = strongest(summed(drawn, effort, base.rate, small), usual)
        over = np.asarray((limit.over(rise, fall, len(grid.names)) > 0).any(axis=-1))
        told.append(_delay(shift, over, rise[:, :, : len(grid.names)], receivers, at - usual))
    return tuple(told)


def _shifted(totals: Cells, effort: Cells, base: Rates, small: tuple[int, ...], shift: float, at: int, series: int,
             seed: int) -> tuple[NDArray[np.float64], NDArray[np.intp]]:  # fmt: skip
    """Draw series; from month `at` on, the given part of the large ports' findings goes to one small port each."""
    drawn = simulated(totals, effort, base, series, seed)
    chance = np.random.default_rng(seed)
    receivers = chance.choice(np.array(small), series)
    large = [place for place in range(effort.shape[1]) if place not in small]
    lost = chance.binomial(drawn[:, at:, large].astype(np.int64), shift)
    drawn[:, at:, large] -= lost
    drawn[np.arange(series), at:, receivers] += lost.sum(axis=-1)
    return drawn, receivers


def _delay(shift: float, over: NDArray[np.bool_], rise: Numbers, receivers: NDArray[np.intp],
           at: int) -> Delay:  # fmt: skip
    quiet = ~over[:, :at].any(axis=1)
    first = np.where(over[:, at:].any(axis=1), over[:, at:].argmax(axis=1), -1)
    seen = quiet & (first >= 0)
    count = max(int(quiet.sum()), 1)
    ranks = (-rise[seen, at + first[seen]]).argsort(axis=1, kind="stable")[:, :2]
    named = (ranks == receivers[seen][:, None]).any(axis=1)
    waits = first[seen] + 1
    return Delay(
        shift, round(float(seen.sum()) / count, 3), round(float((waits <= SOON).sum()) / count, 3),
        float(np.median(waits)) if len(waits) else None, round(float(named.mean()) if len(named) else 0.0, 3), count,
    )  # fmt: skip
