"""Smoothed rates of key combinations, the general ones first: a model that needs no library to be scored."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vigie.risk.models.encode import Book, Table, Value, keys_of, order, plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST = 1e-9  # a rate is never so small that its log-odds leave the range of a score


def learn_rates(
    levels: Sequence[tuple[str, ...]], table: Table, positive: "NDArray[np.bool_]", counts: "NDArray[np.bool_]"
) -> tuple[Book, ...]:
    """Count positives and rows of each key combination; the first book holds the overall rate alone."""
    rows, hits = float(counts.sum()), float((positive & counts).sum())
    books = [Book(base=hits / rows if rows else 0.0)]
    for level in levels:
        tally: dict[tuple[Value, ...], list[float]] = {}
        for key, hit, counted in zip(keys_of(level, table), positive.tolist(), counts.tolist(), strict=True):
            if counted:
                kept = tally.setdefault(key, [0.0, 0.0])
                kept[0] += hit
                kept[1] += 1.0
        keys = sorted(tally, key=order)
        books.append(Book(tuple(keys), tuple(tally[key][0] for key in keys), tuple(tally[key][1] for key in keys)))
    return tuple(books)


def log_odds(rate: float) -> float:
    """Natural log-odds of a rate, bounded away from never and always."""
    kept = min(max(rate, _LEAST), 1.0 - _LEAST)
    return math.log(kept / (1.0 - kept))


def rate_reader(
    levels: Sequence[tuple[str, ...]], books: Sequence[Book], smooth: float, names: Sequence[str]
) -> Callable[[Sequence[Value]], tuple[float, ...]]:
    """Build the function from one row to its log-odds after each level, the overall rate first.

    A level that never saw the row's key leaves what the level before it said.
    """
    places = {name: place for place, name in enumerate(names)}
    steps = [
        (tuple(places[column] for column in level),
         {key: (hit, many) for key, hit, many in zip(book.keys, book.hits, book.seen, strict=True)})
        for level, book in zip(levels, books[1:], strict=True)
    ]  # fmt: skip
    base = books[0].base

    def read(row: Sequence[Value]) -> tuple[float, ...]:
        rate = base
        told = [log_odds(rate)]
        for columns, known in steps:
            found = known.get(tuple([plain(row[place]) for place in columns]))
            if found is not None and found[1] + smooth > 0:
                rate = (found[0] + smooth * rate) / (found[1] + smooth)
            told.append(log_odds(rate))
        return tuple(told)

    return read


def names_of(levels: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What each level is called: its columns, joined."""
    return tuple("+".join(level) for level in levels)
