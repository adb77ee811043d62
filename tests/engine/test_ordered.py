"""Rows ordered by key."""

import numpy as np
from tests.risk.small import SMALL

from vigie.engine import history_of
from vigie.engine.ordered import grouped, ordered
from vigie.risk import HistoryRow, Kind


def test_rows_are_ordered_by_key_and_then_as_logged():
    keys = (5, None, 3, 5, 3)
    rows = [HistoryRow(10 + place // 2, place, Kind.ANNOUNCED, (key, None, None), (1, 1, 1, 0))
            for place, key in enumerate(keys)]
    history = history_of(rows, SMALL)
    order = ordered(history, history.keys["party"])
    assert order.rows.tolist() in ([2, 4, 0, 3], [0, 3, 2, 4])  # which key comes first does not matter
    assert order.code.tolist() == [0, 0, 1, 1]
    assert order.before.tolist() == [2 * (row // 2) for row in order.rows.tolist()]
    assert order.begins.tolist() == [0, 0, 2, 2]
    assert order.opens.tolist() == [0, 1, 2, 3]
    assert np.all(np.diff(order.place) > 0)
    assert order.until(order.before).tolist() == [0, 1, 2, 3]


def test_rows_of_one_entry_open_together():
    rows = [HistoryRow(at, place, Kind.ANNOUNCED, (7, None, None), (1, 1, 1, 0))
            for place, at in enumerate((10, 10, 11, 12, 12))]
    history = history_of(rows, SMALL)
    assert ordered(history, history.keys["party"]).opens.tolist() == [0, 0, 2, 3, 3]


def test_equal_keys_stand_together_in_the_order_in_which_they_came():
    keys = np.random.default_rng(5).integers(0, 2**63 - 1, 40)[np.random.default_rng(6).integers(0, 40, 5_000)]
    order = grouped(keys)
    assert sorted(order.tolist()) == list(range(5_000))
    own = keys[order]
    same = own[1:] == own[:-1]
    assert np.all(np.diff(order)[same] > 0)
    assert np.count_nonzero(~same) + 1 == len(np.unique(keys))


def test_keys_that_share_a_hash_are_told_apart(monkeypatch):
    monkeypatch.setattr("vigie.engine.ordered._SPREAD", np.uint64(0))  # now all of them do
    assert grouped(np.array([3, 1, 3, 2, 1])).tolist() == [1, 4, 3, 0, 2]


def test_nothing_is_ordered_too():
    assert grouped(np.zeros(0, np.int64)).tolist() == []
