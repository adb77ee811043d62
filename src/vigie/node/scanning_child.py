"""A child process for scans: it takes them in, reads them and makes their archive copies, then ends.

What this needs (numpy, codecs, the model) is loaded here and leaves with the child, so that the process which answers
officers stays small. A child that dies loses nothing: files stay in their folder until the log has the scan, and what
is not read yet waits in the store. What it was at stands in a file; where it ends at the same thing again and again,
that thing is set aside for a person, and the others go on.
"""

import contextlib
import os
import sys
import time
from pathlib import Path
from threading import Event, Thread
from typing import IO, Any

import msgspec
import structlog

from vigie.desk.scanning_intake import archive_scans
from vigie.desk.scanning_machine import read_one, set_aside
from vigie.node.mate import read_frame
from vigie.node.scanners import take_folder
from vigie.node.scanning_beside import Begun, in_folder
from vigie.node.wiring import Node, build
from vigie.terms import VigieError

LOOK_S = 0.1
"""How often the child looks for more: it has its folder and store open, and one look costs less than a millisecond."""

RESTED_S = 20.0
"""A child that found nothing for so long ends. Starting one costs about a second of CPU. Own choice."""

TRIES = 3
"""So often the child may end at the same thing before that is set aside: a power cut or two are no fault of a scan."""

MISSING = 3
"""How a child ends where the extra `scanning` is not installed."""


class AtHand:
    """What a child is at, on the disk while it is at it, so that the next one knows what ended the last.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._left, self._tries = msgspec.json.decode(path.read_bytes(), type=tuple[str, int])
        except (OSError, msgspec.MsgspecError):
            self._left, self._tries = "", 0

    def begin(self, name: str) -> bool:
        """Begin with something; False where children ended at it `TRIES` times."""
        tries = self._tries + 1 if name == self._left else 1
        if tries > TRIES:
            self._left = ""
            return False
        self._path.write_bytes(msgspec.json.encode((name, tries)))
        return True

    def done(self) -> None:
        """It is done, or failed in an orderly way."""
        self._path.unlink(missing_ok=True)


class Scanning:
    """What the child does, one thing after the other: what came first, then what is not read, then archive copies.

    Args:
        stopping: Set when the parent asks it to end, or is gone.
    """

    def __init__(self, node: Node, stopping: Event) -> None:
        self._node, self._stopping = node, stopping
        self._hand = AtHand(node.settings.home / "scan-at-hand.json")
        self._folder: Any = None

    def work(self, rested_s: float = RESTED_S) -> int:
        """Work until nothing was left for a while; gives how many things were done."""
        done, until = 0, time.monotonic() + rested_s
        while not self._stopping.is_set() and time.monotonic() < until:
            if self.one():
                done, until = done + 1, time.monotonic() + rested_s
            else:
                if in_folder(self._node.settings.scan_folder):
                    until = time.monotonic() + rested_s  # only this process knows since when each file is whole
                self._stopping.wait(LOOK_S)
        return done

    def one(self) -> bool:
        """Do the next things, one of each sort that waits; whether there was any."""
        came = self._taken()
        read = self._read()
        return came or read or self._archived()

    def _taken(self) -> bool:
        where = self._node.settings.scan_folder
        if not where:
            return False
        if self._folder is None:
            from vigie.devices import Folder

            self._folder = Folder(Path(where).expanduser())
        told = take_folder(self._node, self._folder, time.monotonic(), hand=self._hand, most=1)
        for one in told:
            structlog.get_logger().info("scans.taken", taken=one.taken, known=one.known, unread=len(one.unread))
        return bool(told)

    def _read(self) -> bool:
        readings = self._node.store.machine_readings
        for name in readings.unread(1):
            if self._hand.begin(f"read {name}"):
                read_one(name, self._node)
            else:
                structlog.get_logger().warning("scan.ended-its-reader", scan=name)
                set_aside(name, self._node)
            self._hand.done()
            structlog.get_logger().info("scans.read", read=1, waiting=readings.waiting())
            return True
        return False

    def _archived(self) -> bool:
        scans = self._node.store.scans
        for record in scans.uncoded(1):
            if self._hand.begin(f"archive {record.id}"):
                archive_scans(self._node, [record])
            else:
                scans.coded(record.id)
            self._hand.done()
            return True
        return False


def told_by(stream: IO[bytes], stopping: Event) -> Begun | None:
    """What the parent tells; from then on the end of the stream, however it came, stops the work. None: It is gone."""
    frame = read_frame(stream)
    if frame is None:
        return None

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(stream.fileno(), 1):  # not through the buffer, whose lock the process's end waits for
                continue
        stopping.set()

    Thread(target=wait, name="parent", daemon=True).start()
    return msgspec.msgpack.decode(frame, type=Begun)


def main() -> int:
    """Do what waits, as the parent says on the standard input."""
    stopping = Event()
    begun = told_by(sys.stdin.buffer, stopping)
    if begun is None:
        return 0
    try:
        with build(begun.made(), begun.clock()) as node:
            Scanning(node, stopping).work()
    except ModuleNotFoundError:
        return MISSING
    except VigieError as fault:
        structlog.get_logger().warning("scans.not-read", code=fault.code, **fault.facts)
        return MISSING if fault.code == "scanning-missing" else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
