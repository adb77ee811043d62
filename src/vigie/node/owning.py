"""What only one process of a node does beside serving: reading scans, delivering to partners. It goes with the lock."""

from collections.abc import Sequence
from threading import Lock
from typing import Protocol


class Part(Protocol):
    """Something that goes on beside."""

    def start(self) -> None:
        """Begin; nothing where it goes on already."""
        ...

    def stop(self) -> None:
        """End; nothing where it does not go on."""
        ...


class Owning:
    """The parts that go on while this process holds the sequencer's lock. Safe for threads.

    Args:
        parts: In the order in which they begin.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = tuple(parts)
        self._turn = Lock()
        self._goes_on, self._over = False, True

    @property
    def goes_on(self) -> bool:
        """Whether they do."""
        return self._goes_on

    def open(self) -> None:
        """From now on `begin` begins."""
        with self._turn:
            self._over = False

    def begin(self) -> None:
        """Begin, unless closed."""
        with self._turn:
            if not (self._goes_on or self._over):
                self._goes_on = True
                for part in self._parts:
                    part.start()

    def end(self) -> None:
        """End: the lock is another's."""
        with self._turn:
            if self._goes_on:
                for part in reversed(self._parts):
                    part.stop()
                self._goes_on = False

    def close(self) -> None:
        """End, and begin no more."""
        with self._turn:
            self._over = True
        self.end()
