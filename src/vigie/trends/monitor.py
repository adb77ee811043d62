"""Whether findings moved from one port or route to another; or that nothing can be said, and why."""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from vigie.trends.counts import Count, month_text
from vigie.trends.evidence import Numbers, Rates, Sums, rates, strength, strongest, summed
from vigie.trends.grid import Cells, Grid, effort_missing, findings_by, laid, small_ports
from vigie.trends.ratios import compared
from vigie.trends.said import Alarm, Standing, Verdict
from vigie.trends.thresholds import SIMULATIONS, threshold

BASELINE = 24
"""Months that say what is usual. Source: reference page sense, A3: 72 months, of which 48 are monitored."""

SHORTEST_BASELINE = 12
"""Months that say what is usual at the least: one turn of the seasons."""

SHORTEST = 18
"""Months below which nothing is said: a year of what is usual and half a year to monitor."""

FEWEST = 10
"""Findings in the months that say what is usual, at the least. Source: own figure; fewer give no share of anything."""

KNOWN_BEFORE = 6
"""Months before monitoring in which a name's effort is known, at the least; a newer port waits."""

NOW = 12
"""Months that count as now where nothing is known to have changed."""

SINCE_DROP = 7.35
"""A start is within the interval where it explains no worse than this (twice the log-likelihood). Source: own reckoning
held against a simulation in the tests: between two known laws the log-likelihood falls away from a change on both
sides as a walk whose highest point is exponential at the most, so the true start loses x at the most with the chance
(1 - exp(-x / 2))^2 or more, 95 % at 7.35. Here the size of the change is fitted too, which that leaves out: how often
the interval holds is measured (benchmarks/quality/trends.py)."""


def monitored(counts: Sequence[Count], by: str = "port", seed: int = 0, simulations: int = SIMULATIONS) -> Verdict:
    """Tell whether shares moved, corrected for effort.

    Args:
        counts: What was read. by: `port` or `route`. seed, simulations: Of the limits; the same counts and seed give
            the same answer.
    """
    told = _told(counts, by, seed, simulations)
    return msgspec.structs.replace(told, missing=effort_missing(counts, by))


def _told(counts: Sequence[Count], by: str, seed: int, simulations: int) -> Verdict:
    grid, said = laid(counts, by), findings_by(counts, by)
    span = [one.month for one in counts if getattr(one, by)]
    if not span:
        return Verdict(by, "too-few")
    first, last = month_text(min(span)), month_text(max(span))
    if len(grid.names) < 2:
        says = "counts-only" if len(said) > 1 else "too-few"
        return Verdict(by, says, first, last, silent=tuple(said), findings=said)
    usual = baseline_of(grid)
    grid = _older(grid, usual)
    reason = ("too-short" if grid.months < SHORTEST else "counts-only" if len(grid.names) < 2  # the effort is not known
              else "too-few" if _few(grid, usual) else "")  # fmt: skip
    if reason:
        return Verdict(by, reason, first, last, names=grid.names, silent=grid.silent, findings=said)
    return _judged(grid, usual, by, said, seed, simulations)


def baseline_of(grid: Grid) -> int:
    """How many first months say what is usual: a third of all, a year at the least and two at the most."""
    return min(max(grid.months // 3, SHORTEST_BASELINE), BASELINE)


def _few(grid: Grid, usual: int) -> bool:
    return bool(grid.findings[:usual].sum() < FEWEST)


def _older(grid: Grid, usual: int) -> Grid:
    """Leave out the names whose effort before monitoring is hardly known: of a new port nothing is usual yet."""
    keep = grid.known[:usual].sum(axis=0) >= min(KNOWN_BEFORE, usual)
    names = tuple(name for name, kept in zip(grid.names, keep, strict=True) if kept)
    silent = grid.silent + tuple(name for name, kept in zip(grid.names, keep, strict=True) if not kept)
    return Grid(grid.first, names, grid.findings[:, keep], grid.inspected[:, keep], grid.known[:, keep],
                grid.kg[:, keep], silent)  # fmt: skip


def small_of(grid: Grid, base: Rates, usual: int) -> tuple[int, ...]:
    """Places of the small ports: by the share of findings that their usual rate and effort give."""
    share = base.rate * grid.inspected[:usual].mean(axis=0)
    return small_ports(grid.names, (share / share.sum()).tolist())


def _judged(grid: Grid, usual: int, by: str, said: dict[str, int], seed: int, simulations: int) -> Verdict:
    base = rates(grid.findings[:usual], grid.inspected[:usual])
    small = small_of(grid, base, usual)
    limit = threshold(grid.findings, grid.inspected, base, usual, small, seed, simulations)
    sums = summed(grid.findings, grid.inspected, base.rate, small)
    rise, fall = strongest(sums, usual)
    over = limit.over(rise, fall, len(grid.names))
    passed = np.flatnonzero((over > 0).any(axis=1))
    early = limit.early(rise, small)
    alarm = _alarm(grid, usual, base, sums, (rise, fall, over), int(passed[0])) if len(passed) else None
    standings = _standings(grid, base, sums, small, early[-1], alarm)
    says = "moved" if alarm else "early" if early[-1].any() else "nothing"
    return Verdict(
        by, says, month_text(grid.first), month_text(grid.first + grid.months - 1), month_text(grid.first + usual),
        grid.names, grid.silent, said, round(limit.allowed, 4), alarm, standings,
    )  # fmt: skip


def _alarm(grid: Grid, usual: int, base: Rates, sums: Sums, told: tuple[Numbers, ...], at: int) -> Alarm:
    """Tell an alarm at the month `at` of the monitored ones."""
    rise, fall, over = told
    names, end = len(grid.names), usual + at + 1
    columns = rise.shape[1]
    strongest_one = int(over[at].argmax())
    ranked = np.argsort(-rise[at, :names], kind="stable")
    down = strongest_one >= columns
    together = not down and strongest_one == names
    place = strongest_one - columns if down else int(ranked[0])
    column = names if together else place
    since, low, high = started(sums, column, usual, end, down)
    return Alarm(
        month_text(grid.first + end - 1), grid.names[place], "down" if down else "up", together,
        tuple(grid.names[each] for each in ranked), grid.names[int(fall[at, :names].argmax())],
        month_text(grid.first + since), month_text(grid.first + low), month_text(grid.first + high),
        compared(sums, place, since, end, base.spread, share_of(grid, base, place)),
    )  # fmt: skip


def started(sums: Sums, column: int, usual: int, end: int, down: bool = False) -> tuple[int, int, int]:
    """When a change began that is seen at `end`: likeliest month, first and last that explain it as well."""
    starts = range(usual, end)
    told = np.array([strength(sums, start, end)[0, column] for start in starts]) * (-1.0 if down else 1.0)
    fits = np.where(told > 0, told**2, 0.0)
    within = np.flatnonzero(fits >= fits.max() - SINCE_DROP)
    return usual + int(fits.argmax()), usual + int(within[0]), usual + int(within[-1])


def share_of(grid: Grid, base: Rates, place: int) -> float:
    """Part of all findings a name had before monitoring, at the effort of the last year."""
    lately = grid.inspected[-NOW:]
    weight = np.where(lately > 0, lately, np.nan)
    mean = np.nan_to_num(np.nanmean(weight, axis=0) if np.isfinite(weight).any() else weight[0]) * base.rate
    return float(mean[place] / max(mean.sum(), 1e-12))


def _standings(grid: Grid, base: Rates, sums: Sums, small: tuple[int, ...], early: NDArray[np.bool_],
               alarm: Alarm | None) -> tuple[Standing, ...]:  # fmt: skip
    start = max(grid.months - NOW, 1)
    if alarm is not None:
        year, month = alarm.since.split("-")
        start = 12 * int(year) + int(month) - 1 - grid.first
    lots = grid.kg / np.where(grid.findings > 0, grid.findings, np.nan)
    return tuple(
        Standing(
            name, round(float(grid.findings[:, place].sum())), round(float(grid.inspected[:, place].sum())),
            int(grid.known[:, place].sum()), place in small, bool(early[place]),
            compared(sums, place, start, grid.months, base.spread, share_of(grid, base, place)),
            _middle(lots[:start, place]), _middle(lots[start:, place]),
        )
        for place, name in enumerate(grid.names)
    )  # fmt: skip


def _middle(values: Cells) -> float | None:
    told = values[np.isfinite(values)]
    return round(float(np.median(told)), 1) if len(told) else None

