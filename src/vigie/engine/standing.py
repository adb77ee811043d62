"""First and last values over columns: the measure in the earliest or latest entry that still stands."""

import numpy as np

from vigie.engine.columns import ASKED, HistoryColumns, Ints
from vigie.engine.ordered import Ordered
from vigie.risk import Aggregate, Feature


class Standing:
    """The entries of one key family, and until when each of them stands.

    Attributes:
        entry: Per row, the number of its entry; rows of one key and one hlc are one entry.
        mortal: The entries that fell, ascending. fell: Per mortal entry, the last entry that still sees it: the one
            whose retraction took its last row back, for a retraction counts from the entry after it.
    """

    def __init__(self, order: Ordered, history: HistoryColumns) -> None:
        opens = order.opens == np.arange(len(order.rows))
        self.entry = np.cumsum(opens) - 1
        self._starts = np.flatnonzero(opens)
        self._own = order.code[self._starts]
        self._begins = self.entry[order.begins[self._starts]]
        self._rows = order.rows
        self._taken = order.taken
        self.mortal, self.fell = self._fallen(order, history)

    def _fallen(self, order: Ordered, history: HistoryColumns) -> tuple[Ints, Ints]:
        """An entry that gave n rows falls with the n-th retraction of it."""
        taken = np.flatnonzero(order.taken)
        if not len(taken):
            return taken, taken
        places = (order.code * order.height + order.before)[self._starts]
        wanted = order.code[taken] * order.height + np.searchsorted(history.hlc, history.target[order.rows[taken]])
        target = np.searchsorted(places, wanted)
        by_target = np.argsort(target, kind="stable")
        target, taken = target[by_target], taken[by_target]
        nth = np.arange(len(target)) - np.searchsorted(target, target) + 1
        gave = np.add.reduceat((~order.taken & (history.kind[self._rows] != ASKED)).astype(np.int64), self._starts)
        last = nth == gave[target]
        return target[last], self.entry[taken[last]]

    def values(self, each: Feature, history: HistoryColumns) -> Ints:
        """Tell a first or last value before the entry of each row; 0 where there is none."""
        if not len(self.entry):
            return np.zeros(0, np.int64)
        measure = np.where(self._taken, 0, history.measures[each.measure][self._rows])
        greatest = np.maximum.reduceat(measure, self._starts)
        count = len(greatest)
        stands = greatest > 0
        stands[self.mortal] = False
        numbers = np.arange(count)
        if each.aggregate is Aggregate.LAST:
            best = np.full(count, -1)
            np.maximum.accumulate(np.where(stands, numbers, -1)[:-1], out=best[1:])
        else:
            later = np.minimum.accumulate(np.where(stands, numbers, count)[::-1])[::-1]
            best = later[self._begins]
        told = greatest[self.mortal] > 0
        nearer = np.maximum if each.aggregate is Aggregate.LAST else np.minimum
        for mortal, fell in zip(self.mortal[told].tolist(), self.fell[told].tolist(), strict=True):
            seen = best[mortal + 1 : fell + 1]
            nearer(seen, mortal, out=seen)
        picked = np.clip(best, 0, count - 1)
        fits = (best >= 0) & (best < numbers) & (self._own[picked] == self._own)
        found: Ints = np.where(fits, greatest[picked], 0)[self.entry]
        return found
