"""Packed files (gzip, bzip2, xz, zip, tar): opened as streams, within a budget that a zip bomb cannot pass."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

LOOK = 1 << 16
"""Bytes looked at to recognise a format; also the size of one read."""

FREE = 64 << 20
"""Unpacked bytes that no ratio is asked of: one port-day of XML unpacks to less."""

MOST_RATIO = 500
"""Unpacked to packed bytes; the most repetitive real sample (1,823 XML tests in one tar.xz) has 124."""

MOST = 8 << 30
"""Unpacked bytes of one file in all: eight times the largest single file promised to be read (1 GB)."""

MOST_MEMBERS = 100_000
_XZ_MEMORY = 128 << 20  # `xz -9` asks for 65 MiB to unpack
_DAMAGED = (EOFError, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error, lzma.LZMAError,
            zipfile.BadZipFile, tarfile.TarError)


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` bytes."""


class Budget:
    """What unpacking one file may cost. packed: bytes of the file. spent: bytes unpacked on all levels together."""

    def __init__(self, packed: int = 0) -> None:
        self.packed = packed
        self.spent = 0

    @property
    def left(self) -> int:
        """Bytes that may still be unpacked."""
        return min(MOST, max(FREE, MOST_RATIO * self.packed)) - self.spent


class Watched(io.RawIOBase):
    """A stream that ends early, and remembers why, where the budget is spent or the packed bytes are damaged.

    Attributes:
        fault: Empty, `packed-bomb` or `packed-damaged`. name: Member of the archive. passed: Bytes read so far.
    """

    def __init__(self, source: Readable, budget: Budget, name: str = "", outermost: bool = False) -> None:
        super().__init__()
        self.fault = ""
        self.name = name
        self.passed = 0
        self._source = source
        self._budget = budget
        self._outermost = outermost

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill the buffer as far as the source, the budget and the damage allow."""
        got = 0
        while got < len(buffer) and not self.fault:
            chunk = self._pull(len(buffer) - got)
            if not chunk:
                break
            buffer[got : got + len(chunk)] = chunk
            got += len(chunk)
        return got

    def _pull(self, size: int) -> bytes:
        if not self._outermost and self._budget.left <= 0:
            self.fault = "packed-bomb"
            return b""
        try:
            chunk = self._source.read(size)
        except _DAMAGED:
            self.fault = "packed-damaged"
            return b""
        self.passed += len(chunk)
        if self._outermost:
            self._budget.packed += len(chunk)
        else:
            self._budget.spent += len(chunk)
        return chunk


class _Xz(io.RawIOBase):
    """An xz stream with bounded memory (`lzma.LZMAFile` lets the file choose it)."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source
        self._unpacker = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def read(self, size: int = -1, /) -> bytes:
        """Read up to `size` unpacked bytes."""
        while True:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data.lstrip(b"\0") or self._source.read(LOOK).lstrip(b"\0")
                if not rest:
                    return b""
                self._unpacker = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
            else:
                rest = self._source.read(LOOK) if self._unpacker.needs_input else b""
                if self._unpacker.needs_input and not rest:
                    raise EOFError
            if chunk := self._unpacker.decompress(rest, size):
                return chunk


def packing(head: bytes) -> str:
    """Tell how a file is packed from its first bytes: `gzip`, `bzip2`, `xz`, `zip`, `tar`, or empty."""
    marks = ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"PK\x03\x04", "zip"))
    found = next((name for mark, name in marks if head.startswith(mark)), "")
    return found or ("tar" if head[257:262] == b"ustar" else "")


def members(how: str, stream: BinaryIO, budget: Budget) -> Iterator[Watched]:
    """Open what a packed stream holds, one member after the other; each must be read before the next.

    Damage of the archive itself comes as a last, empty member with its fault.
    """
    if how == "zip":
        yield from _zip(stream, budget)
    elif how == "tar":
        yield from _tar(stream, budget)
    elif how == "gzip":
        yield Watched(gzip.GzipFile(fileobj=stream), budget)
    elif how == "bzip2":
        yield Watched(bz2.BZ2File(stream), budget)
    else:
        yield Watched(_Xz(stream), budget)


def _fault(budget: Budget, fault: str) -> Watched:
    ended = Watched(io.BytesIO(), budget)
    ended.fault = fault
    return ended


def _zip(stream: BinaryIO, budget: Budget) -> Iterator[Watched]:
    try:
        archive = zipfile.ZipFile(stream if stream.seekable() else io.BytesIO(stream.read(FREE)))
        listed = archive.infolist()
    except _DAMAGED:
        yield _fault(budget, "packed-damaged")
        return
    if len(listed) > MOST_MEMBERS:
        yield _fault(budget, "packed-bomb")
        return
    for info in listed:
        if info.is_dir():
            continue
        try:
            opened = archive.open(info)
        except _DAMAGED:
            yield _fault(budget, "packed-damaged")
            continue
        yield Watched(opened, budget, info.filename)


def _tar(stream: BinaryIO, budget: Budget) -> Iterator[Watched]:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for count, info in enumerate(archive):
                if count >= MOST_MEMBERS:
                    yield _fault(budget, "packed-bomb")
                    return
                opened = archive.extractfile(info) if info.isfile() else None
                if opened is not None:
                    yield Watched(opened, budget, info.name)
                archive.members = []  # type: ignore[attr-defined]  # tarfile keeps every header: memory must stay bounded
    except _DAMAGED:
        yield _fault(budget, "packed-damaged")
