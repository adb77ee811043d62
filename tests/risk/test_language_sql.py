"""One tree, three engines: generated Python, DuckDB and SQLite say the same of every row, unknown included."""

import sqlite3

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.risk.expressions import KINDS, ROWS, conditions, numbers

from vigie.risk.language import BadExpression, Call, Type
from vigie.risk.language_python import row_more, row_test
from vigie.risk.language_sql import Dialect, quoted, sql
from vigie.risk.language_text import parse
from vigie.risk.language_types import check_condition, kind_of

_STORED = {Type.INT: "BIGINT", Type.MOMENT: "BIGINT", Type.FLOAT: "DOUBLE", Type.TEXT: "VARCHAR", Type.BOOL: "BOOLEAN"}


def in_python(condition, rows):
    run = row_test([condition, Call("not", (condition,))], KINDS)
    return [{1: True, 2: False, 0: None}[run(row)] for row in rows]


@pytest.fixture(scope="module")
def duck():
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        fields = ", ".join(f"{quoted(name)} {_STORED[kind.type]}" for name, kind in KINDS.items())
        connection.execute(f"CREATE TABLE rows (place BIGINT, {fields})")
        yield connection


@pytest.fixture(scope="module")
def lite():
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE rows (place, {', '.join(map(quoted, KINDS))})")
    connection.create_function("sqrt", 1, lambda value: None if value is None else value**0.5, deterministic=True)
    yield connection
    connection.close()


def asked(connection, code, rows):
    connection.execute("DELETE FROM rows")
    marks = ", ".join("?" * (len(KINDS) + 1))
    connection.executemany(f"INSERT INTO rows VALUES ({marks})", [[place, *row] for place, row in enumerate(rows)])
    return [row[0] for row in connection.execute(f"SELECT {code} FROM rows ORDER BY place").fetchall()]


@given(conditions(), st.lists(ROWS, min_size=1, max_size=8))
def test_python_duckdb_and_sqlite_agree_on_every_condition(duck, lite, condition, rows):
    try:
        check_condition(condition, KINDS)
    except BadExpression:
        assume(False)
    expected = in_python(condition, rows)
    assert asked(duck, sql(condition, KINDS), rows) == expected
    found = asked(lite, sql(condition, KINDS, Dialect.SQLITE), rows)
    assert [None if value is None else bool(value) for value in found] == expected


@given(numbers(3), st.lists(ROWS, min_size=1, max_size=8))
def test_python_and_duckdb_agree_on_every_number_to_the_last_bit(duck, expression, rows):
    try:
        kind_of(expression, KINDS)
    except BadExpression:
        assume(False)
    run = row_more([expression], KINDS)
    expected = [run(row)[0] for row in rows]
    assert asked(duck, sql(expression, KINDS), rows) == expected


@pytest.mark.parametrize(
    ("text", "dialect", "code"),
    [
        ("a / b > 0.5", Dialect.DUCKDB,
         """((CAST("a" AS DOUBLE PRECISION) / CAST(NULLIF("b", 0) AS DOUBLE PRECISION)) """
         """> CAST('0.5' AS DOUBLE PRECISION))"""),
        ("contains(s, 'it''s')", Dialect.POSTGRESQL, """(strpos("s", 'it''s') > 0)"""),
        ("starts_with(s, 'é')", Dialect.SQLITE, """(substr("s", 1, 1) = 'é')"""),
        ("least(a, 1) = a", Dialect.SQLITE,
         """(coalesce(min("a", CAST(1 AS BIGINT)), "a", CAST(1 AS BIGINT)) = "a")"""),
    ],
)
def test_the_dialects_differ_in_few_words(text, dialect, code):
    assert sql(parse(text), KINDS, dialect) == code
