"""Which parties are one: from each word on, never before, whatever order the words were handed over in."""

from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import Moment
from vigie.tracking import Merge, Merges

WORDS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=12)


def said(words):
    return [Merge(Moment(10 * place), key, into) for place, (key, into) in enumerate(words, 1)]


def test_a_word_counts_for_what_is_entered_after_it():
    merges = Merges([Merge(Moment(10), 1, 2), Merge(Moment(20), 2, 3), Merge(Moment(30), 1, 1)])
    assert [merges.resolve(1, at) for at in (10, 11, 20, 21, 30, 31)] == [1, 2, 2, 3, 3, 1]
    assert merges.resolve(1) == 1
    assert merges.resolve(2) == 3
    assert merges.one_with(3) == (3, 2)
    assert Merges().one_with(7) == (7,)


def test_a_circle_ends():
    merges = Merges([Merge(Moment(10), 1, 2), Merge(Moment(20), 2, 1)])
    assert merges.resolve(1) in {1, 2}


@given(WORDS, st.integers(1, 5), st.integers(1, 140), st.integers(0, 12))
def test_what_is_said_later_changes_nothing_for_what_was_entered(words, key, at, cut):
    known = [one for one in said(words) if one.hlc < at]
    assert Merges(said(words)).resolve(key, at) == Merges(known).resolve(key)
    grown = Merges(said(words)[:cut])
    twin = grown.copy()
    for one in said(words)[cut:]:
        twin.add(one)
    assert twin.resolve(key, at) == Merges(reversed(said(words))).resolve(key, at)
    assert grown.resolve(key) == Merges(said(words)[:cut]).resolve(key)
