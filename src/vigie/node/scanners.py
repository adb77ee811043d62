"""The folder of scanners, watched while a node runs: what is whole is taken in; archive copies are made after it."""

import time
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import msgspec
import structlog

from vigie.desk.scanning_intake import archive_scans, take_in
from vigie.desk.views.scanning import ScanImportView
from vigie.devices import Folder
from vigie.terms import Handling, Officer, OfficerId, Purpose, Role, VigieError

if TYPE_CHECKING:
    from vigie.node.wiring import Node

LOOK_S = 0.25
"""How often the folder is looked at: reading its names costs less than a millisecond."""

ARCHIVED = 4
"""Scans whose archive copies are made between two looks, some 0.2 s of CPU each, so that new ones do not wait."""

WATCHER = Officer(
    OfficerId("node"), "node", (Role.TARGETING, Role.ADMINISTRATOR), Handling.AMBER,
    (Purpose.TARGETING, Purpose.ADMINISTRATION),
)  # fmt: skip
"""Who hands in what a scanner wrote: the node itself; the trail names it so."""


def take_folder(node: "Node", folder: Folder, now: float) -> list[ScanImportView]:
    """Take in what is whole in a folder; one bad scan keeps no other from coming in.

    Args:
        now: Seconds of a clock that never runs backwards.
    """
    done = []
    officer = msgspec.structs.replace(WATCHER, language=node.settings.language.value)
    for files in folder.ready(now):
        names = [file.name for file in files]
        try:
            told = take_in(officer, folder.read(files), node, archive=False)
        except VigieError as fault:
            structlog.get_logger().warning("scan.not-taken", code=fault.code, files=len(files))
            if fault.code in ("store-fault", "scanning-missing", "conflict"):
                continue  # the node cannot now: the files stay, and are tried again
            for name in names:
                folder.put_away(name, f"{fault.code} {fault.facts.get('reason', '')}".strip())
            continue
        failed = {name: f"{one.code}: {one.text}" for one in told.unread for name in one.files}
        for name in names:
            folder.put_away(name, failed.get(name, ""))
        done.append(told)
    return done


class ScannerFolder:
    """Watches the folder of the settings in a thread of its own."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._stopping = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Start to watch, where a folder is set."""
        if self._node.settings.scan_folder and self._thread is None:
            self._stopping.clear()
            self._thread = Thread(target=self._run, name="scanner-folder", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop; the scan at hand is finished."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        log, folder = structlog.get_logger(), None
        while not self._stopping.is_set():
            try:
                folder = folder or Folder(Path(self._node.settings.scan_folder).expanduser())
                for told in take_folder(self._node, folder, time.monotonic()):
                    log.info("scans.taken", taken=told.taken, known=told.known, unread=len(told.unread))
                archive_scans(self._node, limit=ARCHIVED)
            except VigieError as fault:
                log.warning("scans.not-watched", code=fault.code, **fault.facts)
            self._stopping.wait(LOOK_S)
