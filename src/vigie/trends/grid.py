"""Counts laid out as months by ports (or routes): what is known of each cell, and what must stay out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigie.trends.counts import Count, month_text

Cells = NDArray[np.float64]
"""One number per month and name; shape (months, names)."""

BY = ("port", "route")
"""What can be compared: the ports, or the routes."""

ENOUGH_KNOWN = 0.5
"""Share of a name's months with known inspections, below which nothing is said of it. Source: own figure; with less
than half of the effort known the rest is a guess."""


LATELY = 12
"""The last months, of which half must be known too: of a port whose effort is known for years past alone, nothing is
said now. Source: own figure, one turn of the seasons."""


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
    """Leave out the names of whose effort too little is known: over the months any name is known of, or lately."""
    known = inspected > 0
    told = known.any(axis=1)
    share = known[told].mean(axis=0) if told.any() else np.zeros(len(names))
    keep = (share >= ENOUGH_KNOWN) & (known[-LATELY:].mean(axis=0) >= ENOUGH_KNOWN)
    silent = tuple(name for name, kept in zip(names, keep, strict=True) if not kept)
    return Grid(
        first, tuple(name for name, kept in zip(names, keep, strict=True) if kept), findings[:, keep],
        inspected[:, keep], known[:, keep], kg[:, keep], silent,
    )  # fmt: skip


def effort_missing(counts: Iterable[Count], by: str = "port") -> dict[str, tuple[str, ...]]:
    """Spans of months (`2024-01/2024-03`) without known inspections, by name; names that miss none are left out.

    A month that nobody wrote for a name is missing, and so is one with no inspection at all.
    """
    rows = [one for one in counts if getattr(one, by)]
    spelled: dict[str, str] = {}
    known: dict[str, set[int]] = defaultdict(set)
    for one in rows:
        name = spelled.setdefault(getattr(one, by).casefold(), getattr(one, by))
        if one.findings is not None and one.inspected:
            known[name].add(one.month)
    months = range(min((one.month for one in rows), default=0), max((one.month for one in rows), default=-1) + 1)
    told = {name: _spans([month for month in months if month not in known[name]]) for name in sorted(spelled.values())}
    return {name: spans for name, spans in told.items() if spans}


def _spans(months: Sequence[int]) -> tuple[str, ...]:
    """Months in order, each run of them as its first and last.

    >>> _spans([24288, 24289, 24291])
    ('2024-01/2024-02', '2024-04/2024-04')
    """
    starts = [month for place, month in enumerate(months) if not place or months[place - 1] != month - 1]
    ends = [month for place, month in enumerate(months) if place + 1 == len(months) or months[place + 1] != month + 1]
    return tuple(f"{month_text(first)}/{month_text(last)}" for first, last in zip(starts, ends, strict=True))


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
