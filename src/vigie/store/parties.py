"""Parties under their pseudonyms: names sealed, found again by keyed hashes of their words."""

import hmac
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from vigie.store.db import Db, Row, among
from vigie.store.listing import reach_where
from vigie.store.nearness import less_one, within_one
from vigie.store.vault import Vault
from vigie.store.visits import Visits
from vigie.terms import Moment, Party, PartyKey, VisitId, plain_name, visit_id
from vigie.tracking import Hit, Merge, Reach

_LINK = ("visit", "role", "party")
_LONGEST = 24  # letters of a word that are hashed: longer words are cut, so that a line of junk makes 25 rows at most
_WORDS = 8  # words of a name that are hashed
_REMEMBERED = 200_000  # pseudonyms known to be kept, about 15 MB
_CANDIDATES = 500  # parties opened to compare names, at most
_DECODER = msgspec.json.Decoder(Party)


def _place(key: int) -> bytes:
    return b"party:%d" % key


def _words(name: str) -> list[str]:
    return [word[:_LONGEST] for word in plain_name(name).split()][:_WORDS]


class Parties:
    """The parties of the node. In the open stand pseudonyms and keyed hashes, both useless without the keys."""

    def __init__(self, db: Db, vault: Vault, visits: Visits) -> None:
        self._db, self._vault, self._visits = db, vault, visits
        self._known: set[int] = set()

    def forget(self) -> None:
        """Drop what was remembered: a transaction was rolled back, or a party erased."""
        self._known.clear()

    def _hash(self, text: str, secret: bytes) -> int:
        return int.from_bytes(hmac.digest(secret, text.encode(), sha256)[:8], "big") >> 1

    def add(self, parties: Sequence[tuple[PartyKey, Party]]) -> None:
        """Keep parties that are new; each is its own erasure unit. A known party stays as it was first named."""
        given = {int(key, 16): party for key, party in reversed(parties)}
        asked = [key for key in given if key not in self._known]
        if not asked:
            return
        with self._db.transaction():
            known = {row[0] for row in among(self._db, "SELECT key FROM party WHERE key IN ({})", asked)}
            fresh = [key for key in asked if key not in known]
            units = self._vault.units(len(fresh)) if fresh else range(0)
            secret = self._vault.secret("party-words")
            bodies, terms = [], set()
            for key, unit in zip(fresh, units, strict=True):
                bodies.append((key, unit, self._vault.seal(unit, msgspec.json.encode(given[key]), _place(key))))
                terms |= {(self._hash(each, secret), key) for w in _words(given[key].name) for each in less_one(w)}
            self._db.load("party", ("key", "unit", "body"), bodies)
            self._db.load("party_term", ("hash", "party"), sorted(terms))
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known.update(asked)

    def link(self, links: Sequence[tuple[PartyKey, str, VisitId]]) -> None:
        """Say which party plays which role in which visit."""
        with self._db.transaction():
            numbers = self._visits.row_numbers([visit for _, _, visit in links])
            fresh, others = set[Row](), set[Row]()
            for key, role, visit in links:
                into = fresh if self._visits.is_expected(visit) else others
                into.add((numbers[visit], str(role), int(key, 16)))
            self._db.load("visit_party", _LINK, sorted(fresh))
            self._db.fill("visit_party", _LINK, sorted(others))

    def get(self, keys: Sequence[PartyKey]) -> dict[PartyKey, Party]:
        """Parties by pseudonym; unknown or erased ones are left out."""
        return {PartyKey(f"{key:016x}"): party for key, party in self._opened([int(key, 16) for key in keys]).items()}

    def _opened(self, keys: Sequence[int]) -> dict[int, Party]:
        found = among(self._db, "SELECT key, unit, body FROM party WHERE key IN ({})", keys)
        opened = ((key, self._vault.unseal(unit, body, _place(key))) for key, unit, body in found)
        return {key: _DECODER.decode(body) for key, body in opened if body is not None}

    def named(self, name: str) -> list[tuple[PartyKey, Party, int]]:
        """Parties each of whose asked words is in their name within one typing error: (pseudonym, party, errors)."""
        words = _words(name)
        secret = self._vault.secret("party-words")
        keys: set[int] | None = None
        for word in words:
            hashes = [self._hash(each, secret) for each in less_one(word)]
            sql = "SELECT party FROM party_term WHERE hash IN ({})"
            found = {row[0] for row in among(self._db, sql, hashes)}
            keys = found if keys is None else keys & found
        named = []
        for key, party in self._opened(sorted(keys or ())[:_CANDIDATES]).items():
            errors = _errors(words, _words(party.name))
            if errors is not None:
                named.append((PartyKey(f"{key:016x}"), party, errors))
        return sorted(named, key=lambda each: (each[2], each[1].name, each[0]))

    def near(self, name: str, reach: Reach, limit: int = 50) -> list[Hit]:
        """Visits in reach in which a party of about this name plays a role; kind `party`, term the name as known."""
        hits: list[Hit] = []
        with self._db.reading():
            for key, party, errors in self.named(name):
                if len(hits) < limit:
                    visits = self.visits_of(key, reach, limit - len(hits))
                    hits += [Hit(visit, "party", party.name, errors) for visit in visits]
        return hits

    def visits_of(self, key: PartyKey, reach: Reach, limit: int = 50) -> list[VisitId]:
        """The visits in reach in which a party plays a role, newest first."""
        text, args = reach_where(reach, "v.")
        sql = (
            "SELECT DISTINCT v.id, v.container, v.segment FROM visit_party p JOIN visit v ON v.id = p.visit"
            f" WHERE p.party = ? AND {text} ORDER BY v.id DESC LIMIT ?"
        )
        found = self._db.rows(sql, (int(key, 16), *args, limit))
        return [visit_id(container, segment) for _, container, segment in found]

    def merge(self, key: PartyKey, into: PartyKey, hlc: Moment, officer: str) -> None:
        """Say from a log entry on that one party is another; `into` the party itself takes an earlier word back."""
        sql = "INSERT INTO party_merging (hlc, key, into_key, officer) VALUES (?, ?, ?, ?)"
        self._db.run(sql, (hlc, int(key, 16), int(into, 16), officer))

    def merges(self, after: int = 0) -> list[Merge]:
        """Every word that two parties are one, and every word that takes one back, after a log entry, in order."""
        sql = "SELECT hlc, key, into_key, officer FROM party_merging WHERE hlc > ? ORDER BY hlc"
        return [Merge(Moment(hlc), key, into, officer) for hlc, key, into, officer in self._db.rows(sql, (after,))]


def _errors(asked: Sequence[str], known: Sequence[str]) -> int | None:
    """The typing errors of all words together; None where a word is not there."""
    total = 0
    for word in asked:
        found = [errors for each in known if (errors := within_one(word, each)) is not None]
        if not found:
            return None
        total += min(found)
    return total
