"""The live fold: a batch of history rows and what was gathered give vectors and new prefix rows."""

from collections.abc import Callable, Sequence

import msgspec

from vigie.risk.aggregates import FIXED, Aggregate, FeatureSet
from vigie.risk.asking import read_one
from vigie.risk.batch import Batch
from vigie.risk.families import Keys
from vigie.risk.live import Head, Vector, compile_advance, compile_amounts, compile_folding, compile_vector
from vigie.risk.prefix import Folded, MemoryState, PrefixRow, PrefixState, Retraction
from vigie.risk.rows import HistoryRow, Kind


class LiveFeatures:
    """A feature set compiled for the live path; made once, it holds nothing but functions."""

    def __init__(self, declared: FeatureSet) -> None:
        self.declared = declared
        self._evaluate = compile_vector(declared)
        self._folding = compile_folding(declared)
        self._advance = compile_advance(declared)
        self._amounts = compile_amounts(declared)
        self._layouts = tuple(declared.layout(family.name) for family in declared.families)
        self._windows = tuple(layout.windows for layout in self._layouts)
        self._novelties = tuple(
            (declared.measures.index(each.measure), declared.family_number(each.family),
             declared.measures.index(each.unit))
            for each in declared.novelties
        )
        self._units = tuple({unit for _, _, unit in self._novelties})

    def ask(self, keys: Keys, hlc: int, state: PrefixState) -> Vector:
        """Read the vector of some keys as of a moment: everything with an hlc before it counts."""
        if isinstance(state, MemoryState):
            return self.remembered(keys, hlc, state)
        return read_one(keys, hlc, state, self._windows, self._evaluate)

    def ask_many(self, asked: Sequence[tuple[Keys, int]], state: PrefixState) -> list[Vector]:
        """Read many vectors with two questions to the state (and more where something was taken back)."""
        batch = Batch(state, self._windows)
        batch.fetch(asked)
        return [self._evaluate(keys, hlc, batch.look, batch.astride) for keys, hlc in asked]

    def remembered(self, keys: Keys, hlc: int, state: MemoryState) -> Vector:
        """Read one vector from memory, without asking in bulk."""
        return self._evaluate(keys, hlc, state.look, state.astride)

    def fold(
        self, rows: Sequence[HistoryRow], state: PrefixState, gathered: Callable[[], None] | None = None,
        passed: Callable[[Sequence[Vector]], None] | None = None,
    ) -> Folded:
        """Fold a batch: each row's vector as of its hlc, and all that has to be kept.

        Args:
            rows: In order of hlc, after all that the state holds; all rows of an entry are in one batch.
            state: What was kept before; it is only read.
            gathered: Called when nearly all that is asked of the state has been answered.
            passed: Told the vectors so far, one per row, from time to time and at the end.
        """
        batch = Batch(state, self._windows)
        batch.fetch([(row.keys, row.hlc) for row in rows if row.kind != Kind.RETRACTED])
        if gathered is not None:
            gathered()
        vectors: list[Vector] = []
        counted: list[HistoryRow] = []
        for row in rows:
            if passed is not None and not len(vectors) % _PASSED:
                passed(vectors)
            if row.kind == Kind.RETRACTED:
                vectors.append(())
                found = batch.counted(row)
                if found is not None:
                    counted.append(msgspec.structs.replace(
                        row, keys=found.keys, measures=found.measures, target=found.hlc))
                    self._take_back(counted[-1], batch)
            else:
                heads = batch.heads(row.keys)
                vectors.append(self._folding(row.keys, row.hlc, batch.look, batch.astride, heads))
                told = row.kind == Kind.ANNOUNCED or (row.kind == Kind.MOVED and self._may_be_new(row))
                counted.append(self._novel(row, heads) if told else row)
                self._add(counted[-1], heads)
                batch.remember(counted[-1])
        if passed is not None:
            passed(vectors)
        return Folded(tuple(vectors), tuple(counted), tuple(batch.prefix()), tuple(batch.taken()))

    def _may_be_new(self, row: HistoryRow) -> bool:
        """Whether a row that announces nothing counts what a novelty is made of."""
        return any(row.measures[unit] for unit in self._units)

    def _novel(self, row: HistoryRow, heads: Sequence[Head | None]) -> HistoryRow:
        """Fix the novelties of a row: its key has no earlier row at all."""
        measures = list(row.measures)
        for measure, family, unit in self._novelties:
            head = heads[family]
            new = head is not None and (not head[0] or head[0][0] >= row.hlc)
            measures[measure] = row.measures[unit] if new else 0
        fixed = tuple(measures)
        return row if fixed == row.measures else msgspec.structs.replace(row, measures=fixed)

    def _add(self, row: HistoryRow, heads: Sequence[Head | None]) -> None:
        hlc, measures, advance = row.hlc, row.measures, self._advance
        for family, head in enumerate(heads):
            if head is None:
                continue
            moments, rows, _ = head
            if not moments:
                totals = advance[family](None, hlc, measures)
            else:
                totals = advance[family](rows[-1].totals, hlc, measures)
                if moments[-1] == hlc:
                    rows[-1] = PrefixRow(hlc, totals)
                    continue
            moments.append(hlc)
            rows.append(PrefixRow(hlc, totals))

    def _take_back(self, row: HistoryRow, batch: Batch) -> None:
        for family, key in enumerate(row.keys):
            if key is None:
                continue
            moments, rows, _ = batch.head(family, key)
            layout, sums = self._layouts[family], tuple(map(int, self._amounts[family](row.measures)))
            batch.take(family, key, Retraction(row.hlc, row.target, 1, sums))
            totals = list(rows[-1].totals)
            totals[1] += 1
            totals[2] = max(totals[2], row.hlc - row.target)
            for place, amount in enumerate(sums, FIXED):
                totals[place] -= amount
            for slot, (aggregate, measure) in enumerate(layout.slots):
                at = layout.place(slot)
                if totals[at] == row.target and batch.fallen(family, key, row.target):
                    step = batch.later if aggregate is Aggregate.FIRST else batch.earlier
                    totals[at : at + 2] = step(family, key, row.target, layout.last_place(measure))
            if moments[-1] == row.hlc:
                rows[-1] = PrefixRow(row.hlc, tuple(totals))
            else:
                moments.append(row.hlc)
                rows.append(PrefixRow(row.hlc, tuple(totals)))


_PASSED = 64  # rows after which a fold says how far it is: some milliseconds
