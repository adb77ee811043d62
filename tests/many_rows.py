"""Millions of history rows, each known by its number alone, folded live by a process that may be killed at any moment.

Run as a program it goes on behind what the store holds: a batch is read, folded against the store, its vectors are
written to a file, and the store commits it. After each batch its number is said.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vigie.engine.pieces import fresh
from vigie.risk import FEATURE_SET, FeatureSet, HistoryRow, Kind, LiveFeatures
from vigie.store import open_store
from vigie.terms import DAY

START = 1_640_995_200_000_000  # 2022-01-01T00:00:00Z
DAYS = 1000
BATCH = 1920
"""Rows of a batch: what one transaction of the sequencer holds; a multiple of 3 and 64, so that no entry is cut."""

_KEPT = FEATURE_SET.families[:6]  # consignee, consignor, pair, notify, lane, lane by goods: 40 features
_FEATURES = tuple(each for each in FEATURE_SET.features if each.family in {family.name for family in _KEPT})
DECLARED = FeatureSet(
    _KEPT, (*dict.fromkeys(each.measure for each in _FEATURES), "consignments"), _FEATURES,
    tuple(each for each in FEATURE_SET.novelties if each.measure in ("new_pair", "new_lane_hs4")),
)
"""The first six families of the node's own features."""

UNTOLD = -1  # stands for None; no feature is below 0
_ROWS_PER_KEY = (500, 700, 60, 900, 3000, 400)  # on average; the draw is skewed as trade is
_TAKEN_EVERY = 64
_DELAYS = np.geomspace(1, 400 * 150, _TAKEN_EVERY).astype(np.int64)  # in 64 rows; at 10 million rows up to 400 days


def drawn(numbers: "np.ndarray[Any, Any]", salt: int) -> "np.ndarray[Any, Any]":
    """Whole numbers below 2**31 that look like chance and are told by the number alone (splitmix64)."""
    mixed = (numbers.astype(np.uint64) + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed >> np.uint64(33)).astype(np.int64)


def kinds(numbers: "np.ndarray[Any, Any]", seed: int) -> "np.ndarray[Any, Any]":
    """What kind a row is, unless it takes another back."""
    share = drawn(numbers, seed + 1) % 100
    return np.where(share < 85, Kind.ANNOUNCED, np.where(share < 93, Kind.AMENDED, Kind.OUTCOME)).astype(np.int64)


def batch_of(number: int, rows: int, seed: int) -> list[HistoryRow]:
    """The rows of a batch; one in 64 takes an earlier one back, no row is taken back twice."""
    place = np.arange(number * BATCH, min((number + 1) * BATCH, rows))
    kind = kinds(place, seed)
    hlc = _moments(place, rows, seed)
    keys = _keys(place, rows, seed)
    measures = _measures(place, kind, hlc, seed)
    made = [
        HistoryRow(at, line, what, tuple(None if key < 0 else key for key in own), told)
        for at, line, what, own, told in zip(
            hlc.tolist(), place.tolist(), kind.tolist(), keys.tolist(), map(tuple, measures.tolist()), strict=True)
    ]  # fmt: skip
    for at in np.flatnonzero(place % _TAKEN_EVERY == _TAKEN_EVERY - 1).tolist():
        made[at] = _taken_back(made[at], rows, seed)
    return made


def _taken_back(row: HistoryRow, rows: int, seed: int) -> HistoryRow:
    """What takes an earlier row back in the place of this one; before the first there is nothing to take."""
    delay = 1 + int(drawn(np.array([row.line // _TAKEN_EVERY]), seed + 2)[0]) % (_TAKEN_EVERY - 2)
    target = row.line - _TAKEN_EVERY * int(_DELAYS[delay] * rows // 10_000_000) - delay
    if target < 0:
        return HistoryRow(row.hlc, row.line, Kind.RETRACTED, target=row.hlc - 1, of=Kind.ANNOUNCED)
    what = int(kinds(np.array([target]), seed)[0])
    upto = int(_moments(np.array([target]), rows, seed)[0]) if what == Kind.OUTCOME else row.hlc - 1
    return HistoryRow(row.hlc, target, Kind.RETRACTED, target=upto, of=what)


def _moments(place: "np.ndarray[Any, Any]", rows: int, seed: int) -> "np.ndarray[Any, Any]":
    """Three rows stand in one entry now and then, but for those that take something back."""
    step, group = DAYS * DAY // rows, place // 3
    together = (drawn(group, seed + 4) % 4 == 0) & (group * 3 % _TAKEN_EVERY < _TAKEN_EVERY - 3)
    first = np.where(together, group * 3, place)
    return START + first * step + drawn(first, seed + 3) % step


def _keys(place: "np.ndarray[Any, Any]", rows: int, seed: int) -> "np.ndarray[Any, Any]":
    columns = []
    for number, each in enumerate(_ROWS_PER_KEY):
        share = drawn(place, seed + 10 + number) / 2**31
        key = (share**2 * max(3, rows // each)).astype(np.int64)
        columns.append(np.where(drawn(place, seed + 20 + number) % 20 == 0, -1, key))
    return np.stack(columns, axis=1)


def _measures(
    place: "np.ndarray[Any, Any]", kind: "np.ndarray[Any, Any]", hlc: "np.ndarray[Any, Any]", seed: int
) -> "np.ndarray[Any, Any]":
    gross = np.where(drawn(place, seed + 30) % 2 == 0, 0, 1_000_000 + drawn(place, seed + 31) % 29_000_000)
    bits = drawn(place, seed + 32)
    announced, outcome = kind == Kind.ANNOUNCED, kind == Kind.OUTCOME
    told = {
        "boxes": announced, "consignments": announced & (bits % 3 > 0), "at": announced * hlc, "gross_g": announced * gross,
        "log_w": announced * (gross >> 12), "log_w2": announced * (gross >> 12) ** 2,
        "packages": announced * (bits % 2000), "empties": announced & (bits % 11 == 0),
        "new_consignee_hs4": announced & (bits % 7 == 0), "amended": kind == Kind.AMENDED, "inspected": outcome,
        "found": outcome & (bits % 3 == 0), "irregular": outcome & (bits % 5 == 0),
    }  # fmt: skip
    nothing = np.zeros(len(place), np.int64)  # of novelties: the fold counts them
    return np.stack([told.get(name, nothing).astype(np.int64) for name in DECLARED.measures], axis=1)


def vectors_of(home: Path, number: int) -> Path:
    """Where the live vectors of a batch are kept."""
    return home / f"live-{number:06d}.parquet"


def _written(home: Path, number: int, rows: list[HistoryRow], vectors: tuple[tuple[int | None, ...], ...]) -> bool:
    """Keep the vectors of a batch; whether a run that was killed had left them, which must then be equal."""
    told = [(row, vector) for row, vector in zip(rows, vectors, strict=True) if row.kind != Kind.RETRACTED]
    table = np.array([[UNTOLD if value is None else value for value in vector] for _, vector in told], np.int64)
    columns = {"hlc": [row.hlc for row, _ in told], "line": [row.line for row, _ in told]}
    made = pa.table(columns | {name: table[:, place] for place, name in enumerate(DECLARED.names)})
    path = vectors_of(home, number)
    if path.exists():
        if not pq.read_table(path, use_threads=False).equals(made):
            raise AssertionError(f"batch {number} differs from what was folded before the kill")
        return True
    with fresh(path, lasting=False) as part:
        pq.write_table(made, part, compression="zstd", use_dictionary=False)
    return False


def main(home: Path, rows: int, seed: int) -> None:
    """Fold what the store does not hold yet."""
    live, step = LiveFeatures(DECLARED), DAYS * DAY // rows
    with open_store(f"sqlite:///{home}/rows.db", home / "rows.keys") as store:
        last = store.db.one("SELECT max(hlc) FROM history")[0]
        first = 0 if last is None else (last - START) // step // BATCH + 1
        for number in range(first, -(-rows // BATCH)):
            batch = batch_of(number, rows, seed)
            folded = live.fold(batch, store.history)
            again = _written(home, number, batch, folded.vectors)
            store.history.keep(folded.rows, folded.prefix, folded.taken)
            print(number, "again" if again else "", flush=True)
    print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
