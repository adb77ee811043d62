"""The exchange log: the own one with its tree, what partners sent of theirs, signed heads, and what waits for whom."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from hmac import digest

import msgspec

from vigie.exchange import (
    SALT_BYTES,
    Countersigned,
    Entry,
    Growing,
    Head,
    Header,
    SignedHead,
    Tree,
    leaf_of,
    peek,
    peek_header,
)
from vigie.store.db import Db, Row, among, remove
from vigie.store.erasing import Erasing
from vigie.store.exchange_seen import SeenHeads
from vigie.store.vault import Vault
from vigie.terms import Moment, Purpose

_ENTRY = ("origin", "seq", "id", "version", "kind", "header", "body_hash", "received", "unit", "body")
_READ = "SELECT origin, seq, header, body_hash, unit, body FROM exchange_entry "
_PURPOSES = tuple(one.value for one in Purpose)
_OWN = "SELECT size, root FROM exchange_size WHERE name = 'own'"


class Exchanged:
    """The exchange log. Bodies lie sealed with their salts, each under an erasure unit of its own."""

    def __init__(self, db: Db, vault: Vault, erasing: Erasing) -> None:
        self._db, self._vault, self._erasing = db, vault, erasing
        self._turn = threading.Lock()
        self._edge: Growing | None = None
        self._label = b""
        self.views = SeenHeads(db)
        self._counted: dict[str, tuple[int, int, int]] = {}  # of partners: from when, up to when, how many things

    def size(self) -> int:
        """How many entries the own log has."""
        found = self._db.one(_OWN)
        return int(found[0]) if found else 0

    def queue(self) -> int:
        """Wait for one's turn to append and hold it until the transaction ends; the place of the next entry."""
        found = self._db.one(_OWN + self._db.dialect.for_update)
        return int(found[0]) if found else 0

    def tree(self, size: int | None = None) -> Tree:
        """The tree over the own log, or over its first entries."""
        return Tree(self._tile, self.size() if size is None else size)

    def _tile(self, level: int, place: int) -> bytes:
        found = self._db.one("SELECT hashes FROM exchange_tile WHERE level = ? AND place = ?", (level, place))
        return bytes(found[0]) if found else b""

    def append(
        self, entries: Sequence[tuple[Header, Entry]], now: Moment, terms: Sequence[Iterable[str]] = ()
    ) -> bytes:
        """Append to the own log, after `queue`, in the same transaction; gives the new head of the tree.

        Args:
            terms: What each entry speaks of; see `index`.
        """
        size, root = self._db.one(_OWN) or (0, None)
        with self._turn:
            edge = self._edge
            if edge is None or (edge.size, edge.root()) != (size, root and bytes(root)):
                edge = self._edge = self.tree(size).growing()  # another process appended, or all was rolled back
            edge.extend(leaf_of(entry) for _, entry in entries)
            tiles, root = edge.take(), edge.root()
            sql = "INSERT INTO exchange_tile (level, place, hashes) VALUES (?, ?, ?)" \
                " ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes"  # fmt: skip
            self._db.many(sql, tiles)
            self.keep(entries, now, terms)
            self._db.run("UPDATE exchange_size SET size = ?, root = ? WHERE name = 'own'", (edge.size, root))
            return root

    def keep(
        self, entries: Sequence[tuple[Header, Entry]], now: Moment, terms: Sequence[Iterable[str]] = ()
    ) -> None:
        """Keep entries of a partner's log; ones that are here already must not be given again.

        Args:
            terms: What each speaks of; see `index`.
        """
        units = self._put(entries, now)
        rows = [
            (unit, self._term(one), header.id)
            for (header, _), unit, told in zip(entries, units, terms, strict=False) for one in sorted(set(told))
        ]  # fmt: skip
        self._db.fill("exchange_term", ("unit", "term", "id"), rows)

    def _put(self, entries: Sequence[tuple[Header, Entry]], now: Moment) -> Sequence[int]:
        units = self._vault.units(len(entries)) if entries else range(0)
        self._vault.ready(units)
        self._db.load("exchange_entry", _ENTRY, [
            (head.origin, head.seq, head.id, head.version, head.kind.value, entry.header, entry.body_hash, now, unit,
             self._seal(head, entry, unit))
            for (head, entry), unit in zip(entries, units, strict=True)
        ])  # fmt: skip
        return units

    def _seal(self, header: Header, entry: Entry, unit: int) -> bytes | None:
        if entry.body is None or entry.salt is None:
            return None
        return self._vault.seal(unit, entry.salt + entry.body, place_of(header.origin, header.seq))

    def known(self, origin: str, seqs: Sequence[int]) -> dict[int, bytes]:
        """Leaf hashes of those entries of a log that are here."""
        sql = "SELECT seq, header, body_hash FROM exchange_entry WHERE origin = ? AND seq IN ({})"
        rows = among(self._db, sql, seqs, before=(origin,))
        return {int(seq): leaf_of(Entry(bytes(header), bytes(told))) for seq, header, told in rows}

    def upto(self, origin: str) -> int:
        """The last place of a log of which an entry is here; -1 where none is."""
        found = self._db.one("SELECT max(seq) FROM exchange_entry WHERE origin = ?", (origin,))
        return int(found[0]) if found and found[0] is not None else -1

    def get(self, origin: str, seqs: Sequence[int]) -> list[tuple[Header, Entry]]:
        """Entries by their places, in order; bodies that were erased are None."""
        rows = among(self._db, _READ + "WHERE origin = ? AND seq IN ({})", sorted(set(seqs)), before=(origin,))
        found = {int(row[1]): row for row in rows}  # places are filled up by repeating: each is kept once
        return [self._entry(found[seq]) for seq in sorted(found)]

    def outgoing(self, me: str, partner: str, limit: int, after: int) -> list[tuple[int, Entry]]:
        """Entries of the own log for a partner after a place, in order, as they go to it; erased bodies are None."""
        sql = (
            "SELECT o.seq, e.header, e.body_hash, e.unit, e.body FROM exchange_outbox o JOIN exchange_entry e"
            " ON e.origin = ? AND e.seq = o.seq WHERE o.partner = ? AND o.seq > ? ORDER BY o.seq LIMIT ?"
        )
        rows = self._db.rows(sql, (me, partner, after, limit))
        self._vault.ready([row[3] for row in rows])
        return [(row[0], self._closed(me, *row)) for row in rows]

    def _closed(self, origin: str, seq: int, header: bytes, told: bytes, unit: int, sealed: bytes | None) -> Entry:
        open_body = self._vault.unseal(unit, None if sealed is None else bytes(sealed), place_of(origin, seq))
        salt, body = (open_body[:SALT_BYTES], open_body[SALT_BYTES:]) if open_body is not None else (None, None)
        return Entry(bytes(header), bytes(told), salt, body)

    def of(self, id: str) -> list[tuple[Header, Entry]]:
        """All entries about a thing, by version and origin."""
        return [self._entry(row) for row in self._db.rows(_READ + "WHERE id = ? ORDER BY version, origin", (id,))]

    def page(self, origin: str, before: int = 1 << 53, limit: int = 50) -> list[tuple[Header, Entry]]:
        """Entries of one log, newest first."""
        where = "WHERE origin = ? AND seq < ? ORDER BY seq DESC LIMIT ?"
        return [self._entry(row) for row in self._db.rows(_READ + where, (origin, before, limit))]

    def since(self, origin: str, start: Moment) -> list[Header]:
        """Headers of the entries of one log that came from a moment on."""
        sql = "SELECT header FROM exchange_entry WHERE origin = ? AND received >= ? ORDER BY seq"
        return [peek_header(bytes(row[0])) for row in self._db.rows(sql, (origin, start))]

    def _entry(self, row: Row) -> tuple[Header, Entry]:
        entry = self._closed(*row)
        return peek_header(entry.header), entry

    def erase(self, id: str, versions: Sequence[int]) -> int:
        """Destroy the bodies of versions of a thing, whoever sent them, and what was derived from them; how many.

        The keys go once the transaction at hand is on the disk (`Erasing`): what counts as taken back is erased, and
        what was undone is not.
        """
        sql = "SELECT unit FROM exchange_entry WHERE id = ? AND body IS NOT NULL AND version IN ({})"
        units = sorted({int(row[0]) for row in among(self._db, sql, versions, before=(id,))})
        if not units:
            return 0
        with self._erasing.transaction():
            remove(self._db, "UPDATE exchange_entry SET body = NULL WHERE unit IN ({})", units)
            remove(self._db, "DELETE FROM exchange_term WHERE unit IN ({})", units)
            self._erasing.mark(units)
        return len(units)

    def index(self, origin: str, seq: int, terms: Iterable[str]) -> None:
        """Make a thing findable by what it speaks of; only keyed hashes are kept."""
        found = self._db.one("SELECT id, unit FROM exchange_entry WHERE origin = ? AND seq = ?", (origin, seq))
        if found is not None:
            rows = [(found[1], self._term(one), found[0]) for one in sorted(set(terms))]
            self._db.fill("exchange_term", ("unit", "term", "id"), rows)

    def find(self, term: str) -> list[str]:
        """The things that speak of something: a container number, a place."""
        sql = "SELECT DISTINCT id FROM exchange_term WHERE term = ? ORDER BY id"
        return [str(row[0]) for row in self._db.rows(sql, (self._term(term),))]

    def those(self, terms: Iterable[str]) -> dict[str, list[str]]:
        """The things that speak of each of some terms; a term of which nothing speaks is left out."""
        named = {self._term(one): one for one in terms}
        sql = "SELECT DISTINCT term, id FROM exchange_term WHERE term IN ({}) ORDER BY term, id"
        found: dict[str, list[str]] = {}
        for term, id in among(self._db, sql, sorted(named)):
            found.setdefault(named[str(term)], []).append(str(id))
        return found

    def knows_terms(self) -> bool:
        """Whether anything is told of anything."""
        return self._db.one("SELECT 1 FROM exchange_term LIMIT 1") is not None

    def came(self, id: str) -> dict[tuple[str, int], Moment]:
        """When the versions of a thing were written or came, by origin and version."""
        sql = "SELECT origin, version, min(received) FROM exchange_entry WHERE id = ? GROUP BY origin, version"
        return {(str(origin), int(version)): Moment(at) for origin, version, at in self._db.rows(sql, (id,))}

    def _term(self, text: str) -> str:
        self._label = self._label or self._vault.secret("exchange-terms")
        return digest(self._label, text.encode(), "sha256").hex()[:32]

    def count(self, partner: str, since: Moment) -> int:
        """How many things were told to a partner from a moment on.

        What was counted before is kept: only what came and what fell out of the span since then is looked through.
        """
        with self._db.reading():
            start, upto, known = self._counted.get(partner, (since, since, 0))
            if since < start:
                start, upto, known = since, since, 0
            end = int((self._db.one("SELECT added FROM exchange_size WHERE name = 'own'") or (0,))[0])
            known -= self._told(partner, start, min(since, upto))
            known += self._told(partner, max(since, upto), max(end, since))
        if not self._db.busy():  # what is counted in a transaction may yet be undone
            self._counted[partner] = (since, max(end, since, upto), known)
        return known

    def _told(self, partner: str, start: int, end: int) -> int:
        if start >= end:
            return 0
        marks = ",".join("?" * len(Purpose))
        sql = f"SELECT count(*) FROM exchange_outbox WHERE partner = ? AND purpose IN ({marks})"
        found = self._db.one(sql + " AND added >= ? AND added < ?", (partner, *_PURPOSES, start, end))
        return int(found[0]) if found else 0

    def put_head(self, head: Head, signed: SignedHead, words: Iterable[Countersigned] = ()) -> None:
        """Keep a signed head, and who says to have seen it."""
        row = (head.origin, head.size, signed.told, signed.signature)
        with self._db.transaction():
            if self.head(head.origin, head.size) is None:
                self._db.load("exchange_head", ("origin", "size", "told", "signature"), [row])
            sql = (
                "INSERT INTO exchange_word (origin, size, node, key, signature, upto) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (origin, size, node) DO UPDATE SET key = excluded.key,"
                " signature = excluded.signature, upto = excluded.upto"
            )
            self._db.many(sql, [(head.origin, head.size, one.by, one.key, one.signature, one.upto) for one in words])

    def head(self, origin: str, size: int | None = None) -> SignedHead | None:
        """A signed head of a log: of a size, or the latest."""
        where, args = (
            ("AND size = ? ", (origin, size)) if size is not None else ("ORDER BY size DESC LIMIT 1", (origin,))
        )
        found = self._db.one(f"SELECT told, signature FROM exchange_head WHERE origin = ? {where}", args)
        return SignedHead(bytes(found[0]), bytes(found[1])) if found else None

    def last(self, origin: str) -> Head | None:
        """What the latest head of a log says."""
        found = self.head(origin)
        return None if found is None else peek(found)

    def words(self, origin: str, size: int) -> list[Countersigned]:
        """Who says to have seen a head."""
        sql = "SELECT node, key, signature, upto FROM exchange_word WHERE origin = ? AND size = ? ORDER BY node"
        return [
            Countersigned(node, key, bytes(told), upto, size)
            for node, key, told, upto in self._db.rows(sql, (origin, size))
        ]

    def claim(self, now: Moment, count: int) -> int:
        """Claim so many microseconds, from now or after all claimed before: the first of them. Use it after `queue`."""
        sql = "UPDATE exchange_size SET added = CASE WHEN added < ? THEN ? ELSE added END + ? WHERE name = 'own'" \
            " RETURNING added"  # fmt: skip
        found = self._db.one(sql, (now, now, count))
        return int(found[0]) - count if found else now

    def send(self, partner: str, rows: Sequence[tuple[int, str, int]]) -> None:
        """Let entries of the own log wait for a partner: place, what it is for, and when it was added, rising."""
        columns = ("partner", "seq", "purpose", "added")
        self._db.fill("exchange_outbox", columns, [(partner, *row) for row in rows])

    def waiting(self, partner: str, limit: int = 500, after: int | None = None) -> list[int]:
        """Places of entries for a partner, in order: those that it has not acknowledged, or all after a place."""
        start = self.acked(partner) if after is None else after
        sql = "SELECT seq FROM exchange_outbox WHERE partner = ? AND seq > ? ORDER BY seq LIMIT ?"
        return [int(row[0]) for row in self._db.rows(sql, (partner, start, limit))]

    def purpose(self, origin: str, id: str) -> str:
        """What the entries about a thing in the own log are for; empty where nobody was told."""
        told = self._db.rows("SELECT origin, seq, header FROM exchange_entry WHERE id = ?", (id,))  # few have one id
        sql = "SELECT purpose FROM exchange_outbox WHERE partner = ? AND seq = ? AND purpose <> ''"
        for seq, header in (row[1:] for row in told if row[0] == origin):
            for partner in peek_header(bytes(header)).audience:  # by partner and place: a place alone has no index
                found = self._db.one(sql, (partner, seq))
                if found is not None:
                    return str(found[0])
        return ""

    def due(self, partner: str, before: int = 1 << 53) -> int:
        """The last place before a place of an entry for a partner; -1 where there is none."""
        sql = "SELECT seq FROM exchange_outbox WHERE partner = ? AND seq < ? ORDER BY seq DESC LIMIT 1"
        found = self._db.one(sql, (partner, before))
        return int(found[0]) if found else -1

    def acked(self, partner: str) -> int:
        """Up to which place a partner acknowledged to have what was for it; -1: nothing."""
        found = self._db.one("SELECT acked FROM exchange_partner WHERE partner = ?", (partner,))
        return int(found[0]) if found else -1

    def acknowledged(self, partner: str, upto: int, size: int) -> None:
        """A partner has what was for it up to a place (included), and has seen the own log up to a size."""
        with self._db.transaction():
            self._db.run("DELETE FROM exchange_offer WHERE partner = ? AND size < ?", (partner, size))
            sql = "INSERT INTO exchange_partner (partner, sent, heard, acked) VALUES (?, ?, 0, ?)" \
                " ON CONFLICT (partner) DO UPDATE SET sent = excluded.sent, acked = excluded.acked"  # fmt: skip
            seen, acked = max(size, self.seen(partner)), max(upto, self.acked(partner))
            self._db.run(sql, (partner, seen, acked))

    def offer(self, partner: str, size: int) -> None:
        """A head of this size was made for a partner; it may know it from now on."""
        self._db.fill("exchange_offer", ("partner", "size"), [(partner, size)])

    def offers(self, partner: str, limit: int = 32) -> list[int]:
        """Sizes that a partner may know: the last one it is known to have seen, and the newest made for it since."""
        sql = "SELECT size FROM exchange_offer WHERE partner = ? ORDER BY size DESC LIMIT ?"
        return sorted({self.seen(partner), *(int(row[0]) for row in self._db.rows(sql, (partner, limit)))})

    def seen(self, partner: str) -> int:
        """Up to which size a partner has seen the own log."""
        found = self._db.one("SELECT sent FROM exchange_partner WHERE partner = ?", (partner,))
        return int(found[0]) if found else 0

    def heard(self, partner: str, now: Moment) -> None:
        """A partner was heard of."""
        sql = "INSERT INTO exchange_partner (partner, sent, heard) VALUES (?, 0, ?)" \
            " ON CONFLICT (partner) DO UPDATE SET heard = excluded.heard"  # fmt: skip
        self._db.run(sql, (partner, now))

    def partners(self) -> Mapping[str, tuple[int, int, int]]:
        """Partners: how many entries wait for each, up to where it has seen the own log, when it was heard of last."""
        told = "SELECT partner, sent, heard, acked FROM exchange_partner"
        known = {str(name): (int(sent), int(heard), int(acked)) for name, sent, heard, acked in self._db.rows(told)}
        found = {}
        for name in sorted({*known, *self._told_partners()}):
            sent, heard, acked = known.get(name, (0, 0, -1))
            waits = self._db.one("SELECT count(*) FROM exchange_outbox WHERE partner = ? AND seq > ?", (name, acked))
            found[name] = (int(waits[0]) if waits else 0, sent, heard)
        return found

    def _told_partners(self) -> list[str]:
        """Who was ever told anything: from one name to the next, not through all that was told."""
        names: list[str] = []
        sql = "SELECT partner FROM exchange_outbox WHERE partner > ? ORDER BY partner LIMIT 1"
        while found := self._db.one(sql, (names[-1] if names else "",)):
            names.append(str(found[0]))
        return names


def place_of(origin: str, seq: int) -> bytes:
    """What binds a sealed body to its place."""
    return msgspec.msgpack.encode(("exchange", origin, seq))
