"""A streaming replica beside the database: what need not be of this very moment is read there.

Whoever asks says what must be seen: the place in the server's own log (LSN) behind which his last act lies. The replica
is asked only where it has come so far, and only while it is no further behind than allowed; else the database is.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from threading import Lock, local
from typing import TypeVar

import structlog

from vigie.store.db import Alone, Args, Db, Row
from vigie.terms import StoreFault

LOOK_S = 0.25
"""How often it is looked how far the replica is: two statements; what is known may be older by so much."""

AWAY_S = 5.0
"""So long a replica that does not answer is not asked again: each try may cost who waits a second."""

MOST_SAMPLES = 1024
"""Places of the database that are remembered to tell how old the replica is: four minutes of them."""

MUST_SHOW: ContextVar[int | None] = ContextVar("must_show", default=None)
"""What the request in hand must see; None where nothing may be older than it is."""

_END = "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint"
_ON_DISK = "SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint"
_REPLAYED = "SELECT pg_is_in_recovery(), coalesce((pg_last_wal_replay_lsn() - '0/0')::bigint, 0)"
_OF = "SELECT body FROM setting WHERE name = 'key-file'"
T = TypeVar("T")


class _Here(local):
    """Whether this thread reads from the replica now."""

    far: bool = False


class Pace:
    """How far a replica is behind its database. Safe for threads: one looks, the others go by what it saw last.

    Args:
        primary, replica: Both. most_s: So many seconds it may be behind. monotonic: Seconds, only rising.
    """

    def __init__(
        self, primary: Db, replica: Db, most_s: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._primary, self._replica, self._most_s, self._monotonic = primary, replica, most_s, monotonic
        self._turn = Lock()
        self._samples: deque[tuple[float, int]] = deque(maxlen=MOST_SAMPLES)
        self._looked = self._shown = self._away_until = float("-inf")
        self._replayed = 0
        self._why = ""

    @property
    def why(self) -> str:
        """Why it was not to be asked when it was looked last; empty where it was."""
        return self._why

    @property
    def behind_s(self) -> float:
        """Seconds since the moment of which the replica shows everything; infinite where that is not known."""
        return self._monotonic() - self._shown

    def may(self, place: int) -> bool:
        """Whether it shows all up to a place, and is not too far behind."""
        now = self._monotonic()
        if now < self._away_until:
            return False
        if now - self._looked >= LOOK_S and self._turn.acquire(blocking=False):
            try:
                self.look()
            finally:
                self._turn.release()
        if self._why or self.behind_s > self._most_s:
            return False
        if place > self._replayed:
            with suppress(StoreFault):
                self._replayed = self._place()
        return place <= self._replayed

    def look(self) -> None:
        """Look how far it is."""
        self._looked = now = self._monotonic()
        end = self._primary.one(_ON_DISK)
        self._samples.append((now, int(end[0]) if end else 0))
        before = self._why
        try:
            self._replayed, self._why = self._place(), ""
            if self._replica.one(_OF) != self._primary.one(_OF):
                self._why = "another node's"
        except StoreFault as fault:
            self._why = str(fault.facts.get("reason", ""))
        if self._why:
            self._away_until = now + AWAY_S
        while self._samples and self._samples[0][1] <= self._replayed:
            self._shown = self._samples.popleft()[0]
        if self._why != before:
            structlog.get_logger().warning("replica.left" if self._why else "replica.back", why=self._why or before)

    def _place(self) -> int:
        found = self._replica.one(_REPLAYED)
        if found is None or not found[0]:
            raise StoreFault(reason="no-replica")
        return int(found[1])

    def away(self) -> None:
        """Leave it alone for a while: it did not answer."""
        self._away_until = self._monotonic() + AWAY_S


class Replicated:
    """A database with a replica beside it; everything goes to the database but what `aside` reads.

    Args:
        primary: The database. replica: Its replica, which may be out of reach. most_s: See `Pace`.
    """

    def __init__(self, primary: Db, replica: Db, most_s: float) -> None:
        self._primary, self._replica = primary, replica
        self.dialect = primary.dialect
        self.pace = Pace(primary, replica, most_s)
        self._here = _Here()

    @property
    def _source(self) -> Db:
        return self._replica if self._here.far and not self._primary.busy() else self._primary

    def aside(self, read: Callable[[], T]) -> T:
        """Read in one snapshot: of the replica where it shows what must be seen, else of the database.

        Args:
            read: May be called twice; what it writes goes to the database.
        """
        place = MUST_SHOW.get()
        if place is None or self._here.far or self._primary.busy() or not self.pace.may(place):
            with self.reading():
                return read()
        try:
            return self._from_replica(read)
        except StoreFault as fault:  # it went away, or it had to end the query to go on replaying
            if fault.facts.get("reason") == "out-of-reach":
                self.pace.away()
            with self.reading():
                return read()

    def _from_replica(self, read: Callable[[], T]) -> T:
        with self._replica.reading():
            self._here.far = True
            try:
                return read()
            finally:
                self._here.far = False

    def end(self) -> int:
        """The end of the server's log: behind it lies all that was written by now."""
        found = self._primary.one(_END)
        return int(found[0]) if found else 0

    def rows(self, sql: str, args: Args = ()) -> list[Row]:
        """All rows of a query."""
        return self._source.rows(sql, args)

    def one(self, sql: str, args: Args = ()) -> Row | None:
        """The first row of a query, or None."""
        return self._source.one(sql, args)

    def run(self, sql: str, args: Args = ()) -> int:
        """Run one statement; how many rows it touched."""
        return self._primary.run(sql, args)

    def many(self, sql: str, rows: Sequence[Args]) -> None:
        """Run one statement for each row of arguments."""
        self._primary.many(sql, rows)

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Args]) -> None:
        """Add many new rows."""
        self._primary.load(table, columns, rows)

    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Args]) -> None:
        """Add those of many rows that are not there yet."""
        self._primary.fill(table, columns, rows)

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, of the database."""
        return self._primary.transaction()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot for all queries of this thread: of the replica inside `aside`, else of the database."""
        if self._here.far:
            yield
            return
        with self._primary.reading():
            yield

    def behind(self, meanwhile: Callable[[], None]) -> AbstractContextManager[None]:
        """See `vigie.store.db.Db.behind`."""
        return self._primary.behind(meanwhile)

    def busy(self) -> bool:
        """Whether this thread is inside a transaction."""
        return self._primary.busy()

    def alone(self, name: str) -> Alone | None:
        """Take a lock that only one process holds."""
        return self._primary.alone(name)

    def nudge(self, name: str) -> None:
        """Wake who heeds a name."""
        self._primary.nudge(name)

    def checkpoint(self) -> None:
        """See `vigie.store.db.Db.checkpoint`."""
        self._primary.checkpoint()

    def close(self) -> None:
        """Let go of both."""
        self._replica.close()
        self._primary.close()
