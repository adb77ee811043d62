import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk.models.asof import before, elsewhere

ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(0, 12), st.booleans()), min_size=1, max_size=30
)


def arrays(rows):
    keys, hits, at, counts = zip(*rows, strict=True)
    return list(keys), np.array(hits), np.array(at, np.int64), np.array(counts)


@given(ROWS, st.integers(0, 4))
def test_a_row_knows_earlier_rows_of_its_key_and_no_other(rows, delay):
    hits, seen = before(*arrays(rows), delay)
    for place, (key, _, at, _) in enumerate(rows):
        past = [one for one in rows if one[0] == key and one[3] and one[2] + delay < at]
        assert (hits[place], seen[place]) == (sum(one[1] for one in past), len(past))


@given(ROWS, st.integers(0, 4), st.data())
def test_what_comes_later_changes_nothing(rows, delay, data):
    cut = data.draw(st.integers(0, 12))
    changed = [(key, not hit, at, not counts) if at >= cut else (key, hit, at, counts) for key, hit, at, counts in rows]
    one, other = before(*arrays(rows), delay), before(*arrays(changed), delay)
    early = np.array([row[2] for row in rows]) <= cut
    assert [part[early].tolist() for part in one] == [part[early].tolist() for part in other]


@given(ROWS, st.integers(2, 4))
def test_a_row_never_counts_itself_or_its_part(rows, folds):
    keys, hit, at, counts = arrays(rows)
    hits, seen = elsewhere(keys, hit, at, counts, folds)
    part = np.empty(len(rows), int)
    part[np.argsort(at, kind="stable")] = np.arange(len(rows)) % folds
    for place, key in enumerate(keys):
        others = [n for n in range(len(rows)) if keys[n] == key and counts[n] and part[n] != part[place]]
        assert (hits[place], seen[place]) == (sum(hit[n] for n in others), len(others))
