"""Beside a node's other work the machine reads scans, a few between two looks, and says how many wait."""

from threading import Event, Thread
from typing import TYPE_CHECKING

import structlog

from vigie.desk.scanning_machine import read_waiting
from vigie.terms import VigieError

if TYPE_CHECKING:
    from vigie.node.wiring import Node

LOOK_S = 0.5
"""How often it is asked whether a scan came: one index look-up."""
AT_ONCE = 2
"""Scans read between two looks: about 0.2 s of CPU, half a second with references."""


class MachineReader:
    """Reads in a thread of its own; decoding, arithmetic and the model leave the interpreter free meanwhile."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._stopping = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Start to read."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = Thread(target=self._run, name="machine-reader", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop; the scans at hand are finished."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        log = structlog.get_logger()
        while not self._stopping.is_set():
            try:
                read = read_waiting(self._node, AT_ONCE)
            except (VigieError, ModuleNotFoundError) as fault:
                log.warning("scans.not-read", code=getattr(fault, "code", "scanning-missing"))
                self._stopping.wait(60.0)
                continue
            if read:
                log.info("scans.read", read=read, waiting=self._node.store.machine_readings.waiting())
                continue
            self._stopping.wait(LOOK_S)
