"""History as columns."""

from tests.risk.small import SMALL

from vigie.engine import UNSAID, history_of
from vigie.risk import HistoryRow, Kind
from vigie.risk.sql import history_columns

ROWS = [HistoryRow(1, 2, Kind.ANNOUNCED, (None, 8, (1 << 63) - 1), (1, 1, 5, 0)),
        HistoryRow(3, 2, Kind.RETRACTED, (7, None, 9), (1, 1, 5, 0), 1, 1)]


def test_rows_become_columns_and_unsaid_keys_a_mark():
    history = history_of(ROWS, SMALL)
    assert history.hlc.tolist() == [1, 3]
    assert history.keys["party"].tolist() == [UNSAID, 7]
    assert history.keys["seal"].tolist() == [(1 << 63) - 1, 9]
    assert history.measures["grams"].tolist() == [5, 5]
    assert history.target.tolist() == [0, 1]


def test_the_flat_columns_are_those_that_the_sql_reads():
    assert tuple(name for name, _ in history_of(ROWS, SMALL).flat()) == history_columns(SMALL)
