"""The rows of a history ordered by the keys of one family, so that all its questions are binary searches."""

from dataclasses import dataclass

import numpy as np

from vigie.engine.columns import UNSAID, HistoryColumns, Ints, Truths
from vigie.risk import Kind


@dataclass(frozen=True, slots=True)
class Ordered:
    """The rows of a history that have a key of one family, ordered by key and then as logged.

    Attributes:
        rows: Row numbers in the history. code: Key numbers from 0. place: code * (rows of the history + 1) + row
            number, ascending: one number to search by. before: Rows of the history with a smaller hlc.
        taken: Whether the row is a retraction.
    """

    rows: Ints
    code: Ints
    place: Ints
    before: Ints
    taken: Truths
    height: int

    def until(self, ranks: Ints) -> Ints:
        """How many of these rows come before, given per row the number of rows of the history that count."""
        return np.searchsorted(self.place, self.code * self.height + ranks)


def ordered(history: HistoryColumns, keys: Ints) -> Ordered:
    """Order the rows that have a key of the family."""
    said = np.flatnonzero(keys != UNSAID)
    rows = said[np.argsort(keys[said], kind="stable")]
    own = keys[rows]
    code = np.zeros(len(rows), np.int64)
    np.cumsum(own[1:] != own[:-1], out=code[1:])
    height = len(history.hlc) + 1
    before = np.searchsorted(history.hlc, history.hlc)[rows]
    return Ordered(rows, code, code * height + rows, before, history.kind[rows] == Kind.RETRACTED, height)
