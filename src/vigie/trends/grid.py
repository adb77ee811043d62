"""Counts laid out as months by ports (or routes): what is known of each cell, and what must stay out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigie.trends.counts import Count

Cells = NDArray[np.float64]
"""One number per month and name; shape (months, names)."""

BY = ("port", "route")
"""What can be compared: the ports, or the routes."""

ENOUGH_KNOWN = 0.5
"""Share of a name's months with known inspections, below which nothing is said of it. Source: own figure; with less
than half of the effort known the rest is a guess."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Findings and effort by month and name.

    Attributes:
        first: First month (months since year 0); rows follow month by month, without holes.
        names: Ports or routes, as first written. findings, inspected: Shape (months, names); 0 where not known.
        known: Whether findings and inspections of a cell are both known; only such cells are reckoned with.
        kg: Weight, NaN where not known. silent: Names of whose effort too little is known: nothing is said of them.
    """

    first: int
    names: tuple[str, ...]
    findings: Cells
    inspected: Cells
    known: NDArray[np.bool_]
    kg: Cells
    silent: tuple[str, ...] = ()

    @property
    def months(self) -> int:
        """How many months it spans."""
        return len(self.findings)


def laid(counts: Iterable[Count], by: str = "port") -> Grid:
    """Lay counts out by month and port, or by month and route; rows may come in any order.

    A row without findings, or without inspections, leaves findings and effort of that row out. A month or a cell
    nobody wrote is not known; it is not zero.

    Args:
        counts: What was read. by: One of `BY`.
    """
    rows = [one for one in counts if getattr(one, by)]
    spelled: dict[str, str] = {}
    for one in rows:
        spelled.setdefault(getattr(one, by).casefold(), getattr(one, by))
    keys = sorted(spelled)
    if not rows:
        empty = np.zeros((0, 0))
        return Grid(0, (), empty, empty, empty.astype(bool), empty)
    first = min(one.month for one in rows)
    span = max(one.month for one in rows) - first + 1
    place = {key: index for index, key in enumerate(keys)}
    findings, inspected = np.zeros((span, len(keys))), np.zeros((span, len(keys)))
    kg = np.full((span, len(keys)), np.nan)
    for one in rows:
        cell = one.month - first, place[getattr(one, by).casefold()]
        if one.findings is not None and one.inspected:
            findings[cell] += one.findings
            inspected[cell] += one.inspected
        if one.kg is not None:
            kg[cell] = one.kg + (0.0 if np.isnan(kg[cell]) else kg[cell])
    return _spoken(first, tuple(spelled[key] for key in keys), findings, inspected, kg)


def _spoken(first: int, names: tuple[str, ...], findings: Cells, inspected: Cells, kg: Cells) -> Grid:
    """Leave out the names of whose effort too little is known, counted over the months any name is known of."""
    known = inspected > 0
    told = known.any(axis=1)
    share = known[told].mean(axis=0) if told.any() else np.zeros(len(names))
    keep = share >= ENOUGH_KNOWN
    silent = tuple(name for name, kept in zip(names, keep, strict=True) if not kept)
    return Grid(
        first, tuple(name for name, kept in zip(names, keep, strict=True) if kept), findings[:, keep],
        inspected[:, keep], known[:, keep], kg[:, keep], silent,
    )  # fmt: skip


def findings_by(counts: Iterable[Count], by: str = "port") -> dict[str, int]:
    """Count findings per name, effort known or not: all that may be said where inspections are missing."""
    totals: dict[str, float] = defaultdict(float)
    spelled: dict[str, str] = {}
    for one in counts:
        if getattr(one, by):
            key = getattr(one, by).casefold()
            totals[spelled.setdefault(key, getattr(one, by))] += one.findings or 0.0
    return {name: round(total) for name, total in sorted(totals.items())}


def small_ports(names: Sequence[str], share: Sequence[float]) -> tuple[int, ...]:
    """Places of the names with less than an even share of the findings at equal effort; none where that is all or one.

    Args:
        names: Ports. share: Share of each before monitoring begins, summing to 1.
    """
    small = tuple(place for place, part in enumerate(share) if part < 1 / len(names))
    return small if 2 <= len(small) < len(names) else ()
