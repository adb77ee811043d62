"""The serving process's side of the child that answers what needs pictures: begun when first asked, one at a time."""

import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

import msgspec

import vigie
from vigie.node.mate import framed, read_frame
from vigie.node.scanning_beside import Begun
from vigie.node.threads import ONE_THREAD
from vigie.terms import StoreFault, VigieError

if TYPE_CHECKING:
    from vigie.node.wiring import Node

PATIENCE_S = 120.0
"""So long an officer waits for an answer: an upload of sixty scans takes some ten seconds."""

WAKE_S = 0.05
"""How often, while a child is at it, it is looked whether it handed something in."""

_answer = msgspec.msgpack.Decoder(tuple[str, Any])


class Asking:
    """Asks the child; a child that died is begun anew once. Safe for many threads, which are answered in turn."""

    def __init__(self, node: "Node") -> None:
        self._node, self._lock = node, Lock()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def child(self) -> int:
        """The process that answers now; 0 for none."""
        return 0 if self._child is None or self._child.poll() is not None else self._child.pid

    def warm(self) -> None:
        """Begin the child ahead of a question, without waiting for it."""
        if not self.child:
            Thread(target=self._warm, name="scanning-warm", daemon=True).start()

    def _warm(self) -> None:
        with self._lock, suppress(OSError):
            self._begun()

    def ask(self, question: str, values: bytes) -> bytes:
        """Ask; raises what the work raised.

        Raises:
            StoreFault: The child ended twice, or gave no answer in time.
        """
        with self._lock:
            told = self._asked(question, values) or self._asked(question, values)
        if told is None:
            raise StoreFault(reason="scans-have-no-reader")
        code, body = told
        if code:
            raise _class_of(code, VigieError)(**body)
        return bytes(body)

    def close(self) -> None:
        """End the child; it finishes what it is at."""
        with self._lock:
            child, self._child = self._child, None
            if child is None:
                return
            _close(child)
            try:
                child.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _asked(self, question: str, values: bytes) -> tuple[str, Any] | None:
        """The answer; None where the child ended, or gave none in time, and is gone now."""
        child = self._begun()
        told = self._said(child, question, values)
        if told is None:
            child.kill()
            child.wait()
            _close(child)
        return told

    def _said(self, child: "subprocess.Popen[bytes]", question: str, values: bytes) -> tuple[str, Any] | None:
        asked, answers = child.stdin, child.stdout
        if asked is None or answers is None:
            return None
        try:
            asked.write(framed((question, values)))
            asked.flush()
            until = time.monotonic() + PATIENCE_S
            while not select.select([answers], [], [], WAKE_S)[0]:
                self._node.jobs.wake()
                if time.monotonic() > until:
                    return None
            frame = read_frame(answers)
        except OSError:
            return None
        return None if frame is None else _answer.decode(frame)

    def _begun(self) -> "subprocess.Popen[bytes]":
        if self._child is not None and self._child.poll() is None:
            return self._child
        if self._child is not None:
            _close(self._child)
        own = os.environ | ONE_THREAD | {"PYTHONPATH": str(Path(vigie.__file__).parents[1])}
        told = [sys.executable, "-m", "vigie.node.scanning_answers"]
        self._child = subprocess.Popen(told, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        with suppress(OSError):  # it ended already: who asks hears so
            self._child.stdin.write(framed(msgspec.to_builtins(Begun.of(self._node))))  # type: ignore[union-attr]
            self._child.stdin.flush()  # type: ignore[union-attr]
        return self._child


def _close(child: "subprocess.Popen[bytes]") -> None:
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _class_of(code: str, root: type[VigieError]) -> type[VigieError]:
    """The error of a code; the root where this process does not know it."""
    for one in root.__subclasses__():
        if one.code == code:
            return one
        found = _class_of(code, one)
        if found is not root and found.code == code:
            return found
    return root
