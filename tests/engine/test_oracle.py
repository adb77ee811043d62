"""The SQL text: the same on DuckDB and on SQLite, and free of what PostgreSQL reads differently."""

import re
import sqlite3

import pytest
from benchmarks.speed._history import a_history
from hypothesis import given, settings
from tests.risk.small import SMALL, counted_and_vectors, logs

from vigie.engine import HistoryColumns, history_of, judge
from vigie.risk import FEATURE_SET, FeatureSet
from vigie.risk.sql import history_columns, oracle_text


def on_sqlite(declared: FeatureSet, history: HistoryColumns) -> dict[str, list[int | None]]:
    names = history_columns(declared)
    columns = {
        name: [None if name.startswith("k_") and value < 0 else int(value) for value in column]
        for name, column in history.flat()
    }
    told: dict[str, list[int | None]] = {}
    with sqlite3.connect(":memory:") as base:
        base.execute(f"CREATE TABLE history ({', '.join(f'{name} BIGINT' for name in names)})")
        rows = zip(*(columns[name] for name in names), strict=True)
        base.executemany(f"INSERT INTO history VALUES ({', '.join('?' * len(names))})", rows)
        for family in declared.families:
            found = base.execute(oracle_text(declared, family.name))
            heads = [each[0] for each in found.description]
            told |= dict(zip(heads, map(list, zip(*found, strict=True)), strict=False))
    base.close()
    return told


def compare(declared: FeatureSet, history: HistoryColumns) -> None:
    told = on_sqlite(declared, history)
    for column in judge(declared, history):
        duck = [int(value) if known else None for value, known in zip(column.values, column.known, strict=True)]
        assert told.get(column.name, []) == duck, column.name


@settings(max_examples=25)
@given(logs())
def test_duckdb_and_sqlite_agree_on_any_log(rows):
    compare(SMALL, history_of(counted_and_vectors(SMALL, rows, 5)[0], SMALL))


def test_duckdb_and_sqlite_agree_on_a_seeded_history():
    rows = list(a_history(500, 4, taken_back=0.1, busy=20, days_back=500))
    compare(FEATURE_SET, history_of(counted_and_vectors(FEATURE_SET, rows, 50)[0], FEATURE_SET))


@pytest.mark.parametrize("family", [family.name for family in FEATURE_SET.families])
def test_the_text_keeps_to_what_all_three_databases_read_alike(family):
    text = oracle_text(FEATURE_SET, family)
    assert len(re.findall(r"\bSUM\(", text)) == len(re.findall(r"CAST\((?:COALESCE\()?SUM\(", text))  # numeric, HUGEINT
    assert not re.search(r"GREATEST|LEAST|QUALIFY|FILTER|\bat\b|::|\"", text)
