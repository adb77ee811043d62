"""What clients of TAXII poll: entries of the own log by purpose and moment; their tokens, and what became of pushes."""

from vigie.exchange import SALT_BYTES, TaxiiRow
from vigie.store.db import Db, Row
from vigie.store.exchange import place_of
from vigie.store.vault import Vault
from vigie.terms import Moment

_READ = (
    "SELECT o.added, o.seq, e.kind, e.id, e.version, e.unit, e.body, e.received FROM exchange_outbox o"
    " JOIN exchange_entry e ON e.origin = ? AND e.seq = o.seq WHERE o.partner = ? AND o.purpose = ?"
)
_GONE = ("retract", "expire")
_SHOWN = " AND (e.body IS NOT NULL OR e.kind IN ('retract', 'expire'))"


class Collections:
    """Entries by purpose and moment, for one partner; tokens of clients; what became of pushes."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    def rows(self, me: str, partner: str, purpose: str, first: int, limit: int) -> list[TaxiiRow]:
        """Entries for a partner from a moment on, in order; erased ones are left out."""
        sql = _READ + " AND o.added >= ?" + _SHOWN + " ORDER BY o.added LIMIT ?"
        rows = self._db.rows(sql, (me, partner, purpose, first, limit))
        self._vault.ready([row[5] for row in rows])
        return [self._row(me, row) for row in rows]

    def latest(self, me: str, partner: str, purpose: str, limit: int) -> list[TaxiiRow]:
        """The newest entries for a partner, the newest first."""
        sql = _READ + " AND e.body IS NOT NULL ORDER BY o.added DESC LIMIT ?"
        return [self._row(me, row) for row in self._db.rows(sql, (me, partner, purpose, limit))]

    def holding(self, partner: str, purpose: str, moment: int) -> int:
        """The moment of the entry to whose objects a moment belongs; itself where there is none."""
        sql = "SELECT max(added) FROM exchange_outbox WHERE partner = ? AND purpose = ? AND added <= ?"
        found = self._db.one(sql, (partner, purpose, moment))
        return int(found[0]) if found and found[0] is not None else moment

    def of(self, me: str, partner: str, purpose: str, id: str) -> list[TaxiiRow]:
        """Entries for a partner about one thing."""
        found = []
        sql = "SELECT origin, seq, kind, version, unit, body, received FROM exchange_entry WHERE id = ?"
        for origin, seq, kind, version, unit, sealed, received in self._db.rows(sql, (id,)):
            if origin == me and (sealed is not None or kind in _GONE):
                told = "SELECT added, purpose FROM exchange_outbox WHERE partner = ? AND seq = ?"
                added, meant = self._db.one(told, (partner, seq)) or (0, "")
                if meant == purpose:
                    found.append(self._row(me, (added, seq, kind, id, version, unit, sealed, received)))
        return sorted(found, key=lambda row: row.added)

    def added(self, partner: str, seq: int) -> int:
        """The moment of an entry for a partner; -1 where there is none."""
        found = self._db.one("SELECT added FROM exchange_outbox WHERE partner = ? AND seq = ?", (partner, seq))
        return int(found[0]) if found else -1

    def _row(self, me: str, row: Row) -> TaxiiRow:
        added, seq, kind, id, version, unit, sealed, received = row
        told: bytes | None = None
        if kind not in _GONE and sealed is not None:
            told = self._vault.unseal(unit, bytes(sealed), place_of(me, seq))
        return TaxiiRow(added, seq, kind, id, version, told and told[SALT_BYTES:], received)

    def give(self, digest: str, partner: str, officer: str, made: Moment, ends: Moment) -> None:
        """Keep the hash of a token."""
        columns = ("digest", "partner", "officer", "made", "ends")
        self._db.load("exchange_token", columns, [(digest, partner, officer, made, ends)])

    def holder(self, digest: str, now: Moment) -> str | None:
        """Whose token it is, while it is good."""
        found = self._db.one("SELECT partner FROM exchange_token WHERE digest = ? AND ends > ?", (digest, now))
        return str(found[0]) if found else None

    def withdraw(self, partner: str) -> int:
        """Take all tokens of a partner back; how many there were."""
        return self._db.run("DELETE FROM exchange_token WHERE partner = ?", (partner,))

    def tokens(self) -> list[tuple[str, str, Moment, Moment]]:
        """Partners with tokens: who gave each, when, and until when it is good."""
        sql = "SELECT partner, officer, made, ends FROM exchange_token ORDER BY partner, ends"
        return [(str(a), str(b), Moment(c), Moment(d)) for a, b, c, d in self._db.rows(sql)]

    def keep_status(self, id: str, partner: str, made: Moment, body: str) -> None:
        """Keep what became of a push."""
        self._db.load("exchange_pushed", ("id", "partner", "made", "body"), [(id, partner, made, body)])

    def status(self, id: str, partner: str) -> str | None:
        """What became of a push of a partner."""
        found = self._db.one("SELECT body FROM exchange_pushed WHERE id = ? AND partner = ?", (id, partner))
        return str(found[0]) if found else None
