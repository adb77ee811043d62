"""Watch lists: reasons and notes sealed, values open for matching (parties as pseudonyms)."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from vigie.store.db import Db, Row, among
from vigie.store.vault import Vault
from vigie.terms import Moment
from vigie.tracking import Reach, WatchEntry, WatchList

_LIST = msgspec.json.Decoder(WatchList)
_ENTRY = (
    "INSERT INTO watch_entry (list, kind, value, added, officer, note) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (list, kind, value) DO UPDATE SET note = excluded.note"
)
_ROWS = "SELECT e.list, e.kind, e.value, e.added, e.officer, e.note, w.unit FROM watch_entry e" \
    " JOIN watchlist w ON w.id = e.list "  # fmt: skip


def _note_place(watchlist: str, kind: str, value: str) -> bytes:
    return msgspec.msgpack.encode(("watch", watchlist, kind, value))


class Watchlists:
    """The watch lists of the node. Each list is one erasure unit."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    def stamp(self) -> int:
        """A number that rises with every change, for whoever keeps a copy."""
        found = self._db.one("SELECT value FROM counter WHERE name = 'watch'")
        return int(found[0]) if found else 0

    def _changed(self) -> None:
        self._db.run("UPDATE counter SET value = value + 1 WHERE name = 'watch'")

    def put(self, told: WatchList) -> None:
        """Add a list, or change what it says of itself."""
        sql = (
            "INSERT INTO watchlist (id, expires, handling, unit, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET expires = excluded.expires, handling = excluded.handling, body = excluded.body"
        )
        with self._db.transaction():
            found = self._db.one("SELECT unit FROM watchlist WHERE id = ?", (told.id,))
            unit = int(found[0]) if found else self._vault.units(1)[0]
            body = self._vault.seal(unit, msgspec.json.encode(told), b"watchlist:" + told.id.encode())
            self._db.run(sql, (told.id, told.expires, int(told.handling), unit, body))
            self._changed()

    def get(self, name: str) -> WatchList | None:
        """One list."""
        return next(iter(self._lists("WHERE id = ?", (name,))), None)

    def all(self, reach: Reach | None = None) -> list[WatchList]:
        """All lists whose handling code is in reach, by name; expired ones too."""
        if reach is None:
            return self._lists("ORDER BY id", ())
        return [] if reach.none else self._lists("WHERE handling <= ? ORDER BY id", (reach.clearance,))

    def _lists(self, where: str, args: Sequence[str | int]) -> list[WatchList]:
        found = self._db.rows(f"SELECT id, unit, body FROM watchlist {where}", args)
        opened = (self._vault.unseal(unit, body, b"watchlist:" + name.encode()) for name, unit, body in found)
        return [_LIST.decode(body) for body in opened if body is not None]

    def add(self, name: str, entries: Sequence[WatchEntry]) -> int:
        """Add entries to a list; one that is there gets the new note. How many were given (0: no such list)."""
        with self._db.transaction():
            found = self._db.one("SELECT unit FROM watchlist WHERE id = ?", (name,))
            if found is None:
                return 0
            self._db.many(_ENTRY, [
                (name, e.kind, e.value, e.added, e.by,
                 self._vault.seal(found[0], e.note.encode(), _note_place(name, e.kind, e.value)) if e.note else None)
                for e in entries
            ])  # fmt: skip
            self._changed()
        return len(entries)

    def remove(self, name: str, kind: str, value: str) -> bool:
        """Take an entry off a list; whether it was there."""
        with self._db.transaction():
            sql = "DELETE FROM watch_entry WHERE list = ? AND kind = ? AND value = ?"
            there = self._db.run(sql, (name, kind, value)) > 0
            self._changed()
        return there

    def entries(self, name: str, after: tuple[str, str] = ("", ""), limit: int = 10_000) -> list[WatchEntry]:
        """The entries of a list by kind and value, from after a pair of these."""
        where = "WHERE e.list = ? AND (e.kind, e.value) > (?, ?) ORDER BY e.kind, e.value LIMIT ?"
        return [self._entry(row) for row in self._db.rows(_ROWS + where, (name, *after, limit))]

    def _entry(self, row: Row) -> WatchEntry:
        name, kind, value, added, officer, note, unit = row
        told = self._vault.unseal(unit, note, _note_place(name, kind, value))
        return WatchEntry(kind, value, told.decode() if told else "", Moment(added), officer)

    def count(self, name: str) -> int:
        """How many entries a list has."""
        found = self._db.one("SELECT count(*) FROM watch_entry WHERE list = ?", (name,))
        return int(found[0]) if found else 0

    def matches(self, terms: Sequence[tuple[str, str]], now: Moment) -> list[tuple[WatchList, WatchEntry]]:
        """What the lists that have not expired say of terms, each (kind, value)."""
        values: dict[str, set[str]] = defaultdict(set)
        for kind, value in terms:
            values[kind].add(value)
        found: list[Row] = []
        with self._db.reading():
            for kind, asked in sorted(values.items()):
                where = "WHERE e.kind = ? AND w.expires > ? AND e.value IN ({})"
                found += among(self._db, _ROWS + where, sorted(asked), before=(kind, now))
            lists = {told.id: told for told in self.all()} if found else {}
        return [(lists[row[0]], self._entry(row)) for row in found if row[0] in lists]
