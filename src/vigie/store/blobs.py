"""Blobs: large bodies beside the database, each sealed with the key of its erasure unit, each in a file of its own."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from vigie.store.vault import Vault
from vigie.terms import StoreFault

_NAME = "{unit:012x}-{part}"


class Blobs:
    """The folder of blobs. What was put is on the disk; what is gone with its key cannot be read from any copy.

    Args:
        folder: Where; None for a store in memory, whose blobs go with it.
    """

    def __init__(self, folder: Path | None, vault: Vault) -> None:
        self._folder, self._vault = folder, vault
        self._passing: TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path:
        """Where they lie."""
        if self._folder is None:
            self._passing = TemporaryDirectory(prefix="vigie-blobs-")
            self._folder = Path(self._passing.name)
        return self._folder

    def _file(self, unit: int, part: str) -> Path:
        """Blobs of one unit lie together, in one of 256 folders by its last two digits."""
        return self.folder / f"{unit & 0xFF:02x}" / _NAME.format(unit=unit, part=part)

    def put(self, unit: int, part: str, body: bytes) -> None:
        """Keep a blob; when this returns it is on the disk, whole.

        Raises:
            StoreFault: The disk takes it not, or the unit was erased.
        """
        sealed = self._vault.seal(unit, body, _place(unit, part))
        file = self._file(unit, part)
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = file.with_name(f".{file.name}.new")
            with beside.open("wb") as out:
                out.write(sealed)
                out.flush()
                os.fsync(out.fileno())
            beside.replace(file)
            _settle(file.parent)
        except OSError as fault:
            raise StoreFault(reason="full", error=os.strerror(fault.errno or 0)) from None

    def get(self, unit: int, part: str) -> bytes | None:
        """One blob; None where there is none, or its key was destroyed.

        Raises:
            StoreFault: It is damaged, or cannot be read.
        """
        try:
            sealed = self._file(unit, part).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise StoreFault(reason="damaged-body", unit=unit, error=os.strerror(fault.errno or 0)) from None
        return self._vault.unseal(unit, sealed, _place(unit, part))

    def remove(self, units: Iterable[int]) -> int:
        """Remove the blobs of units whose keys were destroyed; gives how many files."""
        gone = 0
        if self._folder is None or not self._folder.exists():
            return gone
        for unit in units:
            for file in self._file(unit, "").parent.glob(_NAME.format(unit=unit, part="*")):
                file.unlink(missing_ok=True)
                gone += 1
        return gone

    def trim(self, part: str, most: int) -> int:
        """Remove the oldest blobs whose parts begin so, until they take at most so many bytes; gives how many files."""
        kept = []
        for file in self.folder.glob(f"??/*-{part}*"):
            with suppress(FileNotFoundError):
                told = file.stat()
                kept.append((told.st_mtime_ns, told.st_size, file))
        held, gone = sum(size for _, size, _ in kept), 0
        for _, size, file in sorted(kept):
            if held <= most:
                break
            file.unlink(missing_ok=True)
            held, gone = held - size, gone + 1
        return gone

    def close(self) -> None:
        """Let go of the folder of a store in memory."""
        if self._passing is not None:
            self._passing.cleanup()
            self._passing = None


def _place(unit: int, part: str) -> bytes:
    return f"blob:{unit}:{part}".encode()


def _settle(folder: Path) -> None:
    """Let the names of a folder reach the disk, too."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
