"""A folder that a scanner writes to: files that are still written wait; what was taken, or cannot be, is put away."""

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from vigie.scanning import LARGEST_SCAN_FILE, ScanBatch, ScanFile, group_of, read_scans
from vigie.terms import StoreFault

QUICK_S = 0.1
"""So long the files of a scan must lie unchanged that say themselves that they are whole: both pictures can be decoded,
and neither ends in rows without any count, as one does whose place on the disk was reserved before it was written."""

STABLE_S = 1.0
"""A file that has not changed for so long is whole, whatever it says: scanners write a picture of some MB in one go."""

PATIENCE_S = 60.0
"""A scan is handed in so long after its last file came, so that the other picture or the profile can follow."""

DONE, FAILED = "done", "failed"


def whole(batch: ScanBatch) -> bool:
    """Whether what some files hold says itself that it is whole; a dark last row is doubted, not refused."""
    pictures = [one for read in batch.scans for one in (read.scan.high, read.scan.low) if one is not None]
    return not batch.unread and all(bool(one[-1].any()) for one in pictures)


class Opened(Struct, frozen=True):
    """A scan's files with what they hold, so that nobody reads and decodes them again."""

    files: tuple[ScanFile, ...]
    batch: ScanBatch


class Folder:
    """One folder. Its state is what it saw last; a new one, after a crash, looks again at all that lies there.

    Args:
        path: The folder; `done` and `failed` are made in it.

    Raises:
        StoreFault: It is not there, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: dict[Path, tuple[int, int, float]] = {}
        self._groups: dict[Path, str] = {}
        self._told: dict[tuple[Path, ...], tuple[bool, bool]] = {}  # whether complete, and whether that was sure
        self._opened: dict[tuple[Path, ...], Opened] = {}
        try:
            for name in (DONE, FAILED):
                (path / name).mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise StoreFault(reason="the-folder-of-scans", error=os.strerror(fault.errno or 0)) from None

    def ready(self, now: float, most: int = 1_000) -> list[list[Path]]:
        """Scans whose files are whole, each as its files; what came first is first.

        Args:
            now: Seconds of a clock that never runs backwards. most: So many at most; no others are opened.
        """
        calm = self._calm(now)
        groups: dict[str, list[Path]] = {}
        for path in calm:
            groups.setdefault(self._group(path) or f"alone {path.name}", []).append(path)
        coming = {self._stem(path) for path in self._seen if path not in calm}
        found: list[list[Path]] = []
        for name, files in sorted(groups.items(), key=lambda one: min(self._seen[file][2] for file in one[1])):
            if len(found) < most and not any(self._stem(file) in coming for file in files):
                found += [files] if self._ready(name, files, now) else []
        return found

    def opened(self, files: Sequence[Path]) -> Opened:
        """The files of a scan and what they hold; let go of once it is given out."""
        kept = self._opened.pop(tuple(files), None)
        if kept is not None:
            return kept
        read = self.read(files)
        return Opened(tuple(read), read_scans(read))

    def _calm(self, now: float) -> list[Path]:
        """Files that did not change since `QUICK_S`, by name."""
        found: dict[Path, tuple[int, int, float]] = {}
        for path in sorted(self.path.iterdir()):
            if path.name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            try:
                told = path.stat()
            except FileNotFoundError:
                continue
            before = self._seen.get(path)
            same = before is not None and before[:2] == (told.st_size, told.st_mtime_ns)
            found[path] = (told.st_size, told.st_mtime_ns, before[2] if same and before else now)
        changed = {path for path, one in self._seen.items() if found.get(path, (0, 0))[:2] != one[:2]}
        self._seen = found
        self._groups = {path: name for path, name in self._groups.items() if path not in changed}
        self._told = {files: told for files, told in self._told.items() if not changed.intersection(files)}
        self._opened = {files: one for files, one in self._opened.items() if not changed.intersection(files)}
        return [path for path, (_, _, since) in found.items() if now - since >= QUICK_S]

    def _ready(self, name: str, files: Sequence[Path], now: float) -> bool:
        rested = min(now - self._seen[file][2] for file in files)
        if name.startswith("alone"):
            return rested >= STABLE_S
        return rested >= PATIENCE_S or self._complete(files, sure=rested >= STABLE_S)

    def _complete(self, files: Sequence[Path], *, sure: bool) -> bool:
        """Whether nothing can follow: both pictures are there, or it is a report. Read once, when they are whole.

        Args:
            sure: They did not change for so long that they are whole, even where they say otherwise.
        """
        key = tuple(files)
        complete, was_sure = self._told.get(key, (False, False))
        if key in self._told and (complete or was_sure or not sure):
            return complete
        read = self.read(files)
        batch = read_scans(read)
        paired = bool(batch.reports) or any(one.scan.low is not None for one in batch.scans)
        self._told[key] = complete, _ = paired and (sure or whole(batch)), sure
        if complete:
            self._opened = {key: Opened(tuple(read), batch)}  # of one scan alone: a picture takes some MB
        return complete

    @staticmethod
    def _stem(path: Path) -> str:
        return path.name.partition(".")[0]

    def _group(self, path: Path) -> str:
        """Which scan a file belongs to; read once, when it is whole."""
        if path not in self._groups:
            self._groups[path] = group_of(self._read(path))
        return self._groups[path]

    @staticmethod
    def _read(path: Path) -> ScanFile:
        """Read a file, one byte beyond the largest at most: more is refused by its size."""
        try:
            with path.open("rb") as stream:
                return ScanFile(path.name, stream.read(LARGEST_SCAN_FILE + 1))
        except OSError:
            return ScanFile(path.name, b"")

    def read(self, files: Sequence[Path]) -> list[ScanFile]:
        """Read the files of a scan."""
        return [self._read(file) for file in files]

    def put_away(self, name: str, failed: str = "") -> None:
        """Move a file away: to `done`, or to `failed` with the reason beside it. One that is gone is left.

        Args:
            name: Of the file. failed: Code and text of why it was not taken; empty where it was.
        """
        source, target = self.path / name, self.path / (FAILED if failed else DONE)
        place, number = target / name, 1
        while place.exists():
            place, number = target / f"{number}-{name}", number + 1
        try:
            source.replace(place)
            if failed:
                place.with_name(f"{place.name}.reason.txt").write_text(failed + "\n", encoding="utf-8")
        except FileNotFoundError:
            return
        except OSError as fault:
            raise StoreFault(reason="the-folder-of-scans", error=os.strerror(fault.errno or 0)) from None
