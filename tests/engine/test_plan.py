"""The fold over files: equal to the fold in memory, whatever is cut where, however often it is cut off."""

import itertools

import numpy as np
import pyarrow.parquet as pq
import pytest
from benchmarks.speed._history import a_history
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.small import SMALL, counted_and_vectors, logs

from vigie.engine import HistoryColumns, Plan, fold_columns, history_of, open_engine, write_slice
from vigie.risk import FEATURE_SET, FeatureSet
from vigie.terms import StoreFault


def part_of(history, start, end):
    return HistoryColumns(
        *(column[start:end] for column in (history.hlc, history.line, history.kind, history.target)),
        {name: column[start:end] for name, column in history.keys.items()},
        {name: column[start:end] for name, column in history.measures.items()},
    )


def cut_into(history, folder, count):
    """Slices of about equal length; all rows of an entry in one."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = np.linspace(0, len(history.hlc), count + 1).astype(int)
    edges = np.unique([0, *(int(np.searchsorted(history.hlc, history.hlc[at])) for at in wanted[1:-1]),
                       len(history.hlc)])  # fmt: skip
    for number, (start, end) in enumerate(itertools.pairwise(edges)):
        write_slice(folder / f"{number:03d}.parquet", part_of(history, start, end))
    return sorted(folder.glob("*.parquet"))


def told_by(plan):
    found = {name: [] for name in plan.job.declared.names}
    for path in plan.results:
        table = pq.read_table(path)
        for name, values in found.items():
            values += table[name].to_pylist()
    return found


def in_memory(history, declared=SMALL):
    return {column.name: [value if known else None for value, known in zip(column.values.tolist(), column.known.tolist(),
                                                                           strict=True)]
            for column in fold_columns(declared, history)}  # fmt: skip


def planned(history, folder, slices=3, buckets=2, declared=SMALL):
    return Plan(declared, cut_into(history, folder / "in", slices), folder / "out", buckets)


@settings(max_examples=25)
@given(logs(40), st.integers(1, 4), st.integers(1, 5))
def test_the_fold_over_files_equals_the_fold_in_memory(tmp_path_factory, rows, slices, buckets):
    counted, _ = counted_and_vectors(SMALL, rows, 3)
    if not counted:
        return
    history = history_of(counted, SMALL)
    plan = planned(history, tmp_path_factory.mktemp("plan"), slices, buckets)
    with open_engine() as engine:
        plan.run(engine)
    assert told_by(plan) == in_memory(history)


SMALL_OF_ALL = FeatureSet(
    FEATURE_SET.families, FEATURE_SET.measures,
    tuple(each for each in FEATURE_SET.features if each.family in ("lane", "pair")),
)  # fmt: skip


def seeded(count=1_500):
    counted, _ = counted_and_vectors(
        FEATURE_SET, list(a_history(count, 3, taken_back=0.2, missing=0.05, busy=20, days_back=500)), 500
    )
    return history_of(counted, FEATURE_SET)


@pytest.fixture(scope="module")
def history():
    return seeded()


def test_the_declared_features_come_out_equal(history, tmp_path):
    plan = planned(history, tmp_path, 4, 3, FEATURE_SET)
    heard = []
    with open_engine() as engine:
        done = plan.run(engine, lambda some, whole: heard.append((some, whole)))
    assert told_by(plan) == in_memory(history, FEATURE_SET)
    assert heard[-1] == (len(done), len(done))
    assert sorted(heard) == heard
    assert sorted(one.name for one in plan.job.folder.iterdir()) == sorted(["job", *(one.name for one in plan.results)])


def test_parts_of_a_slice_go_before_the_last_slice_is_put_together(history, tmp_path, monkeypatch):
    monkeypatch.setattr("vigie.engine.plan._AT_ONCE", 2)
    plan = planned(history, tmp_path, 5, 2, SMALL_OF_ALL)
    left = []
    with open_engine() as engine:
        plan.run(engine, lambda _done, _whole: left.append(len(list(plan.job.folder.glob("place-*")))))
    assert left[-1] <= len(plan.families)  # those of the fifth slice
    assert told_by(plan) == in_memory(history, SMALL_OF_ALL)


def test_a_job_that_was_cut_off_goes_on(history, tmp_path):
    class Cut(Exception):
        pass

    def until(limit):
        def told(some, whole):
            if some >= limit:
                raise Cut
        return told

    plan = planned(history, tmp_path, 3, 2, FEATURE_SET)
    before = 0
    for limit in (1, 20, 60, 110):
        with open_engine() as engine, pytest.raises(Cut):
            plan.run(engine, until(limit))
        files = len(list(plan.job.folder.iterdir()))
        assert files > before  # what was finished stayed
        before = files
    with open_engine() as engine:
        done = planned_again(plan).run(engine, keep=True)
    assert sum(one.skipped for one in done) >= 100
    assert told_by(plan) == in_memory(history, FEATURE_SET)


def planned_again(plan):
    return Plan(plan.job.declared, plan.job.slices, plan.job.folder, plan.job.buckets)


def test_half_written_files_are_made_again(history, tmp_path):
    plan = planned(history, tmp_path, 2, 2, FEATURE_SET)
    with open_engine() as engine:
        plan.run(engine, keep=True)
        for number, path in enumerate(sorted(plan.job.folder.iterdir())):
            if path.name != "job" and number % 3 == 0:
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        done = plan.run(engine)
    assert 0 < sum(one.skipped for one in done) < len(done)
    assert told_by(plan) == in_memory(history, FEATURE_SET)


def test_what_another_job_left_is_not_taken_for_ours(history, tmp_path):
    plan = planned(history, tmp_path, 2, 1, FEATURE_SET)
    with open_engine() as engine:
        plan.run(engine)
        again = Plan(FEATURE_SET, plan.job.slices, plan.job.folder, 2)
        assert not any(one.skipped for one in again.run(engine))


def test_a_damaged_slice_is_told(history, tmp_path):
    plan = planned(history, tmp_path, 2, 1, FEATURE_SET)
    path = plan.job.slices[1]
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2 - 4000) + whole[-4000:])
    with open_engine() as engine, pytest.raises(StoreFault) as fault:
        plan.run(engine)
    assert fault.value.facts == {"reason": "file-damaged", "file": path.name}
