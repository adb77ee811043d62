"""One batch of the live fold: what was gathered, and what the batch itself has added so far."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from vigie.risk.families import Keys
from vigie.risk.live import Head
from vigie.risk.prefix import PrefixRow, PrefixState, Retraction, summed_up
from vigie.risk.rows import HistoryRow, Kind


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
        self._spans: dict[tuple[int, int], list[tuple[int, int, PrefixRow | None]]] = {}
        self._returned: dict[tuple[int, int, int], Sequence[Retraction]] = {}
        self._taken: dict[tuple[int, int], list[Retraction]] = {}
        self._rows: dict[tuple[int, int], list[HistoryRow]] = {}

    def fetch(self, asked: Sequence[tuple[Keys, int]]) -> None:
        """Gather all that the vectors of these (keys, hlc) need: newest rows, earlier ones, and retractions."""
        ordered = sorted(asked, key=itemgetter(1))
        latest = [{keys[family]: hlc for keys, hlc in ordered} for family in self._heads]
        wanted = [(n, key, hlc - 1) for n, mine in enumerate(latest) for key, hlc in mine.items() if key is not None]
        for (family, key, _), row in zip(wanted, self._state.gather(wanted), strict=True):
            self._heads[family][key] = ([], [], 0) if row is None else ([row.hlc], [row], 1)
        if len(ordered) <= _FEW:
            self._fetch_each(self._bounds(ordered))
            return
        earliest = [{keys[family]: hlc for keys, hlc in reversed(ordered)} for family in self._heads]
        spans = []
        for family, key, last in wanted:
            if moments := self._heads[family][key][0]:
                first, newest = earliest[family][key], moments[0]
                spans += [(family, key, first - offset, min(last + 1 - offset, newest - 1))
                          for offset in self._offsets[family] if first - offset < newest]  # fmt: skip
        if astray := self._fetch_spans(spans):
            self._fetch_each(self._bounds([
                (tuple(key if (family, key) in astray else None for family, key in enumerate(keys)), hlc)
                for keys, hlc in ordered
            ]))  # fmt: skip

    def _fetch_spans(self, spans: list[tuple[int, int, int, int]]) -> set[tuple[int, int]]:
        """Gather the rows that answer all bounds of a key from one moment to another (family, key, low, high).

        The bounds of a key differ little in a large batch, and mostly one row answers them all: the last row before
        the latest bound is the last before every bound that does not lie before that row.

        Returns:
            The keys for which that is not enough: too many rows lie between, or something was taken back.
        """
        astray: set[tuple[int, int]] = set()
        for _ in range(_ROUNDS):
            found = self._state.gather([(family, key, high) for family, key, _, high in spans]) if spans else ()
            rest = []
            for span, row in zip(spans, found, strict=True):
                family, key, low, high = span
                if row is not None and row.totals[1] != self._heads[family][key][1][0].totals[1]:
                    astray.add((family, key))
                elif row is None or row.hlc <= low:
                    self._spans.setdefault((family, key), []).append((low, high, row))
                else:
                    self._spans.setdefault((family, key), []).append((row.hlc, high, row))
                    rest.append((family, key, low, row.hlc - 1))
            spans = rest
        return astray | {(family, key) for family, key, _, _ in spans}

    def _fetch_each(self, bounds: Mapping[tuple[int, int, int], int]) -> None:
        """Gather the last row before each bound, and what was taken back since then."""
        wanted = list(bounds)
        self._earlier.update(zip(wanted, self._state.gather(wanted), strict=True))
        self._fetch_retractions(bounds)

    def _bounds(self, ordered: Sequence[tuple[Keys, int]]) -> dict[tuple[int, int, int], int]:
        """The (family, key, before) that the newest row of the key does not answer, and the latest hlc that asks."""
        bounds: dict[tuple[int, int, int], int] = {}
        for keys, hlc in ordered:
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
        for low, high, row in self._spans.get((family, key), ()):
            if low <= before <= high:
                return row
        asked = (family, key, before)
        return self._earlier[asked] if asked in self._earlier else self._state.gather([asked])[0]

    def head(self, family: int, key: int) -> Head:
        """The newest rows of a key, to which the batch adds its own."""
        head = self._heads[family].get(key)
        if head is None:
            row = self._state.gather([(family, key, _FOREVER)])[0]
            head = self._heads[family][key] = ([], [], 0) if row is None else ([row.hlc], [row], 1)
        return head

    def heads(self, keys: Keys) -> list[Head | None]:
        """The newest rows of each key of a row; None where it has no key."""
        return [
            None if key is None else mine.get(key) or self.head(family, key)
            for (family, mine), key in zip(self._heads.items(), keys, strict=True)
        ]

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
        """The batch's own prefix rows, in order of family, key and hlc."""
        for family, heads in self._heads.items():
            for key in sorted(heads):
                _, rows, kept = heads[key]
                for row in rows[kept:]:
                    yield family, key, row

    def taken(self) -> Iterator[tuple[int, int, Retraction]]:
        """The batch's own retractions, in order of hlc per key."""
        for (family, key), taken in self._taken.items():
            yield from ((family, key, each) for each in taken)


_FEW = 50  # entries up to which each bound is asked for itself: one question to the store is quicker than two
_ROUNDS = 4  # rounds in which bounds of one key are answered together; some rows may lie between them
_FOREVER = 1 << 53  # later than any moment (vigie.terms.Moment)
