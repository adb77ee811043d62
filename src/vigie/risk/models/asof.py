"""What was known before: hits and rows of a key, counted without ever looking ahead."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def before(
    keys: Sequence[Hashable],
    positive: "NDArray[np.bool_]",
    at: "NDArray[np.int64]",
    counts: "NDArray[np.bool_]",
    delay: int,
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Count, for every row, the earlier rows of its key whose outcome was known by then.

    Args:
        keys: Of each row. positive: Its label. at: Its moment. counts: Whether it is counted at all.
        delay: An outcome is known strictly later than this after its row's moment, in the unit of `at`; 0 or more.

    Returns:
        Hits and rows. Rows of one moment never know of each other.
    """
    import numpy as np

    hits, seen = np.zeros(len(keys)), np.zeros(len(keys))
    order = np.argsort(at, kind="stable").tolist()
    when, hit, counted = at.tolist(), positive.tolist(), counts.tolist()
    tally: dict[Hashable, list[float]] = {}
    released = 0
    for row in order:
        while when[order[released]] + delay < when[row]:
            past = order[released]
            if counted[past]:
                kept = tally.setdefault(keys[past], [0.0, 0.0])
                kept[0] += hit[past]
                kept[1] += 1.0
            released += 1
        found = tally.get(keys[row])
        if found is not None:
            hits[row], seen[row] = found
    return hits, seen


def elsewhere(
    keys: Sequence[Hashable],
    positive: "NDArray[np.bool_]",
    at: "NDArray[np.int64]",
    counts: "NDArray[np.bool_]",
    folds: int,
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Count, for every row, the rows of its key in the other parts; rows are dealt to the parts in turn, by time."""
    import numpy as np

    part = np.empty(len(keys), np.int64)
    part[np.argsort(at, kind="stable")] = np.arange(len(keys)) % folds
    places: dict[Hashable, int] = {}
    key = np.array([places.setdefault(one, len(places)) for one in keys], np.int64)
    cell = key * folds + part
    seen = np.bincount(cell, counts, len(places) * folds)
    hits = np.bincount(cell, positive & counts, len(places) * folds)
    whole_hits, whole_seen = np.bincount(key, positive & counts), np.bincount(key, counts)
    return whole_hits[key] - hits[cell], whole_seen[key] - seen[cell]
