"""Waking those who wait for something of the exchange: who delivers to a partner, who answers a long question."""

from threading import Condition


class Stirring:
    """A counter that rises whenever something was written for partners or came from one."""

    def __init__(self) -> None:
        self._turn = Condition()
        self._count = 0

    @property
    def count(self) -> int:
        """How often it was stirred."""
        return self._count

    def stir(self) -> None:
        """Wake all who wait."""
        with self._turn:
            self._count += 1
            self._turn.notify_all()

    def wait(self, after: int, timeout_s: float) -> int:
        """Wait until it was stirred more often than `after`, or the time is up; gives how often it was."""
        with self._turn:
            self._turn.wait_for(lambda: self._count > after, timeout_s)
            return self._count
