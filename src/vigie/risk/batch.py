"""One batch of the live fold: what was gathered, and what the batch itself has added so far."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from vigie.risk.families import Keys
from vigie.risk.prefix import PrefixRow, PrefixState, Retraction, summed_up
from vigie.risk.rows import HistoryRow, Kind

Head = tuple[list[int], list[PrefixRow], int]
"""The newest prefix rows of a key: their hlc, the rows, and how many of them (0 or 1) the state holds already."""


class Batch:
    """History as a batch sees it: the state as it was, with the batch's own rows on top.

    Args:
        state: What was kept before the batch.
        windows: Per family the window lengths in microseconds that will be asked for, ascending.
    """

    def __init__(self, state: PrefixState, windows: Sequence[tuple[int, ...]]) -> None:
        self._state = state
        self._offsets = tuple((1, *(window + 1 for window in mine)) for mine in windows)
        self._heads: dict[int, dict[int, Head]] = {family: {} for family in range(len(windows))}
        self._earlier: dict[tuple[int, int, int], PrefixRow | None] = {}
        self._returned: dict[tuple[int, int, int], Sequence[Retraction]] = {}
        self._taken: dict[tuple[int, int], list[Retraction]] = {}
        self._rows: dict[tuple[int, int], list[HistoryRow]] = {}

    def fetch(self, asked: Sequence[tuple[Keys, int]]) -> None:
        """Gather all that the vectors of these (keys, hlc) need: newest rows, earlier ones, and retractions."""
        newest: dict[tuple[int, int], int] = {}
        for keys, hlc in asked:
            for family, key in enumerate(keys):
                if key is not None and newest.get((family, key), 0) < hlc:
                    newest[(family, key)] = hlc
        found = self._state.gather([(family, key, hlc - 1) for (family, key), hlc in newest.items()])
        for (family, key), row in zip(newest, found, strict=True):
            self._heads[family][key] = ([], [], 0) if row is None else ([row.hlc], [row], 1)
        bounds = self._bounds(asked)
        self._fetch_earlier(list(bounds))
        self._fetch_retractions(bounds)

    def _fetch_earlier(self, wanted: list[tuple[int, int, int]]) -> None:
        """Gather the last row before each bound.

        The bounds of a key differ little in a large batch, and mostly one row answers them all: the last row before
        the latest bound is the last before every bound that does not lie before that row.
        """
        for _ in range(_ROUNDS if len(wanted) > _SINGLY else 0):
            by_key: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
            for bound in wanted:
                by_key.setdefault(bound[:2], []).append(bound)
            wanted = []
            for bounds, row in zip(by_key.values(), self._state.gather(list(map(max, by_key.values()))), strict=True):
                if row is not None:
                    wanted += [bound for bound in bounds if bound[2] < row.hlc]
                    bounds = [bound for bound in bounds if bound[2] >= row.hlc]
                self._earlier.update(dict.fromkeys(bounds, row))
            if not wanted:
                return
        self._earlier.update(zip(wanted, self._state.gather(wanted), strict=True))

    def _bounds(self, asked: Sequence[tuple[Keys, int]]) -> dict[tuple[int, int, int], int]:
        """The (family, key, before) that the newest row of the key does not answer, and the latest hlc that asks."""
        bounds: dict[tuple[int, int, int], int] = {}
        for keys, hlc in sorted(asked, key=itemgetter(1)):
            for family, key in enumerate(keys):
                moments = self._heads[family][key][0] if key is not None else None
                if moments and key is not None:
                    newest = moments[0]
                    for offset in self._offsets[family]:
                        if hlc - offset < newest:
                            bounds[(family, key, hlc - offset)] = hlc
        return bounds

    def _fetch_retractions(self, bounds: Mapping[tuple[int, int, int], int]) -> None:
        wanted = []
        for (family, key, before), until in bounds.items():
            totals, bound = self._heads[family][key][1][0].totals, self._earlier[(family, key, before)]
            if bound is not None and totals[1] != bound.totals[1]:
                wanted.append((family, key, before + 1, min(until, before + 1 + totals[2])))
        found = self._state.straddling(wanted) if wanted else ()
        for (family, key, since, _), taken in zip(wanted, found, strict=True):
            if taken:
                self._returned[(family, key, since)] = taken

    def look(self, family: int, key: int, before: int) -> PrefixRow | None:
        """The last prefix row of a key with hlc <= before, of the batch or of the state."""
        head = self._heads[family].get(key)
        if head is not None:
            moments, rows, kept = head
            if not moments:
                return None
            if moments[-1] <= before:
                return rows[-1]
            if moments[0] <= before:
                return rows[bisect_right(moments, before) - 1]
            if not kept:
                return None
        asked = (family, key, before)
        return self._earlier[asked] if asked in self._earlier else self._state.gather([asked])[0]

    def head(self, family: int, key: int) -> Head:
        """The newest rows of a key, to which the batch adds its own."""
        head = self._heads[family].get(key)
        if head is None:
            row = self._state.gather([(family, key, _FOREVER)])[0]
            head = self._heads[family][key] = ([], [], 0) if row is None else ([row.hlc], [row], 1)
        return head

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
        """What entries with since <= hlc < until took back from entries before since, per column.

        Only what `fetch` was told of is asked, so whatever is not held was answered with nothing.
        """
        held = self._returned.get((family, key, since))
        own = self._taken.get((family, key)) if self._taken else None
        if held is None and own is None:
            return None
        if own is None:
            return summed_up([each.sums for each in held or () if each.hlc < until])
        taken = (*(held or ()), *own)
        return summed_up([each.sums for each in taken if since <= each.hlc < until and each.target < since])

    def fallen(self, family: int, key: int, target: int) -> bool:
        """Whether all rows that an entry gave a key were taken back."""
        after, before = self.look(family, key, target), self.look(family, key, target - 1)
        rows: int = (after.totals[0] if after else 0) - (before.totals[0] if before else 0)
        taken = [*self._state.retractions([(family, key, target, _FOREVER)])[0], *self._taken.get((family, key), ())]
        gone: int = sum(each.rows for each in taken if each.target == target)
        return rows <= gone

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
        moments, rows, _ = self.head(family, key)
        place = bisect_right(moments, after)
        return rows[place] if place < len(rows) else None

    def prefix(self) -> Iterator[tuple[int, int, PrefixRow]]:
        """The batch's own prefix rows, in order of hlc per key."""
        for family, heads in self._heads.items():
            for key, (_, rows, kept) in heads.items():
                for row in rows[kept:]:
                    yield family, key, row

    def taken(self) -> Iterator[tuple[int, int, Retraction]]:
        """The batch's own retractions, in order of hlc per key."""
        for (family, key), taken in self._taken.items():
            yield from ((family, key, each) for each in taken)


_SINGLY = 256  # bounds up to which each is asked for itself: one question to the store is quicker than two
_ROUNDS = 4  # rounds in which bounds of one key are answered together; as many as there are windows, and one
_FOREVER = 1 << 53  # later than any moment (vigie.terms.Moment)
