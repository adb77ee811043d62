"""Running a room's declarations over many rows: numpy for features, DuckDB for indicators and for the oracle.

The parts load with their first use: who only opens this door loads neither numpy nor DuckDB.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vigie.engine.archive import Archive, decision_table
    from vigie.engine.backtest import backtested
    from vigie.engine.batch import Batch
    from vigie.engine.columns import UNSAID, HistoryColumns, history_of
    from vigie.engine.compare import compared
    from vigie.engine.drift import counted
    from vigie.engine.fold import Column, fold_columns
    from vigie.engine.indicators import derived, fired, row_table, scored
    from vigie.engine.learning import Taught, judge_channels, teach_channels
    from vigie.engine.oracle import judge
    from vigie.engine.pieces import bodies, put_bodies, settled
    from vigie.engine.plan import Plan, write_slice
    from vigie.engine.printing import docx_of, pdf_of
    from vigie.engine.refold import Counts, Decided, Refold, asks_of, stored_rows
    from vigie.engine.running import ENGINES, ClusterMissing, Done, Engine, EngineLost, open_engine, worked
    from vigie.engine.simulation import Open, OpenBoxes, simulated
    from vigie.engine.statistics import Statistics, effort_table, register_table

__all__ = [
    "ENGINES", "UNSAID", "Archive", "Batch", "ClusterMissing", "Column", "Counts", "Decided", "Done", "Engine",
    "EngineLost", "HistoryColumns", "Open", "OpenBoxes", "Plan", "Refold", "Statistics", "Taught", "asks_of",
    "backtested", "bodies", "compared", "counted", "decision_table", "derived", "docx_of", "effort_table", "fired",
    "fold_columns", "history_of", "judge", "judge_channels", "open_engine", "pdf_of", "put_bodies", "register_table",
    "row_table", "scored", "settled", "simulated", "stored_rows", "teach_channels", "worked", "write_slice",
]

_HOMES = {
    "backtested": "backtest", "Batch": "batch",
    "compared": "compare",
    "Open": "simulation", "OpenBoxes": "simulation", "simulated": "simulation",
    "counted": "drift",
    "bodies": "pieces", "put_bodies": "pieces", "settled": "pieces",
    "Plan": "plan", "write_slice": "plan",
    "ENGINES": "running", "ClusterMissing": "running", "Done": "running", "Engine": "running", "EngineLost": "running",
    "open_engine": "running", "worked": "running",
    "Counts": "refold", "Decided": "refold", "Refold": "refold", "asks_of": "refold", "stored_rows": "refold",
    "docx_of": "printing", "pdf_of": "printing",
    "Statistics": "statistics", "effort_table": "statistics", "register_table": "statistics",
    "Archive": "archive", "decision_table": "archive",
    "UNSAID": "columns", "HistoryColumns": "columns", "history_of": "columns",
    "Column": "fold", "fold_columns": "fold",
    "judge": "oracle",
    "Taught": "learning", "judge_channels": "learning", "teach_channels": "learning",
    "derived": "indicators", "fired": "indicators", "row_table": "indicators", "scored": "indicators",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.engine.{_HOMES[name]}"), name)
