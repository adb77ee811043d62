"""The twelve features of the golden log, declared once: for its test, for the fold's figures, and as peers write them."""

from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from vigie.engine import HistoryColumns
from vigie.risk import Aggregate, Family, Feature, FeatureSet, Kind

COUNT, SUM, FIRST, LAST = Aggregate.COUNT, Aggregate.SUM, Aggregate.FIRST, Aggregate.LAST
DECLARED = FeatureSet(
    (
        Family("consignee", ("consignee",)), Family("exporter", ("exporter",)), Family("lane", ("lane",)),
        Family("consignee_hs4", ("consignee", "hs4")),
    ),
    ("n", "at", "weight_g", "log_w", "log_w2"),
    (
        Feature("cons_n_life", "consignee", COUNT, "n"),
        Feature("cons_n_30d", "consignee", COUNT, "n", 30),
        Feature("cons_n_365d", "consignee", COUNT, "n", 365),
        Feature("cons_last", "consignee", LAST, "at"),
        Feature("cons_first", "consignee", FIRST, "at"),
        Feature("cons_w_365d", "consignee", SUM, "weight_g", 365),
        Feature("exp_n_90d", "exporter", COUNT, "n", 90),
        Feature("exp_last", "exporter", LAST, "at"),
        Feature("lane_n_30d", "lane", COUNT, "n", 30),
        Feature("lane_lw_90d", "lane", SUM, "log_w", 90),
        Feature("lane_lw2_90d", "lane", SUM, "log_w2", 90),
        Feature("ch_n_life", "consignee_hs4", COUNT, "n"),
    ),
)  # fmt: skip
"""Source: reference page scale, section 6."""

YEARS = 3
SLICE = 500_000
"""Rows of a slice, as the node writes them."""

_START = 1_640_995_200_000_000  # 2022-01-01
_SPAN = YEARS * 365 * 86_400_000_000


def slices(rows: int, seed: int, size: int = SLICE) -> Iterator[HistoryColumns]:
    """An invented log of three years, skewed as trade is: a tenth as many consignees as rows, 40,000 lanes."""
    for number in range(-(-rows // size)):
        yield one_slice(rows, seed, number, size)


def one_slice(rows: int, seed: int, number: int, size: int = SLICE) -> HistoryColumns:
    """One slice of the log, told by its number alone, so that several processes can write it."""
    draw, start = np.random.default_rng((seed, number)), number * size
    count, step = min(size, rows - start), _SPAN // rows
    place = np.arange(start, start + count)
    moments = _START + place * step + draw.integers(0, step, count)
    consignee, exporter, lane = (
        (most * draw.random(count) ** 2).astype(np.int64) for most in (max(10, rows // 10), max(8, rows // 12), 40_000)
    )
    log_w, ones = draw.integers(20_475, 25_436, count), np.ones(count, np.int64)
    return HistoryColumns(
        moments, place, np.full(count, Kind.ANNOUNCED, np.int64), np.zeros(count, np.int64),
        {"consignee": consignee, "exporter": exporter, "lane": lane,
         "consignee_hs4": consignee * 10_000 + draw.integers(0, 1_200, count)},
        {"n": ones, "at": moments, "weight_g": draw.integers(1_000_000, 30_000_001, count), "log_w": log_w,
         "log_w2": log_w * log_w},
    )  # fmt: skip


def checksum(paths: list[Path]) -> str:
    """The checksum of the reference page, over files with hlc and the features: independent of the order of rows."""
    whole = [0] * (2 + len(DECLARED.names))
    for path in paths:
        for group in range(pq.ParquetFile(path).num_row_groups):
            table = pq.ParquetFile(path).read_row_group(group)
            hlc = table["hlc"].to_numpy()
            whole[0] += len(hlc)
            whole[1] += int((hlc % 1_000_003).sum())
            for place, name in enumerate(DECLARED.names):
                values = table[name].fill_null(0).to_numpy().astype(np.int64)
                high, low = values >> 20, values & ((1 << 20) - 1)  # so that no sum of a row group leaves 64 bits
                weight = hlc % 1009
                whole[2 + place] += (int((high * weight).sum()) << 20) + int((low * weight).sum())
    return sha1(repr(whole).encode()).hexdigest()[:12]


def duckdb_text(source: str) -> str:
    """The twelve features as the windows of standard SQL, over columns named as in a slice."""
    windows = {"consignee": "k_consignee", "exporter": "k_exporter", "lane": "k_lane", "consignee_hs4": "k_consignee_hs4"}
    told = []
    for each in DECLARED.features:
        start = "UNBOUNDED" if each.window is None else str(each.window)
        over = f"OVER (PARTITION BY {windows[each.family]} ORDER BY hlc RANGE BETWEEN {start} PRECEDING AND 1 PRECEDING)"
        call = {COUNT: "count(*)", SUM: f"sum(m_{each.measure})", FIRST: "min(hlc)", LAST: "max(hlc)"}[each.aggregate]
        told.append(f"CAST(coalesce({call} {over}, 0) AS BIGINT) AS {each.name}")
    return f"SELECT hlc, {', '.join(told)} FROM {source}"
