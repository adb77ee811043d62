"""Scans are taken in and read by a child process beside the node, begun when something waits (`scanning_child`).

This process looks whether a file lies in the scanners' folder, or a scan in the store waits, and loads nothing for it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

import vigie
from vigie.node.clock import Clock, FixedClock, RunningClock
from vigie.node.mate import framed
from vigie.node.settings import Settings
from vigie.node.threads import KEPT_MEMORY, ONE_THREAD
from vigie.terms import Moment, VigieError

if TYPE_CHECKING:
    from vigie.node.wiring import Node

LOOK_S = 0.25
"""How often it is looked whether something waits: names in one folder, and two look-ups by index."""

ALL_S = 60.0
"""How often all scans are gone through for one that no machine read, instead of those that came since."""

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
"""Pause after a child that ended with a fault; doubled each time, so that a lasting fault costs a start a minute."""

PATIENCE_S = 20.0
"""So long a child gets to finish what it is at: the longest thing, an archive copy, takes a second or two."""


class Begun(msgspec.Struct, frozen=True):
    """What a child is told. settings: Of its parent. at: The moment by its clock, when the machine's steady clock stood
    at `steady` (ns). rate: Pace of that clock; None where it is the machine's. waking: Where the child writes a byte
    to have its parent look at once for what it handed in; -1 for nowhere.
    """

    settings: dict[str, Any]
    at: Moment
    steady: int
    rate: float | None
    waking: int = -1

    @classmethod
    def of(cls, node: "Node", waking: int = -1) -> "Begun":
        """What the child of a node is told."""
        rate = node.settings.clock_rate if isinstance(node.clock, RunningClock) else None
        rate = 0.0 if isinstance(node.clock, FixedClock) else rate
        told = msgspec.to_builtins(node.settings, enc_hook=str)
        return cls(told, node.now(), time.monotonic_ns(), rate, waking)

    def clock(self) -> Clock | None:
        """The parent's clock, gone on; None for the machine's."""
        if self.rate is None:
            return None
        if not self.rate:
            return FixedClock(self.at)
        passed = (time.monotonic_ns() - self.steady) / 1000
        return RunningClock(Moment(self.at + int(passed * self.rate)), self.rate)

    def made(self) -> Settings:
        """The settings."""
        return msgspec.convert(self.settings, Settings, strict=False, dec_hook=lambda kind, raw: kind(raw))


class ScanningBeside:
    """Begins the child, and ends it with the node."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._stopping = Event()
        self._thread: Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._latest, self._looked = -1, float("-inf")
        self._pause, self._not_before = FIRST_PAUSE_S, float("-inf")

    @property
    def child(self) -> int:
        """The process that reads now; 0 for none."""
        return 0 if self._child is None or self._child.poll() is not None else self._child.pid

    def start(self) -> None:
        """Start to look."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = Thread(target=self._run, name="scanning", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop; the child finishes what it is at."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            with suppress(OSError):
                child.stdin.close()
        try:
            child.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_S):
            try:
                self.look(time.monotonic())
            except (OSError, VigieError) as fault:  # the store cannot be asked now, or no process begun
                structlog.get_logger().warning("scans.not-watched", error=str(fault))
                self._stopping.wait(LONGEST_PAUSE_S)

    def look(self, now: float) -> None:
        """Begin a child where something waits and none is at it.

        Args:
            now: Seconds of a clock that never runs backwards.
        """
        if self._child is not None:
            if self._child.poll() is None:
                return
            self._ended(self._child.returncode, now)
        if now >= self._not_before and self.waits(now):
            self._child = spawn(self._node)

    def _ended(self, code: int, now: float) -> None:
        if self._child is not None and self._child.stdin is not None:
            with suppress(OSError):
                self._child.stdin.close()
        self._child, self._looked = None, float("-inf")
        if not code:
            self._pause = FIRST_PAUSE_S
            return
        structlog.get_logger().warning("scans.child-ended", code=code, pause_s=self._pause)
        self._not_before = now + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE_S)

    def waits(self, now: float) -> bool:
        """Whether a file lies in the folder, or a scan is not read, or has no archive copies."""
        if in_folder(self._node.settings.scan_folder):
            return True
        readings = self._node.store.machine_readings
        latest = readings.latest()
        if latest == self._latest and now - self._looked < ALL_S:
            return False
        self._looked = now
        if readings.waiting() or self._node.store.scans.uncoded(1):
            return True
        self._latest = latest
        return False


def in_folder(where: str) -> int:
    """How many files lie in the folder of scanners; 0 where there is none."""
    if not where:
        return 0
    try:
        with os.scandir(Path(where).expanduser()) as found:
            return sum(1 for one in found if not one.name.startswith(".") and one.is_file(follow_symlinks=False))
    except OSError:
        return 0


def spawn(node: "Node") -> subprocess.Popen[bytes]:
    """Start a child for scans; it ends when its standard input does, which is when this process ends or asks for it."""
    own = os.environ | ONE_THREAD | KEPT_MEMORY | {"PYTHONPATH": str(Path(vigie.__file__).parents[1])}
    heard, waking = os.pipe()
    child = subprocess.Popen([sys.executable, "-m", "vigie.node.scanning_child"], env=own, stdin=subprocess.PIPE,
                             pass_fds=(waking,))  # fmt: skip
    os.close(waking)
    Thread(target=_wake, args=(heard, node.jobs.wake), name="scanning-wakes", daemon=True).start()
    if child.stdin is not None:
        with suppress(OSError):  # it ended already: the next look says so
            child.stdin.write(framed(msgspec.to_builtins(Begun.of(node, waking))))
            child.stdin.flush()
    return child


def _wake(heard: int, wake: Callable[[], None]) -> None:
    """Have the sequencer look at once whenever a child handed something in, until the child ends."""
    try:
        while os.read(heard, 64):
            wake()
    finally:
        os.close(heard)
