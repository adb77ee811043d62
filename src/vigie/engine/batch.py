"""What a node runs over many boxes at once: backtests and comparisons over its archive, lists over its open boxes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from vigie.engine.archive import Archive
from vigie.engine.backtest import backtested
from vigie.engine.compare import compared
from vigie.engine.simulation import Open, OpenBoxes, simulated
from vigie.risk import Backtest, Compared, Policy, Predictor, Simulated, Slots

_SAVED_EVERY = 20  # a restart makes again what a twentieth of the boxes changed, some seconds for a large port


class Batch:
    """Backtests, comparisons and lists of one node.

    Args:
        archive: Its decision table. open_path: Where the columns of its open boxes are kept.
    """

    def __init__(self, archive: Archive, open_path: Path) -> None:
        self._archive, self._path = archive, open_path
        self._unsaved, self._written = 0, -1
        self._open: OpenBoxes | None = None

    @property
    def open_boxes(self) -> OpenBoxes:
        """The open boxes as columns; read again where another process wrote them, because boxes may be erased there."""
        written = self._path.stat().st_mtime_ns if self._path.exists() else 0
        if self._open is None or written != self._written:
            self._open, self._written = OpenBoxes(self._path), written
        return self._open

    def _save(self) -> None:
        self.open_boxes.save()
        self._written = self._path.stat().st_mtime_ns

    def _source(self, since: int | None, until: int | None) -> pa.Table | list[Path]:
        if since is None and until is None:
            return self._archive.files()
        return self._archive.read(since, until)

    def backtested(self, policy: Policy, since: int | None, until: int | None) -> Backtest:
        """Try the indicators of a policy on the decisions from a moment to a moment (exclusive); None: all."""
        return backtested(policy, self._source(since, until))

    def compared(
        self, first: Policy, second: Policy, since: int | None, until: int | None,
        models: Mapping[str, Predictor] = MappingProxyType({}),
    ) -> Compared:  # fmt: skip
        """Let two policies choose from the same decisions; a second without votes of its own has those of the first."""
        return compared(first, second, self._source(since, until), models=models)

    def open_cursor(self) -> int:
        """The log entry up to which the open boxes are known."""
        return self.open_boxes.cursor

    def take(self, boxes: Sequence[tuple[Any, ...]], gone: Sequence[str], cursor: int) -> None:
        """Put open boxes in the place of what is known of them; now and then the file is written."""
        self.open_boxes.take([Open(*one) for one in boxes], gone, cursor)
        self._unsaved += len(boxes) + len(gone)
        if self._unsaved * _SAVED_EVERY > self.open_boxes.table.num_rows:
            self._save()
            self._unsaved = 0

    def simulated(
        self, before: Policy, after: Policy, shifts: Sequence[Slots], clearance: int,
        later: Sequence[Slots] | None = None, models: Mapping[str, Predictor] = MappingProxyType({}),
    ) -> Simulated:  # fmt: skip
        """Make the lists of a day by two policies; the other may leave other slots to chance, and vote otherwise."""
        return simulated(self.open_boxes, before, after, shifts, clearance, later=later, models=models)

    def erase(self, units: Sequence[int]) -> int:
        """Remove erased boxes from the archive and from the open ones; gives how many rows."""
        gone = self.open_boxes.erase(units)
        if gone:
            self._save()
        return self._archive.erase(units) + gone
