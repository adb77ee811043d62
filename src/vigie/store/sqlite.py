"""SQLite: one writing connection per handle, read-only connections for lists, every commit on the disk."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO, TypeVar

from vigie.store.db import SQLITE, Alone, Args, Row, insertion, places
from vigie.terms import StoreFault

V = TypeVar("V")
WAIT_S = 20.0  # longest a writer waits for another process's transaction; the longest one is a bulk load's
_WRITER_CACHE_KIB = 65_536  # room for the upper pages of all indexes at one million visits
_READER_CACHE_KIB = 8_192
_CHECKPOINT_PAGES = 16_000  # 64 MB of log before it is folded back: a page that changes often is folded back once

_ROUNDS = 3  # of folding: each takes what was written during the one before, some milliseconds' worth

_AT_ONCE = 256  # rows of one INSERT: a fifth less time than one by one, and other threads run in the meantime

_REASONS = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_CANTOPEN: "absent",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CONSTRAINT: "constraint",
}


def _fault(error: sqlite3.Error) -> StoreFault:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte of an extended result code
    return StoreFault(reason=_REASONS.get(primary, "database"), told=str(error)[:120])


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _fault(error) from error


def _first(cursor: sqlite3.Cursor) -> Row | None:
    found: Row | None = cursor.fetchone()
    cursor.close()  # an unfinished query would hold its snapshot
    return found


def _touched(cursor: sqlite3.Cursor) -> int:
    return cursor.rowcount


@cache
def _insertions(table: str, columns: tuple[str, ...], rows: int) -> str:
    """An INSERT of so many rows; a row of 31 columns 256 times has 7,936 places, SQLite allows 32,766."""
    return insertion(table, columns) + f",({places(len(columns))})" * (rows - 1)


class _Here(threading.local):
    """What this thread is in the middle of. behind: Writes that may still be going on; None where none may.

    meanwhile: What is done while a transaction is put on the disk.
    """

    depth: int = 0
    reader: sqlite3.Connection | None = None
    behind: list[Future[None]] | None = None
    meanwhile: Callable[[], None] | None = None


class SqliteDb:
    """A SQLite file, or a database in memory.

    Writes go through one connection, one thread at a time. Queries outside a transaction take a read-only connection
    from a pool, so a list never waits for a writer. In memory there is one connection for all.

    Args:
        path: The file; None is memory. create: Make it if it is absent.

    Raises:
        StoreFault: No such file, or it is no database.
    """

    dialect = SQLITE

    def __init__(self, path: Path | None, create: bool) -> None:
        self._path = path
        self._turn = threading.RLock()
        self._here = _Here()
        self._idle: list[sqlite3.Connection] = []
        self._open: set[sqlite3.Connection] = set()
        self._alone: dict[str, threading.Lock] = {}
        self._scribe: ThreadPoolExecutor | None = None
        self._folding, self._folded = threading.Lock(), 0
        self._folder: sqlite3.Connection | None = None
        if path is not None and not create and not path.exists():
            raise StoreFault(reason="absent")
        with _told():
            self._writer = self._connect("rwc" if create else "rw")
            self._prepare_writer()

    def _connect(self, mode: str) -> sqlite3.Connection:
        name = ":memory:" if self._path is None else f"{self._path.resolve().as_uri()}?mode={mode}"
        connection = sqlite3.connect(
            name, timeout=WAIT_S, isolation_level=None, check_same_thread=False, uri=True, cached_statements=512
        )
        self._open.add(connection)
        return connection

    def _prepare_writer(self) -> None:
        run = self._writer.execute
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")  # NORMAL may lose committed transactions when the power fails
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA temp_store = MEMORY")
        run(f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}")
        run(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")

    def busy(self) -> bool:
        """Whether this thread is inside a transaction."""
        return self._here.depth > 0

    def _asked(self, sql: str, args: Args, take: Callable[[sqlite3.Cursor], V]) -> V:
        """Ask by the connection for a query of this thread. Without contexts: officers' acts ask dozens of times."""
        here = self._here
        try:
            if here.depth:
                if here.behind:
                    self._caught_up()
                return take(self._writer.execute(sql, args))
            if here.reader is not None:
                return take(here.reader.execute(sql, args))
            if self._path is None:
                with self._turn:
                    return take(self._writer.execute(sql, args))
            reader = self._take_reader()
            try:
                return take(reader.execute(sql, args))
            finally:
                self._idle.append(reader)
        except sqlite3.Error as error:
            raise _fault(error) from error

    def _take_reader(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            reader = self._connect("ro")
            reader.execute(f"PRAGMA cache_size = -{_READER_CACHE_KIB}")
            return reader

    def rows(self, sql: str, args: Args = ()) -> list[Row]:
        """All rows of a query."""
        return self._asked(sql, args, sqlite3.Cursor.fetchall)

    def one(self, sql: str, args: Args = ()) -> Row | None:
        """The first row of a query, or None."""
        return self._asked(sql, args, _first)

    def run(self, sql: str, args: Args = ()) -> int:
        """Run one statement; how many rows it touched."""
        if self._here.depth:
            return self._asked(sql, args, _touched)
        with self.transaction():
            return self._asked(sql, args, _touched)

    def many(self, sql: str, rows: Sequence[Args]) -> None:
        """Run one statement for each row of arguments."""
        if rows:
            self._written(lambda: self._writer.executemany(sql, rows))

    def _written(self, work: Callable[[], object]) -> None:
        if self._here.depth:
            self._write(work)
            return
        with self.transaction():
            self._write(work)

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Args]) -> None:
        """Add many new rows."""
        self._insert(table, tuple(columns), rows, "")

    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Args]) -> None:
        """Add those of many rows that are not there yet."""
        self._insert(table, tuple(columns), rows, " ON CONFLICT DO NOTHING")

    def _insert(self, table: str, columns: tuple[str, ...], rows: Sequence[Args], end: str) -> None:
        def work() -> None:
            start, size = 0, _AT_ONCE
            while start < len(rows):
                while size > len(rows) - start:
                    size >>= 1  # halves leave no place unused, and few statements to prepare
                values = list(chain.from_iterable(rows[start : start + size]))
                self._writer.execute(_insertions(table, columns, size) + end, values)
                start += size

        if rows:
            self._written(work)

    def _write(self, work: Callable[[], object]) -> None:
        """Do a bulk write, or let it be done beside; the connection is never used by two threads at once."""
        going = self._here.behind
        if going is None:
            try:
                work()
            except sqlite3.Error as error:
                raise _fault(error) from error
            return
        before = going[-1] if going else None

        def next_one() -> None:
            if before is not None:
                before.result()  # after one that failed nothing is written any more, and nothing committed
            with _told():
                work()

        if self._scribe is None:
            self._scribe = ThreadPoolExecutor(1, "vigie-sqlite")
        going.append(self._scribe.submit(next_one))

    def _caught_up(self) -> None:
        """Wait for what is written beside; raises what failed, and fails all that is still to come, with it."""
        going = self._here.behind
        if going:
            going[-1].result()  # they follow each other: the last one is done last, and fails if any did
            going.clear()

    @contextmanager
    def behind(self, meanwhile: Callable[[], None]) -> Iterator[None]:
        """Bulk writes of the transaction inside go on beside, on a thread of their own; all else waits for them."""
        self._here.behind, self._here.meanwhile = [], meanwhile
        try:
            yield
        finally:
            self._here.behind = self._here.meanwhile = None

    def _commit(self) -> None:
        self._write(lambda: self._writer.execute("COMMIT"))
        if self._here.meanwhile is not None:
            self._here.meanwhile()
        self._caught_up()

    def _undone(self) -> None:
        """Nothing of the transaction stays, where it was not committed."""
        for each in self._here.behind or ():
            each.exception()  # before the connection is used again
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; the write lock is taken at once, so that nothing read in it is stale."""
        if self._here.depth:
            self._here.depth += 1
            try:
                yield
            finally:
                self._here.depth -= 1
            return
        with self._turn:
            with _told():
                self._writer.execute("BEGIN IMMEDIATE")
            self._here.depth = 1
            try:
                yield
                self._commit()
            finally:
                self._here.depth = 0
                self._undone()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot for all queries of this thread."""
        if self._here.depth or self._here.reader is not None:
            yield
        elif self._path is None:
            with self._turn:
                yield
        else:
            with _told():
                reader = self._take_reader()
                reader.execute("BEGIN")
            self._here.reader = reader
            try:
                yield
            finally:
                self._here.reader = None
                reader.execute("ROLLBACK")
                self._idle.append(reader)

    def alone(self, name: str) -> Alone | None:
        """Take a lock that only one process holds: a lock of the system on a file beside the database."""
        if self._path is None:
            lock = self._alone.setdefault(name, threading.Lock())
            return _Held(lock) if lock.acquire(blocking=False) else None
        file = open(f"{self._path}.{name}", "a+b")  # noqa: SIM115  held open: closing it lets go of the lock
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        return _Flock(file)

    def nudge(self, name: str) -> None:
        """Nobody hears it: processes beside look a few times a second."""

    def checkpoint(self) -> None:
        """Fold the log of writes back into the file; neither writers nor readers wait for it.

        What was written meanwhile is folded at once, too: the next writer begins the log anew where nothing is left.
        """
        if self._path is None:
            return
        with self._folding, _told():
            if self._folder is None:
                self._folder = self._connect("rw")
            seen = self._folder.execute("PRAGMA data_version").fetchone()[0]  # rises with others' commits
            for _ in range(_ROUNDS if seen != self._folded else 0):
                _, log, folded = self._folder.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                if log == folded:
                    break
            self._folded = seen

    def close(self) -> None:
        """Let go of all connections."""
        if self._scribe is not None:
            self._scribe.shutdown()
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._idle.clear()


class _Held:
    """A lock of this process, of a database that only it has."""

    held = True

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock

    def heed(self, name: str, wake: Callable[[], None]) -> None:
        """There is nobody who could nudge."""

    def release(self) -> None:
        """Let go."""
        self._lock.release()


class _Flock:
    """A lock of the system; it goes when the file is closed, which the kernel does after kill -9."""

    held = True  # nobody can take it from us

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def heed(self, name: str, wake: Callable[[], None]) -> None:
        """A file carries no news."""

    def release(self) -> None:
        """Let go."""
        self._file.close()
