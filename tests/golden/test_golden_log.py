"""The golden log: 12 features over 100,000 entries, whose checksum eight other engines have reproduced."""

from collections.abc import Iterable
from hashlib import sha1
from pathlib import Path

import duckdb
import numpy as np
import pytest
from benchmarks.speed._golden import DECLARED

from vigie.engine import Column, HistoryColumns, fold_columns, judge
from vigie.risk import HistoryRow, Kind, LiveFeatures, MemoryState, stable_key

GOLDEN = "6eb3885797e3"  # reference/scale.md, section 6
pytestmark = pytest.mark.shared


def checksum(hlc: list[int], columns: Iterable[list[int]]) -> str:
    """The checksum of reference/scale.md: NULL counts as 0."""
    sums = [sum(value * (at % 1009) for value, at in zip(column, hlc, strict=True)) for column in columns]
    return sha1(repr([len(hlc), sum(at % 1_000_003 for at in hlc), *sums]).encode()).hexdigest()[:12]


@pytest.fixture(scope="module")
def log(shared_data: Path) -> HistoryColumns:
    path = shared_data / "scale" / "golden_log_100k.parquet"
    with duckdb.connect() as base:
        told = base.execute("SELECT * FROM read_parquet(?) ORDER BY hlc", [str(path)]).fetchnumpy()
    told = {name: np.asarray(values, np.int64) for name, values in told.items()}
    rows = len(told["hlc"])
    pairs = zip(told["consignee"].tolist(), told["hs4"].tolist(), strict=True)
    both = np.array([stable_key("consignee_hs4", *pair) for pair in pairs], np.int64)
    keys = {name: told[name] for name in ("consignee", "exporter", "lane")} | {"consignee_hs4": both}
    measures = {
        "n": np.ones(rows, np.int64), "at": told["hlc"], "weight_g": told["weight_g"], "log_w": told["log_w"],
        "log_w2": told["log_w"] * told["log_w"],
    }
    fixed = np.full(rows, Kind.ANNOUNCED, np.int64)
    return HistoryColumns(told["hlc"], np.arange(rows), fixed, np.zeros(rows, np.int64), keys, measures)


def _checksum(hlc: list[int], columns: Iterable[Column]) -> str:
    by_name = {column.name: column.values.tolist() for column in columns}
    return checksum(hlc, (by_name[name] for name in DECLARED.names))


def test_the_batch_form_reproduces_the_golden_checksum(log):
    assert _checksum(log.hlc.tolist(), fold_columns(DECLARED, log)) == GOLDEN


def test_the_sql_reproduces_the_golden_checksum(log):
    assert _checksum(log.hlc.tolist(), judge(DECLARED, log, threads=2)) == GOLDEN


def test_the_live_form_reproduces_the_golden_checksum(log):
    columns = [log.keys[family.name].tolist() for family in DECLARED.families]
    measures = [log.measures[name].tolist() for name in DECLARED.measures]
    hlc = log.hlc.tolist()
    rows = [
        HistoryRow(at, line, Kind.ANNOUNCED, keys, said)
        for line, (at, keys, said) in enumerate(
            zip(hlc, zip(*columns, strict=True), zip(*measures, strict=True), strict=True))
    ]
    live, state, vectors = LiveFeatures(DECLARED), MemoryState(), []
    for start in range(0, len(rows), 1000):
        done = live.fold(rows[start : start + 1000], state)
        state.keep(done.rows, done.prefix, done.taken)
        vectors += done.vectors
    assert checksum(hlc, ([value or 0 for value in column] for column in zip(*vectors, strict=True))) == GOLDEN


def test_the_golden_features_themselves_have_the_checksum(shared_data):
    path = shared_data / "scale" / "golden_features_100k.parquet"
    with duckdb.connect() as base:
        names = ", ".join(f"COALESCE({name}, 0)" for name in DECLARED.names)
        told = base.execute(f"SELECT hlc, {names} FROM read_parquet(?)", [str(path)]).fetchall()
    hlc, *columns = (list(column) for column in zip(*told, strict=True))
    assert checksum(hlc, columns) == GOLDEN
