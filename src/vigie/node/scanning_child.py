"""A child process for scans: it takes them in, reads them and makes their archive copies, then ends.

A scan that came is begun first: zones and heat map, which give it its place in the list. Comparisons and archive copies
follow behind. What all this needs (numpy, codecs, the model) is loaded here and leaves with the child, so that the
process which answers officers stays small. A child that dies loses nothing: files stay in their folder until the log
has the scan, and what is not read yet waits in the store. What it was at stands in a file; where it ends at the same
thing again and again, that thing is set aside for a person, and the others go on.
"""

import contextlib
import os
import sys
import time
from collections import OrderedDict
from pathlib import Path
from threading import Event, Lock, Thread, get_native_id
from typing import IO, Any

import msgspec
import structlog

from vigie.desk.reading_pictures import FRAME, MOST_BYTES, keep_frames
from vigie.desk.scanning_intake import archive_scans
from vigie.desk.scanning_machine import Begun, begin_one, begun_of, read_one, set_aside
from vigie.node.mate import read_frame
from vigie.node.scanners import take_folder
from vigie.node.scanning_beside import Begun as Told
from vigie.node.scanning_beside import in_folder
from vigie.node.wiring import Node, build
from vigie.scanning import BadScan, Scan, ScanRecord
from vigie.terms import VigieError

LOOK_S = 0.05
"""How often the child looks for more: it has its folder and store open, and one look costs less than a millisecond."""

RESTED_S = 20.0
"""A child that found nothing for so long ends. Starting one costs about a second of CPU. Own choice."""

TRIES = 3
"""So often the child may end at the same thing before that is set aside: a power cut or two are no fault of a scan."""

HELD = 4
"""Scans whose pictures are held for what follows: 5 MB each. Own choice: a second of five scans a second."""

BEHIND_NICE = 5
"""How much less a scan that is read already counts than one that nobody has looked at yet. Own choice."""

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


class Held:
    """Pictures of the latest scans with how far they are read, so that they are decoded once; safe for two threads.

    Args:
        most: Scans; the oldest goes first, and is opened again where it is wanted.
    """

    def __init__(self, most: int = HELD) -> None:
        self._most, self._kept, self._lock = most, OrderedDict[str, Begun](), Lock()

    def put(self, scan: str, begun: Begun) -> None:
        """Hold a scan."""
        with self._lock:
            self._kept[scan] = begun
            self._kept.move_to_end(scan)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def get(self, scan: str) -> Begun | None:
        """A scan that is held."""
        with self._lock:
            return self._kept.get(scan)

    def drop(self, scan: str) -> None:
        """Hold it no longer."""
        with self._lock:
            self._kept.pop(scan, None)


class Scanning:
    """What the child does: what came first is taken in and begun at once; behind that, in a thread of lower priority,
    scans are laid beside papers and earlier pictures, and their archive copies made.

    Args:
        stopping: Set when the parent asks it to end, or is gone.
    """

    def __init__(self, node: Node, stopping: Event) -> None:
        self._node, self._stopping = node, stopping
        self._hand = AtHand(node.settings.home / "scan-at-hand.json")
        self._behind = AtHand(node.settings.home / "scan-behind.json")
        self._held = Held()
        self._folder: Any = None
        self._busy = False  # whether the thread behind has something

    def work(self, rested_s: float = RESTED_S) -> int:
        """Work until nothing was left for a while; gives how many things were done at once."""
        behind = Thread(target=self._follow, name="behind", daemon=True)
        behind.start()
        done, until = 0, time.monotonic() + rested_s
        while not self._stopping.is_set() and time.monotonic() < until and behind.is_alive():
            if self.one():
                done, until = done + 1, time.monotonic() + rested_s
            else:
                if self._busy or in_folder(self._node.settings.scan_folder):
                    until = time.monotonic() + rested_s  # only this process knows since when each file is whole
                self._stopping.wait(LOOK_S)
        self._stopping.set()
        behind.join()
        self._node.store.scans.trim_blobs(FRAME, MOST_BYTES)
        return done

    def _follow(self) -> None:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), BEHIND_NICE)
        while not self._stopping.is_set():
            self._busy = self.behind()
            if not self._busy:
                self._stopping.wait(LOOK_S)

    def one(self) -> bool:
        """Take in the next scan and begin the next one; whether there was any."""
        came = self._taken()
        return self._begun() or came

    def _taken(self) -> bool:
        where = self._node.settings.scan_folder
        if not where:
            return False
        if self._folder is None:
            from vigie.devices import Folder

            self._folder = Folder(Path(where).expanduser())
        told = take_folder(self._node, self._folder, time.monotonic(), hand=self._hand, most=1, kept=self._kept)
        for one in told:
            structlog.get_logger().info("scans.taken", taken=one.taken, known=one.known, unread=len(one.unread))
        return bool(told)

    def _kept(self, record: ScanRecord, pictures: Scan) -> None:
        """Read a scan that came while the parent writes it into the log; it is kept once that has it."""
        if self._hand.begin(f"read {record.id}"):
            self._held.put(record.id, begun_of(record, pictures, self._node))

    def _begun(self) -> bool:
        """Read zones and heat map of the next scan; all of it where nothing will go on with it."""
        readings = self._node.store.machine_readings
        for name in readings.unread(1):
            if not self._hand.begin(f"read {name}"):
                structlog.get_logger().warning("scan.ended-its-reader", scan=name)
                set_aside(name, self._node)
            elif self._node.store.scans.to_code(name):
                self._held.put(name, begin_one(name, self._node, self._held.get(name)))
            else:
                read_one(name, self._node)
            self._hand.done()
            structlog.get_logger().info("scans.read", read=1, waiting=readings.waiting())
            return True
        return False

    def behind(self) -> bool:
        """Finish the reading of the next scan that was begun, and make its archive copies; whether there was any."""
        scans, readings = self._node.store.scans, self._node.store.machine_readings
        for record in scans.uncoded(1):
            reading = readings.of([record.id]).get(record.id)
            if reading is None:
                return False  # it is begun first
            waits = not reading.compared
            held = self._held.get(record.id) or Begun(None)
            if self._behind.begin(f"archive {record.id}"):
                if waits:
                    read_one(record.id, self._node, held)
                archive_scans(self._node, [record], pictures=held.pictures)
                with contextlib.suppress(BadScan):
                    keep_frames(record, self._node, held.pictures)
            else:
                structlog.get_logger().warning("scan.ended-its-reader", scan=record.id)
                if waits:
                    set_aside(record.id, self._node)
                scans.coded(record.id)
            self._held.drop(record.id)
            self._behind.done()
            return True
        return False


def told_by(stream: IO[bytes], stopping: Event) -> Told | None:
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
    return msgspec.msgpack.decode(frame, type=Told)


def _wake(waking: int) -> None:
    with contextlib.suppress(OSError):  # the parent is gone: the end of its stream stops the work
        os.write(waking, b".")


def main() -> int:
    """Do what waits, as the parent says on the standard input."""
    stopping = Event()
    begun = told_by(sys.stdin.buffer, stopping)
    if begun is None:
        return 0
    try:
        with build(begun.made(), begun.clock()) as node:
            if begun.waking >= 0:
                node.jobs.waking = lambda: _wake(begun.waking)
            Scanning(node, stopping).work()
    except ModuleNotFoundError:
        return MISSING
    except VigieError as fault:
        structlog.get_logger().warning("scans.not-read", code=fault.code, **fault.facts)
        return MISSING if fault.code == "scanning-missing" else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
