"""Rate ratios by a model of all counts at once: negative binomial, with the logarithm of inspections as offset."""

from collections.abc import Sequence
from math import exp
from warnings import catch_warnings, simplefilter

from vigie.terms import AnalyticsMissing
from vigie.trends.counts import Count, month_of
from vigie.trends.evidence import rates
from vigie.trends.grid import laid
from vigie.trends.ratios import Z95
from vigie.trends.said import Rate


def modelled(counts: Sequence[Count], since: str, of: str, by: str = "port") -> Rate | None:
    """Fit findings by name and month, and what changed for one name since a month; None where too little is known.

    The month stands for trend and season; the month of the change must be known from elsewhere, else the interval is
    too narrow.

    Args:
        counts: What was read. since: Month (`2026-03`). of: Which name. by: `port` or `route`.

    Raises:
        AnalyticsMissing: The extra is not installed.
    """
    try:
        import numpy as np
        import statsmodels.api as sm  # type: ignore[import-untyped]
    except ImportError:
        raise AnalyticsMissing from None
    grid = laid(counts, by)
    if len(grid.names) < 2 or of not in grid.names or not grid.findings.sum():
        return None
    start = month_of(since) - grid.first
    spread = rates(grid.findings, grid.inspected).spread
    months, names = np.nonzero(grid.known)
    told = grid.findings.sum(axis=1)
    keep = told[months] > 0
    months, names = months[keep], names[keep]
    design = np.concatenate([np.eye(len(grid.names))[names], np.eye(grid.months)[months]], axis=1)
    design = design[:, design.any(axis=0)][:, :-1]
    found, offset = grid.findings[months, names], np.log(grid.inspected[months, names])
    family = sm.families.NegativeBinomial(alpha=spread)
    after = ((names == grid.names.index(of)) & (months >= start)).astype(float)
    if not found[after > 0].sum() or not after.any() or after.all():
        return None
    with catch_warnings():
        simplefilter("ignore")  # counts that fit perfectly are told of by a ratio close to what was counted
        fit = sm.GLM(found, np.column_stack([design, after]), family=family, offset=offset).fit()
    value, error = float(fit.params[-1]), float(fit.bse[-1])
    low, high = exp(value - Z95 * error), exp(value + Z95 * error)
    return Rate(of, round(exp(value), 4), round(low, 4), round(high, 4), round(float(fit.pvalues[-1]), 5))
