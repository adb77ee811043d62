"""Runs over many kept scans: names of scans handed to the engine, packed readings handed back."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import msgspec

from vigie.desk.scanning_batch import packed_readings
from vigie.node.hands import Hands, lent, opened
from vigie.terms import AnalyticsMissing

if TYPE_CHECKING:
    from vigie.node.wiring import Node

GPU = "GPU"
"""Resource by which a Dask worker says that it has a graphics processor (`dask worker --resources GPU=1`)."""

Told = Callable[[int, int], None]


class Reading(msgspec.Struct, frozen=True):
    """Read some scans. hands: Opens the node. folder: Of the run. part: Its number. scans: Their names."""

    hands: Hands
    folder: Path
    part: int
    scans: tuple[str, ...]

    @property
    def out(self) -> Path:
        """Its file."""
        return self.folder / f"readings-{self.part:05d}.parquet"


class Run:
    """One run, in the folder `readings` below the node's home, which goes on where it was cut off.

    Args:
        parts: Names of scans, task by task. stamp: Names exactly what is to be done. engine: Who works.

    Raises:
        AnalyticsMissing: The extra is not installed.
    """

    def __init__(self, node: "Node", parts: Sequence[Sequence[str]], stamp: str, engine: str) -> None:
        try:
            from vigie.engine import settled
        except ModuleNotFoundError:
            raise AnalyticsMissing from None
        self._node, self._parts, self._engine = node, parts, engine
        self._path: Path = node.settings.home / "readings"
        self.gpu = False
        settled(self._path, stamp)

    def made(self, told: Told) -> Iterator[tuple[str, bytes]]:
        """Read all; gives scan and packed reading, in order."""
        from vigie.engine import bodies, open_engine, worked

        with open_engine(self._engine, wants=GPU) as engine, lent(self._node) as hands, open_engine() as here:
            tasks = [Reading(hands, self._path, number, tuple(part)) for number, part in enumerate(self._parts)]
            worked(here if hands.alone else engine, read_scans, tasks, told)
            self.gpu = bool(engine.resource)
        for task in tasks:
            yield from bodies(task.out)

    def end(self) -> None:
        """Remove what lies on the disk: the store has it."""
        rmtree(self._path, ignore_errors=True)


def read_scans(task: Reading) -> None:
    """Let the machine read some scans, and write what it says."""
    from vigie.engine import put_bodies

    with opened(task.hands) as node:
        put_bodies(task.out, packed_readings(task.scans, node))
