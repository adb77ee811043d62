"""The SQL text: the same on DuckDB and on SQLite, and free of what PostgreSQL reads differently."""

import asyncio
import re
import sqlite3

import pytest
from benchmarks.speed._history import a_history
from hypothesis import given, settings
from tests.risk.small import SMALL, counted_and_vectors, logs

from vigie.engine import HistoryColumns, history_of, judge
from vigie.risk import FEATURE_SET, FeatureSet, history_columns, oracle_text

Told = dict[str, list[int | None]]
Row = tuple[int | None, ...]


def rows_of(history: HistoryColumns) -> list[Row]:
    columns = [
        [None if name.startswith("k_") and value < 0 else int(value) for value in column]
        for name, column in history.flat()
    ]
    return list(zip(*columns, strict=True))


def on_sqlite(declared: FeatureSet, history: HistoryColumns) -> Told:
    names = history_columns(declared)
    told: Told = {}
    base = sqlite3.connect(":memory:")
    base.execute(f"CREATE TABLE history ({', '.join(f'{name} BIGINT' for name in names)})")
    base.executemany(f"INSERT INTO history VALUES ({', '.join('?' * len(names))})", rows_of(history))
    for family in declared.families:
        found = base.execute(oracle_text(declared, family.name))
        heads = [each[0] for each in found.description]
        told |= dict(zip(heads, map(list, zip(*found, strict=True)), strict=False))
    base.close()
    return told


async def on_postgres(url: str, declared: FeatureSet, history: HistoryColumns) -> Told:
    import asyncpg

    names = history_columns(declared)
    told: Told = {}
    base = await asyncpg.connect(url)
    try:
        await base.execute(f"CREATE TEMP TABLE history ({', '.join(f'{name} BIGINT' for name in names)})")
        await base.copy_records_to_table("history", records=rows_of(history))
        for family in declared.families:
            found = await base.fetch(oracle_text(declared, family.name))
            told |= {name: [row[name] for row in found] for name in (found[0].keys() if found else ())}
    finally:
        await base.close()
    return told


def compare(declared: FeatureSet, history: HistoryColumns, told: Told) -> None:
    for column in judge(declared, history):
        duck = [int(value) if known else None for value, known in zip(column.values, column.known, strict=True)]
        assert told.get(column.name, []) == duck, column.name


@settings(max_examples=25)
@given(logs())
def test_duckdb_and_sqlite_agree_on_any_log(rows):
    history = history_of(counted_and_vectors(SMALL, rows, 5)[0], SMALL)
    compare(SMALL, history, on_sqlite(SMALL, history))


@pytest.fixture(scope="module")
def seeded() -> HistoryColumns:
    rows = list(a_history(500, 4, taken_back=0.1, busy=20, days_back=500))
    return history_of(counted_and_vectors(FEATURE_SET, rows, 50)[0], FEATURE_SET)


def test_duckdb_and_sqlite_agree_on_a_seeded_history(seeded):
    compare(FEATURE_SET, seeded, on_sqlite(FEATURE_SET, seeded))


@pytest.mark.postgres
def test_duckdb_and_postgresql_agree_on_a_seeded_history(seeded, postgres_url):
    compare(FEATURE_SET, seeded, asyncio.run(on_postgres(postgres_url, FEATURE_SET, seeded)))


@pytest.mark.parametrize("family", [family.name for family in FEATURE_SET.families])
def test_the_text_keeps_to_what_all_three_databases_read_alike(family):
    text = oracle_text(FEATURE_SET, family)
    assert len(re.findall(r"\bSUM\(", text)) == len(re.findall(r"CAST\((?:COALESCE\()?SUM\(", text))  # numeric, HUGEINT
    assert not re.search(r"GREATEST|LEAST|QUALIFY|FILTER|\bat\b|::|\"", text)
