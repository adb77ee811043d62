"""The store: durable micro-batches, what one commit costs, gathering, sorting, searching; SQLite and PostgreSQL."""

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time, thread_time

from benchmarks.speed._arrivals import START, Feed, listed_rows
from benchmarks.speed._history import a_history
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tests.postgres_cluster import binaries, cluster

from vigie.risk import FEATURE_SET, Kind, LiveFeatures
from vigie.store import Store, open_store
from vigie.terms import InboxItem, Moment
from vigie.tracking import SORTS, Query, Reach, Status, Visit

COMMAND = "python -m benchmarks --only store"
_LIVE = tuple(status.value for status in Status if status is not Status.GONE)
Figure = dict[str, object]


def _figure(name: str, value: float, unit: str, target: object, peer: str, peer_value: float, n: int, seed: int,
            spread: Sequence[float] = ()) -> Figure:  # fmt: skip
    return {
        "name": name, "value": round(value, 3), "unit": unit, "target": target, "peer": peer,
        "peer_value": round(peer_value, 3), "ratio": round(value / peer_value, 3) if peer_value else None, "n": n,
        "low": round(min(spread), 3) if spread else None, "high": round(max(spread), 3) if spread else None,
        "seed": seed, "command": COMMAND,
    }  # fmt: skip


def _timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="vigie-bench-", dir=os.environ.get("VIGIE_BENCH_DIR", "/var/tmp")))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _percentile(taken: Sequence[float], percent: float) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * percent / 100))]


def sealing(store: Store, seed: int, count: int) -> list[Figure]:
    """Bodies sealed under a unit each; the peer seals as many under one key."""
    body, one = bytes(400), AESGCM(bytes(32))
    units = store.units(count)
    begun = process_time()
    for unit in units:
        store.vault.seal(unit, body, b"place")
    halfway = process_time()
    for _ in units:
        one.encrypt(os.urandom(12), body, b"place")
    ours, theirs = halfway - begun, process_time() - halfway
    return [_figure("bodies of 400 bytes sealed, a key each", count / ours, "bodies/CPU-s", ">= 100000",
                    "AESGCM of cryptography, one key", count / theirs, count, seed)]  # fmt: skip


def _raw_rates(folder: Path, size: int, batches: int, per_row: int) -> list[float]:
    """sqlite3 alone: so many bytes per row, in one table, the same durability and batches."""
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("DROP TABLE IF EXISTS raw")
    raw.execute("CREATE TABLE raw (id INTEGER PRIMARY KEY, body BLOB)")
    rates = []
    for _ in range(batches):
        rows = [(os.urandom(per_row),) for _ in range(size)]
        begun = perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany("INSERT INTO raw (body) VALUES (?)", rows)
        raw.execute("COMMIT")
        rates.append(size / (perf_counter() - begun))
    raw.close()
    return rates


def micro_batches(url: str, folder: Path, seed: int, name: str, quick: bool) -> list[Figure]:
    """Containers per second through everything the store keeps of them, durable, features included."""
    size, batches = 1000, 10 if quick else 60
    with open_store(url, folder / f"{name}.keys") as store:
        feed = Feed(store, seed)
        begun = process_time()
        rates = [size / _timed(lambda: feed.batch(size)) for _ in range(batches)]
        spent = process_time() - begun
        per_row = feed.bytes // (size * batches)
    raw = _raw_rates(folder, size, batches, per_row)
    middle = sorted(rates)[len(rates) // 2]
    return [_figure(f"durable micro-batches of {size}, all tables, {name}", middle, "containers/s", ">= 2500",
                    "sqlite3 executemany of the same bytes", sorted(raw)[len(raw) // 2], size * batches, seed, rates),
            _figure(f"the same in this process's own CPU time, {name}", size * batches / spent, "containers/CPU-s",
                    ">= 2500", "sqlite3 executemany of the same bytes, wall", sorted(raw)[len(raw) // 2],
                    size * batches, seed)]  # fmt: skip


def one_commit(url: str, folder: Path, seed: int, name: str, count: int) -> list[Figure]:
    """Handing in one message, acknowledged; the peer is a write and an fsync of as many bytes."""
    bodies = [random.Random(seed + n).randbytes(600) for n in range(count)]
    with open_store(url, folder / f"{name}-one.keys") as store, open(folder / "bare", "wb") as bare:
        items = [InboxItem("part", sha256(body).hexdigest(), body, Moment(START)) for body in bodies]
        ours = [_timed(lambda item=item: store.inbox.add([item])) * 1000 for item in items]

        def write(body: bytes) -> None:
            bare.write(body)
            bare.flush()
            os.fsync(bare.fileno())

        theirs = [_timed(lambda body=body: write(body)) * 1000 for body in bodies]
    return [
        _figure(f"one message handed in and on disk, {name}, p{percent}", _percentile(ours, percent), "ms",
                "p99 <= 5", "write and fsync", _percentile(theirs, percent), count, seed)
        for percent in (50, 99)
    ]  # fmt: skip


def gathering(url: str, folder: Path, seed: int, name: str, rows: int) -> list[Figure]:
    """All features of one box read from the store over a long history; the peer reads them from memory."""
    live, batch, asked = LiveFeatures(FEATURE_SET), 5_000, []
    with open_store(url, folder / f"{name}-gather.keys") as store:
        waiting = []
        for row in a_history(rows, seed):
            if len(waiting) >= batch and row.hlc != waiting[-1].hlc:
                _keep(store, live, waiting)
                waiting = []
            waiting.append(row)
            if row.kind == Kind.ANNOUNCED and row.hlc % 97 == 0:
                asked.append(row)
        _keep(store, live, waiting)
        for row in asked[-200:]:
            live.ask(row.keys, row.hlc + 1, store.history)
        taken, spent = [], []
        for row in asked[-4000:]:
            begun, before = perf_counter(), thread_time()
            live.ask(row.keys, row.hlc + 1, store.history)
            taken.append((perf_counter() - begun) * 1e6)
            spent.append((thread_time() - before) * 1e6)
        key, hlc = asked[-1].keys[0] or 0, asked[-1].hlc
        seek = [_timed(lambda: store.history.gather([(0, key, hlc)])) * 1e6 for _ in range(2000)]
    return [
        _figure(f"{len(FEATURE_SET.features)} features of one box, {rows} rows of history, {name}, p{percent}",
                _percentile(times, percent), unit, target, "one seek through the same door", _percentile(seek, percent),
                len(times), seed, times if percent == 50 else ())
        for percent, target in ((50, "<= 250 with indicators"), (99, "<= 1000 with indicators"))
        for unit, times in (("us", taken), ("us of CPU", spent))
    ]  # fmt: skip


def _keep(store: Store, live: LiveFeatures, rows: Sequence[object]) -> None:
    folded = live.fold(rows, store.history)  # type: ignore[arg-type]
    store.history.keep(folded.rows, folded.prefix, folded.taken)


def sorting(url: str, folder: Path, seed: int, name: str, rows: int) -> list[Figure]:
    """The slowest first page over all sorts, directions and reaches; the peer sorts without an index."""
    with open_store(url, folder / f"{name}-sort.keys") as store:
        unit, waiting = store.units(1)[0], []
        for row in listed_rows(rows, seed, live=0.1):
            waiting.append((Visit(row.visit, row.container, row.segment, row.opened, row.changed), row, unit))
            if len(waiting) == 10_000:
                store.visits.put(waiting)
                waiting = []
        store.visits.put(waiting)
        if store.db.dialect.name == "postgresql":
            store.db.run("ANALYZE")  # what autovacuum does by itself within a minute
        taken: dict[str, float] = {}
        reaches = (Reach(4), Reach(1, ("BEANR",)), Reach(2, ("BEOST",)))
        for sort in SORTS:
            for descending in (False, True):
                for statuses in ((), _LIVE):
                    for reach in reaches:
                        query = Query(sort=sort, descending=descending, statuses=statuses)
                        name_of = f"{sort} {descending} {bool(statuses)} {reach.sites} {reach.clearance}"
                        work = lambda q=query, r=reach: store.visits.page(q, r)  # noqa: E731
                        taken[name_of] = min(_timed(work) for _ in range(5)) * 1000
        slowest = max(taken, key=taken.__getitem__)
        middle = sorted(taken.values())[len(taken) // 2]
        sql = "SELECT * FROM visit ORDER BY fired + 0, id LIMIT 50"
        scan = min(_timed(lambda: store.db.rows(sql)) for _ in range(3)) * 1000
        counting = _timed(lambda: store.visits.count(Query(statuses=_LIVE), Reach(4))) * 1000
    return [
        _figure(f"slowest sorted page over {rows} visits, {name} ({slowest})", taken[slowest], "ms", "<= 100",
                "sort without an index", scan, len(taken), seed, list(taken.values())),
        _figure(f"middle sorted page over {rows} visits, {name}", middle, "ms", "<= 100", "sort without an index", scan,
                len(taken), seed),
        _figure(f"capped count over {rows} visits, {name}", counting, "ms", "<= 100", "sort without an index", scan, 1,
                seed),
    ]  # fmt: skip


def searching(url: str, folder: Path, seed: int, name: str, rows: int) -> list[Figure]:
    """A container number with one digit wrong among a million; the peer compares with every number."""
    with open_store(url, folder / f"{name}-find.keys") as store:
        unit, numbers = store.units(1)[0], []
        waiting = []
        for row in listed_rows(rows, seed):
            waiting.append((Visit(row.visit, row.container, row.segment, row.opened, row.changed), row, unit))
            numbers.append(row.container)
            if len(waiting) == 10_000:
                with store.transaction():
                    store.visits.put(waiting)
                    store.lookup.add([("container", each.container, each.visit) for _, each, _ in waiting])
                waiting = []
        draw, taken = random.Random(seed), []
        for number in draw.sample(numbers[: len(numbers) - len(waiting)], 100):
            place = draw.randrange(11)
            wrong = number[:place] + ("0" if number[place] != "0" else "1") + number[place + 1 :]
            begun = perf_counter()
            hits = store.lookup.near(wrong, Reach(4))
            taken.append((perf_counter() - begun) * 1000)
            assert any(hit.term == number for hit in hits)
        like = "SELECT term FROM lookup WHERE term LIKE '%345678'"
        scan = min(_timed(lambda: store.db.rows(like)) for _ in range(3)) * 1000
    return [
        _figure(f"a number with one typing error among {rows}, {name}, p{percent}", _percentile(taken, percent), "ms",
                "<= 100", "LIKE over all terms", scan, len(taken), seed, taken if percent == 50 else ())
        for percent in (50, 99)
    ]  # fmt: skip


def _all(url_of: Callable[[str], str], folder: Path, seed: int, name: str, quick: bool) -> list[Figure]:
    rows = 100_000 if quick else 1_000_000
    found = micro_batches(url_of("batch"), folder, seed, name, quick)
    found += one_commit(url_of("one"), folder, seed, name, 500)
    found += gathering(url_of("gather"), folder, seed, name, rows)
    found += sorting(url_of("sort"), folder, seed, name, rows)
    return found + searching(url_of("find"), folder, seed, name, rows)


def figures(seed: int, quick: bool) -> list[Figure]:
    """Measure; 100,000 visits and rows of history when quick, else a million."""
    with _folder() as folder:
        with open_store("sqlite://", None) as store:
            found = sealing(store, seed, 100_000)
        found += _all(lambda part: f"sqlite:///{folder}/{part}.db", folder, seed, "sqlite", quick)
        if binaries() is not None:
            with cluster(lasting=True) as server:
                found += _all(_schemas(server), folder, seed, "postgresql", quick)
    return found


def _schemas(server: str) -> Callable[[str], str]:
    def url_of(part: str) -> str:
        from vigie.store.postgres import PostgresDb

        db = PostgresDb(server)
        db.run(f"CREATE SCHEMA {part}")
        db.close()
        return f"{server}?search_path={part}"

    return url_of


if __name__ == "__main__":
    import sys

    for each in figures(20261122, quick="--long" not in sys.argv):
        print(each)
