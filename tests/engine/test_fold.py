"""The batch fold: bit-equal to the live fold and to the SQL, NULLs included."""

import numpy as np
import pytest
from benchmarks.speed._history import a_history
from benchmarks.speed.features import as_judged, differences
from hypothesis import given, settings
from tests.risk.small import SMALL, counted_and_vectors, logs

from vigie.engine import Column, fold_columns, history_of, judge
from vigie.risk import FEATURE_SET, FeatureSet, HistoryRow, Kind
from vigie.terms import DAY


def values(columns: list[Column]) -> list[tuple[int | None, ...]]:
    told = [[int(value) if known else None for value, known in zip(each.values, each.known, strict=True)]
            for each in columns]
    return list(zip(*told, strict=True))


def all_three(declared: FeatureSet, rows: list[HistoryRow], size: int) -> None:
    counted, vectors = counted_and_vectors(declared, rows, size)
    history = history_of(counted, declared)
    columns = {column.name: column for column in fold_columns(declared, history)}
    batch = [columns[name] for name in declared.names]
    stands = history.kind != Kind.RETRACTED
    assert values([Column(each.name, each.values[stands], each.known[stands]) for each in batch]) == vectors
    assert differences(as_judged(batch, history), list(judge(declared, history))) == 0


@settings(max_examples=40)
@given(logs(40))
def test_live_batch_and_sql_agree_on_any_log(rows):
    all_three(SMALL, rows, 3)


@pytest.mark.parametrize("days", [1, 30])
@pytest.mark.parametrize("late", [1, DAY - 1, DAY, DAY + 1, 40 * DAY])
def test_live_batch_and_sql_agree_on_both_sides_of_every_edge(days, late):
    window, start, party = days * DAY, 100 * DAY, 0
    rows = []
    for delay in (window - 1, window, window + 1):
        for asked in (delay + start, delay + start + late):
            party += 1
            keys = (party, party, party)
            rows += [
                HistoryRow(start, 10 * party, Kind.ANNOUNCED, keys, (1, start, 5, 0)),
                HistoryRow(start + late, 10 * party, Kind.RETRACTED, target=start + late - 1, of=Kind.ANNOUNCED),
                HistoryRow(asked, 10 * party + 1, Kind.ANNOUNCED, keys, (1, asked, 7, 0)),
            ]
    all_three(SMALL, sorted(rows, key=lambda row: row.hlc), 4)


@pytest.mark.parametrize(("seed", "taken_back", "missing"), [(1, 0.0, 0.0), (2, 0.05, 0.1), (3, 0.3, 0.02)])
def test_live_batch_and_sql_agree_on_a_seeded_history(seed, taken_back, missing):
    all_three(FEATURE_SET, list(a_history(1500, seed, taken_back=taken_back, missing=missing, busy=20, days_back=500)), 64)


def test_every_feature_of_a_seeded_history_says_something():
    counted, _ = counted_and_vectors(FEATURE_SET, list(a_history(3000, 5, busy=20, days_back=500)), 500)
    history = history_of(counted, FEATURE_SET)
    for column in fold_columns(FEATURE_SET, history):
        assert len(np.unique(column.values)) > 1, column.name


def test_an_empty_history_gives_empty_columns():
    columns = list(fold_columns(SMALL, history_of([], SMALL)))
    assert [len(column.values) for column in columns] == [0] * len(SMALL.features)


@pytest.mark.soak
def test_live_batch_and_sql_agree_on_a_long_history():
    all_three(FEATURE_SET, list(a_history(200_000, 9, taken_back=0.03)), 1000)
