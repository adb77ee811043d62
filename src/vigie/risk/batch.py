"""One batch of the live fold: what was gathered, and what the batch itself has added so far."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import add

from vigie.risk.families import Keys
from vigie.risk.prefix import PrefixRow, PrefixState, Retraction, sums_before
from vigie.risk.rows import HistoryRow, Kind


class Batch:
    """History as a batch sees it: the state as it was, with the batch's own rows on top.

    Args:
        state: What was kept before the batch.
        windows: Per family the window lengths in microseconds that will be asked for, ascending.
    """

    def __init__(self, state: PrefixState, windows: Sequence[tuple[int, ...]]) -> None:
        self._state = state
        self._windows = windows
        self._own: dict[tuple[int, int], tuple[list[int], list[PrefixRow]]] = {}
        self._base: dict[tuple[int, int, int], PrefixRow | None] = {}
        self._astride: dict[tuple[int, int, int, int], tuple[int, ...] | None] = {}
        self._taken: dict[tuple[int, int], list[Retraction]] = {}
        self._rows: dict[tuple[int, int], list[HistoryRow]] = {}
        self._last: dict[tuple[int, int], PrefixRow | None] = {}

    def fetch(self, asked: Sequence[tuple[Keys, int]]) -> None:
        """Gather all that the vectors of these (keys, hlc) need: last rows, then rows before each window."""
        newest: dict[tuple[int, int], tuple[int, int, int]] = {}
        for keys, hlc in asked:
            for family, key in enumerate(keys):
                if key is not None and (family, key) not in newest:
                    newest[(family, key)] = (family, key, hlc - 1)
        wanted = list(newest.values())
        last = dict(zip(newest, self._state.gather(wanted), strict=True))
        self._base.update(zip(wanted, last.values(), strict=True))
        bounds: dict[tuple[int, int, int], int] = {}
        for keys, hlc in asked:
            for family, key in enumerate(keys):
                held = None if key is None else last[(family, key)]
                if key is None or held is None:
                    continue
                for window in self._windows[family]:
                    before = hlc - 1 - window
                    if before < held.hlc:
                        bounds[(family, key, before)] = hlc
        self._last = last
        self._base.update(zip(bounds, self._state.gather(list(bounds)), strict=True))
        self._fetch_retractions(bounds)

    def _fetch_retractions(self, bounds: Mapping[tuple[int, int, int], int]) -> None:
        wanted = []
        for (family, key, before), until in bounds.items():
            last, bound = self._last[(family, key)], self._base[(family, key, before)]
            if last is not None and bound is not None and last.totals[1] != bound.totals[1]:
                wanted.append((family, key, before + 1, min(until, before + 1 + last.totals[2])))
            else:
                self._astride[(family, key, before + 1, until)] = None
        found = self._state.retractions(wanted) if wanted else ()
        for (family, key, since, _), taken in zip(wanted, found, strict=True):
            self._astride[(family, key, since, bounds[(family, key, since - 1)])] = sums_before(taken, since)

    def look(self, family: int, key: int, before: int) -> PrefixRow | None:
        """The last prefix row of a key with hlc <= before, of the batch or of the state."""
        own = self._own.get((family, key))
        if own is not None:
            moments, rows = own
            if moments[-1] <= before:
                return rows[-1]
            if moments[0] <= before:
                return rows[bisect_right(moments, before) - 1]
        asked = (family, key, before)
        if asked in self._base:
            return self._base[asked]
        return self._before(family, key, before)

    def _before(self, family: int, key: int, before: int) -> PrefixRow | None:
        """What was not gathered: answered by the newest row of the key, else asked."""
        if (family, key) in self._last:
            held = self._last[(family, key)]
            if held is None or held.hlc <= before:
                return held
        return self._state.gather([(family, key, before)])[0]

    def put(self, family: int, key: int, row: PrefixRow) -> None:
        """Add a prefix row; a row of the same entry takes the place of the earlier one."""
        own = self._own.get((family, key))
        if own is None:
            self._own[(family, key)] = ([row.hlc], [row])
        elif own[0][-1] == row.hlc:
            own[1][-1] = row
        else:
            own[0].append(row.hlc)
            own[1].append(row)

    def remember(self, row: HistoryRow) -> None:
        """Add a row as counted, so that a later row of the batch can take it back."""
        self._rows.setdefault((row.line, row.kind), []).append(row)

    def counted(self, retraction: HistoryRow) -> HistoryRow | None:
        """The row that a retraction takes back, or None where nothing was counted."""
        own = self._rows.get((retraction.line, retraction.of), [])
        found = next((row for row in reversed(own) if row.hlc <= retraction.target), None)
        found = found or self._state.counted([(retraction.line, retraction.of, retraction.target)])[0]
        if found is not None and retraction.of == Kind.OUTCOME and found.hlc != retraction.target:
            return None
        return found

    def take(self, family: int, key: int, retraction: Retraction) -> None:
        """Add a retraction; those of one entry and one target are one."""
        taken = self._taken.setdefault((family, key), [])
        for place, held in enumerate(taken):
            if (held.hlc, held.target) == (retraction.hlc, retraction.target):
                sums = tuple(a + b for a, b in zip(held.sums, retraction.sums, strict=True))
                taken[place] = Retraction(held.hlc, held.target, held.rows + retraction.rows, sums)
                return
        taken.append(retraction)

    def astride(self, family: int, key: int, since: int, until: int, delay: int) -> tuple[int, ...] | None:
        """What entries with since <= hlc < until took back from entries before since, per column."""
        asked = (family, key, since, until)
        if asked in self._astride:
            held = self._astride[asked]
        else:
            held = sums_before(self._state.retractions([(family, key, since, min(until, since + delay))])[0], since)
        if not self._taken or (family, key) not in self._taken:
            return held
        own = sums_before([each for each in self._taken[(family, key)] if since <= each.hlc < until], since)
        return held if own is None else own if held is None else tuple(map(add, held, own))

    def fallen(self, family: int, key: int, target: int) -> bool:
        """Whether all rows that an entry gave a key were taken back."""
        after, before = self.look(family, key, target), self.look(family, key, target - 1)
        rows = (after.totals[0] if after else 0) - (before.totals[0] if before else 0)
        taken = [*self._state.retractions([(family, key, target, _FOREVER)])[0], *self._taken.get((family, key), ())]
        return rows <= sum(each.rows for each in taken if each.target == target)

    def earlier(self, family: int, key: int, target: int, last: int) -> tuple[int, int]:
        """The (hlc, value) of the latest entry before a fallen one that still stands; zeros where none does."""
        while row := self.look(family, key, target - 1):
            target = row.totals[last]
            if not target or not self.fallen(family, key, target):
                return row.totals[last], row.totals[last + 1]
        return 0, 0

    def later(self, family: int, key: int, target: int, last: int) -> tuple[int, int]:
        """The (hlc, value) of the first entry after a fallen one that still stands; zeros where none does."""
        while row := self._after(family, key, target):
            target = row.hlc
            if row.totals[last] == target and not self.fallen(family, key, target):
                return target, row.totals[last + 1]
        return 0, 0

    def _after(self, family: int, key: int, after: int) -> PrefixRow | None:
        found = self._state.following([(family, key, after)])[0]
        if found is not None:
            return found
        moments, rows = self._own.get((family, key), ([], []))
        place = bisect_right(moments, after)
        return rows[place] if place < len(rows) else None

    def prefix(self) -> Iterator[tuple[int, int, PrefixRow]]:
        """The batch's own prefix rows, in order of hlc per key."""
        for (family, key), (_, rows) in self._own.items():
            yield from ((family, key, row) for row in rows)

    def taken(self) -> Iterator[tuple[int, int, Retraction]]:
        """The batch's own retractions, in order of hlc per key."""
        for (family, key), taken in self._taken.items():
            yield from ((family, key, each) for each in taken)


_FOREVER = 1 << 53  # later than any moment (vigie.terms.Moment)
