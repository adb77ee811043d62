"""One vector read from a store: the road of an officer who asks about one box, with nothing made for a batch."""

from collections.abc import Sequence

from vigie.risk.families import Keys
from vigie.risk.live import Evaluate, Vector
from vigie.risk.prefix import PrefixRow, PrefixState, summed_up

Asked = tuple[int, int, int]
Columns = tuple[int, ...]


def read_one(
    keys: Keys, hlc: int, state: PrefixState, windows: Sequence[Sequence[int]], evaluate: Evaluate
) -> Vector:
    """Read the vector of some keys as of a moment, with two questions to the state, or three.

    The first asks for the newest row of each key, the second for the rows before those windows that hold anything, the
    third what was taken back in a window from before it, where rows say that anything was taken back.

    Args:
        windows: Per family the window lengths in microseconds. evaluate: Reads a vector from prefix rows.
    """
    last = hlc - 1
    newest = [(family, key, last) for family, key in enumerate(keys) if key is not None]
    rows: dict[Asked, PrefixRow | None] = {}
    earlier: list[Asked] = []
    for asked, row in zip(newest, state.gather(newest), strict=True):
        rows[asked] = row
        if row is not None:
            family, key, _ = asked
            earlier += [(family, key, last - window) for window in windows[family] if row.hlc > last - window]
    if earlier:
        rows.update(zip(earlier, state.gather(earlier), strict=True))
    returned = _returned(earlier, rows, hlc, state)
    return evaluate(
        keys, hlc, lambda family, key, before: rows[family, key, before],
        lambda family, key, since, until, delay: returned.get((family, key, since - 1)),
    )  # fmt: skip


def _returned(
    earlier: Sequence[Asked], rows: dict[Asked, PrefixRow | None], hlc: int, state: PrefixState
) -> dict[Asked, Columns | None]:
    """What each window's entries took back from before it, per column: asked only where retractions were counted."""
    places, wanted = [], []
    for asked in earlier:
        family, key, before = asked
        bound, newest = rows[asked], rows[family, key, hlc - 1]
        if bound is not None and newest is not None and newest.totals[1] != bound.totals[1]:
            places.append(asked)
            wanted.append((family, key, before + 1, min(hlc, before + 1 + newest.totals[2])))
    found = state.straddling(wanted) if wanted else ()
    return {asked: summed_up([each.sums for each in taken]) for asked, taken in zip(places, found, strict=True)}
