"""The SQL text of the features on engines that vigie does not ship: Spark, Trino and DataFusion, as it stands.

sqlglot reads the text as Spark and as Trino do and finds nothing to change. Where pyspark (with Java) or datafusion is
installed, the text also runs there, and says what DuckDB says.
"""

import shutil
from importlib.util import find_spec
from os import environ

import pyarrow as pa
import pytest
import sqlglot
from benchmarks.speed._history import a_history
from tests.risk.small import SMALL, counted_and_vectors

from vigie.engine import history_of, judge
from vigie.risk import FEATURE_SET, HistoryRow, Kind, oracle_text
from vigie.terms import DAY

HAS_SPARK = find_spec("pyspark") is not None and ("JAVA_HOME" in environ or shutil.which("java") is not None)


def plainly(node):
    return sqlglot.exp.Cast(this=node.this, to=node.to) if isinstance(node, sqlglot.exp.Cast) else node


def read(text, dialect):
    """The statement as a dialect reads it.

    Where nulls are ordered does not count, for no moment is null; nor that Spark's CAST may give a null instead of a
    fault, for what is cast is a sum of whole numbers.
    """
    tree = sqlglot.parse_one(text, read=dialect).transform(plainly)
    for one in tree.find_all(sqlglot.exp.Ordered):
        one.set("nulls_first", None)
    return tree


def reads_as_it_stands(declared, dialect):
    for family in declared.families:
        if declared.of_family(family.name):
            text = oracle_text(declared, family.name)
            ours = read(text, "duckdb")
            assert read(text, dialect) == ours
            ours.sql(dialect=dialect, unsupported_level=sqlglot.ErrorLevel.RAISE)


@pytest.mark.parametrize("dialect", ["spark", "trino"])
def test_the_text_reads_as_it_stands(dialect):
    reads_as_it_stands(SMALL, dialect)  # one of everything


@pytest.mark.soak
@pytest.mark.parametrize("dialect", ["spark", "trino"])
def test_the_text_of_every_family_reads_as_it_stands(dialect, record_property):
    reads_as_it_stands(FEATURE_SET, dialect)
    record_property("n", len(FEATURE_SET.families))


def a_past(declared, rows):
    counted, _ = counted_and_vectors(declared, rows, 100)
    history = history_of(counted, declared)
    table = {name: pa.array(values, mask=(values < 0) if name.startswith("k_") else None) for name, values in history.flat()}
    return history, pa.table(table)


def equal(declared, history, run):
    """Ask another engine for each family; every value must be DuckDB's."""
    judged = {one.name: one for one in judge(declared, history)}
    for family in declared.families:
        mine = [feature.name for _, feature in declared.of_family(family.name)]
        if not mine:
            continue
        told = run(oracle_text(declared, family.name)).sort_by([(name, "ascending") for name in ("hlc", "line", "kind")])
        for name in mine:
            values = [int(value) if known else None for value, known in zip(judged[name].values, judged[name].known, strict=True)]
            assert told[name].to_pylist() == values, name


def pasts():
    """The node's own features; and a small set with one of everything, where a statement takes seconds to plan."""
    rows = list(a_history(300, 5, taken_back=0.1, missing=0.05, busy=20, days_back=500))
    return FEATURE_SET, *a_past(FEATURE_SET, rows)


def small_past():
    rows = [HistoryRow(DAY * (1 + place) // 3, place, Kind.ANNOUNCED, (place % 3, place % 2 or None, None), (1, DAY * (1 + place) // 3, place, 0))
            for place in range(90)]  # fmt: skip
    taken = [HistoryRow(DAY * 31 + place, place, Kind.RETRACTED, target=DAY * 31 + place - 1, of=Kind.ANNOUNCED) for place in range(0, 90, 7)]
    return SMALL, *a_past(SMALL, sorted(rows + taken, key=lambda row: row.hlc))


@pytest.mark.skipif(find_spec("datafusion") is None, reason="datafusion is not installed")
def test_it_runs_on_datafusion():
    from datafusion import SessionContext

    for declared, history, table in (small_past(), pasts()):
        context = SessionContext()
        context.register_record_batches("history", [table.to_batches()])
        equal(declared, history, lambda text, context=context: context.sql(text).to_arrow_table())


@pytest.mark.skipif(not HAS_SPARK, reason="pyspark or Java is not installed")
@pytest.mark.filterwarnings("ignore::Warning")
def test_it_runs_on_spark():
    from pyspark.sql import SparkSession

    declared, history, table = small_past()
    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config(
        "spark.sql.shuffle.partitions", "1").config("spark.sql.ansi.enabled", "true").getOrCreate()  # fmt: skip
    try:
        names = table.column_names
        session.createDataFrame(table.to_pylist(), ", ".join(f"{name} BIGINT" for name in names)).createOrReplaceTempView("history")

        def run(text):
            frame = session.sql(text)
            return pa.table(dict(zip(frame.columns, map(list, zip(*frame.collect(), strict=True)), strict=True)))

        equal(declared, history, run)
    finally:
        session.stop()


def test_the_comparison_sees_a_difference():
    history, table = a_past(SMALL, [])
    assert (table.num_rows, len(history.hlc)) == (0, 0)
    wrong = {name: [0] for name in ("hlc", "line", "kind", *SMALL.names)}
    with pytest.raises(AssertionError):
        equal(SMALL, history, lambda _text: pa.table(wrong))
