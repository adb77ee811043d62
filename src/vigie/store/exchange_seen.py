"""Heads of partners' logs as others were shown them, and what became of each: proved, or a second past."""

from vigie.exchange import Seen, SignedHead, View
from vigie.store.db import Db, Row
from vigie.terms import Moment

_READ = "SELECT origin, shown_by, told, signature, at, asked, missed, state, against FROM exchange_seen "


class SeenHeads:
    """The latest head of each log that each partner showed."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def of(self, origin: str) -> list[Seen]:
        """What is known of one log through others."""
        return [_seen(row) for row in self._db.rows(_READ + "WHERE origin = ? ORDER BY shown_by", (origin,))]

    def one(self, origin: str, shown_by: str) -> Seen | None:
        """What one partner showed of a log."""
        row = self._db.one(_READ + "WHERE origin = ? AND shown_by = ?", (origin, shown_by))
        return _seen(row) if row else None

    def split(self) -> list[Seen]:
        """Heads that cannot be true beside what we were shown: their logs are not believed."""
        return [
            _seen(row)
            for row in self._db.rows(_READ + "WHERE state = ? ORDER BY origin, shown_by", (View.SPLIT.value,))
        ]

    def put(self, told: Seen) -> None:
        """Keep a head in place of what that partner showed before."""
        sql = (
            "INSERT INTO exchange_seen (origin, shown_by, size, told, signature, at, asked, missed, state, against)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (origin, shown_by) DO UPDATE SET size = excluded.size,"
            " told = excluded.told, signature = excluded.signature, at = excluded.at, asked = excluded.asked,"
            " missed = excluded.missed, state = excluded.state, against = excluded.against"
        )
        self._db.run(sql, (told.origin, told.shown_by, told.head.size, told.signed.told, told.signed.signature, told.at,
                           told.asked, told.missed, told.state.value, told.against))  # fmt: skip

    def wanted(self, origin: str, limit: int = 16) -> list[int]:
        """Sizes of heads of a log whose growth is to be proved, those asked for least first."""
        sql = "SELECT size FROM exchange_seen WHERE origin = ? AND state = ? ORDER BY asked, size LIMIT ?"
        return [int(row[0]) for row in self._db.rows(sql, (origin, View.OPEN.value, limit))]

    def asked(self, origin: str) -> None:
        """Its originator was asked to prove what is open."""
        self._db.run(
            "UPDATE exchange_seen SET asked = asked + 1 WHERE origin = ? AND state = ?", (origin, View.OPEN.value)
        )

    def believe(self, origin: str, now: Moment) -> int:
        """What was a second past is settled; gives how many."""
        sql = "UPDATE exchange_seen SET state = ?, at = ? WHERE origin = ? AND state = ?"
        return self._db.run(sql, (View.PAST.value, now, origin, View.SPLIT.value))


def _seen(row: Row) -> Seen:
    origin, shown_by, told, signature, at, asked, missed, state, against = row
    signed = SignedHead(bytes(told), bytes(signature))
    return Seen(str(origin), str(shown_by), signed, Moment(at), int(asked), int(missed), View(state), int(against))
