"""A year of a large port tried again: 50 indicators over 12 million decisions in one Parquet file, beside a peer."""

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import msgspec

from vigie.engine import backtested
from vigie.risk import DECISIONS, INSPECTED, POSITIVE, Backtest, Policy, load_catalogue
from vigie.risk.columns_row import BY_NAME, DERIVED_COLUMNS, GIVEN_KINDS, KINDS
from vigie.risk.language import Expression, Literal, Type, columns_in
from vigie.risk.language_sql import quoted, sql
from vigie.risk.language_text import parse
from vigie.terms import read_moment

ROWS, QUICK, COUNT = 12_000_000, 300_000, 50
START = read_moment("2026-01-01T00:00:00Z")
COMMAND = "python -m benchmarks.speed.backtest"
LOOKED, HIT = 0.03, 0.004
"""Shares of boxes looked into, and of finds among them: of the order of public figures (reference page risk, A2)."""

TARGET_S = 10.0
PEER_RULES = 5  # one statement per indicator takes as long for each: five are measured, fifty are told

MORE = (
    "dwell_h > 240 and reefer", "lane_boxes_30d = 0", "consignor_boxes_life < 3 and touches_departure_country",
    "packages > 1000 and goods_gross_g < 1000000", "documents > 2", "amendments >= 3", "transhipments >= 3",
    "notify_country = 'BO'", "consignee_new_shippers_365d > 10", "vgm_round and reefer", "containers > 50",
    "pair_boxes_365d = 1 and lane_hs4_found_730d > 0", "container_visits_30d > 1", "origin_yard_h > 120",
)  # fmt: skip
"""Indicators beside the shipped ones, so that there are fifty."""


def policy() -> Policy:
    """The shipped indicators, and of `MORE` as many as make fifty."""
    shipped = load_catalogue().in_force(START)
    like = next(one for one in shipped if one.id == "T4")
    more = [msgspec.structs.replace(like, id=f"B{place}", expression=text) for place, text in enumerate(MORE)]
    return Policy((*shipped, *more)[:COUNT])


def generate(path: Path, rows: int, rules: Policy, seed: float = 0.5) -> None:
    """Write decisions in which every column that an indicator names is random, a tenth of the values missing.

    Columns that no indicator names are there and empty, as the archive has them.
    """
    texts = _literals(rules)
    derived = {column.name for column in DERIVED_COLUMNS}
    used = set().union(*(_given(one.tree, derived) for one in rules.indicators))
    given = ", ".join(f"{_random(name, texts.get(name, []))} AS {quoted(name)}" for name in GIVEN_KINDS if name in used)
    told = {"visit": "'V-' || i", "at": f"{START} + i * 2600000", "unit": "i", "site": "'BEANR'",
            "shift": "'early'", "logodds_milli": "CAST(-8000 AS BIGINT)", "chosen": "looked",
            "stratum": "CASE WHEN NOT looked THEN '' WHEN draw < .05 THEN 'uniform' WHEN draw < .1 THEN 'tilted' ELSE 'score' END",
            "propensity": "CASE WHEN NOT looked OR draw < .1 THEN .01 END",
            "found": f"CASE WHEN looked THEN CASE WHEN luck < {HIT} THEN 'cocaine' WHEN luck < .03 THEN 'irregularity' ELSE 'nothing' END END",
            "late": "CASE WHEN looked THEN FALSE END", "detector": "CASE WHEN looked THEN 'scanner' END"}  # fmt: skip
    types = {"int": "BIGINT", "moment": "BIGINT", "float": "DOUBLE", "text": "VARCHAR", "bool": "BOOLEAN"}
    made = ", ".join(f"{sql(parse(one.text), GIVEN_KINDS)} AS {quoted(one.name)}" for one in DERIVED_COLUMNS
                     if _given(parse(one.text), derived) <= used)  # fmt: skip
    known = used | {one.name for one in DERIVED_COLUMNS if _given(parse(one.text), derived) <= used}
    final = ", ".join(
        told[one.name] + f" AS {quoted(one.name)}" if one.name in told
        else quoted(one.name) if one.name in known
        else f"CAST(NULL AS {types[one.type]}) AS {quoted(one.name)}"
        for one in DECISIONS
    )  # fmt: skip
    base = f"SELECT i, random() < {LOOKED} AS looked, random() AS draw, random() AS luck, {given} FROM range({rows}) t(i)"
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SELECT setseed({seed})")
        connection.execute(f"COPY (SELECT {final} FROM (SELECT *{', ' + made if made else ''} FROM ({base})))"
                           f" TO '{path}' (FORMAT parquet, COMPRESSION zstd)")  # fmt: skip


def _given(tree: Expression, derived: set[str]) -> set[str]:
    """The columns that an expression reads in the end, derived ones followed to what they are made of."""
    found: set[str] = set()
    for name in columns_in(tree):
        found |= _given(parse(BY_NAME[name].text), derived) if name in derived else {name}
    return found


def _literals(rules: Policy) -> dict[str, list[str]]:
    """Texts that indicators compare with, by column; numbers come by themselves."""
    found: dict[str, list[str]] = {}
    for one in rules.indicators:
        texts = [value for value in _values(one.tree) if isinstance(value, str)]
        for name in columns_in(one.tree):
            found.setdefault(name, []).extend(texts)
    return found


def _values(tree: Expression) -> Iterator[object]:
    if isinstance(tree, Literal):
        yield tree.value
    for part in getattr(tree, "args", ()):
        yield from _values(part)


def _random(name: str, texts: Iterable[str]) -> str:
    """SQL for a column: a tenth missing; flags seldom true, counts skewed, weights of a loaded box."""
    kind, unit = KINDS[name], str(BY_NAME[name].unit)
    if kind.type is Type.BOOL:
        value = "random() < .02"
    elif kind.type is Type.TEXT:
        words = [*dict.fromkeys(texts)][:5] + [f"{letter}{letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
        told = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
        value = f"[{told}][1 + CAST(floor(random() * random() * {len(words)}) AS INTEGER)]"
    elif unit == "g":
        value = "CAST(2000000 + floor(random() * 24000) * 1000 AS BIGINT)"
    elif unit in ("h", "min"):
        value = "CAST(floor(random() * random() * 400) AS BIGINT)"
    else:
        value = "CASE WHEN random() < .8 THEN 0 ELSE CAST(floor(exp(random() * 7)) AS BIGINT) END"
    return f"CASE WHEN random() < .1 THEN NULL ELSE {value} END"


def peer(path: Path, rules: Policy) -> tuple[float, list[tuple[int, int]]]:
    """One statement per indicator over the same file: seconds for all of them, and (inspected, hits) of the first."""
    found, begun = [], time.perf_counter()
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("SET enable_progress_bar = false")
        for one in rules.indicators[:PEER_RULES]:
            seen = f"coalesce({sql(one.tree, KINDS)}, FALSE) AND {INSPECTED}"
            told = connection.sql(f"SELECT count(*) FILTER ({seen}), count(*) FILTER ({seen} AND {POSITIVE}),"
                                  f" count(*) FILTER ({sql(one.tree, KINDS)}) FROM '{path}'").fetchall()[0]  # fmt: skip
            found.append((told[0], told[1]))
    return (time.perf_counter() - begun) * len(rules.indicators) / PEER_RULES, found


def figures(seed: int, quick: bool, runs: int = 3) -> list[dict[str, object]]:
    """Measure; the peer must count the same, or there is no figure."""
    rules, rows = policy(), QUICK if quick else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "year.parquet"
        generate(path, rows, rules, (seed % 1000) / 1000)
        times: list[float] = []
        told: Backtest | None = None
        for _ in range(runs):
            begun = time.perf_counter()
            told = backtested(rules, [path], threads=2)
            times.append(time.perf_counter() - begun)
        other, counts = peer(path, rules)
        size = path.stat().st_size
    assert told is not None
    mine = [(one.measured.inspected, one.measured.hits) for one in told.indicators[:PEER_RULES]]
    assert mine == counts, "one statement per indicator counts otherwise"
    times.sort()
    return [{
        "name": f"backtest of {len(rules.indicators)} indicators over {rows:,} decisions from one file of"
                f" {size / 1e6:.0f} MB, reading included",
        "value": times[len(times) // 2], "unit": "s", "target": TARGET_S, "low": times[0], "high": times[-1],
        "peer": f"DuckDB {duckdb.__version__}, one statement per indicator, counts only"
                f" ({PEER_RULES} measured, told for {len(rules.indicators)})",
        "peer_value": other, "ratio": other / times[len(times) // 2], "n": rows, "seed": seed, "command": COMMAND,
    }]  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true", help="12 million rows (some minutes, 2 GB of disk)")
    parser.add_argument("--seed", type=int, default=20261122)
    given = parser.parse_args()
    for figure in figures(given.seed, not given.long):
        print(json.dumps(figure, ensure_ascii=False))
