"""What a score is worth on rows that nobody had seen when it was learnt: at capacity, and in order, with intervals."""

from typing import TYPE_CHECKING

import msgspec

from vigie.risk.estimate import exact

if TYPE_CHECKING:
    from vigie.risk.models.encode import Values

SHARES = (5, 10, 20, 50, 80, 100, 200)
"""Capacities at which a score is judged, thousandths of the rows; 80 is the share the simulated port scans."""

_NORMAL = 1.959963984540054  # of a two-sided 95 % interval


class AtCapacity(msgspec.Struct, frozen=True):
    """What a capacity would have found.

    Attributes:
        share: Of the rows, thousandths. scanned, found: Rows. precision, recall: With exact 95 % intervals, 0 to 1.
    """

    share: int
    scanned: int
    found: int
    precision: tuple[float, float, float]
    recall: tuple[float, float, float]


class Worth(msgspec.Struct, frozen=True):
    """What a score is worth.

    Attributes:
        rows, positives: Judged on. auc: Chance that a positive is scored above another row, with its 95 % interval
            (Hanley and McNeil, 1982). ap: Mean precision over the positives, the best first.
        at: At each of `SHARES`.
    """

    rows: int
    positives: int
    auc: tuple[float, float, float] | None
    ap: float | None
    at: tuple[AtCapacity, ...]


def worth(score: "Values", positive: "Values") -> Worth:
    """Judge a score on labelled rows; equal scores count half for AUC, and in the order given for the rest."""
    import numpy as np

    told, hit = np.asarray(score, np.float64), np.asarray(positive, np.bool_)
    many = int(hit.sum())
    if not 0 < many < len(hit):
        return Worth(len(hit), many, None, None, ())
    best = np.argsort(-told, kind="stable")
    found = np.cumsum(hit[best])
    ap = float((found[hit[best]] / (np.flatnonzero(hit[best]) + 1)).mean())
    at = []
    for share in SHARES:
        scanned = max(1, len(hit) * share // 1000)
        hits = int(found[scanned - 1])
        at.append(AtCapacity(share, scanned, hits, _exact(hits, scanned), _exact(hits, many)))
    return Worth(len(hit), many, _auc(told, hit), ap, tuple(at))


def _exact(hits: int, rows: int) -> tuple[float, float, float]:
    bounds = exact(hits, rows)
    return hits / rows, bounds.low, bounds.high


def _auc(score: "Values", hit: "Values") -> tuple[float, float, float]:
    import numpy as np

    told, positive = np.asarray(score), np.asarray(hit)
    _, place, many = np.unique(told, return_inverse=True, return_counts=True)
    rank = (np.cumsum(many) - (many - 1) / 2)[place]
    hits, rest = int(positive.sum()), int((~positive).sum())
    auc = float((rank[positive].sum() - hits * (hits + 1) / 2) / (hits * rest))
    one, two = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    spread = auc * (1 - auc) + (hits - 1) * (one - auc * auc) + (rest - 1) * (two - auc * auc)
    off = _NORMAL * (max(spread, 0.0) / (hits * rest)) ** 0.5
    return auc, max(auc - off, 0.0), min(auc + off, 1.0)
