"""First and last values over columns; that they are right on any log: tests/engine/test_fold.py."""

import pytest
from tests.risk.small import SMALL

from vigie.engine import fold_columns, history_of
from vigie.risk import HistoryRow, Kind


def told(rows: list[HistoryRow], name: str) -> list[int]:
    columns = {column.name: column for column in fold_columns(SMALL, history_of(rows, SMALL))}
    return columns[name].values.tolist()


def a_row(hlc: int, line: int, grams: int = 1, kind: Kind = Kind.ANNOUNCED, target: int = 0) -> HistoryRow:
    return HistoryRow(hlc, line, kind, (7, 8, 9), (1, hlc, grams, 0), target)


@pytest.mark.parametrize(("name", "values"), [
    ("party_first", [0, 10, 10, 10, 20, 20]), ("party_last", [0, 10, 20, 20, 20, 40]),
    ("lane_grams_first", [0, 4, 4, 4, 6, 6]), ("seal_grams_last", [0, 4, 6, 6, 6, 6]),
])
def test_what_falls_is_seen_until_the_entry_that_took_it_back(name, values):
    rows = [a_row(10, 1, 4), a_row(20, 2, 6), a_row(30, 1, 4, Kind.RETRACTED, 10), a_row(30, 3, 0, Kind.OUTCOME),
            a_row(40, 4, 0), a_row(50, 5)]
    if name.startswith("party"):
        rows[3] = HistoryRow(30, 3, Kind.OUTCOME, (7, 8, 9), (0, 0, 0, 0))
    assert told(rows, name) == values
