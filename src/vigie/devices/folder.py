"""A folder that a scanner writes to: files that are still written wait; what was taken, or cannot be, is put away."""

import os
from collections.abc import Sequence
from pathlib import Path

from vigie.scanning import LARGEST_SCAN_FILE, ScanFile, group_of, read_scans
from vigie.terms import StoreFault

STABLE_S = 1.0
"""A file that has not changed for so long is whole: scanners write a picture of some MB in one go."""

PATIENCE_S = 60.0
"""A scan is handed in so long after its last file came, so that the other picture or the profile can follow."""

DONE, FAILED = "done", "failed"


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
        self._whole: dict[tuple[Path, ...], bool] = {}
        try:
            for name in (DONE, FAILED):
                (path / name).mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise StoreFault(reason="the-folder-of-scans", error=os.strerror(fault.errno or 0)) from None

    def ready(self, now: float) -> list[list[Path]]:
        """Scans whose files are whole, each as its files; the oldest first.

        Args:
            now: Seconds of a clock that never runs backwards.
        """
        stable = self._stable(now)
        groups: dict[str, list[Path]] = {}
        for path in stable:
            groups.setdefault(self._group(path) or f"alone {path.name}", []).append(path)
        coming = {self._stem(path) for path in self._seen if path not in stable}
        return [
            files for name, files in groups.items()
            if not any(self._stem(file) in coming for file in files)
            and (name.startswith("alone") or self._waited(files, now) or self._complete(files))
        ]  # fmt: skip

    def _stable(self, now: float) -> list[Path]:
        """Files that did not change since `STABLE_S`, by name."""
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
        self._seen = found
        self._groups = {path: name for path, name in self._groups.items() if path in found}
        self._whole = {files: told for files, told in self._whole.items() if all(file in found for file in files)}
        return [path for path, (_, _, since) in found.items() if now - since >= STABLE_S]

    def _waited(self, files: Sequence[Path], now: float) -> bool:
        return all(now - self._seen[file][2] >= PATIENCE_S for file in files)

    def _complete(self, files: Sequence[Path]) -> bool:
        """Whether nothing can follow: both pictures are there, or it is a report. Read once, when they are whole."""
        key = tuple(files)
        if key not in self._whole:
            batch = read_scans(self.read(files))
            self._whole[key] = bool(batch.reports) or any(one.scan.low is not None for one in batch.scans)
        return self._whole[key]

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
