"""PostgreSQL through asyncpg, called from plain threads: the driver lives on a thread and an event loop of its own."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar
from zlib import crc32

import asyncpg

from vigie.store.db import POSTGRESQL, Alone, Args, Row
from vigie.terms import StoreFault

_POOL = 8  # connections per handle: FastAPI's threads queue for them, the server's memory is spared
_FEW = 64  # rows: a turn of the driver's thread (about 0.1 ms) is less than a tenth of what more of them take
_PATIENCE_S = 30.0  # longest wait for one statement's connection or for the server to answer a connect
_LOCKS = 0x56494745  # "VIGE": the first half of our advisory lock numbers
_WATCHED = {"tcp_keepalives_idle": "3", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "3"}
"""So a host that vanished without a word is given up by the server after 9 s, and its lock with it; by itself the
server would wait for two hours. Source: PostgreSQL 15 documentation, 20.3.2; Linux tcp(7)"""
T = TypeVar("T")


@lru_cache(maxsize=2048)
def numbered(sql: str) -> str:
    """Turn `?` places into `$1`, `$2`, ... Our SQL holds no question mark of another meaning.

    >>> numbered("SELECT a FROM b WHERE c = ? AND d = ?")
    'SELECT a FROM b WHERE c = $1 AND d = $2'
    """
    first, *rest = sql.split("?")
    return first + "".join(f"${place}{text}" for place, text in enumerate(rest, 1))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except asyncpg.IntegrityConstraintViolationError as error:
        raise StoreFault(reason="constraint", told=str(error)[:120]) from error
    except asyncpg.DataError as error:
        raise ValueError(str(error)[:120]) from error  # one value of the caller: the store itself is well
    except asyncpg.DiskFullError as error:
        raise StoreFault(reason="full", told=str(error)[:120]) from error
    except (asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, OSError, TimeoutError) as error:
        raise StoreFault(reason="out-of-reach", told=type(error).__name__) from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        raise StoreFault(reason="database", told=str(error)[:120]) from error


async def _done(work: Awaitable[T]) -> T:
    return await work  # some of the driver's answers can be awaited and are no coroutines


async def _tidied(connection: Any) -> None:
    """All that our statements can leave behind in a connection; the driver's own way costs a round trip each time."""
    if not connection.is_closed() and connection.is_in_transaction():
        await connection.execute("ROLLBACK")


class _Loop:
    """An event loop on its own thread; coroutines are handed to it and waited for."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="vigie-postgres", daemon=True)
        self._thread.start()

    def wait(self, work: Awaitable[T]) -> T:
        """Do work of the driver there, and wait for what it gives."""
        return asyncio.run_coroutine_threadsafe(_done(work), self._loop).result()

    @property
    def closed(self) -> bool:
        """Whether the thread was ended."""
        return self._loop.is_closed()

    def begin(
        self, works: Sequence[Callable[[Any], Awaitable[object]]], connection: Any, before: "Future[None] | None"
    ) -> "Future[None]":  # fmt: skip
        """Begin work of the driver as soon as other work is done; what that raised is raised by this, too."""

        async def in_turn() -> None:
            if before is not None:
                await asyncio.wrap_future(before)
            with _told():
                for work in works:
                    await work(connection)

        return asyncio.run_coroutine_threadsafe(in_turn(), self._loop)

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


# Who writes seeks rows by their keys. The planner would read whole tables while it does not know yet how they grow:
# measured in a fresh database, 67 us a box for finding the boxes of a batch instead of 4.
_BY_KEY = "; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"


class _Here(threading.local):
    """What this thread is in the middle of.

    last: The latest write that may still be going on. meanwhile: What is done while a transaction is put on the disk;
    None where nothing may go on beside. pending: Small writes that are not begun yet: they go with the next large one,
    or when somebody waits, because every turn of the driver's thread costs as much as some rows.
    """

    def __init__(self) -> None:
        self.pending: list[Callable[[Any], Awaitable[object]]] = []

    depth: int = 0
    connection: Any = None
    meanwhile: Callable[[], None] | None = None
    last: Future[None] | None = None


class PostgresDb:
    """A PostgreSQL database (15 or later). A query outside a transaction takes any connection of the pool.

    Args:
        url: `postgresql://user@host:port/database`; further words after `?` are settings of the session.
        connect_s: Longest wait for a connection. command_s: Longest wait for an answer; None for as long as it takes.

    Raises:
        StoreFault: Out of reach, or refused.
    """

    dialect = POSTGRESQL

    def __init__(self, url: str, connect_s: float = _PATIENCE_S, command_s: float | None = None) -> None:
        self._url, self._connect_s, self._command_s = url, connect_s, command_s
        self._here = _Here()
        self._asking = threading.Lock()
        self._candidates: dict[str, tuple[Any, str]] = {}  # asked for a lock and did not get it; with their schemas
        self._loop = _Loop()
        try:
            with _told():
                self._pool = self._loop.wait(self._connect())
        except StoreFault:
            self._loop.close()
            raise

    async def _connect(self) -> Any:
        # jit off: compiling a plan costs more than all our short statements
        settings = {"application_name": "vigie", "jit": "off"}
        return await asyncpg.create_pool(
            self._url, min_size=0, max_size=_POOL, server_settings=settings, timeout=self._connect_s,
            command_timeout=self._command_s, statement_cache_size=512, max_cached_statement_lifetime=0, reset=_tidied,
        )  # fmt: skip

    def busy(self) -> bool:
        """Whether this thread is inside a transaction."""
        return self._here.depth > 0

    @property
    def _target(self) -> Any:
        self._caught_up()
        return self._here.connection or self._pool

    def _caught_up(self) -> None:
        """Wait for what is written beside; raises what failed, and fails all that is still to come, with it."""
        self._begin_pending()
        if self._here.last is not None:
            self._here.last.result()
            self._here.last = None

    def _write(self, work: Callable[[Any], Awaitable[object]], rows: int = 0) -> None:
        """Do a bulk write of so many rows, or let it be done beside."""
        here = self._here
        if here.meanwhile is not None and here.depth:
            here.pending.append(work)
            if rows > _FEW:
                self._begin_pending()
        else:
            with _told():
                self._loop.wait(work(self._target))

    def _begin_pending(self) -> None:
        here = self._here
        if here.pending:
            works, here.pending = here.pending, []
            here.last = self._loop.begin(works, here.connection, here.last)

    @contextmanager
    def behind(self, meanwhile: Callable[[], None]) -> Iterator[None]:
        """Bulk writes of the transaction inside go on beside, on the driver's thread; all else waits for them."""
        self._here.meanwhile = meanwhile
        try:
            yield
        finally:
            self._here.meanwhile = None

    def _commit(self) -> None:
        """Put the transaction on the disk; where nothing goes on beside, its connection goes back in the same step."""
        here = self._here
        if here.meanwhile is None:
            self._caught_up()
            connection, here.connection = here.connection, None
            with _told():
                self._loop.wait(self._ended(connection))
            return
        self._write(lambda target: target.execute("COMMIT"))
        self._begin_pending()
        here.meanwhile()
        self._caught_up()

    async def _begun(self, mode: str) -> Any:
        connection = await self._pool.acquire(timeout=_PATIENCE_S)
        try:
            await connection.execute("BEGIN" + mode)
        except BaseException:
            await self._pool.release(connection)
            raise
        return connection

    async def _ended(self, connection: Any) -> None:
        try:
            await connection.execute("COMMIT")
        finally:
            await self._pool.release(connection)

    def rows(self, sql: str, args: Args = ()) -> list[Row]:
        """All rows of a query."""
        with _told():
            return [tuple(row) for row in self._loop.wait(self._target.fetch(numbered(sql), *args))]

    def one(self, sql: str, args: Args = ()) -> Row | None:
        """The first row of a query, or None."""
        with _told():
            found = self._loop.wait(self._target.fetchrow(numbered(sql), *args))
        return None if found is None else tuple(found)

    def run(self, sql: str, args: Args = ()) -> int:
        """Run one statement; how many rows it touched."""
        with _told():
            told = self._loop.wait(self._target.execute(numbered(sql), *args))
        last = told.rpartition(" ")[2]  # the server answers `UPDATE 3`
        return int(last) if last.isdigit() else 0

    def many(self, sql: str, rows: Sequence[Args]) -> None:
        """Run one statement for each row of arguments."""
        if rows:
            text = numbered(sql)
            self._write(lambda target: target.executemany(text, rows), len(rows))

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Args]) -> None:
        """Add many new rows by COPY."""
        if rows:
            names = list(columns)
            self._write(lambda target: target.copy_records_to_table(table, records=rows, columns=names), len(rows))

    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Args]) -> None:
        """Add those of many rows that are not there yet: COPY beside, then one INSERT."""
        if rows:
            names = ", ".join(columns)
            before = (f"CREATE TEMP TABLE IF NOT EXISTS fill_{table} (LIKE {table}) ON COMMIT DELETE ROWS;"
                      f"DELETE FROM fill_{table}")  # fmt: skip
            after = f"INSERT INTO {table} ({names}) SELECT {names} FROM fill_{table} ON CONFLICT DO NOTHING"
            with self.transaction():
                self._write(lambda target: target.execute(before))
                self.load(f"fill_{table}", columns, rows)
                self._write(lambda target: target.execute(after), len(rows))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an inner one joins the outer."""
        if self._here.depth:
            self._here.depth += 1
            try:
                yield
            finally:
                self._here.depth -= 1
            return
        with self._held(_BY_KEY):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot for all queries of this thread."""
        if self._here.connection is not None:
            yield
            return
        with self._held(" ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    @contextmanager
    def _held(self, mode: str) -> Iterator[None]:
        is_reading = mode is not _BY_KEY
        with _told():
            self._here.connection = self._loop.wait(self._begun(mode))
        self._here.depth = 0 if is_reading else 1
        try:
            yield
            self._commit()
        finally:
            last, self._here.last, self._here.pending = self._here.last, None, []
            if last is not None:
                last.exception()  # before the connection is used again
            connection, self._here.connection, self._here.depth = self._here.connection, None, 0
            if connection is not None:
                with _told():  # one that goes back in the middle of a transaction is rolled back by the pool
                    self._loop.wait(self._pool.release(connection))

    def alone(self, name: str) -> Alone | None:
        """Take a lock that only one process holds: an advisory lock, held by a connection of its own."""
        with self._asking, _told():
            connection, schema = self._candidates.pop(name, (None, ""))
            if connection is None or connection.is_closed():
                connection = self._loop.wait(asyncpg.connect(self._url, timeout=_PATIENCE_S, server_settings=_WATCHED))
                schema = self._loop.wait(connection.fetchval("SELECT current_schema()"))
            number = crc32(f"{schema}.{name}".encode()) >> 1
            try:
                got = self._loop.wait(connection.fetchval("SELECT pg_try_advisory_lock($1, $2)", _LOCKS, number))
            except BaseException:
                connection.terminate()
                raise
            if got:
                return _Advisory(self._loop, connection, schema)
            self._candidates[name] = connection, schema
        return None

    def nudge(self, name: str) -> None:
        """Wake who heeds a name: a statement of its own, so that no transaction waits for the server's queue."""
        with _told():
            self._loop.wait(self._pool.fetchval("SELECT pg_notify(current_schema() || '.' || $1, '')", name))

    def checkpoint(self) -> None:
        """The server does it by itself."""

    def close(self) -> None:
        """Let go of all connections; closing again does nothing."""
        if not self._loop.closed:
            with self._asking, _told():
                for connection, _ in self._candidates.values():
                    self._loop.wait(connection.close())
                self._candidates.clear()
                self._loop.wait(self._pool.close())
            self._loop.close()


class _Advisory:
    """A lock of the server; it goes with the connection."""

    def __init__(self, loop: _Loop, connection: Any, schema: str) -> None:
        self._loop, self._connection, self._schema = loop, connection, schema

    @property
    def held(self) -> bool:
        """Whether the connection stands."""
        return not self._connection.is_closed()

    def heed(self, name: str, wake: Callable[[], None]) -> None:
        """Listen on the connection of the lock."""

        def heard(*_: object) -> None:
            wake()

        with _told():
            self._loop.wait(self._connection.add_listener(f"{self._schema}.{name}", heard))

    def release(self) -> None:
        """Let go."""
        if not self._loop.closed:
            with _told():
                self._loop.wait(self._connection.close())
