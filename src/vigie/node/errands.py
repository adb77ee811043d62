"""Long acts beside the node's other work: one of a kind at a time on a machine, in a thread, their state kept."""

import fcntl
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import IO, TYPE_CHECKING

import msgspec

from vigie.desk.errands import ErrandUnderWay
from vigie.desk.views import ErrandView
from vigie.terms import VigieError

if TYPE_CHECKING:
    from pathlib import Path

    from vigie.node.wiring import Node

Told = Callable[[int, int], None]
_STATE = msgspec.json.Decoder(ErrandView)
_ASKED_AGAIN_S = 0.2
"""How often who waits for another one's end looks whether it has come; our own choice: nobody notices it."""


class Stopped(Exception):
    """The node is being closed; what is done so far stays, what is not is asked for again."""


class Errands:
    """What a node does beside. A file per kind in its home holds the state; a lock beside it keeps others out."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._threads: list[Thread] = []
        self._stopping = Event()

    def _path(self, kind: str, ending: str) -> "Path":
        return self._node.settings.home / f"errand-{kind}.{ending}"

    def state(self, kind: str) -> ErrandView | None:
        """The newest of a kind; one that nobody works on any more has failed. None before the first."""
        told = self._read(kind)
        if told is not None and told.open and (lock := self._lock(kind)) is not None:
            lock.close()
            again = self._read(kind)  # it may have ended a moment ago
            if again is not None and again.open:
                return msgspec.structs.replace(again, state="failed", fault="interrupted")
            return again
        return told

    def _read(self, kind: str) -> ErrandView | None:
        try:
            return _STATE.decode(self._path(kind, "json").read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None

    def begin(self, asked: ErrandView, work: Callable[[Told], None]) -> ErrandView:
        """Start work in a thread of its own.

        Raises:
            ErrandUnderWay: The same is being done already.
        """
        lock = self._taken(asked)

        def run() -> None:
            with lock, suppress(VigieError, Stopped):  # kept as its state
                self._done(asked, work)

        thread = Thread(target=run, name=asked.kind, daemon=True)
        self._threads.append(thread)
        thread.start()
        return asked

    def here(self, asked: ErrandView, work: Callable[[Told], None], *, wait: bool = False) -> ErrandView:
        """Do the work now; gives its end.

        Args:
            wait: Where the same is being done already, wait for its end and then do it.

        Raises:
            ErrandUnderWay: The same is being done already. Stopped: The node is being closed. And what the work raises.
        """
        with self._taken(asked, wait):
            return self._done(asked, work)

    def _taken(self, asked: ErrandView, wait: bool = False) -> IO[bytes]:
        while (lock := self._lock(asked.kind)) is None:
            if not wait:
                raise ErrandUnderWay
            if self._stopping.wait(_ASKED_AGAIN_S):
                raise Stopped
        self._keep(asked)
        return lock

    def _done(self, asked: ErrandView, work: Callable[[Told], None]) -> ErrandView:
        now, began = msgspec.structs.replace(asked, state="running"), time.monotonic()

        def told(done: int, whole: int) -> None:
            nonlocal now
            left = round((time.monotonic() - began) * (whole - done) / done) if done else None
            now = msgspec.structs.replace(now, done=done, whole=whole, left_s=left)
            self._keep(now)
            if self._stopping.is_set():
                raise Stopped

        try:
            self._keep(now)
            work(told)
        except BaseException as fault:
            code = fault.code if isinstance(fault, VigieError) else "interrupted"
            facts = dict(fault.facts) if isinstance(fault, VigieError) else {}
            self._keep(msgspec.structs.replace(now, state="failed", ended=self._node.now(), fault=code, facts=facts))
            raise
        now = msgspec.structs.replace(now, state="done", ended=self._node.now(), left_s=None)
        self._keep(now)
        return now

    def stop(self) -> None:
        """End what is being done, after the portion it is at; its state says that it was interrupted."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _lock(self, kind: str) -> IO[bytes] | None:
        """The lock, held until it is closed or this process ends; None where somebody holds it."""
        lock = self._path(kind, "lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return None
        return lock

    def _keep(self, told: ErrandView) -> None:
        half = self._path(told.kind, "part")
        half.write_bytes(msgspec.json.encode(told))
        half.replace(self._path(told.kind, "json"))
