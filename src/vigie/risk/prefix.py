"""Prefix rows: cumulative totals per family, key and entry, so that any window is a difference of two rows."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

import msgspec

from vigie.risk.rows import HistoryRow


class PrefixRow(msgspec.Struct, frozen=True, gc=False):
    """What a key had amounted to after an entry.

    Attributes:
        hlc: The entry.
        totals: Rows counted, rows taken back, longest delay of a retraction in microseconds; then counts and sums,
            then (hlc, value) of each first or last value, as `Layout` of the family says; 0 is "none" in the latter.
    """

    hlc: int
    totals: tuple[int, ...]


class Retraction(msgspec.Struct, frozen=True, gc=False):
    """What one entry took back from a key.

    Attributes:
        hlc: The entry that took back. target: The entry that was taken back. rows: How many rows of it.
        sums: What was subtracted from each column of the family's `Layout`.
    """

    hlc: int
    target: int
    rows: int
    sums: tuple[int, ...]


def summed_up(sums: Sequence[tuple[int, ...]]) -> tuple[int, ...] | None:
    """Add up what was taken back, per column; None where nothing was."""
    if len(sums) < 2:
        return sums[0] if sums else None
    return tuple(map(sum, zip(*sums, strict=True)))


class Folded(msgspec.Struct, frozen=True):
    """What a fold of one batch gives; the lists of rows are what a store keeps.

    Attributes:
        vectors: Per row given, in order: its features as of its hlc; empty for a retraction.
        rows: The rows as counted: novelties fixed, retractions resolved; a retraction of nothing is left out.
        prefix: New prefix rows, each (family, key, row), in order of hlc per key; never one that exists already.
        taken: New retractions, each (family, key, retraction), in order of hlc per key.
    """

    vectors: tuple[tuple[int | None, ...], ...]
    rows: tuple[HistoryRow, ...]
    prefix: tuple[tuple[int, int, PrefixRow], ...]
    taken: tuple[tuple[int, int, Retraction], ...]


class PrefixState(Protocol):
    """Where the live fold finds history; every question comes in bulk and is answered in the order asked."""

    def gather(self, wanted: Sequence[tuple[int, int, int]]) -> Sequence[PrefixRow | None]:
        """The last prefix row of each (family, key, before) with hlc <= before."""
        ...

    def following(self, wanted: Sequence[tuple[int, int, int]]) -> Sequence[PrefixRow | None]:
        """The first prefix row of each (family, key, after) with hlc > after; asked only when a first entry falls."""
        ...

    def retractions(self, wanted: Sequence[tuple[int, int, int, int]]) -> Sequence[Sequence[Retraction]]:
        """What entries took back from each (family, key, since, until): since <= hlc < until, in order of hlc."""
        ...

    def straddling(self, wanted: Sequence[tuple[int, int, int, int]]) -> Sequence[Sequence[Retraction]]:
        """Of `retractions`, those that took back entries from before `since`: the few that a window must give back."""
        ...

    def counted(self, wanted: Sequence[tuple[int, int, int]]) -> Sequence[HistoryRow | None]:
        """The latest history row of each (line, kind, upto) with hlc <= upto; asked only for a retraction."""
        ...


_NONE_TAKEN: tuple[list[int], list[Retraction]] = ([], [])  # only ever read


class MemoryState:
    """History held in memory: for tests, for a replay, and as the cache of a warmed node."""

    def __init__(self) -> None:
        self._rows: defaultdict[int, dict[int, tuple[list[int], list[PrefixRow]]]] = defaultdict(dict)
        self._taken: dict[tuple[int, int], tuple[list[int], list[Retraction]]] = {}
        self._counted: dict[tuple[int, int], list[HistoryRow]] = {}

    def look(self, family: int, key: int, before: int) -> PrefixRow | None:
        """The last prefix row of a key with hlc <= before."""
        found = self._rows[family].get(key)
        if found is None:
            return None
        moments, rows = found
        if moments[-1] <= before:
            return rows[-1]
        place = bisect_right(moments, before)
        return rows[place - 1] if place else None

    def astride(self, family: int, key: int, since: int, until: int, delay: int) -> tuple[int, ...] | None:
        """What entries with since <= hlc < until took back from entries before since, per column."""
        moments, taken = self._taken.get((family, key), _NONE_TAKEN)
        start, end = bisect_left(moments, since), bisect_left(moments, min(until, since + delay))
        return summed_up([each.sums for each in taken[start:end] if each.target < since])

    def gather(self, wanted: Sequence[tuple[int, int, int]]) -> Sequence[PrefixRow | None]:
        """The last prefix row of each (family, key, before) with hlc <= before."""
        return [self.look(family, key, before) for family, key, before in wanted]

    def following(self, wanted: Sequence[tuple[int, int, int]]) -> Sequence[PrefixRow | None]:
        """The first prefix row of each (family, key, after) with hlc > after."""
        answers: list[PrefixRow | None] = []
        for family, key, after in wanted:
            moments, rows = self._rows[family].get(key, ([], []))
            place = bisect_right(moments, after)
            answers.append(rows[place] if place < len(rows) else None)
        return answers

    def retractions(self, wanted: Sequence[tuple[int, int, int, int]]) -> Sequence[Sequence[Retraction]]:
        """What entries took back from each (family, key, since, until): since <= hlc < until, in order of hlc."""
        answers = []
        for family, key, since, until in wanted:
            moments, taken = self._taken.get((family, key), _NONE_TAKEN)
            answers.append(taken[bisect_left(moments, since) : bisect_left(moments, until)])
        return answers

    def straddling(self, wanted: Sequence[tuple[int, int, int, int]]) -> Sequence[Sequence[Retraction]]:
        """Of `retractions`, those that took back entries from before `since`."""
        return [
            [each for each in taken if each.target < asked[2]]
            for asked, taken in zip(wanted, self.retractions(wanted), strict=True)
        ]

    def counted(self, wanted: Sequence[tuple[int, int, int]]) -> Sequence[HistoryRow | None]:
        """The latest history row of each (line, kind, upto) with hlc <= upto."""
        return [
            next((row for row in reversed(self._counted.get((line, kind), [])) if row.hlc <= upto), None)
            for line, kind, upto in wanted
        ]

    def keep(
        self,
        rows: Sequence[HistoryRow],
        prefix: Sequence[tuple[int, int, PrefixRow]],
        taken: Sequence[tuple[int, int, Retraction]],
    ) -> None:
        """Add what a fold made; entries come in order of hlc."""
        for row in rows:
            self._counted.setdefault((row.line, row.kind), []).append(row)
        for family, key, added in prefix:
            held = self._rows[family].get(key)
            if held is None:
                self._rows[family][key] = ([added.hlc], [added])
            else:
                held[0].append(added.hlc)
                held[1].append(added)
        for family, key, retraction in taken:
            moments, held_back = self._taken.setdefault((family, key), ([], []))
            moments.append(retraction.hlc)
            held_back.append(retraction)
