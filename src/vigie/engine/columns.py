"""History as columns: one integer array per column, rows in order of hlc."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigie.risk import FeatureSet, HistoryRow

Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]

UNSAID = -1
"""A key that the messages do not say; keys are never negative."""


ASKED = 0
"""Kind of a row that asks for the features of its keys as of its hlc; it counts nothing, and its measures are 0."""


@dataclass(frozen=True, slots=True)
class HistoryColumns:
    """The history of a node, or a part of it that holds all entries of its keys.

    Attributes:
        hlc: Shape (rows,); microseconds, ascending. line, kind, target: Shape (rows,); as in `HistoryRow`.
        keys: Per family, shape (rows,); `UNSAID` where not said.
        measures: Per measure, shape (rows,); >= 0.
    """

    hlc: Ints
    line: Ints
    kind: Ints
    target: Ints
    keys: Mapping[str, Ints]
    measures: Mapping[str, Ints]

    def flat(self) -> Iterator[tuple[str, Ints]]:
        """The columns under the names that the oracle's statements read."""
        yield from (("hlc", self.hlc), ("line", self.line), ("kind", self.kind), ("target", self.target))
        yield from ((f"k_{name}", values) for name, values in self.keys.items())
        yield from ((f"m_{name}", values) for name, values in self.measures.items())


def history_of(rows: Sequence[HistoryRow], declared: FeatureSet) -> HistoryColumns:
    """Turn history rows as counted, in order of hlc, into columns."""
    keys = _table([[UNSAID if key is None else key for key in row.keys] for row in rows], len(declared.families))
    measures = _table([row.measures for row in rows], len(declared.measures))
    hlc, line, kind, target = _table([(row.hlc, row.line, row.kind, row.target) for row in rows], 4)
    return HistoryColumns(
        hlc, line, kind, target,
        {family.name: values for family, values in zip(declared.families, keys, strict=True)},
        dict(zip(declared.measures, measures, strict=True)),
    )


def _table(rows: Sequence[Sequence[int]], width: int) -> list[Ints]:
    table = np.array(rows, np.int64).reshape(len(rows), width)
    return [np.ascontiguousarray(table[:, place]) for place in range(width)]
