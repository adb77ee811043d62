"""Ensembles as LightGBM writes them: leaves on a grid, so that sums are exact in any order, and several made one."""

import re
from collections.abc import Mapping, Sequence
from math import ceil

GRID = 2.0**-30
"""Leaves are whole multiples of it. Sums of such numbers below 2^23 are exact in a double (53 bits) in any order: an
ensemble may be cut and joined. A thousand trees move by at most half a millionth of log-odds."""

_LEAVES = re.compile(r"(?m)^leaf_value=(.*)$")
_FEATURES = re.compile(r"(?m)^split_feature=(.*)$")
_NUMBER = re.compile(r"(?m)^Tree=\d+\n")
_END = "end of trees"
_SPLITS = "split_feature="
_CONSTANT = "num_leaves=1\nnum_cat=0\nleaf_value=0\nis_linear=0\nshrinkage=1\n\n\n"


def on_grid(text: str) -> str:
    """Move the leaves of an ensemble to the grid."""

    def moved(line: re.Match[str]) -> str:
        return "leaf_value=" + " ".join(repr(round(float(one) / GRID) * GRID) for one in line[1].split())

    body, sizes = _LEAVES.sub(moved, text), "tree_sizes="
    head, _, _ = body.partition("Tree=0\n")
    told = " ".join(str(len(tree)) for tree in _numbered(trees_of(body)))
    return body.replace(head, re.sub(r"(?m)^tree_sizes=.*$", sizes + told, head), 1)


def is_on_grid(text: str) -> bool:
    """Whether all leaves lie on the grid."""
    return all((float(one) / GRID).is_integer() for line in _LEAVES.finditer(text) for one in line[1].split())


def trees_of(text: str) -> list[str]:
    """The trees of an ensemble, each as its text without its number."""
    return _NUMBER.split(text[: text.index(_END)])[1:]


def inputs_read(text: str) -> tuple[int, ...]:
    """Places of the inputs by which any tree splits, ascending."""
    return tuple(sorted({int(one) for line in _FEATURES.finditer(text) for one in line[1].split()}))


def join(texts: Sequence[str], places: Sequence[Mapping[int, int]], width: int) -> tuple[str, tuple[int, ...]]:
    """Join ensembles into one with several outputs, none of which waits for the longest.

    Args:
        texts: The ensembles, on the grid. places: For each, place of an input to its place in the joined row.
        width: Numbers of a joined row.

    Returns:
        LightGBM's text, and how many consecutive outputs belong to each ensemble: their sum is its score.
    """
    parts = [_moved(trees_of(text), mine) for text, mine in zip(texts, places, strict=True)]
    sizes = [len(part) for part in parts]
    size = min(sizes, key=lambda rows: sum(ceil(many / rows) * (rows + 1) for many in sizes))  # outputs cost, too
    counts = tuple(ceil(many / size) for many in sizes)
    columns = [part[at : at + size] for part in parts for at in range(0, len(part), size)]
    trees = _numbered([column[row] if row < len(column) else _CONSTANT for row in range(size) for column in columns])
    many = len(columns)
    head = (f"tree\nversion=v4\nnum_class={many}\nnum_tree_per_iteration={many}\nlabel_index=0\n"
            f"max_feature_idx={width - 1}\nobjective=none\nfeature_names={' '.join(f'f{at}' for at in range(width))}\n"
            f"feature_infos={' '.join(['none'] * width)}\n"
            f"tree_sizes={' '.join(str(len(tree)) for tree in trees)}\n\n")  # fmt: skip
    return f"{head}{''.join(trees)}{_END}\n\nparameters:\nend of parameters\n", counts


def _moved(trees: Sequence[str], places: Mapping[int, int]) -> list[str]:
    def moved(line: re.Match[str]) -> str:
        return _SPLITS + " ".join(str(places[int(one)]) for one in line[1].split())

    return [_FEATURES.sub(moved, tree, count=1) for tree in trees]


def _numbered(trees: Sequence[str]) -> list[str]:
    return [f"Tree={number}\n{tree}" for number, tree in enumerate(trees)]
