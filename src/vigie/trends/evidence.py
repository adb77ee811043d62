"""How strongly the last months speak for a moved share: a likelihood ratio of two spans, corrected for effort.

Given how many findings a month brought in all, their parts among the ports depend on rates and effort alone: the
common trend, seasons and market fall out. A port's last months are laid against all months before (generalised
likelihood ratio over a set of window lengths).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vigie.trends.grid import Cells

WINDOWS = (2, 3, 4, 6, 9, 12, 18, 24, 36)
"""Lengths of the last months that are tried, months. Source: a set growing by about a third to a half loses little
against all lengths (Lai 1995, window-limited GLR)."""

_TINY = 1e-7
Numbers = NDArray[np.floating[Any]]


class Rates(NamedTuple):
    """What the months before monitoring say.

    Attributes:
        rate: Findings per inspection of each name at the common level of 1, shape (names,). level: Of each month.
        spread: Relative variance of a month's intensity beyond chance (`var = mean + spread * mean^2`).
        findings: Findings of each name in those months.
    """

    rate: Cells
    level: Cells
    spread: float
    findings: Cells


SPREAD_PRIOR = 0.1
"""Spread where nothing is known. Source: own figure; a port's month varies by about a third beyond chance."""

SPREAD_WEIGHT = 20.0
"""What the prior weighs, in the unit of the estimate's own weight. Source: own figure, about two years of a port with
five findings a month."""

SPREAD_LEAST = 0.0033
"""Inspections are recorded to ±10 %: variance of an even error. Source: reference page sense, A3."""

ROUNDS = 25
"""Turns of the proportional fit; it moves by less than a thousandth well before."""


def rates(findings: Cells, inspected: Cells) -> Rates:
    """Fit findings = rate of the name x level of the month x inspections, and how much more than chance they vary.

    Half a finding is added to every name, so that a port without findings has a rate. The spread is told from
    neighbouring months alone: a moved share lies between few of them.

    Args:
        findings, inspected: Shape (months, names), 0 in cells that are not known.
    """
    effort = np.where(inspected > 0, inspected, 0.0)
    found, monthly = findings.sum(axis=0) + 0.5, findings.sum(axis=1)
    level = np.ones(len(findings))
    rate = found / np.maximum(effort.sum(axis=0), _TINY)
    for _ in range(ROUNDS):
        level = monthly / np.maximum(effort @ rate, _TINY)
        rate = found / np.maximum(level @ effort, _TINY)
    return Rates(rate, level, _spread(findings, effort * rate), findings.sum(axis=0))


def _spread(findings: Cells, expected: Cells) -> float:
    before, after = findings[:-1], findings[1:]
    both = (expected[:-1] > 0) & (expected[1:] > 0)
    pairs = np.where(both, before + after, 0.0)
    level = [(np.where(both, part, 0).sum(axis=1) + 0.5) / np.maximum(np.where(both, base, 0).sum(axis=1), _TINY)
             for part, base in ((before, expected[:-1]), (after, expected[1:]))]  # fmt: skip
    later = expected[1:] * level[1][:, None]
    share = np.where(both, later / np.maximum(later + expected[:-1] * level[0][:, None], _TINY), 0.5)
    # the months' levels are told from the same counts: a name with most of them explains most of its own change
    rest = 1 - pairs / np.maximum(pairs.sum(axis=1, keepdims=True), 1.0)
    excess = np.where(both, (after - pairs * share) ** 2, 0.0) - pairs * share * (1 - share) * rest
    weight = 2 * pairs * np.maximum(pairs - 1, 0) * (share * (1 - share)) ** 2 * rest
    told = (excess.sum() + SPREAD_PRIOR * SPREAD_WEIGHT) / (weight.sum() + SPREAD_WEIGHT)
    return float(np.clip(told, SPREAD_LEAST, 1.0))


class Sums(NamedTuple):
    """Running sums over months, from which any span is read; a leading axis of simulations may stand in front.

    Attributes:
        own: Findings of each name. all: Findings of all names in the months this one is known. fair: What the name's
            part of them would be at its earlier rate. Each of shape (..., months + 1, names).
    """

    own: Numbers
    all: Numbers
    fair: Numbers


def summed(findings: NDArray[np.float64], inspected: Cells, rate: Cells, small: tuple[int, ...] = ()) -> Sums:
    """Sum findings up, and beside them the part that effort and earlier rates would give each name.

    Args:
        findings: Shape (..., months, names). inspected: Shape (months, names), 0 where not known. rate: As `Rates`.
        small: Names that are also taken together, as one more name at the end.
    """
    weight = inspected * rate
    if small:
        places = list(small)
        findings = np.concatenate([findings, findings[..., places].sum(axis=-1, keepdims=True)], axis=-1)
        single = weight.sum(axis=1, keepdims=True)
        weight = np.concatenate([weight, weight[:, places].sum(axis=1, keepdims=True)], axis=1)
        total = findings[..., :-1].sum(axis=-1, keepdims=True)
    else:
        single, total = weight.sum(axis=1, keepdims=True), findings.sum(axis=-1, keepdims=True)
    share = weight / np.maximum(single, _TINY)
    every = np.where(weight > 0, total, 0.0)
    return Sums(*(_running(part) for part in (findings, every, every * share)))


def _running(values: Numbers) -> Numbers:
    out = np.zeros((*values.shape[:-2], values.shape[-2] + 1, values.shape[-1]), values.dtype)
    np.cumsum(values, axis=-2, out=out[..., 1:, :])
    return out


def strength(
    sums: Sums, start: int, end: int | NDArray[np.intp], length: int | None = None
) -> Numbers:
    """Tell how strongly a span differs from all before it: the signed root of the likelihood ratio, above 0 for more.

    Args:
        sums: As `summed`. start: First month of the span; with `length`, ignored.
        end: Month after the last one, or several. length: Months of the span.
    """
    ends = np.atleast_1d(np.asarray(end))
    starts = ends - length if length is not None else np.full_like(ends, start)
    own0, all0, fair0 = (part[..., starts, :] for part in sums)
    own1, all1, fair1 = (part[..., ends, :] - part[..., starts, :] for part in sums)
    return ratio(own1, all1, fair1, own0, all0, fair0)


def ratio(own1: Numbers, all1: Numbers, fair1: Numbers, own0: Numbers,
          all0: Numbers, fair0: Numbers) -> Numbers:  # fmt: skip
    """The signed root of the likelihood ratio of two binomial counts whose odds are known up to one common factor."""
    odds1 = np.maximum(fair1, _TINY) / np.maximum(all1 - fair1, _TINY)
    odds0 = np.maximum(fair0, _TINY) / np.maximum(all0 - fair0, _TINY)
    common = _common(own1 + own0, all1, all0, odds1, odds0)
    gained = (
        _said(own1, all1, own1 / np.maximum(all1, _TINY)) + _said(own0, all0, own0 / np.maximum(all0, _TINY))
        - _said(own1, all1, common * odds1 / (1 + common * odds1))
        - _said(own0, all0, common * odds0 / (1 + common * odds0))
    )  # fmt: skip
    more = own1 * (all0 - own0) * odds0 >= own0 * (all1 - own1) * odds1
    signed = np.where(more, 1.0, -1.0) * np.sqrt(np.maximum(2 * gained, 0.0))
    return np.where((all1 > 0) & (all0 > 0), signed, 0.0)


def _common(own: Numbers, all1: Numbers, all0: Numbers, odds1: Numbers,
            odds0: Numbers) -> Numbers:  # fmt: skip
    """The one factor on both odds that explains both counts together: the positive root of a quadratic."""
    square = odds1 * odds0 * np.maximum(all1 + all0 - own, 0.0)
    linear = all1 * odds1 + all0 * odds0 - own * (odds1 + odds0)
    root = np.sqrt(np.maximum(linear**2 + 4 * square * own, 0.0))
    # of the two ways to write the root, the one that does not subtract like numbers
    usual, other = 2 * own / np.maximum(linear + root, _TINY), (root - linear) / np.maximum(2 * square, _TINY)
    return np.where(linear > 0, usual, other)


def _said(own: Numbers, of: Numbers, share: Numbers) -> Numbers:
    part = np.clip(share, _TINY, 1 - _TINY)
    return own * np.log(part) + (of - own) * np.log1p(-part)


def strongest(sums: Sums, since: int) -> tuple[Numbers, Numbers]:
    """For each month from `since` on the strongest rise and the strongest fall of each name, over all windows.

    Args:
        sums: As `summed`. since: First monitored month; spans begin there at the earliest.

    Returns:
        Two arrays of shape (..., months - since, names): rises, and falls as positive numbers.
    """
    months = sums.own.shape[-2] - 1
    shape = (*sums.own.shape[:-2], months - since, sums.own.shape[-1])
    rise, fall = np.zeros(shape, sums.own.dtype), np.zeros(shape, sums.own.dtype)
    for length in WINDOWS:
        ends = np.arange(since + length, months + 1)
        if len(ends):
            told = strength(sums, 0, ends, length)
            part = rise[..., length - 1 :, :]
            np.maximum(part, told, out=part)
            part = fall[..., length - 1 :, :]
            np.maximum(part, -told, out=part)
    return rise, fall
