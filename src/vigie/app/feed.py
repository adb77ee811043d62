"""The feed of the simulated port: each message is handed to the node when the running clock reaches its moment."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import structlog

from vigie.terms import Handling, Moment, Officer, OfficerId, Purpose, Role

if TYPE_CHECKING:
    from vigie.node import Node
    from vigie.world import Emission

FEED = Officer(OfficerId("simulated-feed"), "simulated feed", tuple(Role), Handling.RED, tuple(Purpose))
"""The simulated feed, as the trail names it."""

KEEP_S = 10.0
"""How often the place in the stream is kept: after kill -9 at most so much is handed in again, and is known."""


def take_in(node: "Node", emissions: "Sequence[Emission]") -> int:
    """Hand emissions to the node as files; results of controls as tables of outcomes. Returns containers read."""
    from vigie.desk import arrivals, inspections

    files = [(one.name, BytesIO(one.body)) for one in emissions if one.kind != "controls"]
    containers = arrivals.take_in(FEED, files, node).containers if files else 0
    for one in emissions:
        if one.kind == "controls":
            inspections.record_csv(FEED, one.body.decode(), node)
    return containers


class Feeder(threading.Thread):
    """Feeds a node from a stream of emissions.

    Args:
        node: Its clock runs. rate: Seconds per second of that clock.
        coming: The emissions, in time order; called in the thread, for making them takes a second or two.
        keep: Called with the moment up to which all was handed in.
    """

    def __init__(
        self, node: "Node", rate: float, coming: "Callable[[], Iterator[Emission]]", keep: Callable[[Moment], None]
    ) -> None:
        super().__init__(name="simulated-feed", daemon=True)
        self._node, self._rate, self._coming, self._keep = node, rate, coming, keep
        self._over = threading.Event()
        self._fed: Moment | None = None

    def run(self) -> None:
        """Feed until stopped. What cannot be handed in is logged and passed over: the port goes on."""
        log, kept = structlog.get_logger(), time.monotonic()
        for emission in self._coming():
            self._wait_for(emission.at)
            if self._over.is_set():
                return
            try:
                take_in(self._node, (emission,))
            except Exception as fault:
                # Logged whole: a demonstration must neither stop nor stand still in silence.
                log.error("feed.failed", file=emission.kind, at=emission.at, exc_info=fault)
            self._fed = emission.at
            if time.monotonic() - kept > KEEP_S:
                self._keep(emission.at)
                kept = time.monotonic()
        log.warning("feed.over")

    def stop(self) -> None:
        """Stop feeding, and keep the place."""
        self._over.set()
        self.join(timeout=5)
        if self._fed is not None:
            self._keep(self._fed)

    def _wait_for(self, at: Moment) -> None:
        while (now := self._node.now()) < at and not self._over.is_set():
            self._over.wait(min(1.0, (at - now) / 1e6 / self._rate))
