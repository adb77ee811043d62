"""The decision table of the node, brought up to date from the log: only boxes that changed since are looked at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from vigie.desk.deciding import Looking, Row, decision_rows
from vigie.desk.gate import permit
from vigie.desk.sequencing import undisturbed
from vigie.desk.trail import leave
from vigie.desk.views.backtest import ArchiveView
from vigie.desk.work import Working
from vigie.terms import Officer, Purpose

_EVERY_VISIT = 1_000  # of a container
_READ_AT_ONCE = 500  # visits opened together: some megabytes
_WRITTEN_AT_ONCE = 20_000  # rows held before they are written: some 100 MB


class Archive(Protocol):
    """The decision table on disk, as `vigie.engine.Archive` keeps it."""

    # ruff: noqa: D102 -- documented where it is kept
    def state(self) -> Any: ...
    def files(self) -> list[Path]: ...
    def write_rows(self, rows: Sequence[Mapping[str, object]], cursor: int | None = None) -> Any: ...
    def erase(self, units: Iterable[int]) -> int: ...


class Archiving(Working, Protocol):
    """A node that keeps a decision table."""

    @property
    def archive(self) -> Archive:
        """The decision table."""
        ...


Told = Callable[[int, int], None]
"""Who is told how far it is: boxes looked at, boxes in all."""


def bring_up(officer: Officer, node: Archiving, told: Told | None = None, purpose: Purpose = Purpose.TARGETING,
             act: str = "backtest") -> ArchiveView:  # fmt: skip
    """Bring the decision table up to date; who asks does so by `vigie.desk.errands`, one at a time.

    Args:
        act: What it is done for; the officer must be allowed to do that.

    Raises:
        NotForYou: The officer may not. StoreFault: The folder cannot be written. AnalyticsMissing: Not installed.
    """
    permit(officer, act, purpose, "archive", node)
    found = update(node, told)
    leave(officer, purpose, act, "archive", node, rows=found.rows, written=found.written)
    return found


def update(node: Archiving, told: Told | None = None) -> ArchiveView:
    """Write the rows of all boxes that changed since the last time and are out of reach; done again it changes nothing.

    Rows are written in parts; the place in the log is kept with the last of them, so that an update that was cut off is
    made again from where the one before ended.
    """
    archive, store = node.archive, node.store
    until = store.log.last()
    touched = store.assessments.touched(archive.state().cursor)
    looking, rows, written, units = Looking(node), list[Row](), 0, dict[str, int]()
    for start in range(0, len(touched), _READ_AT_ONCE):
        some = touched[start : start + _READ_AT_ONCE]
        wanted = set(some)
        looking.visits = store.visits.of_containers([one.rpartition("-")[0] for one in some], newest=_EVERY_VISIT)
        kept = (one for visits in looking.visits.values() for one in visits if one.visit.id in wanted)
        with undisturbed():
            made = list(decision_rows(kept, looking, node))
        units |= {str(row["visit"]): int(str(row["unit"])) for row in made}
        rows += made
        if len(rows) >= _WRITTEN_AT_ONCE:
            written += len(rows)
            archive.write_rows(rows)
            rows = []
        if told is not None:
            told(min(start + _READ_AT_ONCE, len(touched)), len(touched))
    archive.write_rows(rows)
    _drop_erased(units, node)
    state = archive.write_rows((), until)
    return ArchiveView(state.rows, state.cursor, len(touched), written + len(rows))


def _drop_erased(units: Mapping[str, int], node: Archiving) -> None:
    """Remove rows of boxes that were erased after they were read: stones are laid before the table is emptied."""
    stones = node.store.erasures.stones(sorted({name.rpartition("-")[0] for name in units}))
    if gone := [units[stone.visit] for stone in stones if stone.visit in units]:
        node.archive.erase(gone)


def forget(units: Iterable[int], node: Archiving) -> int:
    """Remove the rows of erased units; gives how many."""
    return node.archive.erase(units)
