"""The high-water mark of the log, kept outside the database: after a restore from a backup no `hlc` is issued twice.

Beside the key file lies a small file with two moments: `sure`, an entry that was committed, and `high`, above which no
entry was ever issued. It is written before the entries, once a minute. A database whose last entry lies before
`sure` is older than its keys: it was restored, entries are missing, and whoever was told of them (partners, people)
knows more than the node. New entries then begin above `high`, and the doctor says which span is gone.
"""

import os
from pathlib import Path

import msgspec

from vigie.terms import MINUTE, Moment, StoreFault

BLOCK = MINUTE
"""How far ahead is claimed with one write of the file: one write a minute costs nothing, and after a restore the log
runs at most a minute ahead of the clock."""


class Mark(msgspec.Struct, frozen=True):
    """What the file says. sure: An entry that was committed. high: No entry above it was ever issued."""

    sure: int = 0
    high: int = 0


class Issued:
    """The mark of one store.

    Args:
        path: The file; None for a store in memory, which nobody restores.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._mark: Mark | None = None

    def read(self) -> Mark:
        """What the file says; zeros where it is absent.

        Raises:
            StoreFault: It is damaged.
        """
        try:
            raw = b"" if self._path is None else self._path.read_bytes()
        except FileNotFoundError:
            raw = b""
        try:
            return msgspec.json.decode(raw, type=Mark) if raw else Mark()
        except msgspec.MsgspecError:
            raise StoreFault(reason="damaged-mark") from None

    def missing(self, last: int) -> tuple[Moment, Moment] | None:
        """The span of which entries are gone, where the database is older than the file; None where it is not.

        Args:
            last: The last entry of the database.
        """
        mark = self.read()
        return (Moment(last), Moment(mark.high)) if last < mark.sure else None

    def floor(self, last: int) -> Moment:
        """Above which new entries begin."""
        gone = self.missing(last)
        return Moment(last) if gone is None else gone[1]

    def reserve(self, last: int, upto: int) -> None:
        """Make sure that the file covers an entry before it is written.

        Args:
            last: The last committed entry. upto: The last one of those that come now.

        Raises:
            StoreFault: The file cannot be written: then nothing may be.
        """
        if self._path is None or (self._mark is not None and upto <= self._mark.high and last <= self._mark.high):
            return
        mark = self.read()
        if upto > mark.high or last < mark.sure:  # a restored store goes on: what is gone was told of before
            mark = Mark(last, max(upto + BLOCK, mark.high))
            self._write(mark)
        self._mark = mark

    def _write(self, mark: Mark) -> None:
        if self._path is None:
            return
        part = self._path.with_name(f".{self._path.name}.part")
        try:
            with part.open("wb") as told:
                told.write(msgspec.json.encode(mark))
                told.flush()
                os.fsync(told.fileno())
            part.replace(self._path)
        except OSError as fault:
            raise StoreFault(reason="file-cannot-be-written", file=self._path.name, error=os.strerror(fault.errno or 0)
                             ) from None  # fmt: skip
