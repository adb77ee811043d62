"""The links of both chains as they lie there, for proofs that somebody else checks without the store."""

from collections.abc import Iterable, Iterator

import msgspec

from vigie.store.db import Db, among
from vigie.terms import Moment

_STRIDE = 10_000  # links read at once


class LogLink(msgspec.Struct, frozen=True):
    """What the chain of the log covers of one entry: all but the readable body, of which it covers the sealed form.

    Attributes:
        hlc, kind, subject, unit, source: As in `Entry`. digest: SHA-256 of the sealed body, hexadecimal.
    """

    hlc: Moment
    kind: str
    subject: str
    unit: int
    source: str
    digest: str


class Links:
    """Reads the links of trail and log."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def trail(self) -> Iterator[tuple[int, bytes]]:
        """Number and link of every entry of the trail, in order."""
        return self._walk("trail", "seq")

    def log(self) -> Iterator[tuple[int, bytes]]:
        """Moment and link of every entry of the log, in order."""
        return self._walk("log", "hlc")

    def _walk(self, table: str, key: str) -> Iterator[tuple[int, bytes]]:
        last = -1
        sql = f"SELECT {key}, chain FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT ?"
        while rows := self._db.rows(sql, (last, _STRIDE)):
            for place, chain in rows:
                last = int(place)
                yield last, bytes(chain)

    def covered(self, entries: Iterable[int]) -> list[LogLink]:
        """What the chain of the log covers of some entries, in order."""
        sql = "SELECT hlc, kind, subject, unit, source, digest FROM log WHERE hlc IN ({})"
        rows = sorted(among(self._db, sql, sorted(set(entries))), key=lambda row: int(row[0]))
        return [LogLink(Moment(hlc), str(kind), str(subject), int(unit), str(source), bytes(digest).hex())
                for hlc, kind, subject, unit, source, digest in rows]  # fmt: skip
