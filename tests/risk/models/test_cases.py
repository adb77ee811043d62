"""Later boxes of a trader who stood beside a find judge nothing; all others stay, in their order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk import UNKNOWN, apart


def kept(consignee, consignor, find, *starts):
    return apart((np.array(consignee), np.array(consignor)), np.array(find, bool), starts).tolist()


def test_a_trader_of_an_earlier_find_is_left_out_of_what_is_later():
    assert kept([1, 2, 1, 2, 3], [9, 9, 8, 9, 8], [1, 0, 0, 0, 0], 2) == [True, True, False, False, True]


def test_boxes_of_nobody_are_no_case():
    assert kept([UNKNOWN] * 3, [UNKNOWN] * 3, [1, 0, 1], 1) == [True] * 3


def test_a_trader_counts_in_whatever_role():
    assert kept([1, 2], [2, 1], [1, 0], 1) == [True, False]


def test_a_find_of_the_middle_part_is_kept_out_of_the_last():
    assert kept([1, 2, 3, 2], [UNKNOWN] * 4, [0, 1, 0, 0], 1, 2) == [True, True, True, False]


@given(st.lists(st.tuples(st.integers(-1, 5), st.integers(-1, 5), st.booleans()), min_size=1, max_size=30), st.data())
def test_no_kept_later_row_shares_a_trader_with_a_find_before_its_part(rows, data):
    first = data.draw(st.integers(0, len(rows)))
    last = data.draw(st.integers(first, len(rows)))
    told = kept(*zip(*rows, strict=True), first, last)
    for place, (consignee, consignor, _) in enumerate(rows):
        start = 0 if place < first else first if place < last else last
        met = {key for one in rows[:start] if one[2] for key in one[:2]} - {UNKNOWN}
        assert told[place] is (not met & {consignee, consignor})
