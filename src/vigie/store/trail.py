"""The audit trail: who looked at what, what for, and what became of it; chained, appended by any process."""

from collections.abc import Sequence

import msgspec

from vigie.store.chain import START, Verified, link
from vigie.store.db import Args, Db, Row
from vigie.store.together import Together
from vigie.terms import AuditEntry, Moment, OfficerId, Purpose

_COLUMNS = ("seq", "moment", "officer", "purpose", "act", "subject", "outcome", "facts", "chain")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM trail "
_STRIDE = 5_000  # rows read at once when the chain is verified
_CANON = msgspec.json.Encoder(order="sorted")


class Trodden(msgspec.Struct, frozen=True):
    """An entry of the trail as kept. seq: Its number, from 1, without gaps. chain: Its hash, hexadecimal."""

    seq: int
    entry: AuditEntry
    chain: str


class Trail:
    """The audit trail."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._together = Together(db, self._kept)

    def keep(self, *entries: AuditEntry) -> None:
        """Append entries. Outside a transaction they are on the disk when this returns."""
        if entries:
            self._together(entries)

    def _kept(self, entries: Sequence[AuditEntry]) -> list[int]:
        """Append entries; gives their numbers."""
        found = self._db.one("SELECT seq, chain FROM head WHERE name = 'trail'" + self._db.dialect.for_update)
        before, chain = (found[0], bytes(found[1] or START)) if found else (0, START)
        rows: list[Row] = []
        for seq, entry in enumerate(entries, before + 1):
            chain = link(chain, _CANON.encode((seq, entry)))
            facts = _CANON.encode(entry.facts).decode()
            rows.append((seq, entry.at, entry.officer, entry.purpose.value, entry.act, entry.subject,
                         entry.outcome, facts, chain))  # fmt: skip
        self._db.load("trail", _COLUMNS, rows)
        self._db.run("UPDATE head SET seq = ?, chain = ? WHERE name = 'trail'", (before + len(rows), chain))
        return [row[0] for row in rows]

    def page(
        self, before: int | None = None, limit: int = 50, *, officer: str = "", subject: str = "", act: str = "",
        outcome: str = "", start: int = 0, end: int = 1 << 53,
    ) -> list[Trodden]:  # fmt: skip
        """Entries, newest first.

        Args:
            before: Only entries with a smaller number. limit: At most so many.
            officer, subject, act, outcome: Only these; empty asks nothing. start, end: Moments, from, to (exclusive).
        """
        clauses, args = ["moment >= ?", "moment < ?"], [start, end]
        asked: tuple[tuple[str, str | int | None], ...] = (
            ("officer = ?", officer), ("subject = ?", subject), ("act = ?", act), ("outcome = ?", outcome),
            ("seq < ?", before),
        )  # fmt: skip
        for clause, value in asked:
            if value not in ("", None):
                clauses.append(clause)
                args.append(value)  # type: ignore[arg-type]
        return self._read(f"WHERE {' AND '.join(clauses)} ORDER BY seq DESC LIMIT ?", (*args, limit))

    def tally(self, act: str, start: int) -> list[tuple[str, str, str, int]]:
        """How often an act was done or refused since a moment: (officer, subject, outcome, n)."""
        sql = (
            "SELECT officer, subject, outcome, count(*) FROM trail WHERE act = ? AND moment >= ?"
            " GROUP BY officer, subject, outcome ORDER BY officer, subject, outcome"
        )
        return [(str(o), str(s), str(r), int(n)) for o, s, r, n in self._db.rows(sql, (act, start))]

    def after(self, seq: int, limit: int) -> list[Trodden]:
        """Entries with a greater number, in order: for an export."""
        return self._read("WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit))

    def _read(self, where: str, args: Args) -> list[Trodden]:
        return [_trodden(row) for row in self._db.rows(_SELECT + where, args)]

    def verify(self) -> Verified:
        """Read the whole chain again; an entry that cannot be read counts as broken."""
        with self._db.reading():
            found = self._db.one("SELECT seq FROM head WHERE name = 'trail'")
            chain, count = START, 0
            while rows := self._db.rows(_SELECT + "WHERE seq > ? ORDER BY seq LIMIT ?", (count, _STRIDE)):
                for row in rows:
                    try:
                        trodden = _trodden(row)
                    except (ValueError, msgspec.MsgspecError):
                        return Verified(count, chain.hex(), row[0])
                    linked = link(chain, _CANON.encode((trodden.seq, trodden.entry)))
                    if row[0] != count + 1 or linked.hex() != trodden.chain:
                        return Verified(count, chain.hex(), row[0])
                    chain, count = linked, count + 1
        expected = int(found[0]) if found else 0
        return Verified(count, chain.hex(), None if count == expected else count + 1)


def _trodden(row: Row) -> Trodden:
    seq, moment, officer, purpose, act, subject, outcome, facts, chain = row
    told = msgspec.json.decode(facts, type=dict[str, str | int | float | bool | None])
    entry = AuditEntry(OfficerId(officer), Purpose(purpose), act, subject, outcome, Moment(moment), told)
    return Trodden(seq, entry, bytes(chain).hex())
