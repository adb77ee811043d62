"""Teaching beside the node's other work: one at a time on a machine, computed by a child process, its state kept."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING

import msgspec

import vigie
from vigie.desk.training import TrainingUnderWay
from vigie.desk.views import TrainingView
from vigie.node.errands import Stopped
from vigie.node.threads import ONE_THREAD
from vigie.risk import Policy
from vigie.terms import StoreFault, VigieError

if TYPE_CHECKING:
    from vigie.engine import Taught
    from vigie.node.wiring import Node

Told = Callable[[str], None]
_STATE = msgspec.json.Decoder(TrainingView)


class Training:
    """What a node teaches. The file of the state is in its home; a lock beside it keeps other processes out."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        home = node.settings.home
        self._kept, self._locked = home / "training.json", home / "training.lock"
        self._thread: Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def state(self) -> TrainingView | None:
        """The newest teaching; one that nobody works on any more has failed. None before the first."""
        try:
            told = _STATE.decode(self._kept.read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None
        if told.open and (lock := self._lock()) is not None:
            lock.close()
            again = _STATE.decode(self._kept.read_bytes())  # it may have ended a moment ago
            return msgspec.structs.replace(again, state="failed", fault="interrupted") if again.open else again
        return told

    def begin(self, asked: TrainingView, work: Callable[[Told], int]) -> TrainingView:
        """Start work in a thread of its own.

        Raises:
            TrainingUnderWay: Models are being taught already.
        """
        lock = self._taken(asked)

        def run() -> None:
            with lock, suppress(VigieError, Stopped):  # kept as the state of the teaching
                self._done(asked, work)

        self._thread = Thread(target=run, name="training", daemon=True)
        self._thread.start()
        return asked

    def here(self, asked: TrainingView, work: Callable[[Told], int]) -> None:
        """Do the work now.

        Raises:
            TrainingUnderWay: Models are being taught already. And what the work raises.
        """
        with self._taken(asked):
            self._done(asked, work)

    def _taken(self, asked: TrainingView) -> IO[bytes]:
        lock = self._lock()
        if lock is None:
            raise TrainingUnderWay
        self._keep(asked)
        return lock

    def _done(self, asked: TrainingView, work: Callable[[Told], int]) -> None:
        def told(step: str) -> None:
            self._keep(msgspec.structs.replace(asked, state="running", step=step))

        try:
            version = work(told)
        except BaseException as fault:
            code = fault.code if isinstance(fault, VigieError) else "interrupted"
            facts = dict(fault.facts) if isinstance(fault, VigieError) else {}
            self._keep(msgspec.structs.replace(asked, state="failed", ended=self._node.now(), fault=code, facts=facts))
            raise
        self._keep(msgspec.structs.replace(asked, state="done", ended=self._node.now(), version=version))

    def teach(self, rules: Policy, seed: int, told: Told) -> "Taught":
        """Teach on the decision table in a child process, so that this one goes on answering.

        Raises:
            TooFewPositives: Too little was found yet. AnalyticsMissing, ModelsMissing: An extra is not installed.
            StoreFault: The child ended without an answer.
        """
        from vigie.node.trainer import read_answer

        child = subprocess.Popen(
            [sys.executable, "-m", "vigie.node.trainer", str(self._node.settings.home / "archive"), str(seed)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=os.environ | ONE_THREAD | {"PYTHONPATH": str(Path(vigie.__file__).parents[1])},
        )  # fmt: skip
        self._child = child
        with child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(msgspec.json.encode(rules))
            child.stdin.close()
            taught = read_answer(child.stdout, told)
        self._child = None
        if taught is None:
            raise StoreFault(reason="teaching ended without an answer", code=child.returncode)
        return taught

    def stop(self) -> None:
        """End what is being taught; its state says that it was interrupted."""
        if self._child is not None:
            self._child.terminate()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _lock(self) -> IO[bytes] | None:
        """The lock, held until it is closed or this process ends; None where somebody holds it."""
        lock = self._locked.open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return None
        return lock

    def _keep(self, told: TrainingView) -> None:
        half = self._kept.with_suffix(".part")
        half.write_bytes(msgspec.json.encode(told))
        half.replace(self._kept)
