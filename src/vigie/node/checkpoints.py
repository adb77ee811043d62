"""Folding what was written back into the database's file beside whoever writes: no act of an officer waits for it."""

from threading import Event, Thread
from typing import TYPE_CHECKING

import structlog

from vigie.terms import StoreFault

if TYPE_CHECKING:
    from vigie.node.wiring import Node

EVERY_S = 3.0
"""How often: 100 small acts a second write some 32 MB meanwhile, half of what makes a commit fold it. A commit during a
fold waits for the disk about twice as long; so seldom that is so for fewer than one in a hundred (ADR 0044)."""


class Checkpoints:
    """The thread that folds back.

    Args:
        node: Whose store.
    """

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._over = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin; nothing where it goes on already."""
        if self._thread is None:
            self._over.clear()
            self._thread = Thread(target=self._run, name="checkpoints", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End; nothing where it does not go on."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while not self._over.wait(EVERY_S):
            try:
                self._node.store.checkpoint()
            except StoreFault as fault:  # a full disk: the next commit says so
                structlog.get_logger().warning("checkpoint.store-fault", **fault.facts)
