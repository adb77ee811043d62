"""Columns become numbers: for one row and for a table by the same rules, fixed when the model was taught."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from vigie.risk.models.asof import before, elsewhere
from vigie.risk.models.declared import How, Input

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Values = Sequence[Any] | NDArray[Any]

Value = str | int | float | bool | None
Table = Mapping[str, Sequence[Any]]
"""Column to values, all equally long; unknown is None or NaN."""

LARGEST = 1e15
"""A step beyond it cannot be told from its neighbour in a double."""

_MILLION = 1e6
_PLAIN = frozenset((str, int, bool, float, type(None)))


class Book(msgspec.Struct, frozen=True):
    """What an encoder learnt of the values of its columns.

    Attributes:
        keys: Values, or combinations of values, ascending. hits, seen: Positives and rows of each (RATE, COUNT).
        base: Share of positives among all rows (RATE).
    """

    keys: tuple[tuple[Value, ...], ...] = ()
    hits: tuple[float, ...] = ()
    seen: tuple[float, ...] = ()
    base: float = 0.0


def steps(value: float) -> float:
    """Round to whole steps, half to even; what is not finite or too large stays as it is."""
    return float(round(value)) if -LARGEST < value < LARGEST else value


def plain(value: Any) -> Value:
    """A value as a key of a book: unknown is None, and arrays' own scalar types become Python's."""
    made: Value = value if type(value) in _PLAIN else value.item()
    return None if made != made else made


def order(key: tuple[Value, ...]) -> tuple[tuple[int, str | float], ...]:
    """Where a combination stands: unknown, then numbers, then texts."""
    return tuple((0, 0) if one is None else (2, one) if isinstance(one, str) else (1, one) for one in key)


def keys_of(columns: Sequence[str], table: Table) -> list[tuple[Value, ...]]:
    """The combination of values of each row."""
    return list(zip(*[[plain(value) for value in table[column]] for column in columns], strict=True))


def learn(
    inputs: Sequence[Input],
    table: Table,
    positive: "NDArray[np.bool_]",
    at: "NDArray[np.int64]",
    looked: "NDArray[np.bool_]",
    labels: "Mapping[str, NDArray[np.bool_]]",
) -> "tuple[tuple[Book, ...], Matrix]":
    """Learn the books, and encode the rows they were learnt from: a row's rates and counts know earlier rows alone.

    Args:
        positive, at, looked: Of each row: the label, the moment it was decided, whether anybody looked.
        labels: Further labels that inputs name.

    Returns:
        A book per input, and a matrix of shape (rows, inputs), unknown as NaN.
    """
    import numpy as np

    books, found = [], []
    for each in inputs:
        if each.how in (How.RATE, How.COUNT):
            keys = keys_of(each.read, table)
            counts = looked if each.how is How.RATE else np.ones(len(positive), np.bool_)
            label = labels[each.label] if each.label else positive
            if each.folds:
                hits, seen = elsewhere(keys, label, at, counts, each.folds)
            else:
                hits, seen = before(keys, label, at, counts, each.delay)
            books.append(_tally(keys, label, counts))
            found.append(_told(each, hits, seen, books[-1].base))
        else:
            books.append(_codes(each, table) if each.how is How.CODE else Book())
            found.append(_column(each, books[-1], table))
    return tuple(books), np.column_stack(found)


def encode(inputs: Sequence[Input], books: Sequence[Book], table: Table) -> "Matrix":
    """Encode the rows of a table: shape (rows, inputs), unknown as NaN."""
    import numpy as np

    return np.column_stack([_column(each, book, table) for each, book in zip(inputs, books, strict=True)])


def _codes(each: Input, table: Table) -> Book:
    counted: dict[tuple[Value, ...], int] = {}
    for key in keys_of(each.read, table):
        counted[key] = counted.get(key, 0) + 1
    kept = [key for key, many in counted.items() if many >= each.least and (len(key) > 1 or key[0] is not None)]
    return Book(tuple(sorted(kept, key=order)))


def _tally(keys: Sequence[tuple[Value, ...]], positive: "NDArray[np.bool_]", counts: "NDArray[np.bool_]") -> Book:
    hits: dict[tuple[Value, ...], float] = {}
    seen: dict[tuple[Value, ...], float] = {}
    for key, hit, counted in zip(keys, positive.tolist(), counts.tolist(), strict=True):
        if counted:
            seen[key] = seen.get(key, 0.0) + 1.0
            hits[key] = hits.get(key, 0.0) + hit
    kept = sorted(seen, key=order)
    rows = sum(seen.values())
    return Book(tuple(kept), tuple(hits[key] for key in kept), tuple(seen[key] for key in kept),
                sum(hits.values()) / rows if rows else 0.0)  # fmt: skip


def _told(each: Input, hits: "NDArray[np.float64]", seen: "NDArray[np.float64]", base: float) -> "Matrix":
    import numpy as np

    if each.how is How.COUNT:
        return np.rint(seen / each.step)
    with np.errstate(invalid="ignore"):
        told: Matrix = np.rint((hits + each.smooth * base) / (seen + each.smooth) * _MILLION / each.step)
    return told


def floats(column: Sequence[Any]) -> "Matrix":
    """A column of numbers as doubles, unknown as NaN."""
    import numpy as np

    given: Any = column
    if isinstance(given, np.ndarray) and given.dtype != np.object_:
        return given.astype(np.float64)
    return np.array([math.nan if value is None else value for value in column], np.float64)


def _column(each: Input, book: Book, table: Table) -> "Matrix":
    import numpy as np

    if each.how in (How.NUMBER, How.GAP):
        values = floats(table[each.read[0]])
        if each.how is How.GAP:
            values = values - floats(table[each.read[1]])
        counted = values / each.step
        return np.where(np.abs(counted) < LARGEST, np.rint(counted), counted)
    told = reader(each, book)
    return np.array([told(key) for key in keys_of(each.read, table)], np.float64)


def reader(each: Input, book: Book) -> Callable[[tuple[Value, ...]], float]:
    """The function from a combination of values to its number."""
    known, other = numbers(each, book)
    return lambda key: known.get(key, other)


def numbers(each: Input, book: Book) -> tuple[dict[tuple[Value, ...], float], float]:
    """The number of each combination of values, and that of all others; for codes, rates and counts."""
    if each.how is How.CODE:
        codes = {key: float(place) for place, key in enumerate(book.keys)}
        return {**codes, (None,): math.nan}, -1.0
    if each.how is How.COUNT:
        return {key: steps(many / each.step) for key, many in zip(book.keys, book.seen, strict=True)}, 0.0
    top = each.smooth * book.base
    rates = {
        key: steps((hit + top) / (many + each.smooth) * _MILLION / each.step)
        for key, hit, many in zip(book.keys, book.hits, book.seen, strict=True)
    }
    return rates, steps(top / each.smooth * _MILLION / each.step) if each.smooth else math.nan
