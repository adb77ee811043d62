"""The one sequencer: a lock of the system, and a term that makes a forgotten one harmless."""

from types import TracebackType
from typing import Self

from vigie.store.db import Alone, Db
from vigie.store.log import Log


class Sequencer:
    """The right to append to the log, held until it is released or the process ends, however it ends.

    The lock could be lost without our noticing (a connection to the server that broke); therefore every sequencer has
    a term, one higher than the one before, and the log refuses entries of an older term.
    """

    def __init__(self, db: Db, log: Log, lock: Alone) -> None:
        self._log, self._lock = log, lock
        with db.transaction():
            db.run("UPDATE head SET term = term + 1 WHERE name = 'log'")
            found = db.one("SELECT term FROM head WHERE name = 'log'")
        log.term = int(found[0]) if found else None

    def release(self) -> None:
        """Let another process take its turn."""
        self._log.term = None
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()


def take_sequencer(db: Db, log: Log) -> Sequencer | None:
    """Become the sequencer; None where another process is."""
    lock = db.alone("sequencer")
    return None if lock is None else Sequencer(db, log, lock)
