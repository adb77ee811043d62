import json
from base64 import b64decode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.exchange import tree
from vigie.exchange.tree import EMPTY_ROOT, Growing, Tree, leaf_hash


def plain_root(leaves):
    """RFC 6962, 2.1, written as it stands there."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else EMPTY_ROOT
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\1" + plain_root(leaves[:split]) + plain_root(leaves[split:])).digest()


class Kept:
    def __init__(self, count, step=7):
        self.leaves = [leaf_hash(b"%d" % number) for number in range(count)]
        self.tiles, growing = {}, Growing()
        for start in range(0, count, step):
            growing = Tree(self.read, growing.size).growing()  # as after a restart
            growing.extend(self.leaves[start : start + step])
            self.tiles.update({(level, index): told for level, index, told in growing.take()})
        self.growing = growing

    def read(self, level, index):
        return self.tiles[level, index]

    def tree(self, size=None):
        return Tree(self.read, len(self.leaves) if size is None else size)


KEPT = Kept(700)


@given(st.integers(0, 700))
def test_a_head_is_what_the_standard_says_at_every_size(size):
    assert KEPT.tree(size).head() == plain_root(KEPT.leaves[:size])


def test_the_growing_edge_knows_the_head():
    assert KEPT.growing.root() == plain_root(KEPT.leaves)
    assert Growing().root() == EMPTY_ROOT


@given(st.integers(1, 700), st.data())
def test_every_leaf_can_be_proved_and_no_other_stands_there(size, drawn):
    index = drawn.draw(st.integers(0, size - 1))
    told = KEPT.tree(size)
    proof = told.inclusion(index)
    assert tree.verify_inclusion(index, 0, size, KEPT.leaves[index], proof, told.head())
    assert not tree.verify_inclusion(index, 0, size, leaf_hash(b"another"), proof, told.head())
    assert not tree.verify_inclusion(index, 0, size, KEPT.leaves[index], [*proof, EMPTY_ROOT], told.head())


@given(st.integers(1, 700), st.data())
def test_growth_can_be_proved_and_a_rewritten_past_cannot(size, drawn):
    before = drawn.draw(st.integers(1, size))
    told = KEPT.tree(size)
    proof = told.consistency(before)
    old = KEPT.tree(before).head()
    assert tree.verify_consistency(before, size, old, proof, told.head())
    forged = plain_root([leaf_hash(b"forged"), *KEPT.leaves[1:before]])
    assert not tree.verify_consistency(before, size, forged, proof, told.head())


@given(st.integers(2, 700), st.data())
def test_a_subtree_can_be_proved(size, drawn):
    level = drawn.draw(st.integers(0, 6))
    start = drawn.draw(st.integers(0, (size - 1) >> level)) << level
    end = min(size, start + drawn.draw(st.integers(1, 1 << level)))
    if not tree.is_subtree(start, end):
        return
    told = KEPT.tree(size)
    own = told.head(start, end)
    assert own == plain_root(KEPT.leaves[start:end])
    assert tree.verify_part(start, end, size, own, told.consistency(end, start), told.head())
    index = drawn.draw(st.integers(start, end - 1))
    assert tree.verify_inclusion(index, start, end, KEPT.leaves[index], told.inclusion(index, start, end), own)


@given(st.sets(st.integers(0, 699), min_size=1, max_size=30))
def test_several_leaves_need_one_proof(indexes):
    wanted = sorted(indexes)
    told = KEPT.tree()
    leaves = {index: KEPT.leaves[index] for index in wanted}
    proof = told.several(wanted)
    assert tree.verify_several(leaves, 700, proof, told.head())
    assert not tree.verify_several(leaves | {wanted[0]: leaf_hash(b"x")}, 700, proof, told.head())
    assert not tree.verify_several(leaves, 700, proof[:-1], told.head())
    assert not tree.verify_several(leaves, 700, [*proof, EMPTY_ROOT], told.head())


def test_what_is_not_stored_is_not_made_up():
    with pytest.raises(LookupError):
        KEPT.tree(701).head()


def decoded(told):
    return [b64decode(one) for one in told or ()]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "count"),
    [("inclusion", 98), ("consistency", 98), ("subtreeinclusion", 204), ("subtreeconsistency", 118)],
)
def test_the_vectors_of_transparency_dev(folder, count, shared_data):
    wrong, seen = [], 0
    for path in sorted((shared_data / "exchange" / "merkle" / "testdata" / folder).rglob("*.json")):
        told = json.loads(path.read_text())
        proof = decoded(told["proof"])
        start, end = told.get("start", 0), told.get("end")
        if "inclusion" in folder:
            leaf, root = decoded((told["leafHash"], told["root"]))
            end = told["treeSize"] if end is None else end
            fits = tree.verify_inclusion(told["leafIdx"], start, end, leaf, proof, root)
        else:
            first, root = decoded((told["root1"], told["root2"]))
            if end is None:
                fits = tree.verify_consistency(told["size1"], told["size2"], first, proof, root)
            else:
                fits = tree.verify_part(start, end, told["size"], first, proof, root)
        seen += 1
        if fits is bool(told["wantErr"]):
            wrong.append(f"{path.parent.name}/{path.name}: {told['desc']}")
    assert (wrong, seen) == ([], count)
