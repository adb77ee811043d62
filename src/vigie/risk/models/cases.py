"""Cases kept together: a later box of traders with whom something was found before says nothing new of a score.

One gang is many boxes. Where some of them teach and others judge, a model is praised for knowing the gang again; so
what judges holds no box of a trader of an earlier find. Source: reference page risk, pitfall "case leakage".
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

UNKNOWN = -1
"""The key of a trader whom nobody names; keys are never negative. Two boxes that name nobody are no case."""


def apart(traders: "tuple[Array, ...]", find: "Array", starts: tuple[int, ...]) -> "Array":
    """Tell which rows stay, where rows are ordered by time and cut into parts.

    Rows of the first part all stay. A row of a later part stays unless one of its traders stood beside a find in any
    part before it, whatever role the trader had there: traders who ship for many take all their boxes with them.

    Args:
        traders: Keys of the rows, one array per role; `UNKNOWN` where not told. find: Something was found.
        starts: First row of each later part, ascending.

    Returns:
        Shape (rows,), bool.
    """
    import numpy as np

    stays = np.ones(len(find), np.bool_)
    ends = (*starts[1:], len(find))
    for start, end in zip(starts, ends, strict=True):
        met = np.concatenate([one[:start][find[:start]] for one in traders])
        met = np.unique(met[met != UNKNOWN])
        for one in traders:
            stays[start:end] &= ~np.isin(one[start:end], met)
    return stays
