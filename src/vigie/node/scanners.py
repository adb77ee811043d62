"""The folder of scanners, emptied while a node runs: what is whole is taken in, what cannot be is put aside."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import msgspec
import structlog

from vigie.desk.scanning_intake import take_in
from vigie.desk.views.scanning import ScanImportView
from vigie.devices import Folder
from vigie.scanning import Scan, ScanRecord
from vigie.terms import Handling, Officer, OfficerId, Purpose, Role, VigieError

if TYPE_CHECKING:
    from vigie.node.wiring import Node

WATCHER = Officer(
    OfficerId("node"), "node", (Role.TARGETING, Role.ADMINISTRATOR), Handling.AMBER,
    (Purpose.TARGETING, Purpose.ADMINISTRATION),
)  # fmt: skip
"""Who hands in what a scanner wrote: the node itself; the trail names it so."""


class Hand(Protocol):
    """Remembers over the end of a process what it was at."""

    def begin(self, name: str) -> bool:
        """Begin with something; False where processes ended at it too often."""
        ...

    def done(self) -> None:
        """It is done, or failed in an orderly way."""
        ...


def take_folder(
    node: "Node", folder: Folder, now: float, *, hand: Hand | None = None, most: int = 1_000,
    kept: Callable[[ScanRecord, Scan], None] | None = None,
) -> list[ScanImportView]:  # fmt: skip
    """Take in what is whole in a folder; one bad scan keeps no other from coming in.

    Args:
        now: Seconds of a clock that never runs backwards. hand: Remembers what is at hand; what ended several processes
            is put aside. most: Scans taken in at most. kept: Hears of each new scan with its pictures while the
            log is written.
    """
    done: list[ScanImportView] = []
    officer = msgspec.structs.replace(WATCHER, language=node.settings.language.value)
    for files in folder.ready(now, most):
        names = [file.name for file in files]
        if hand is not None and not hand.begin(f"take {' '.join(names)}"):
            for name in names:
                folder.put_away(name, "bad-scan scan-ended-its-reader")
            hand.done()
            continue
        try:
            found = folder.opened(files)
            told = take_in(officer, found.files, node, archive=False, batch=found.batch, kept=kept)
        except VigieError as fault:
            structlog.get_logger().warning("scan.not-taken", code=fault.code, files=len(files))
            if fault.code in ("store-fault", "scanning-missing", "conflict"):
                continue  # the node cannot now: the files stay, and are tried again
            for name in names:
                folder.put_away(name, f"{fault.code} {fault.facts.get('reason', '')}".strip())
            continue
        finally:
            if hand is not None:
                hand.done()
        failed = {name: f"{one.code}: {one.text}" for one in told.unread for name in one.files}
        for name in names:
            folder.put_away(name, failed.get(name, ""))
        done.append(told)
    return done
