"""The clock of the node: asked for, never looked at from a room; and a clock that runs faster, for a simulated port."""

import time
from typing import Protocol

from vigie.terms import Moment


class Clock(Protocol):
    """Tells the moment."""

    def now(self) -> Moment:
        """The moment, UTC."""
        ...


class WallClock:
    """The clock of the machine."""

    def now(self) -> Moment:
        """The moment, UTC, to the microsecond."""
        return Moment(time.time_ns() // 1000)


class RunningClock:
    """A clock that starts at a chosen moment and runs at a chosen rate: the clock of a simulated port.

    Args:
        start: Where it starts. rate: Seconds per second, > 0.
    """

    def __init__(self, start: Moment, rate: float = 1.0) -> None:
        self._start = start
        self._rate = rate
        self._began = time.monotonic_ns()

    def now(self) -> Moment:
        """The moment, UTC, of the simulated port."""
        passed = (time.monotonic_ns() - self._began) / 1000
        return Moment(self._start + int(passed * self._rate))


class FixedClock:
    """A clock that moves only when told to: for tests and for replays."""

    def __init__(self, at: Moment) -> None:
        self.at = at

    def now(self) -> Moment:
        """The moment it was set to."""
        return self.at

    def forward(self, micros: int) -> None:
        """Let time pass."""
        self.at = Moment(self.at + micros)
