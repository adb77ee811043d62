"""A history cut for the fold: months of the archive, the store and what is asked of both, in one order."""

import numpy as np
import pyarrow.parquet as pq
import pytest
from msgspec import msgpack
from tests.risk.small import SMALL

from vigie.engine import Plan, history_of, open_engine
from vigie.engine import history_slices as module
from vigie.engine.history_slices import ask_line, joined, picked, write_asks, write_slices
from vigie.risk import HistoryRow, Kind, LiveFeatures, MemoryState
from vigie.store.archived_files import BY_NAME, write
from vigie.terms import DAY, StoreFault

KEYS = (5, 7, None)


def rows_of(count):
    return [HistoryRow(DAY + place // 2, place, Kind.ANNOUNCED, (place % 3, place % 2, None), (1, DAY + place // 2, place, 0))
            for place in range(count)]  # fmt: skip


def archived_as(path, rows):
    source = BY_NAME["history"]
    write(path, source, iter([[(r.hlc, r.line, r.kind, r.target, r.of, msgpack.encode((r.keys, r.measures))) for r in rows]]))
    return path


@pytest.mark.parametrize("kept", [0, 20, 60])
@pytest.mark.parametrize("size", [7, 1_000])
def test_what_is_asked_is_answered_as_live_answers(tmp_path, monkeypatch, kept, size):
    monkeypatch.setattr(module, "SLICE", size)
    live, state = LiveFeatures(SMALL), MemoryState()
    done = live.fold(rows_of(60), state)
    state.keep(done.rows, done.prefix, done.taken)
    rows = list(done.rows)
    asks = [((1, 0, None), DAY + 5), ((2, 1, None), DAY + 31), ((9, None, 4), 3), ((0, 0, None), DAY + 9_999), ((1, 1, 1), DAY)]
    write_asks(tmp_path / "asks.parquet", 3, asks, SMALL)
    archived = [archived_as(tmp_path / "old.parquet", rows[:kept])] if kept else []
    stored = [rows[kept : kept + 9], rows[kept + 9 :]]
    slices = write_slices(tmp_path, archived, stored, [tmp_path / "asks.parquet"], SMALL, DAY + 9_999)
    whole = np.concatenate([pq.read_table(path)["hlc"].to_numpy() for path in slices])
    assert len(whole) == len(rows) + len(asks)
    assert np.all(np.diff(whole) >= 0)
    plan = Plan(SMALL, slices, tmp_path / "fold", 2)
    with open_engine() as engine:
        plan.run(engine)
    told = {row["line"]: row for path in plan.results for row in pq.read_table(path).to_pylist() if row["kind"] == 0}
    for number, (keys, at) in enumerate(asks):
        again = tuple(told[ask_line(3, number)][name] for name in SMALL.names)
        assert again == live.ask(keys, at, state), (keys, at)


def test_what_lies_after_all_questions_is_not_folded(tmp_path):
    slices = write_slices(tmp_path, [], [rows_of(60)], [], SMALL, DAY + 3)
    assert sum(pq.read_metadata(path).num_rows for path in slices) == 8


def test_a_month_that_is_damaged_is_told(tmp_path):
    path = archived_as(tmp_path / "old.parquet", rows_of(9))
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(StoreFault) as fault:
        write_slices(tmp_path, [path], [], [], SMALL, 1 << 50)
    assert fault.value.facts["reason"] == "archive-file"


def test_parts_are_joined_and_rows_picked():
    history = history_of(rows_of(6), SMALL)
    again = joined([picked(history, slice(0, 2)), picked(history, np.array([2, 3, 4, 5]))])
    assert again.hlc.tolist() == history.hlc.tolist()
    assert again.keys["party"].tolist() == history.keys["party"].tolist()
    assert again.measures["grams"].tolist() == history.measures["grams"].tolist()
