"""The one sequencer: a lock of the system, and a term that makes a forgotten one harmless."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from vigie.store.db import Alone, Db
from vigie.store.log import Log

_NAME = "sequencer"


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
        self.term = int(found[0]) if found else 0
        log.term = self.term

    @property
    def held(self) -> bool:
        """Whether it is still ours, as far as is known here."""
        return self._lock.held

    def heed(self, wake: Callable[[], None]) -> None:
        """Have `wake` called when another process hands something in and waits for it; see `vigie.store.db.Alone`."""
        self._lock.heed(_NAME, wake)

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
    lock = db.alone(_NAME)
    return None if lock is None else Sequencer(db, log, lock)


def nudge(db: Db) -> None:
    """Wake the sequencer, wherever it is, where the database carries such news."""
    db.nudge(_NAME)
