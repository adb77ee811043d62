"""The key tree: every key stays what it was until it is taken out, and then nobody can make it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.store.keytree import DEPTH, KeyTree, new_tree

ROOT = bytes(range(32))
_units = st.integers(0, 40) | st.integers(0, (1 << DEPTH) - 1)


@given(st.lists(_units, max_size=12))
def test_a_key_does_not_depend_on_what_was_asked_before(asked: list[int]) -> None:
    tree = new_tree(ROOT)
    assert [tree.key(unit) for unit in asked] == [new_tree(ROOT).key(unit) for unit in asked]


def test_keys_differ() -> None:
    tree = new_tree(ROOT)
    assert len({tree.key(unit) for unit in range(5_000)}) == 5_000
    assert new_tree(bytes(32)).key(0) != tree.key(0)


@given(st.sets(_units, max_size=8), st.lists(_units, max_size=20))
def test_what_is_taken_out_is_gone_and_all_else_stays(gone: set[int], asked: list[int]) -> None:
    whole, tree = new_tree(ROOT), new_tree(ROOT).without(gone)
    for unit in [*asked, *gone, *asked]:
        assert tree.key(unit) == (None if unit in gone else whole.key(unit))
    for unit in gone:  # no seed that is left lies on the path to it
        assert not any((depth, unit >> (DEPTH - depth)) in tree.cover for depth in range(DEPTH + 1))


@given(st.lists(st.sets(_units, max_size=3), max_size=4))
def test_taking_out_bit_by_bit_is_taking_out_at_once(parts: list[set[int]]) -> None:
    tree = new_tree(ROOT)
    for part in parts:
        tree = tree.without(part)
    assert tree.cover == new_tree(ROOT).without(set().union(*parts)).cover


def test_neighbours_leave_few_seeds() -> None:
    assert len(new_tree(ROOT).without([5]).cover) == DEPTH
    assert len(new_tree(ROOT).without(range(1024)).cover) == DEPTH - 10
    assert len(new_tree(ROOT).without(range(1000, 3000)).cover) < 2 * DEPTH


@pytest.mark.parametrize("unit", [-1, 1 << DEPTH])
def test_there_are_no_other_units(unit: int) -> None:
    with pytest.raises(ValueError, match="no such unit"):
        KeyTree({(0, 0): ROOT}).key(unit)
