"""Writes of several threads that arrive while another is being written go to the disk together."""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from vigie.store.db import Db

T = TypeVar("T")
R = TypeVar("R")


class _Call(Generic[T, R]):
    """What one thread brought. results: What became of it; None where nothing did yet."""

    def __init__(self, things: Sequence[T]) -> None:
        self.things = things
        self.results: list[R] | None = None
        self.alone = False


class Together(Generic[T, R]):
    """Writes things, those of all threads that wait in one transaction: a flush of the disk costs more than they do.

    Each call returns when its own things are on the disk, as if it had written alone. Where things fail together, each
    call writes its own once more, so that nobody is told what another one's things did.

    Args:
        db: Where they are written. write: Writes things inside a transaction, one result each, in order.
    """

    def __init__(self, db: Db, write: Callable[[Sequence[T]], list[R]]) -> None:
        self._db, self._write = db, write
        self._turn = threading.Lock()
        self._door = threading.Lock()
        self._waiting: list[_Call[T, R]] = []

    def __call__(self, things: Sequence[T]) -> list[R]:
        """Write things; inside a transaction of this thread they are written in it."""
        if self._db.busy():
            return self._write(things)
        call: _Call[T, R] = _Call(things)
        with self._door:
            self._waiting.append(call)
        with self._turn:
            if call.results is None and not call.alone:
                self._write_waiting()
        return call.results if call.results is not None else self._written(things)

    def _written(self, things: Sequence[T]) -> list[R]:
        with self._db.transaction():
            return self._write(things)

    def _write_waiting(self) -> None:
        """Write what waits once the database is free; until then more may come."""
        calls: list[_Call[T, R]] = []
        try:
            with self._db.transaction():
                calls = self._come()
                results = self._write([thing for call in calls for thing in call.things])
        except Exception:  # noqa: BLE001 -- each call meets what is its own, below in its own thread
            for call in calls or self._come():
                call.alone = True
            return
        place = 0
        for call in calls:
            call.results = results[place : place + len(call.things)]
            place += len(call.things)

    def _come(self) -> list[_Call[T, R]]:
        with self._door:
            calls, self._waiting = self._waiting, []
        return calls
