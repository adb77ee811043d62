"""Rows ordered by key."""

import numpy as np
from tests.risk.small import SMALL

from vigie.engine import history_of
from vigie.engine.ordered import ordered
from vigie.risk import HistoryRow, Kind


def test_rows_are_ordered_by_key_and_then_as_logged():
    keys = (5, None, 3, 5, 3)
    rows = [HistoryRow(10 + place // 2, place, Kind.ANNOUNCED, (key, None, None), (1, 1, 1, 0))
            for place, key in enumerate(keys)]
    history = history_of(rows, SMALL)
    order = ordered(history, history.keys["party"])
    assert order.rows.tolist() == [2, 4, 0, 3]
    assert order.code.tolist() == [0, 0, 1, 1]
    assert order.before.tolist() == [2, 4, 0, 2]
    assert np.all(np.diff(order.place) > 0)
    assert order.until(order.before).tolist() == [0, 1, 2, 3]
