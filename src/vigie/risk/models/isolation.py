"""How few random cuts set a row apart, written as trees that LightGBM scores.

Source: F. T. Liu, K. M. Ting, Z.-H. Zhou, Isolation Forest, ICDM 2008; unknown values always go left.
"""

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_EULER = 0.5772156649015329
_UNKNOWN_LEFT = 10  # LightGBM decision_type: default left (2) and missing is NaN (2 << 2)


def usual_depth(rows: int) -> float:
    """The mean depth at which a row of `rows` is alone, when cuts are drawn at random."""
    if rows <= 1:
        return 0.0
    return 2.0 * (math.log(rows - 1) + _EULER) - 2.0 * (rows - 1) / rows if rows > 2 else 1.0


@dataclass
class _Tree:
    """A tree as LightGBM writes it: lists per inner node and per leaf."""

    features: list[int] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    leaves: list[float] = field(default_factory=list)
    alone: list[int] = field(default_factory=list)


def grow(rows: "Matrix", names: tuple[str, ...], trees: int, sample: int, seed: int) -> str:
    """Grow the forest.

    Args:
        rows: Encoded rows, shape (rows, inputs). names: Of the inputs. trees: How many. sample: Rows each tree sees.
        seed: Of all draws.

    Returns:
        LightGBM's text of an ensemble; the sum of its trees is the usual depth less the row's own, averaged: greater
        is stranger, in levels of a tree.
    """
    import numpy as np

    draw = np.random.Generator(np.random.PCG64(seed))
    size = min(sample, len(rows))
    deepest = max(1, math.ceil(math.log2(max(size, 2))))
    grown = []
    for _ in range(trees):
        tree = _Tree()
        _split(tree, rows[draw.permutation(len(rows))[:size]], 0, deepest, draw)
        grown.append(tree)
    usual = usual_depth(size)
    low, high = np.nanmin(rows, axis=0, initial=0.0), np.nanmax(rows, axis=0, initial=0.0)
    spans = " ".join(f"[{a!r}:{b!r}]" for a, b in zip(low.tolist(), high.tolist(), strict=True))
    return _written(grown, names, spans, usual, trees)


def _split(tree: _Tree, rows: "Matrix", depth: int, deepest: int, draw: "np.random.Generator") -> int:
    """Add a node; tells its number, that of a leaf as its complement."""
    import numpy as np

    if depth < deepest and len(rows) > 1:
        for feature in draw.permutation(rows.shape[1]).tolist():
            column = rows[:, feature]
            known = column[~np.isnan(column)]
            if not len(known) or ((known[0] == known).all() and len(known) == len(column)):
                continue
            low, high = float(known.min()), float(known.max())
            cut = low - 1.0 if low == high else low + (high - low) * float(draw.random())
            place = len(tree.features)
            goes_left = ~(column > cut)
            if goes_left.all():
                continue
            for kept, value in ((tree.left, 0), (tree.right, 0), (tree.held, len(rows))):
                kept.append(value)
            tree.features.append(feature)
            tree.cuts.append(cut)
            tree.left[place] = _split(tree, rows[goes_left], depth + 1, deepest, draw)
            tree.right[place] = _split(tree, rows[~goes_left], depth + 1, deepest, draw)
            return place
    tree.leaves.append(depth + usual_depth(len(rows)))
    tree.alone.append(len(rows))
    return -len(tree.leaves)


def _list(values: list[int] | list[float]) -> str:
    return " ".join(repr(value) for value in values)


def _written(grown: list[_Tree], names: tuple[str, ...], spans: str, usual: float, trees: int) -> str:
    columns = " ".join(f"f{place}" for place in range(len(names)))
    head = ("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n"
            f"max_feature_idx={len(names) - 1}\nobjective=regression\nfeature_names={columns}\n"
            f"feature_infos={spans}\n")  # fmt: skip
    parts = [_tree_text(number, tree, usual, trees) for number, tree in enumerate(grown)]
    sizes = " ".join(str(len(part)) for part in parts)
    return f"{head}tree_sizes={sizes}\n\n" + "".join(parts) + "end of trees\n\nparameters:\nend of parameters\n"


def _tree_text(number: int, tree: _Tree, usual: float, trees: int) -> str:
    values = [(usual - depth) / trees for depth in tree.leaves]
    inner, zeros = len(tree.features), [0] * len(tree.features)
    body = f"num_leaves={len(values)}\nnum_cat=0\n"
    if inner:
        body += (
            f"split_feature={_list(tree.features)}\nsplit_gain={_list(zeros)}\nthreshold={_list(tree.cuts)}\n"
            f"decision_type={_list([_UNKNOWN_LEFT] * inner)}\nleft_child={_list(tree.left)}\n"
            f"right_child={_list(tree.right)}\nleaf_value={_list(values)}\nleaf_weight={_list(tree.alone)}\n"
            f"leaf_count={_list(tree.alone)}\ninternal_value={_list(zeros)}\ninternal_weight={_list(tree.held)}\n"
            f"internal_count={_list(tree.held)}\n"
        )
    else:
        body += f"leaf_value={_list(values)}\n"
    return f"Tree={number}\n{body}is_linear=0\nshrinkage=1\n\n\n"
