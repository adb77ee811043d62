"""One decision read from the store: features over a long history, columns, all shipped indicators, score.

History is folded and kept as an import does it, without its messages: what a decision reads is prefix rows and
retractions, and these are the same rows. The peer is one seek in the same table through the same door, times the
seeks that a decision takes: what nobody who reads them one by one can beat.
"""

import gc
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import quantiles
from time import perf_counter_ns, thread_time_ns

from benchmarks.speed._history import a_history
from benchmarks.speed._visit import LANDED, a_visit

from vigie.risk import FEATURE_SET, Assessor, HistoryRow, Kind, LiveFeatures, Policy, assessor, columns, load_catalogue
from vigie.store import Store, open_store
from vigie.terms import DAY, Moment
from vigie.tracking import Visit

COMMAND = "python -m benchmarks --long --only decision"
BATCH = 5_000
_SEEK = "SELECT hlc, totals FROM prefix WHERE family = ? AND key = ? AND hlc <= ? ORDER BY hlc DESC LIMIT 1"


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Measure over a history of 100,000 rows when quick, else of a million."""
    rows = 100_000 if quick else 1_000_000
    folder = Path(tempfile.mkdtemp(prefix="vigie-bench-", dir="/var/tmp"))
    try:
        with open_store(f"sqlite:///{folder}/store.db", folder / "keys") as store:
            asked = kept_history(store, rows, seed)
        with open_store(f"sqlite:///{folder}/store.db", folder / "keys") as store:
            return _measured(store, asked, rows, seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kept_history(store: Store, rows: int, seed: int) -> list[HistoryRow]:
    """Fold and keep a history in batches; gives rows spread over it whose keys may be asked for."""
    live, draw = LiveFeatures(FEATURE_SET), random.Random(seed)
    asked: list[HistoryRow] = []
    for batch in _batches(a_history(rows, seed)):
        folded = live.fold(batch, store.history)
        store.history.keep(folded.rows, folded.prefix, folded.taken)
        asked += draw.sample([row for row in batch if row.kind == Kind.ANNOUNCED], 40)
    return asked


def _batches(rows: Iterator[HistoryRow]) -> Iterator[list[HistoryRow]]:
    waiting: list[HistoryRow] = []
    for row in rows:
        if len(waiting) >= BATCH and row.hlc != waiting[-1].hlc:
            yield waiting
            waiting = []
        waiting.append(row)
    yield waiting


def _measured(store: Store, asked: Sequence[HistoryRow], rows: int, seed: int) -> list[dict[str, object]]:
    live, rules, visit = LiveFeatures(FEATURE_SET), assessor(Policy(load_catalogue().indicators)), a_visit()
    end = max(row.hlc for row in asked) + 1
    draw = random.Random(seed)
    questions = [draw.choice(asked).keys for _ in range(4_200)]
    counted = _Seeks(store)
    for keys in questions[:200]:
        live.ask(keys, end, counted)  # type: ignore[arg-type]
    gc.collect()
    gc.freeze()
    wall, cpu = _timed(lambda keys: _decided(keys, end, store, live, rules, visit), questions[200:])
    keys = next(each for each in questions if each[0] is not None)
    seek, _ = _timed(lambda _: store.db.rows(_SEEK, (0, keys[0], end)), questions[:2_000])
    peer = quantiles(seek, n=100)[49] * counted.seeks / 200
    told = {"n": rows, "seed": seed, "command": COMMAND, "peer": f"{counted.seeks / 200:.0f} single seeks, SQLite", "unit": "us"}
    made = []
    for name, times in (("", wall), (", CPU of the thread", cpu)):
        cut = quantiles(times, n=100)
        for kind, place, target in (("p50", 49, "<= 250"), ("p99", 98, "<= 1000")):
            made.append({
                "name": f"live decision from SQLite over {rows} rows of history, {len(rules.policy.indicators)} indicators,"
                        f" {kind}{name}",
                "value": round(cut[place], 1), "target": target, "peer_value": round(peer, 1),
                "ratio": round(peer / cut[place], 2), "low": round(min(times), 1), "high": round(max(times), 1), **told,
            })  # fmt: skip
    return made


def _decided(keys: tuple[int | None, ...], end: int, store: Store, live: LiveFeatures, rules: Assessor, visit: Visit) -> None:
    now = Moment(LANDED + DAY)
    vector = live.ask(keys, end, store.history)
    rules.assess(visit.id, now, columns(visit, vector, now), vector)


class _Seeks:
    """The history of a store, counting what it is asked."""

    def __init__(self, store: Store) -> None:
        self._history = store.history
        self.seeks = 0

    def gather(self, wanted: Sequence[tuple[int, int, int]]) -> object:
        self.seeks += len(wanted)
        return self._history.gather(wanted)

    def straddling(self, wanted: Sequence[tuple[int, int, int, int]]) -> object:
        self.seeks += len(wanted)
        return self._history.straddling(wanted)


def _timed(work: Callable[[tuple[int | None, ...]], object], given: Sequence[tuple[int | None, ...]]) -> tuple[list[float], list[float]]:
    """Microseconds on the wall and of this thread, per call, rising."""
    wall, cpu = [], []
    for keys in given:
        begun, before = perf_counter_ns(), thread_time_ns()
        work(keys)
        cpu.append((thread_time_ns() - before) / 1000)
        wall.append((perf_counter_ns() - begun) / 1000)
    return sorted(wall), sorted(cpu)
