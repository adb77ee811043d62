"""The batch form of a feature set: every vector of a whole history, as columns, one key family at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vigie.engine.columns import HistoryColumns, Ints, Truths
from vigie.engine.ordered import Ordered, ordered
from vigie.engine.standing import Standing
from vigie.risk import Aggregate, Feature, FeatureSet


@dataclass(frozen=True, slots=True)
class Column:
    """One feature for every row of a history.

    Attributes:
        name: The feature. values: Shape (rows,), int64; 0 where not known. known: Shape (rows,); False is NULL.
    """

    name: str
    values: Ints
    known: Truths


def fold_columns(declared: FeatureSet, history: HistoryColumns) -> Iterator[Column]:
    """Compute all features for all rows; values of retraction rows mean nothing.

    Memory is bounded by one family: about 12 arrays of the length of the history, and the columns given back.
    """
    for family in declared.families:
        mine = [feature for _, feature in declared.of_family(family.name)]
        if mine:
            yield from _family(mine, history, history.keys[family.name])


def _family(mine: list[Feature], history: HistoryColumns, keys: Ints) -> Iterator[Column]:
    order = ordered(history, keys)
    summed = [each for each in mine if each.summed]
    total = len(history.hlc)
    until = order.opens
    for window in dict.fromkeys(each.window for each in summed):
        since = _since(order, history, window)
        returned = _Returned(order, history, window) if window is not None and order.taken.any() else None
        for each in summed:
            if each.window == window:
                amount = _amount(each, history)[order.rows]
                sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.where(order.taken, -amount, amount))))
                values = sums[until] - sums[since]
                if returned is not None:
                    values += returned.sums(amount)
                yield _scattered(each.name, values, np.ones(len(values), bool), order, total)
    slots = [each for each in mine if not each.summed]
    if slots:
        entries = Standing(order, history)
        for each in slots:
            values = entries.values(each, history)
            yield _scattered(each.name, values, values > 0, order, total)


def _since(order: Ordered, history: HistoryColumns, window: int | None) -> Ints:
    if window is None:
        return order.begins
    return order.until(np.searchsorted(history.hlc, history.hlc - window)[order.rows])


def _amount(each: Feature, history: HistoryColumns) -> Ints:
    measure = history.measures[each.measure]
    return measure if each.aggregate is Aggregate.SUM else (measure > 0).astype(np.int64)


class _Returned:
    """What a window's sums subtracted although its target lies before the window, so that it has to come back.

    A retraction r of t is inside the window of e, and t is not, while t + window < e <= r + window and r < e.
    """

    def __init__(self, order: Ordered, history: HistoryColumns, window: int) -> None:
        self._taken = np.flatnonzero(order.taken)
        rows = order.rows[self._taken]
        hlc, target = history.hlc[rows], history.target[rows]
        starts = np.searchsorted(history.hlc, np.maximum(target + window, hlc) + 1)
        ends = np.searchsorted(history.hlc, hlc + window + 1)
        base = order.code[self._taken] * order.height
        asked = order.code * order.height + order.before
        self._starts, self._start_of = _ranked(base + starts, asked)
        self._ends, self._end_of = _ranked(base + ends, asked)

    def sums(self, amount: Ints) -> Ints:
        """The amounts to give back, per row."""
        taken = amount[self._taken]
        begun = np.concatenate((np.zeros(1, np.int64), np.cumsum(taken[self._starts])))
        ended = np.concatenate((np.zeros(1, np.int64), np.cumsum(taken[self._ends])))
        given: Ints = begun[self._start_of] - ended[self._end_of]
        return given


def _ranked(places: Ints, asked: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(places, kind="stable")
    return order, np.searchsorted(places[order], asked, side="right")


def _scattered(name: str, values: Ints, known: Truths, order: Ordered, total: int) -> Column:
    column, told = np.zeros(total, np.int64), np.zeros(total, bool)
    column[order.rows], told[order.rows] = np.where(known, values, 0), known
    return Column(name, column, told)
