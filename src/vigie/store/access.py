"""Access logs under pseudonyms, the names of each day, openings by two people, and what boxes are marked with."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from hmac import digest

import msgspec

from vigie.ports import AccessEvent, Act, Alert, ReadEvent
from vigie.store.db import Db, Row, among
from vigie.store.vault import Vault
from vigie.terms import AccessMark, Moment, VisitId

_EVENT = ("digest", "moment", "who", "system", "act", "container", "zone", "role", "peers", "firm", "unit", "raw")
_ALERT = msgspec.json.Decoder(Alert)
_OPENING = "SELECT id, who, officer, asked, reason, state, decided_by, decided, answer FROM access_opening "


class Opening(msgspec.Struct, frozen=True):
    """A wish to learn who a pseudonym is.

    Attributes:
        id: Number. user: Pseudonym. officer, asked, reason: Who asked, when, why. state: `asked`, `opened`, `refused`,
            `withdrawn`. decided_by, decided, answer: Who decided, when, and the words.
    """

    id: int
    user: str
    officer: str
    asked: Moment
    reason: str
    state: str
    decided_by: str = ""
    decided: Moment | None = None
    answer: str = ""


class Access:
    """Access logs. In the open stand pseudonyms; names lie sealed, each under the person's own erasure unit."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    def add(self, read: Iterable[ReadEvent]) -> int:
        """Keep lines that are new; the same line is kept once. Gives how many were new."""
        secret = self._vault.secret("access-lines")
        lines = {digest(secret, one.raw, sha256).hex(): one for one in read}
        with self._db.transaction():
            sql = "SELECT digest FROM access_event WHERE digest IN ({})"
            known = {row[0] for row in among(self._db, sql, list(lines))}
            fresh = {name: one for name, one in lines.items() if name not in known}
            units = self._units({one.event.user: one.who for one in fresh.values()})
            self._db.load("access_event", _EVENT, [
                (name, one.event.at, one.event.user, one.event.system, one.event.act.value, one.event.container,
                 one.event.zone, one.event.role, one.event.group, one.event.party, units[one.event.user],
                 self._vault.seal(units[one.event.user], one.raw, b"access:" + name.encode()))
                for name, one in fresh.items() if units.get(one.event.user) is not None
            ])  # fmt: skip
        return len(fresh)

    def _units(self, people: dict[str, str]) -> dict[str, int]:
        """The unit of each person; those who are new get one, and their name is sealed under it."""
        sql = "SELECT who, unit FROM access_user WHERE who IN ({})"
        units = {str(who): int(unit) for who, unit in among(self._db, sql, list(people))}
        new = [who for who in people if who not in units]
        if new:
            rows = [(who, unit, self._vault.seal(unit, people[who].encode(), b"access-user:" + who.encode()))
                    for who, unit in zip(new, self._vault.units(len(new)), strict=True)]  # fmt: skip
            self._db.load("access_user", ("who", "unit", "body"), rows)
            units |= {who: unit for who, unit, _ in rows}
        return units

    def identity(self, user: str) -> str | None:
        """Who a pseudonym is, as the source wrote it; None where unknown or erased. Only an opening may ask."""
        found = self._db.one("SELECT unit, body FROM access_user WHERE who = ?", (user,))
        body = None if found is None else self._vault.unseal(found[0], found[1], b"access-user:" + user.encode())
        return None if body is None else body.decode()

    def raw(self, user: str, limit: int = 1_000) -> list[bytes]:
        """The lines of one person as the source wrote them, newest first. Only an opening may ask."""
        sql = "SELECT digest, unit, raw FROM access_event WHERE who = ? ORDER BY moment DESC, digest LIMIT ?"
        found = (self._vault.unseal(unit, body, b"access:" + str(name).encode())
                 for name, unit, body in self._db.rows(sql, (user, limit)))  # fmt: skip
        return [line for line in found if line is not None]

    def events(self, start: int, end: int) -> list[AccessEvent]:
        """Events from a moment to a moment (exclusive), in order of time."""
        sql = (
            "SELECT moment, who, system, act, container, zone, role, peers, firm FROM access_event"
            " WHERE moment >= ? AND moment < ? ORDER BY moment, digest"
        )
        return [
            AccessEvent(Moment(at), who, system, Act(act), container, zone, role, peers, firm)
            for at, who, system, act, container, zone, role, peers, firm in self._db.rows(sql, (start, end))
        ]

    def count(self) -> tuple[int, int]:
        """How many lines and how many people are known."""
        tables = ("access_event", "access_user")
        lines, people = (self._db.one(f"SELECT count(*) FROM {table}") or (0,) for table in tables)
        return int(lines[0]), int(people[0])

    def controls(self, start: int) -> list[tuple[VisitId, Moment, str]]:
        """Outcomes since a moment: the visit, when the control ended, what was found."""
        sql = "SELECT visit, moment, tag FROM act WHERE kind = 'outcome' AND moment >= ? ORDER BY moment, visit"
        return [(VisitId(visit), Moment(at), str(tag)) for visit, at, tag in self._db.rows(sql, (start,))]

    def boxes(self, containers: Sequence[str]) -> list[tuple[VisitId, str, str, str, bool]]:
        """Visits of boxes: visit, number, port of loading, band, whether it has left; oldest visit first."""
        sql = "SELECT container, segment, loading, band, gone FROM visit WHERE container IN ({})"
        return [(VisitId(f"{box}-{segment}"), str(box), str(lane), str(band), bool(gone))
                for box, segment, lane, band, gone in sorted(set(among(self._db, sql, containers)))]  # fmt: skip

    def tell(self, day: int, names: Sequence[Alert]) -> None:
        """Keep the names of a day; a day is told once."""
        rows = [(day, place, one.user, msgspec.json.encode(one).decode()) for place, one in enumerate(names)]
        with self._db.transaction():
            self._db.load("access_alert", ("day", "place", "who", "body"), rows)

    def told(self, first: int) -> list[Alert]:
        """The names of the days from one on; the newest day first, in each the unlikeliest first."""
        sql = "SELECT body FROM access_alert WHERE day >= ? ORDER BY day DESC, place"
        return [_ALERT.decode(body) for (body,) in self._db.rows(sql, (first,))]

    def ask(self, user: str, officer: str, at: Moment, reason: str) -> int:
        """Keep a wish to learn who somebody is; gives its number."""
        sql = (
            "INSERT INTO access_opening (who, officer, asked, reason, state, decided_by, answer)"
            " VALUES (?, ?, ?, ?, 'asked', '', '') RETURNING id"
        )
        with self._db.transaction():
            found = self._db.one(sql, (user, officer, at, reason))
        return int(found[0]) if found else 0

    def decide(self, opening: int, state: str, officer: str, at: Moment, answer: str) -> bool:
        """Decide a wish that waits; False where it does not wait any more."""
        sql = "UPDATE access_opening SET state = ?, decided_by = ?, decided = ?, answer = ? WHERE id = ? AND state = ?"
        return self._db.run(sql, (state, officer, at, answer, opening, "asked")) > 0

    def opening(self, which: int) -> Opening | None:
        """One wish."""
        found = self._db.one(_OPENING + "WHERE id = ?", (which,))
        return None if found is None else _opening(found)

    def openings(self, limit: int = 100) -> list[Opening]:
        """The newest wishes."""
        return [_opening(row) for row in self._db.rows(_OPENING + "ORDER BY id DESC LIMIT ?", (limit,))]

    def mark(self, marks: Sequence[AccessMark]) -> None:
        """Add marks; none is ever changed."""
        rows = [(one.visit, one.at, one.lookups_without_role, _whole(one.third_party_pickup),
                 _whole(one.touched_by_uplifted)) for one in marks]  # fmt: skip
        with self._db.transaction():
            self._db.fill("access_mark", ("visit", "moment", "lookups", "pickup", "uplifted"), rows)

    def marks(self, visits: Sequence[VisitId], upto: int = 1 << 53) -> dict[VisitId, AccessMark]:
        """The latest mark of each visit at or before a moment."""
        sql = (
            "SELECT visit, moment, lookups, pickup, uplifted FROM access_mark WHERE visit IN ({}) AND moment <= ?"
            " ORDER BY moment"
        )
        rows = sorted(among(self._db, sql, visits, after=(upto,)), key=lambda row: int(row[1]))
        return {
            VisitId(visit): AccessMark(VisitId(visit), Moment(at), lookups, _truth(pickup), _truth(uplifted))
            for visit, at, lookups, pickup, uplifted in rows
        }


def _opening(row: Row) -> Opening:
    which, who, officer, asked, reason, state, decided_by, decided, answer = row
    return Opening(int(which), who, officer, Moment(asked), reason, state, decided_by,
                   None if decided is None else Moment(decided), answer)  # fmt: skip


def _whole(told: bool | None) -> int | None:
    return None if told is None else int(told)


def _truth(kept: int | None) -> bool | None:
    return None if kept is None else bool(kept)
