"""The SQL of a policy also runs where no analytics are installed: SQLite judges it against the live score."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.rows import NAMES, ROWS

from vigie.risk import WORD_BITS, Policy, assessor, load_catalogue, mask_sql, score_sql
from vigie.risk.language_sql import Dialect, quoted
from vigie.risk.score_batch import derived_sql
from vigie.terms import Moment

POLICY = Policy(load_catalogue().in_force(Moment(1_800_000_000_000_000)))
JUDGE = assessor(POLICY)


@pytest.fixture(scope="module")
def lite():
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE rows (place, {', '.join(map(quoted, NAMES))})")
    yield connection
    connection.close()


@settings(max_examples=25)
@given(st.lists(ROWS, min_size=1, max_size=20))
def test_sqlite_scores_as_the_live_path_does(lite, rows):
    lite.execute("DELETE FROM rows")
    marks = ", ".join("?" * (len(NAMES) + 1))
    lite.executemany(f"INSERT INTO rows VALUES ({marks})", [(place, *row) for place, row in enumerate(rows)])
    query = score_sql(POLICY, "rows", ("place",), Dialect.SQLITE) + " ORDER BY place"
    live = [JUDGE.assess("X-1", Moment(1), row) for row in rows]
    told = lite.execute(query).fetchall()
    assert [row[1:3] for row in told] == [(each.logodds_milli, each.band) for each in live]
    assert [bool(row[3]) for row in told] == [each.mandatory for each in live]
    assert [sum(word << WORD_BITS * n for n, word in enumerate(row[4:])) for row in told] == [JUDGE.run(row) >> len(POLICY.priors) - 1 for row in rows]


def test_more_indicators_than_bits_take_another_word():
    first = POLICY.indicators[0]
    import msgspec

    many = tuple(msgspec.structs.replace(first, id=f"X{place}") for place in range(WORD_BITS + 2))
    assert "AS mask_1" in mask_sql(Policy(many), "rows")
    assert "AS mask_2" not in score_sql(Policy(many), "rows")


def test_an_empty_policy_is_the_prior_alone(lite):
    empty = Policy((), priors=POLICY.priors[1:])
    lite.execute("DELETE FROM rows")
    lite.execute("INSERT INTO rows (place) VALUES (1)")
    told = lite.execute(score_sql(empty, "rows", ("place",), Dialect.SQLITE)).fetchall()
    assert told == [(1, POLICY.priors[1].milli, "ordinary", 0)]


def test_derived_columns_are_added_by_name():
    assert '"vgm_gap_g"' in derived_sql("rows")
