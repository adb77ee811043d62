"""What the drift page tells, counted over a decision table: one pass of SQL per question, columns by numpy."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vigie.engine.drift_columns import columns_drift
from vigie.risk import (
    DECISIONS,
    INSPECTED,
    IRREGULAR,
    LABELS,
    POSITIVE,
    RANDOM_STRATA,
    WEEK,
    WORD_BITS,
    Adjusted,
    Cell,
    Controls,
    Counted,
    Drawn,
    Policy,
    Side,
    adjusted,
    mask_sql,
)
from vigie.terms import BadRequest, Moment

NOW_WEEKS, BEFORE_WEEKS = 4, 26
"""Data of the last four weeks are laid beside the half year before: one season of a trade, in which lines change."""

SAMPLE = 20_000
"""Boxes of a window that columns are compared on: chance moves an index of ten bins by 0.001 then."""

_PART = 122_880  # rows counted at once: what DuckDB gives is never held whole

_DETECTOR = ("detector", "detector_id", "analyst", "team", "depth")


def counted(
    source: pa.Table | Sequence[Path], policy: Policy, label: str = LABELS[0], threads: int = 2,
    detector: tuple[str, ...] = _DETECTOR[:2], since: int = 0,
) -> Counted:
    """Count a span of decisions.

    Args:
        source: A decision table, or the files that hold one. policy: Whose indicators are charted.
        label: One of `LABELS`. threads: Cores that DuckDB may use.
        detector: What tells detectors apart, some of detector, detector_id, analyst, team, depth.
        since: Decisions from this moment on, µs.

    Raises:
        BadRequest: An unknown label, or an unknown part of a detector.
    """
    if isinstance(source, Sequence) and not source:
        return _nothing()
    if label not in LABELS or not detector or not set(detector) <= set(_DETECTOR):
        raise BadRequest(reason="label", field="label")
    with duckdb.connect(config={"threads": threads}) as connection:
        told = _view(connection, source, label, since)
        found = connection.sql("SELECT min(week), max(week), count(*) FROM told").fetchall()[0]
        if not found[2]:
            return _nothing()
        weeks = tuple(Moment(week) for week in range(found[0], found[1] + WEEK, WEEK))
        places: dict[int, int] = {week: place for place, week in enumerate(weeks)}
        chosen, strata, score, random, pool = _strata(connection, places)
        firing, finds = _indicators(connection, policy, places)
        return Counted(
            weeks, chosen, strata, score, random, tuple(_drawn(connection)), pool, firing, finds,
            columns_drift(*_windows(connection, weeks)), _detectors(connection, detector, told), int(found[2]),
        )  # fmt: skip


def _nothing() -> Counted:
    return Counted((), {}, {}, (), (), (), (), {}, {}, (), ())


def _view(
    connection: duckdb.DuckDBPyConnection, source: pa.Table | Sequence[Path], label: str, since: int
) -> tuple[str, ...]:
    """Lay the view `told` over the rows: with the week, whether anybody looked, and whether it was a hit."""
    if isinstance(source, pa.Table):
        connection.register("given", source)
        rows = "given"
    else:
        names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in source)
        rows = f"read_parquet([{names}])"
    hit = POSITIVE if label == "cocaine" else IRREGULAR
    connection.execute(
        f"CREATE TEMP VIEW told AS SELECT *, \"at\" // {WEEK} * {WEEK} AS week, coalesce({INSPECTED}, false) AS looked,"
        f" coalesce(({INSPECTED}) AND ({hit}), false) AS hit FROM {rows} WHERE \"at\" >= {since}"
    )
    return tuple(connection.sql("SELECT * FROM told LIMIT 0").columns)


def _strata(connection: duckdb.DuckDBPyConnection, places: dict[int, int]) -> tuple[
    dict[str, int], dict[str, Controls], tuple[Controls, ...], tuple[Controls, ...], tuple[int, ...]
]:  # fmt: skip
    rows = connection.sql(
        "SELECT week, coalesce(stratum, ''), count(*) FILTER (WHERE chosen), count(*) FILTER (WHERE looked),"
        " count(*) FILTER (WHERE hit), count(propensity) FROM told GROUP BY ALL"
    ).fetchall()
    chosen: dict[str, int] = defaultdict(int)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    score, random = ([[0, 0] for _ in places] for _ in range(2))
    pool = [0] * len(places)
    for week, stratum, taken, looked, hits, pooled in rows:
        place = places[week]
        chosen[stratum] += taken
        pool[place] += pooled
        mine = [sums[stratum]]
        if stratum == "score":
            mine.append(score[place])
        elif stratum in RANDOM_STRATA:
            mine.append(random[place])
        for one in mine:
            one[0] += looked
            one[1] += hits
    told = {name: Controls(*pair) for name, pair in sums.items() if pair[0] or chosen[name]}
    by_week = [tuple(Controls(*pair) for pair in row) for row in (score, random)]
    return {name: n for name, n in chosen.items() if n}, told, by_week[0], by_week[1], tuple(pool)


def _drawn(connection: duckdb.DuckDBPyConnection) -> Iterator[Drawn]:
    names = ", ".join(f"'{name}'" for name in RANDOM_STRATA)
    rows = connection.sql(
        "SELECT week, hit, CAST(propensity AS DOUBLE) FROM told WHERE chosen AND looked AND propensity > 0"
        f" AND stratum IN ({names}) ORDER BY ALL"
    )
    for week, hit, propensity in rows.fetchall():
        yield Drawn(Moment(week), hit, propensity)


_Ints = NDArray[np.int64]
_Weekly = dict[str, tuple[tuple[int, int], ...]]


def _indicators(
    connection: duckdb.DuckDBPyConnection, policy: Policy, places: dict[int, int]
) -> tuple[_Weekly, _Weekly]:
    """Count, week by week, on how many boxes each indicator fires, and what controls of those boxes found."""
    many, size = len(policy.indicators), len(places)
    boxes = np.zeros(size, np.int64)
    fired, looked, hits = (np.zeros((many, size), np.int64) for _ in range(3))
    first = min(places, default=0)
    for part in connection.sql(mask_sql(policy, "told", ("week", "looked", "hit"))).to_arrow_reader(_PART):
        week = (part["week"].to_numpy() - first) // WEEK
        seen, found = (np.flatnonzero(part[name].to_numpy(zero_copy_only=False)) for name in ("looked", "hit"))
        boxes += np.bincount(week, minlength=size)
        for start in range(0, many, WORD_BITS):
            bits, those = part[f"mask_{start // WORD_BITS}"].to_numpy(), slice(start, start + WORD_BITS)
            _add(fired[those], bits, week)
            _add(looked[those], bits[seen], week[seen])
            _add(hits[those], bits[found], week[found])
    names = [each.id for each in policy.indicators]
    firing = {name: tuple(zip(one, boxes.tolist(), strict=True))
              for name, one in zip(names, fired.tolist(), strict=True)}  # fmt: skip
    finds = {name: tuple(zip(*pair, strict=True))
             for name, *pair in zip(names, hits.tolist(), looked.tolist(), strict=True)}  # fmt: skip
    return firing, finds


def _add(counts: _Ints, bits: _Ints, week: _Ints) -> None:
    """Add to each indicator's weeks the rows on which it fires. counts: Shape (indicators of the word, weeks)."""
    for place, mine in enumerate(counts):
        mine += np.bincount(week[np.flatnonzero(bits & (1 << place))], minlength=len(mine))


def _detectors(
    connection: duckdb.DuckDBPyConnection, detector: tuple[str, ...], known: tuple[str, ...]
) -> tuple[Adjusted, ...]:
    """Compare detectors among boxes of one stratum and one band: what they were given, they did not choose."""
    parts = ", ".join(f"coalesce({name}, '')" if name in known else "''" for name in detector)
    rows = connection.sql(
        f"SELECT {parts}, coalesce(stratum, ''), coalesce(band, ''), count(*), count(*) FILTER (WHERE hit)"
        " FROM told WHERE looked GROUP BY ALL"
    ).fetchall()
    size = len(detector)
    return adjusted(Cell(row[:size], row[size : size + 2], row[size + 2], row[size + 3]) for row in rows)


def _windows(connection: duckdb.DuckDBPyConnection, weeks: Sequence[Moment]) -> tuple[pa.Table, pa.Table]:
    """Boxes of the last weeks, and of those before them: of more than `SAMPLE`, a share by hash."""
    border = weeks[-1] - (NOW_WEEKS - 1) * WEEK
    names = ", ".join(["\"at\"", *(f'"{one.name}"' for one in DECISIONS if one.side is Side.KNOWN)])
    first = (border - BEFORE_WEEKS * WEEK, border)
    before, now = (_sampled(connection, names, *span) for span in (first, (border, weeks[-1] + WEEK)))
    return before, now


def _sampled(connection: duckdb.DuckDBPyConnection, names: str, since: int, until: int) -> pa.Table:
    span = f'"at" >= {since} AND "at" < {until}'
    count = connection.sql(f"SELECT count(*) FROM told WHERE {span}").fetchall()[0][0]
    every = max(1, count // SAMPLE)
    return connection.sql(f"SELECT {names} FROM told WHERE {span} AND hash(unit) % {every} = 0").to_arrow_table()
