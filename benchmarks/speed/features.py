"""Features live, in batch and by the oracle: how fast, and whether they agree."""

from collections.abc import Sequence
from time import process_time, thread_time_ns

import numpy as np
from benchmarks.speed._history import a_history
from numpy.typing import NDArray

from vigie.engine import Column, HistoryColumns, fold_columns, history_of, judge
from vigie.risk import FEATURE_SET, FEATURES, HistoryRow, Kind, LiveFeatures, MemoryState
from vigie.risk.live import Vector

COMMAND = "python -m benchmarks.speed.features"
BATCH = 1000
UNTOLD = -(1 << 62)  # stands for None; no feature comes near it


def folded(
    rows: Sequence[HistoryRow], live: LiveFeatures, state: MemoryState
) -> tuple[list[NDArray[np.int64]], list[HistoryRow]]:
    """Fold all rows in batches of about a thousand, never cutting an entry in two; None becomes `UNTOLD`."""
    vectors: list[NDArray[np.int64]] = []
    counted: list[HistoryRow] = []
    start = 0
    while start < len(rows):
        end = min(start + BATCH, len(rows))
        while end < len(rows) and rows[end].hlc == rows[end - 1].hlc:
            end += 1
        done = live.fold(rows[start:end], state)
        state.keep(done.rows, done.prefix, done.taken)
        vectors.append(_packed([vector for vector in done.vectors if vector]))
        counted += done.rows
        start = end
    return vectors, counted


def _packed(vectors: Sequence[Vector]) -> NDArray[np.int64]:
    told = [[UNTOLD if value is None else value for value in vector] for vector in vectors]
    return np.array(told, np.int64).reshape(len(vectors), len(FEATURES))


def differences(left: Sequence[Column], right: Sequence[Column]) -> int:
    """Values that are not bit-equal, NULLs included."""
    theirs = {column.name: column for column in right}
    return sum(
        int(np.count_nonzero((each.values != theirs[each.name].values) | (each.known != theirs[each.name].known)))
        for each in left
    )


def as_judged(columns: Sequence[Column], history: HistoryColumns) -> list[Column]:
    """Columns of a history in the order of the oracle: without retractions, by hlc, line, kind."""
    order = np.lexsort((history.kind, history.line, history.hlc))
    order = order[history.kind[order] != Kind.RETRACTED]
    return [Column(each.name, each.values[order], each.known[order]) for each in columns]


def as_columns(vectors: Sequence[NDArray[np.int64]], history: HistoryColumns) -> list[Column]:
    """Live vectors as columns of the history, so that they compare with the batch form."""
    rows = np.flatnonzero(history.kind != Kind.RETRACTED)
    told = np.concatenate(vectors)
    columns = []
    for place, feature in enumerate(FEATURES):
        values, known = np.zeros(len(history.hlc), np.int64), np.zeros(len(history.hlc), bool)
        known[rows] = told[:, place] != UNTOLD
        values[rows] = np.where(known[rows], told[:, place], 0)
        columns.append(Column(feature.name, values, known))
    return columns


def _latencies(rows: Sequence[HistoryRow], live: LiveFeatures, state: MemoryState) -> list[float]:
    taken = []
    for row in rows:
        if row.kind == Kind.ANNOUNCED:
            begun = thread_time_ns()  # CPU time: on shared cores the clock on the wall times the others
            live.remembered(row.keys, row.hlc, state)
            taken.append((thread_time_ns() - begun) / 1000)
    return sorted(taken)


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Measure; 100,000 rows when quick, else a million."""
    rows = list(a_history(100_000 if quick else 1_000_000, seed))
    live, state = LiveFeatures(FEATURE_SET), MemoryState()
    begun = process_time()
    vectors, counted = folded(rows, live, state)
    live_s = process_time() - begun
    taken = _latencies(rows[-50_000:], live, state)
    history = history_of(counted, FEATURE_SET)
    online = as_columns(vectors, history)
    del vectors, state
    begun = process_time()
    batch = list(fold_columns(FEATURE_SET, history))
    batch_s = process_time() - begun
    batch = as_judged(batch, history)
    begun = process_time()
    oracle = list(judge(FEATURE_SET, history))
    oracle_s = process_time() - begun
    told = {"seed": seed, "n": len(counted), "command": COMMAND}
    none = {"peer": None, "peer_value": None, "ratio": None}
    middle, late = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    return [
        {"name": f"vector of {len(FEATURES)} features from memory, p50", "value": middle, "unit": "CPU-us", "target": 40,
         **none, "low": taken[len(taken) // 4], "high": taken[len(taken) * 3 // 4], **told},
        {"name": f"vector of {len(FEATURES)} features from memory, p99", "value": late, "unit": "CPU-us", "target": 200,
         **none, "low": None, "high": taken[-1], **told},
        {"name": "live fold in memory, vectors and prefix rows (one run)", "value": len(counted) / live_s,
         "unit": "rows/CPU-s", "target": 12_000, **none, "low": None, "high": None, **told},
        {"name": f"batch fold, {len(FEATURES)} features (one run)", "value": len(counted) / batch_s,
         "unit": "rows/CPU-s", "target": 150_000, "peer": "DuckDB running the oracle SQL, 1 thread",
         "peer_value": len(counted) / oracle_s, "ratio": oracle_s / batch_s, "low": None, "high": None, **told},
        {"name": "values that differ, live against batch", "value": differences(as_judged(online, history), batch),
         "unit": "values", "target": 0, **none, "low": 0, "high": 0, **told},
        {"name": "values that differ, batch against oracle SQL", "value": differences(batch, oracle),
         "unit": "values", "target": 0, **none, "low": 0, "high": 0, **told},
    ]


if __name__ == "__main__":
    import json
    import sys

    print(json.dumps(figures(7, "--full" not in sys.argv), indent=1))
