"""Other ways to look for displacement, laid beside: raw CUSUM, share CUSUM, PELT (ruptures), WDQ."""

import numpy as np
import ruptures
from benchmarks.quality._ports import BASELINE, LARGE, MOVED_AT, Series
from numpy.typing import NDArray

SLACK = 0.5
"""Standard deviations a month that a CUSUM forgives: half of the shift it looks for (Page 1954)."""

FALSE_ALARMS = 0.05


def count_cusum(series: Series) -> float | NDArray[np.float64]:
    """CUSUM of the small ports' raw counts, month by month."""
    small = series.findings[:, len(LARGE) :].sum(axis=1)
    mean = max(small[:BASELINE].mean(), 0.1)
    return _cusum((small - mean) / np.sqrt(mean))


def share_cusum(series: Series, effort: bool) -> NDArray[np.float64]:
    """CUSUM of the small ports' share; by effort: against what inspections would give."""
    weight = series.inspected if effort else np.ones_like(series.inspected)
    found = series.findings
    fair = weight * (found[:BASELINE].sum(axis=0) + 0.5) / weight[:BASELINE].sum(axis=0)
    total, share = found.sum(axis=1), fair[:, len(LARGE) :].sum(axis=1) / fair.sum(axis=1)
    error = np.sqrt(np.maximum(total * share * (1 - share), 1e-9))
    return _cusum(np.where(total > 0, (found[:, len(LARGE) :].sum(axis=1) - total * share) / error, 0.0))


def _cusum(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    level, told = 0.0, []
    for step in steps[BASELINE:]:
        level = max(0.0, level + float(step) - SLACK)
        told.append(level)
    return np.array(told)


def wdq(series: Series) -> NDArray[np.float64]:
    """Weighted displacement quotient over rolling years, small ports as buffer: above 0 where the large ones lost to it."""
    found = series.findings
    large, small = found[:, : len(LARGE)].sum(axis=1), found[:, len(LARGE) :].sum(axis=1)
    told = []
    for end in range(BASELINE + 1, len(found) + 1):
        now, then = slice(max(end - 12, BASELINE), end), slice(0, BASELINE)
        ratio = [(small[span].sum() + 0.5) / (large[span].sum() + 0.5) for span in (now, then)]
        success = large[now].mean() / max(large[then].mean(), 0.1) - 1
        told.append(ratio[0] - ratio[1] if success < 0 else 0.0)
    return np.array(told)


def pelt(series: Series, effort: bool) -> int | None:
    """First change of the small ports' count by PELT, afterwards; penalty as its authors advise (BIC)."""
    small = series.findings[:, len(LARGE) :].sum(axis=1)
    if effort:
        looked = series.inspected[:, len(LARGE) :].sum(axis=1)
        small = small / looked * looked[:BASELINE].mean()
    spread = max(float(small[:BASELINE].var()), 0.1)
    ends = ruptures.Pelt(model="l2", min_size=3).fit(small).predict(pen=3 * np.log(len(small)) * spread)
    return ends[0] if len(ends) > 1 else None


def first_over(told: NDArray[np.float64], limit: float) -> int | None:
    """Month in which a limit is passed, counted from the shift; None where it is not, negative before it."""
    passed = np.flatnonzero(told > limit)
    return int(passed[0]) + BASELINE - MOVED_AT if len(passed) else None


def limit_of(peaks: list[float]) -> float:
    """The limit that keeps false alarms at 5 % in series of the same intensities without a shift."""
    return float(np.quantile(peaks, 1 - FALSE_ALARMS))
