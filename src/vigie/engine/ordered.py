"""The rows of a history ordered by the keys of one family, so that all its questions are binary searches."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from vigie.engine.columns import UNSAID, HistoryColumns, Ints, Truths
from vigie.risk import Kind

_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: Knuth, The Art of Computer Programming 3, 6.4


@dataclass(frozen=True)
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

    @cached_property
    def begins(self) -> Ints:
        """Per row, how many of these rows come before the first one of its key."""
        return _starts(self.code[1:] != self.code[:-1], len(self.code))

    @cached_property
    def opens(self) -> Ints:
        """Per row, how many of these rows come before its entry: rows of one key and one hlc are one entry."""
        changes = (self.code[1:] != self.code[:-1]) | (self.before[1:] != self.before[:-1])
        return _starts(changes, len(self.code))


def ordered(history: HistoryColumns, keys: Ints) -> Ordered:
    """Order the rows that have a key of the family."""
    said = np.flatnonzero(keys != UNSAID)
    rows = said[grouped(keys[said])]
    own = keys[rows]
    code = np.zeros(len(rows), np.int64)
    np.cumsum(own[1:] != own[:-1], out=code[1:])
    height = len(history.hlc) + 1
    before = _starts(history.hlc[1:] != history.hlc[:-1], len(history.hlc))[rows]
    return Ordered(rows, code, code * height + rows, before, history.kind[rows] == Kind.RETRACTED, height)


def grouped(keys: Ints) -> Ints:
    """The order in which equal keys stand together, each in the order in which they came.

    What is left of a word beside the place of the row holds a hash of its key, so that one sort of whole numbers is
    enough. Where two keys share a hash, they are sorted as they are.
    """
    bits = np.uint64(max(1, len(keys).bit_length()))
    hashed = (keys.astype(np.uint64) * _SPREAD) >> bits
    packed = (hashed << bits) | np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    order = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    hashed, own = packed >> bits, keys[order]
    if bool(((hashed[1:] == hashed[:-1]) & (own[1:] != own[:-1])).any()):
        return np.argsort(keys, kind="stable")
    return order


def spread(keys: Ints) -> "np.ndarray[Any, np.dtype[np.uint64]]":
    """Mix keys, so that equal shares of them fall into any number of buckets; independent of `grouped`."""
    mixed = keys.astype(np.uint64) * _SPREAD
    return (mixed ^ (mixed >> np.uint64(32))) & np.uint64((1 << 32) - 1)


def _starts(changes: Truths, count: int) -> Ints:
    """Per place, where the run of equals begins that it belongs to; changes tells whether a place begins a new one."""
    starts = np.zeros(count, np.int64)
    np.maximum.accumulate(np.where(changes, np.arange(1, count), 0), out=starts[1:])
    return starts
