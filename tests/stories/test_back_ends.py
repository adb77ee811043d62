"""One policy, four back ends: Python, DuckDB, SQLite and PostgreSQL say the same of every row, unknown included."""

import asyncio
import os
import sqlite3
from itertools import islice

import asyncpg
import pytest
from tests.risk.drawn import drawn_rows

from vigie.engine import fired, row_table, scored
from vigie.risk import COLUMNS, Policy, Type, assessor, load_catalogue, score_sql
from vigie.risk.language_sql import Dialect, quoted
from vigie.terms import Moment

SEED = int(os.environ.get("VIGIE_SEED", "0"))
AT_ONCE = 20_000
POLICY = Policy(load_catalogue().in_force(Moment(1_800_000_000_000_000)))
JUDGE = assessor(POLICY)
NAMES = ("place", *(column.name for column in COLUMNS))
_TYPES = {Type.INT: "BIGINT", Type.MOMENT: "BIGINT", Type.FLOAT: "DOUBLE PRECISION", Type.TEXT: "TEXT", Type.BOOL: "BOOLEAN"}
_TABLE = ", ".join(f"{quoted(name)} {kind}" for name, kind in
                   zip(NAMES, ("BIGINT", *(_TYPES[column.type] for column in COLUMNS)), strict=True))  # fmt: skip
_WORDS = -(-len(POLICY.indicators) // 63)


def in_python(rows):
    told = [JUDGE.assess("X-1", Moment(1), row) for row in rows]
    priors = len(POLICY.priors) - 1
    return [(one.logodds_milli, one.band, one.mandatory, JUDGE.run(row) >> priors)
            for one, row in zip(told, rows, strict=True)]  # fmt: skip


def _mask(words):
    return sum(word << 63 * place for place, word in enumerate(words))


def in_duckdb(rows):
    table = row_table(rows)
    told = scored(POLICY, table)
    masks = fired(POLICY, table)
    words = zip(*(masks[f"mask_{word}"].to_pylist() for word in range(_WORDS)), strict=True)
    columns = (told[name].to_pylist() for name in ("logodds_milli", "band", "mandatory"))
    return list(zip(*columns, map(_mask, words), strict=True))


def _read(found):
    return [(row[1], row[2], bool(row[3]), _mask(row[4 : 4 + _WORDS])) for row in found]


def in_sqlite(base, rows):
    base.execute("DELETE FROM rows")
    marks = ", ".join("?" * len(NAMES))
    base.executemany(f"INSERT INTO rows VALUES ({marks})", ((place, *row) for place, row in enumerate(rows)))
    return _read(base.execute(score_sql(POLICY, "rows", ("place",), Dialect.SQLITE) + " ORDER BY place").fetchall())


async def in_postgres(base, rows):
    await base.execute("TRUNCATE rows")
    await base.copy_records_to_table("rows", records=[(place, *row) for place, row in enumerate(rows)])
    return _read(await base.fetch(score_sql(POLICY, "rows", ("place",), Dialect.POSTGRESQL) + " ORDER BY place"))


async def compared(url, count):
    """How many rows of how many differ, on any back end."""
    lite, wrong, seen = sqlite3.connect(":memory:"), [], 0
    lite.execute(f"CREATE TABLE rows ({', '.join(map(quoted, NAMES))})")
    base = await asyncpg.connect(url)
    try:
        await base.execute(f"CREATE TEMP TABLE rows ({_TABLE})")
        drawn = drawn_rows(count, SEED + 1)
        while rows := list(islice(drawn, AT_ONCE)):
            want = in_python(rows)
            for name, told in (("duckdb", in_duckdb(rows)), ("sqlite", in_sqlite(lite, rows)),
                               ("postgresql", await in_postgres(base, rows))):  # fmt: skip
                assert len(told) == len(want)
                wrong += [(name, one, other) for one, other in zip(want, told, strict=True) if one != other]
            seen += len(rows)
            assert wrong[:3] == []
            assert len({one[0] for one in want}) > 20  # the rows are not all alike
    finally:
        lite.close()
        await base.close()
    return seen


@pytest.mark.postgres
def test_four_back_ends_agree_on_some_rows(postgres_url):
    assert asyncio.run(compared(postgres_url, 1500)) == 1500


@pytest.mark.soak
@pytest.mark.postgres
@pytest.mark.timeout(7200)
def test_four_back_ends_agree_on_a_million_rows(postgres_url, record_property):
    count = int(os.environ.get("VIGIE_ROWS", "1000000"))
    record_property("n", asyncio.run(compared(postgres_url, count)))
