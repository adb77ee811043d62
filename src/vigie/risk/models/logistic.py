"""Ridge logistic regression over declared inputs: a weight per number, a weight per value of a code."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from vigie.risk.models.declared import How, Input

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vigie.risk.models.encode import Book

    Matrix = NDArray[np.float64]

_ROUNDS = 50
_SETTLED = 1e-9  # the greatest change of a weight at which the search ends
_FARTHEST = 10.0  # scales: a straight line says nothing about numbers far beyond what it was taught on
_DIGITS = 9  # weights are kept to so many decimals: a library's order of adding does not change the bytes
_FLATTEST = 1e-9  # rows so sure of their label still bend the likelihood: the step stays finite


class Term(msgspec.Struct, frozen=True):
    """What one input adds to the log-odds.

    Attributes:
        mean, scale: Of a number in training; unknown counts as the mean, which adds nothing.
        weight: Log-odds for one `scale` above the mean, counted up to ten scales.
        codes: Log-odds of each value of a code, in their order, "other" last; none for a number. Unknown adds nothing.
    """

    mean: float = 0.0
    scale: float = 1.0
    weight: float = 0.0
    codes: tuple[float, ...] = ()


def learn_terms(
    inputs: Sequence[Input],
    books: "Sequence[Book]",
    rows: "Matrix",
    positive: "NDArray[np.bool_]",
    weights: "Matrix | None",
    l2: float,
) -> tuple[float, tuple[Term, ...]]:
    """Learn the weights.

    Args:
        inputs, books: As encoded. rows: Shape (rows, inputs), unknown as NaN. positive: The label of each row.
        weights: Of rows, greater than 0; None is one each. l2: Rows' worth of doubt about each weight, greater than 0.

    Returns:
        The log-odds of a usual row, and a term per input.

    Source: T. Hastie et al., The Elements of Statistical Learning, 4.4.1 (Newton's steps, here with a ridge).
    """
    import numpy as np

    held = np.ones(len(rows)) if weights is None else weights
    terms, parts = [], []
    for place, (each, book) in enumerate(zip(inputs, books, strict=True)):
        column = rows[:, place]
        if each.how is How.CODE:
            terms.append(Term(codes=(0.0,) * (len(book.keys) + 1)))
            parts.append((_slot(column, len(book.keys))[:, None] == np.arange(len(book.keys) + 1)).astype(np.float64))
        else:
            known = np.isfinite(column)
            mean = round(float(column[known].mean()), _DIGITS) if known.any() else 0.0
            scale = round(float(column[known].std()), _DIGITS) if known.any() else 0.0
            terms.append(Term(mean, scale or 1.0))
            parts.append(_bounded(column, mean, scale or 1.0)[:, None])
    found = _newton(np.column_stack([np.ones(len(rows)), *parts]), positive, held, l2)
    return found[0], tuple(_filled(terms, found[1:]))


def _bounded(column: "Matrix", mean: float, scale: float) -> "Matrix":
    import numpy as np

    known = np.where(np.isfinite(column), column, mean)
    return np.clip((known - mean) / scale, -_FARTHEST, _FARTHEST)


def _slot(column: "Matrix", other: int) -> "NDArray[np.int64]":
    """Place of each row among the weights of a code: "other" (-1) is the last one, unknown is none."""
    import numpy as np

    return np.where(np.isnan(column), -1, np.where(column < 0, other, column)).astype(np.int64)


def _filled(terms: Sequence[Term], found: Sequence[float]) -> list[Term]:
    made, at = [], 0
    for term in terms:
        if term.codes:
            made.append(Term(codes=tuple(found[at : at + len(term.codes)])))
            at += len(term.codes)
        else:
            made.append(Term(term.mean, term.scale, found[at]))
            at += 1
    return made


def _newton(columns: "Matrix", positive: "NDArray[np.bool_]", weights: "Matrix", l2: float) -> list[float]:
    import numpy as np

    ridge = np.full(columns.shape[1], l2)
    ridge[0] = 0.0
    found = np.zeros(columns.shape[1])
    for _ in range(_ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(columns @ found, -30.0, 30.0)))
        slope = columns.T @ (weights * (positive - chance)) - ridge * found
        bend = (columns * (weights * np.maximum(chance * (1.0 - chance), _FLATTEST))[:, None]).T @ columns
        step = np.linalg.solve(bend + np.diag(ridge), slope)
        found = found + np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < _SETTLED:
            break
    return [round(value, _DIGITS) for value in found.tolist()]


def shares(terms: Sequence[Term]) -> Callable[[Sequence[float]], list[float]]:
    """Build the function from the encoded inputs of a row to what each adds to the log-odds."""

    def tell(row: Sequence[float]) -> list[float]:
        return [_share(term, value) for term, value in zip(terms, row, strict=True)]

    return tell


def _share(term: Term, value: float) -> float:
    if value - value != 0:  # unknown or without end
        return 0.0
    if term.codes:
        return term.codes[int(value)] if value >= 0 else term.codes[-1]
    return min(max((value - term.mean) / term.scale, -_FARTHEST), _FARTHEST) * term.weight


def log_odds(base: float, told: Sequence[float]) -> float:
    """Add up: in the order of the inputs, on both roads."""
    total = base
    for share in told:
        total += share
    return total
