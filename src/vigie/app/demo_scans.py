"""Scans of the simulated day, made beside the node by a process of their own, into the folder its scanners write to.

Making some twenty pictures takes seconds of CPU and 180 MB, which go back to the machine when they are there.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from vigie.node.threads import ONE_THREAD

if TYPE_CHECKING:
    from vigie.terms import Moment
    from vigie.world import TruthBook

FOLDER = "scanners"
"""Where scanners write, in the home of the simulated node."""
DONE = ".made"
"""A file in that folder that says up to which moment scans were made."""
NEEDED = ("scipy", "tifffile", "imagecodecs")
"""What must be installed besides numpy."""
_NICE = 10


class Making:
    """The process that makes the scans. It is started once somebody can sign in, and ended with the node."""

    def __init__(self, home: Path, seed: int, now: "Moment", site: str, origin: Path | None = None) -> None:
        self._folder, self._told = home / FOLDER, (str(seed), str(now), site, str(origin or ""))
        self._process: subprocess.Popen[bytes] | None = None
        self._folder.mkdir(parents=True, exist_ok=True)  # the node watches it from the beginning

    def start(self) -> None:
        """Start, unless they were made before or the extra `scanning` is not installed."""
        from importlib.util import find_spec

        if (self._folder / DONE).exists() or any(find_spec(name) is None for name in NEEDED):
            return
        told = [sys.executable, "-m", "vigie.app.demo_scans", str(self._folder), *self._told]
        self._process = subprocess.Popen(
            told, env=os.environ | ONE_THREAD, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self) -> None:
        """End it; what it had not made yet is made at the next start."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()


@contextmanager
def beside(home: Path, seed: int, now: "Moment", site: str, origin: Path | None = None) -> Iterator[Making]:
    """The making of scans beside a node.

    Args:
        origin: Folder of the scanners of a partner, who gets one scan taken before loading and hands it over itself.
    """
    making = Making(home, seed, now, site, origin)
    try:
        yield making
    finally:
        making.stop()


def make(folder: Path, book: "TruthBook", now: "Moment", site: str, origin: Path | None = None) -> int:
    """Write the scans of the last days before a moment; gives how many. A picture lies there whole or not at all.

    Args:
        origin: Where the first scan that was taken before loading goes; None: to the others.
    """
    from vigie.scanning import write_tiff
    from vigie.world import day_scans

    count = 0
    for taken in day_scans(book, now, site):
        where = folder
        if taken.origin and origin is not None:
            where, origin = origin, None
            where.mkdir(parents=True, exist_ok=True)
        for file in write_tiff(taken.scan, taken.name):
            hidden = where / f".{file.name}"
            hidden.write_bytes(file.body)
            hidden.replace(where / file.name)
        count += 1
    (folder / DONE).write_text(str(now))
    return count


def main(folder: str, seed: str, now: str, site: str, origin: str = "") -> None:
    """Make the world of a day again, for its truth alone, and the scans of it."""
    from vigie.terms import Moment
    from vigie.world import TruthBook, running

    if hasattr(os, "nice"):
        os.nice(_NICE)
    at, book = Moment(int(now)), TruthBook()
    for _ in running(int(seed), at, at, site=site, hours=0.01, book=book):
        pass
    make(Path(folder), book, at, site, Path(origin) if origin else None)


if __name__ == "__main__":
    main(*sys.argv[1:])
