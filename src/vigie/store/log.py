"""The log: every fact of the node in one strict order, chained, bodies sealed."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec

from vigie.store.archived import Archived
from vigie.store.chain import START, Verified, link
from vigie.store.db import Db, Row, among
from vigie.store.issued import Issued
from vigie.store.vault import Vault
from vigie.terms import Entry, EntryKind, Moment, StoreFault

_COLUMNS = ("hlc", "kind", "subject", "unit", "source", "digest", "chain", "body")
_SELECT = "SELECT hlc, kind, subject, unit, source, digest, chain, body FROM log "
_STRIDE = 5_000  # rows read at once when the chain is verified


def _told(hlc: int, kind: str, subject: str, unit: int, source: str, digest: bytes) -> bytes:
    return msgspec.msgpack.encode((hlc, kind, subject, unit, source, digest))


def _place(hlc: int) -> bytes:
    return b"log:%d" % hlc


class Log:
    """The log of the node. Only the sequencer appends."""

    def __init__(self, db: Db, vault: Vault, archived: Archived, issued: Issued) -> None:
        self._db, self._vault, self._archived, self._issued = db, vault, archived, issued
        self.term: int | None = None
        """Our turn as sequencer; what `append` checks, so that one who lost the lock cannot write."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Append entries; their `hlc` rise strictly, and lie above all that is in the log.

        Raises:
            StoreFault: The order is broken, another process became sequencer, or the unit was erased.
        """
        if not entries:
            return
        with self._db.transaction():
            last, chain = self._head()
            if entries[0].hlc <= self._issued.floor(last):
                raise StoreFault(reason="order", last=self._issued.floor(last), given=entries[0].hlc)
            self._issued.reserve(last, entries[-1].hlc)
            rows: list[Row] = []
            for entry in entries:
                if entry.hlc <= last:
                    raise StoreFault(reason="order", last=last, given=entry.hlc)
                sealed = self._vault.seal(entry.unit, entry.body or b"", _place(entry.hlc))
                digest, last, kind = sha256(sealed).digest(), entry.hlc, entry.kind.value
                chain = link(chain, _told(last, kind, entry.subject, entry.unit, entry.source, digest))
                rows.append((last, kind, entry.subject, entry.unit, entry.source, digest, chain, sealed))
            self._db.load("log", _COLUMNS, rows)
            self._db.many("UPDATE head SET seq = ?, chain = ? WHERE name = 'log'", [(last, chain)])

    def _head(self) -> tuple[int, bytes]:
        sql = "SELECT seq, chain, term FROM head WHERE name = 'log'" + self._db.dialect.for_update
        found = self._db.one(sql) or (0, None, 0)
        if self.term is not None and found[2] != self.term:
            raise StoreFault(reason="not-sequencer", term=self.term, found=found[2])
        return int(found[0]), bytes(found[1] or START)

    def last(self) -> Moment:
        """The `hlc` of the last entry; 0 where there is none."""
        found = self._db.one("SELECT seq FROM head WHERE name = 'log'")
        return Moment(found[0] if found else 0)

    def floor(self) -> Moment:
        """Above which the next entry begins: the last one, or after a restore all that was ever issued."""
        return self._issued.floor(self.last())

    def missing(self) -> tuple[Moment, Moment] | None:
        """After a restore from a backup: the last entry that is there, and above which new ones begin; else None."""
        return self._issued.missing(self.last())

    def after(self, cursor: int, limit: int) -> list[Entry]:
        """Entries with a greater `hlc`, in order; bodies that were erased are None."""
        return self._opened(self._db.rows(_SELECT + "WHERE hlc > ? ORDER BY hlc LIMIT ?", (cursor, limit)))

    def of(self, subject: str, limit: int = 1000) -> list[Entry]:
        """The entries about a subject, oldest first."""
        return self._opened(self._db.rows(_SELECT + "WHERE subject = ? ORDER BY hlc LIMIT ?", (subject, limit)))

    def about(self, subjects: Sequence[str], upto: int) -> list[Entry]:
        """Every entry about one of some subjects with `hlc` <= upto, in order; bodies that were erased are None."""
        rows = [row for subject in dict.fromkeys(subjects)
                for row in self._db.rows(_SELECT + "WHERE subject = ? AND hlc <= ?", (subject, upto))]  # fmt: skip
        return self._opened(sorted(rows, key=lambda row: row[0]))

    def about_each(self, upto: Mapping[str, int]) -> dict[str, list[Entry]]:
        """Every entry about each of many subjects, in order: of each up to its own `hlc`, later ones are not opened.

        Args:
            upto: Subject to the last `hlc` that counts.
        """
        rows = [row for row in among(self._db, _SELECT + "WHERE subject IN ({})", list(upto)) if row[0] <= upto[row[2]]]
        found: dict[str, list[Entry]] = {}
        for entry in self._opened(sorted(rows, key=lambda row: row[0])):
            found.setdefault(entry.subject, []).append(entry)
        return found

    def get(self, hlc: int) -> Entry | None:
        """One entry."""
        return next(iter(self._opened(self._db.rows(_SELECT + "WHERE hlc = ?", (hlc,)))), None)

    def _opened(self, rows: Sequence[Row]) -> list[Entry]:
        opened, moved = [], self._moved(rows)
        for hlc, kind, subject, unit, source, _, _, kept in rows:
            sealed = moved.get((hlc,)) if kept is None else kept
            body = self._vault.unseal(unit, sealed, _place(hlc))
            opened.append(Entry(Moment(hlc), EntryKind(kind), subject, unit, body, source))
        return opened

    def _moved(self, rows: Sequence[Row]) -> Mapping[tuple[int], bytes]:
        """Bodies that lie in the archive."""
        return self._archived.bodies("log", [((row[0],), row[0]) for row in rows if row[-1] is None])

    def verify(self) -> Verified:
        """Read the whole chain again. An erased body does not break it: its digest stays."""
        with self._db.reading():
            expected, _, _ = self._db.one("SELECT seq, chain, term FROM head WHERE name = 'log'") or (0, None, 0)
            last, chain, count = 0, START, 0
            while rows := self._db.rows(_SELECT + "WHERE hlc > ? ORDER BY hlc LIMIT ?", (last, _STRIDE)):
                moved = self._moved(rows)
                for hlc, kind, subject, unit, source, digest, kept, here in rows:
                    sealed = moved.get((hlc,)) if here is None else here
                    fits = sealed is None or sha256(sealed).digest() == digest
                    linked = link(chain, _told(hlc, kind, subject, unit, source, digest))
                    if not fits or linked != kept:
                        return Verified(count, chain.hex(), hlc)
                    last, chain, count = hlc, linked, count + 1
        return Verified(count, chain.hex(), None if last == expected else expected)
