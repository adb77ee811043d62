"""Running a room's declarations over many rows: numpy for features, DuckDB for indicators and for the oracle.

The parts load with their first use: who only opens this door loads neither numpy nor DuckDB.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigie.engine.archive import Archive, decision_table
    from vigie.engine.backtest import backtested
    from vigie.engine.columns import UNSAID, HistoryColumns, history_of
    from vigie.engine.drift import counted
    from vigie.engine.fold import Column, fold_columns
    from vigie.engine.indicators import derived, fired, row_table, scored
    from vigie.engine.oracle import judge

__all__ = ["UNSAID", "Archive", "Column", "HistoryColumns", "backtested", "counted", "decision_table", "derived", "fired",
           "fold_columns", "history_of", "judge", "row_table", "scored"]

_HOMES = {
    "backtested": "backtest",
    "counted": "drift",
    "Archive": "archive", "decision_table": "archive",
    "UNSAID": "columns", "HistoryColumns": "columns", "history_of": "columns",
    "Column": "fold", "fold_columns": "fold",
    "judge": "oracle",
    "derived": "indicators", "fired": "indicators", "row_table": "indicators", "scored": "indicators",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.engine.{_HOMES[name]}"), name)
