from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.selection.draw import drawn, inclusion, rounded, roundings

WEIGHTS = st.lists(st.floats(0.001, 1000), min_size=1, max_size=40)


@given(WEIGHTS, st.data())
def test_probabilities_add_up_to_the_number_drawn(weights, data):
    count = data.draw(st.integers(0, len(weights)))
    chances = inclusion(weights, count)
    assert sum(chances) == pytest.approx(count)
    assert all(0 <= chance <= 1 + 1e-9 for chance in chances)


@given(WEIGHTS, st.data())
def test_exactly_that_many_are_drawn_and_the_same_again(weights, data):
    count = data.draw(st.integers(0, len(weights)))
    names = [f"box{n}" for n in range(len(weights))]
    chances = inclusion(weights, count)
    first = drawn(names, chances, b"k" * 32, "x")
    assert len(first) == count
    assert first == drawn(list(names), chances, b"k" * 32, "x")


def test_each_box_is_drawn_as_often_as_its_probability_says():
    names, chances = ["a", "b", "c", "d"], inclusion([1, 2, 3, 4], 2)
    runs = 4000
    seen = Counter(name for n in range(runs) for name in drawn(names, chances, n.to_bytes(4, "big"), "x"))
    for name, chance in zip(names, chances, strict=True):
        spread = (chance * (1 - chance) / runs) ** 0.5
        assert abs(seen[name] / runs - chance) < 5 * spread + 1e-12, name


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=4))
def test_shares_are_rounded_to_whole_slots_and_keep_their_mean(shares):
    shares.append(-sum(shares) % 1000)
    every = [rounded(shares, mark) for mark in range(1000)]
    for counts in every:
        assert sum(counts) * 1000 == sum(shares)
        assert all(share // 1000 <= count <= -(-share // 1000) for share, count in zip(shares, counts, strict=True))
    assert [sum(column) for column in zip(*every, strict=True)] == shares
    told = Counter()
    for chance, counts in roundings(shares):
        told[counts] += round(1000 * chance)
    assert told == Counter(every)
