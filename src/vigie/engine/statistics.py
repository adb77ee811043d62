"""Statistics over many seizures and controls: columns of small numbers in DuckDB, controls summed by month once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vigie.registry import SeizureRow
from vigie.trends import BANDS_KG, STEP, Count, Counts, EffortRow, Figures, Line, Span

_GROUPS = ("month", "place", "provenance", "cover", "band")
_LOG_STEP = float(np.log(STEP))
_EPOCH = 1970 * 12
_SUMS = ("count(*) FILTER (WHERE leads) AS n, sum(grams) AS grams, max(grams) AS largest,"
         " count(*) FILTER (WHERE leads AND grams IS NULL) AS unweighed")  # fmt: skip
_AGAIN = "sum(n), sum(grams), max(largest), sum(unweighed)"
_Whole = np.ndarray[Any, np.dtype[np.int64]]
_AT_ONCE = 50_000
_KEPT = 64  # answers remembered

REGISTER = pa.schema([("month", pa.int16()), ("place", pa.string()), ("provenance", pa.string()),
                      ("cover", pa.string()), ("grams", pa.int64()), ("leads", pa.bool_())])  # fmt: skip
"""Columns of seizures: months since 1970, HS chapter as cover, one row per substance."""

EFFORT = pa.schema([("month", pa.int16()), ("place", pa.string()), ("provenance", pa.string()),
                    ("irregular", pa.bool_()), ("scanned", pa.bool_()), ("random", pa.bool_())])  # fmt: skip
"""Columns of controls."""


def months_of(at: Sequence[int]) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Months since 1970 of moments in µs."""
    told = np.asarray(at, "int64").astype("datetime64[us]").astype("datetime64[M]")
    return told.astype("int64").astype("int16")


def register_table(rows: Iterable[SeizureRow]) -> pa.Table:
    """Lay rows of the register out as columns, some at a time."""
    return _table(REGISTER, rows, lambda some: (
        months_of([one.at for one in some]), [one.place for one in some], [one.provenance for one in some],
        [one.cover_hs[:2] for one in some], [one.grams for one in some], [one.leads for one in some],
    ))  # fmt: skip


def effort_table(rows: Iterable[EffortRow]) -> pa.Table:
    """Lay controls out as columns, some at a time."""
    return _table(EFFORT, rows, lambda some: (
        months_of([one.at for one in some]), [one.place for one in some], [one.provenance for one in some],
        [one.irregular for one in some], [one.scanned for one in some], [one.random for one in some],
    ))  # fmt: skip


def _table(schema: pa.Schema, rows: Iterable[Any], columns: Any) -> pa.Table:
    batches, some = [], []
    for row in rows:
        some.append(row)
        if len(some) == _AT_ONCE:
            batches.append(_batch(schema, columns(some)))
            some = []
    if some:
        batches.append(_batch(schema, columns(some)))
    return pa.Table.from_batches(batches, schema)


def _batch(schema: pa.Schema, columns: Sequence[Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(
        [pa.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)], schema=schema
    )


class Statistics:
    """The columns of one state of register and controls, ready to be asked. Safe for threads: one question at a time.

    Args:
        register, effort: Tables as `REGISTER` and `EFFORT`. threads: Cores DuckDB may use.
    """

    def __init__(self, register: pa.Table, effort: pa.Table, threads: int = 2) -> None:
        self._lock = Lock()
        self._kept: dict[str, Any] = {}
        self._words: list[str] = [""]
        self._places: dict[str, int] = {"": 0}
        self._connection = duckdb.connect(config={"threads": threads})
        self._connection.execute("SET enable_progress_bar = false")
        grams = register.column("grams")
        weighed = np.asarray(pc.fill_null(grams, 0)).astype("float64")
        band = np.where(weighed > 0, np.searchsorted(np.array(BANDS_KG) * 1000, weighed, side="right"), 9)
        step = np.where(weighed > 0, np.round(np.log(np.maximum(weighed, 1)) / _LOG_STEP), -1)
        self._keep("seizure", register, ("place", "provenance", "cover"), {
            "grams": grams, "leads": register.column("leads"), "band": pa.array(band.astype("int16")),
            "step": pa.array(step.astype("int16")),
        })  # fmt: skip
        for name, cells in (("sums", "month, place, provenance"), ("sums_cover", "month, cover"),
                            ("sums_band", "month, band")):  # fmt: skip
            self._connection.execute(f"CREATE TABLE {name} AS SELECT {cells}, {_SUMS} FROM seizure GROUP BY {cells}"
                                     " ORDER BY month")  # fmt: skip
        for name, cells in (("steps", "month, place, step"), ("steps_month", "month, step")):
            self._connection.execute(f"CREATE TABLE {name} AS SELECT {cells}, count(*) AS n FROM seizure"
                                     f" WHERE step >= 0 GROUP BY {cells} ORDER BY month")  # fmt: skip
        self._keep("control", effort, ("place", "provenance"),
                   {name: effort.column(name) for name in ("irregular", "scanned", "random")})  # fmt: skip
        self._connection.execute(
            "CREATE OR REPLACE TABLE control AS SELECT month, place, provenance, count(*) AS n, count(*) FILTER"
            " (WHERE scanned) AS scanned, count(*) FILTER (WHERE random) AS random, count(*) FILTER"
            " (WHERE random AND irregular) AS hits FROM control GROUP BY ALL ORDER BY month"
        )

    def _keep(self, name: str, table: pa.Table, texts: Sequence[str], more: dict[str, Any]) -> None:
        coded = {"month": table.column("month")} | {text: self._coded(table.column(text)) for text in texts} | more
        given = pa.table(coded)
        self._connection.register("given", given)
        self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given ORDER BY month")
        self._connection.unregister("given")

    def _coded(self, column: pa.ChunkedArray) -> pa.Array:
        """Words as small numbers, the same for all columns."""
        told = pc.dictionary_encode(pc.fill_null(column, "")).combine_chunks()
        numbers = []
        for word in told.dictionary.to_pylist():
            if word not in self._places:
                self._places[word] = len(self._words)
                self._words.append(word)
            numbers.append(self._places[word])
        return pa.array(np.array(numbers or [0], "int16")[np.asarray(told.indices)], pa.int16())

    def counts(self, span: Span) -> Counts:
        """Count a span and the one before it."""
        with self._lock:
            found, looked = self._seizures(span), self._controls(span)
        whole = Line("", *(self._figures(found.get(("", 0, side)), looked.get(("", 0, side))) for side in (0, 1)))
        back = span.first - span.before_first
        for told in (found, looked):  # a month stands beside the same month of the span before
            for _, month, _ in [key for key in told if key[0] == "month" and key[2] == 1]:
                told["month", month + back, 1] = told.pop(("month", month, 1))
        tables = {name: self._lines(name, found, looked) for name in _GROUPS}
        return Counts(whole, *(tables[name] for name in _GROUPS))

    def remembered(self, name: str, make: Callable[[], Any]) -> Any:
        """Make an answer once for as long as these columns stand."""
        if name not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[name] = make()
        return self._kept[name]

    def _where(self, span: Span) -> tuple[str, str]:
        first, last, before0, before1 = (month - _EPOCH for month in (span.first, span.last, span.before_first,
                                                                      span.before_last))  # fmt: skip
        parts = [f"(month BETWEEN {first} AND {last} OR month BETWEEN {before0} AND {before1})"]
        for name in ("place", "provenance"):
            if asked := getattr(span, name):
                parts.append(f"{name} = {self._places.get(asked, -1)}")
        return " AND ".join(parts), f"CAST(month < {first} AS TINYINT)"

    def _seizures(self, span: Span) -> dict[tuple[str, int, int], tuple[Any, ...]]:
        """By group, code and side: findings, grams, heaviest, findings without a weight, class of the median weight."""
        where, side = self._where(span)
        narrow = bool(span.place or span.provenance)
        # classes of weight are summed by month and port; a country asked for is counted from its rows
        table = "seizure" if span.provenance else "steps"
        middles = self._middles(where, side, {"place": table, "month": table if narrow else "steps_month"})
        told: dict[tuple[str, int, int], tuple[Any, ...]] = {}
        for name in ("", *_GROUPS):
            apart = name in ("cover", "band")
            # with a port or country asked for, cover loads and lot sizes are counted from that port's rows alone
            sums, table = (_SUMS, "seizure") if apart and narrow else (_AGAIN, f"sums_{name}" if apart else "sums")
            rows = self._connection.execute(
                f"SELECT {name or 0}, {side}, {sums} FROM {table} WHERE {where} GROUP BY 1, 2"
            ).fetchall()
            told |= {(name, row[0], row[1]): (*row[2:], middles.get((name, row[0], row[1]))) for row in rows}
        return told

    def _middles(self, where: str, side: str, tables: Mapping[str, str]) -> dict[tuple[str, int, int], int]:
        """The class of weight in which half of the weighed rows is passed, of all, of months and of ports."""
        told: dict[tuple[str, int, int], int] = {}
        for name, table in tables.items():
            rows_of = "count(*)" if table == "seizure" else "sum(n)"
            columns = self._connection.execute(
                f"SELECT {name}, {side}, step, {rows_of} FROM {table} WHERE {where} AND step >= 0 GROUP BY 1, 2, 3"
            ).fetchnumpy()
            code, apart, step, rows = (np.asarray(column, "int64") for column in columns.values())
            told |= {(name, *key): found for key, found in _middle_of(code, apart, step, rows)}
            if name == "month":
                told |= {("", *key): found for key, found in _middle_of(np.zeros_like(code), apart, step, rows)}
        return told

    def _controls(self, span: Span) -> dict[tuple[str, int, int], tuple[Any, ...]]:
        """By group, code and side: boxes looked at, by a plan, by chance, of these with an irregularity."""
        where, side = self._where(span)
        told: dict[tuple[str, int, int], tuple[Any, ...]] = {}
        for name in ("", *_GROUPS[:3]):
            rows = self._connection.execute(
                f"SELECT {name or 0}, {side}, sum(n), sum(scanned), sum(random), sum(hits) FROM control WHERE {where}"
                " GROUP BY 1, 2"
            ).fetchall()
            told |= {(name, row[0], row[1]): row[2:] for row in rows}
        return told

    def _lines(self, name: str, found: dict[tuple[str, int, int], tuple[Any, ...]],
               looked: dict[tuple[str, int, int], tuple[Any, ...]]) -> tuple[Line, ...]:  # fmt: skip
        codes = {code for which, code, _ in (*found, *looked) if which == name}
        lines = [
            Line(self._word(name, code), *(self._figures(found.get((name, code, side)), looked.get((name, code, side)))
                                           for side in (0, 1)))
            for code in sorted(codes)
        ]  # fmt: skip
        if name not in ("month", "band"):
            lines.sort(key=lambda one: (-one.now.findings, one.name))
        return tuple(lines)

    def _word(self, name: str, code: int) -> str:
        if name == "month":
            return f"{1970 + code // 12:04d}-{code % 12 + 1:02d}"
        return ("unweighed" if code == 9 else str(code)) if name == "band" else self._words[code]

    @staticmethod
    def _figures(found: tuple[Any, ...] | None, looked: tuple[Any, ...] | None) -> Figures:
        n, grams, largest, unweighed, step = found or (0, 0, None, 0, None)
        inspected, scanned, random, hits = looked or (None, None, None, None)
        median = None if step is None else round(STEP**step)
        return Figures(int(n or 0), int(grams or 0), int(unweighed or 0), median,
                       None if largest is None else int(largest), *(None if one is None else int(one)
                       for one in (inspected, scanned, random, hits)))  # fmt: skip

    def monthly(self) -> list[Count]:
        """Findings and effort of every month, port and provenance, as displacement is told from."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT month, place, provenance, sum(n), sum(kg), sum(looked), sum(scanned), sum(random) FROM ("
                " SELECT month, place, provenance, n, grams / 1000.0 AS kg, NULL AS looked, NULL AS scanned, NULL AS"
                " random FROM sums UNION ALL SELECT month, place, provenance, 0, NULL, n, scanned, random FROM control)"
                " GROUP BY ALL ORDER BY ALL"
            ).fetchall()
        return [
            Count(month + _EPOCH, self._words[place], self._words[route], *(None if one is None else float(one)
                  for one in numbers))
            for month, place, route, *numbers in rows if place
        ]  # fmt: skip


def _middle_of(code: _Whole, side: _Whole, step: _Whole, rows: _Whole) -> Iterator[tuple[tuple[int, int], int]]:
    """By code and side the class in which half of the rows is passed."""
    order = np.lexsort((step, side, code))
    code, side, step, rows = code[order], side[order], step[order], rows[order]
    if not len(code):
        return
    starts = np.flatnonzero(np.r_[True, (np.diff(code) != 0) | (np.diff(side) != 0)])
    for start, end in zip(starts, [*starts[1:], len(code)], strict=True):
        passed = rows[start:end].cumsum()
        yield (int(code[start]), int(side[start])), int(step[start:end][np.searchsorted(passed, passed[-1] / 2)])
