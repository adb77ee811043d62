"""What earlier inspections of a premises said, as known before a visit: never a look ahead.

A strict inspector finds more everywhere, so a finding counts by how far it lies above what had been usual until then:
for everybody, or for the inspectors of the same group.
"""

import math
from itertools import groupby
from typing import Any

from benchmarks.quality.risk_table import Table

_COUNTED: dict[str, tuple[str, float]] = {
    "critical before": ("criticalFound", 1.0), "serious before": ("seriousCount", 3.0),
    "minor before": ("minorCount", 8.0), "failed before": ("fail_flag", 1.0),
}  # fmt: skip
"""Outcome, and the most of it that one visit counts: one extreme visit is no habit."""

_DOUBT = 1.0  # visits' worth of "as usual" with which every premises starts
_FEW = 20.0  # visits' worth of everybody's usual with which every group starts
HISTORY = ("visits before", *_COUNTED)
_NAMES = (*HISTORY, *(f"{name}, own group" for name in HISTORY))

Sums = list[float]


def past_of(known: Table, asked: Table) -> dict[str, list[float]]:
    """Tell the history of every asked visit, from known visits on earlier days.

    Returns:
        Columns of `HISTORY`, and each of them again as ", own group": measured against the same inspectors' usual.
        Visits are a logarithm; the others are a mean excess, pulled towards 0.
    """
    told: dict[str, list[float]] = {name: [0.0] * len(asked["License"]) for name in _NAMES}
    past = _Past()
    steps = sorted([(day, 0, row) for row, day in enumerate(asked["Inspection_Date"])]
                   + [(day, 1, row) for row, day in enumerate(known["Inspection_Date"])])  # fmt: skip
    for (_, settled), rows in groupby(steps, lambda step: step[:2]):
        places = [row for _, _, row in rows]
        if settled:  # the visits of one day never know of each other
            past.add([_visit(known, row) for row in places])
            continue
        for row in places:
            for name, value in zip(_NAMES, past.of(asked["License"][row]), strict=True):
                told[name][row] = value
    return told


def _visit(known: Table, row: int) -> tuple[Any, Any, Sums]:
    found = [min(known[outcome][row] or 0.0, most) for outcome, most in _COUNTED.values()]
    return known["License"][row], known["Inspector_Assigned"][row], found


class _Past:
    """All visits so far: sums of everybody, of each group and of each licence."""

    def __init__(self) -> None:
        self._all: tuple[float, Sums] = (0.0, [0.0] * len(_COUNTED))
        self._groups: dict[Any, tuple[float, Sums]] = {}
        self._premises: dict[Any, tuple[int, Sums]] = {}

    def add(self, visits: list[tuple[Any, Any, Sums]]) -> None:
        """Take in the visits of a day; each is measured against what was usual before that day."""
        usual = [(self._usual(), self._usual(group)) for _, group, _ in visits]
        for (licence, group, found), (everybody, own) in zip(visits, usual, strict=True):
            excess = [one - mean for one, mean in zip(found * 2, everybody + own, strict=True)]
            many, sums = self._premises.get(licence, (0, [0.0] * len(excess)))
            self._premises[licence] = (many + 1, _sum(sums, excess))
            many_there, sums_there = self._groups.get(group, (0.0, [0.0] * len(found)))
            self._groups[group] = (many_there + 1, _sum(sums_there, found))
            self._all = (self._all[0] + 1, _sum(self._all[1], found))

    def _usual(self, group: Any = None) -> Sums:
        """What a visit usually finds: of everybody, or of a group that starts as everybody."""
        many, sums = self._all
        everybody = [one / max(many, 1.0) for one in sums]
        if group is None:
            return everybody
        there, found = self._groups.get(group, (0.0, [0.0] * len(sums)))
        return [(one + _FEW * mean) / (there + _FEW) for one, mean in zip(found, everybody, strict=True)]

    def of(self, licence: Any) -> Sums:
        """One value per name of `_NAMES`."""
        many, sums = self._premises.get(licence, (0, [0.0] * (2 * len(_COUNTED))))
        means = [one / (many + _DOUBT) for one in sums]
        visits = math.log1p(many)
        return [visits, *means[: len(_COUNTED)], visits, *means[len(_COUNTED) :]]


def _sum(one: Sums, other: Sums) -> Sums:
    return [left + right for left, right in zip(one, other, strict=True)]
