"""How things that were exchanged stand, and what partners answered when one was changed or taken back."""

from collections.abc import Sequence

import msgspec

from vigie.exchange import Life, Outcome, Receipt, Standing
from vigie.store.db import Db, among
from vigie.terms import Moment

_decode = msgspec.json.Decoder(Standing)
_encode = msgspec.json.Encoder().encode
_NEVER = 1 << 53


class Answered(msgspec.Struct, frozen=True):
    """What a partner answered. node: Who. version: Of the change. asked: When it was sent. outcome: `erased`, `kept`,
    `never-had`; empty while nothing came. answered: When, by the partner's clock. reason, authority: Why it is kept."""

    node: str
    version: int
    asked: Moment
    outcome: str = ""
    answered: Moment | None = None
    reason: str = ""
    authority: str = ""


class Standings:
    """How things stand at this node; nothing of what they say stands here."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, id: str) -> Standing | None:
        """How a thing stands; None for one never heard of. Inside a transaction nobody else changes it meanwhile."""
        held = self._db.dialect.for_update if self._db.busy() else ""
        found = self._db.one("SELECT body FROM exchange_standing WHERE id = ?" + held, (id,))
        return _decode.decode(found[0]) if found else None

    def several(self, ids: Sequence[str]) -> dict[str, Standing]:
        """How several things stand; those never heard of are left out. Inside a transaction nobody changes them."""
        sql = "SELECT id, body FROM exchange_standing WHERE id IN ({})"
        sql += self._db.dialect.for_update if self._db.busy() else ""
        return {str(id): _decode.decode(body) for id, body in among(self._db, sql, ids)}

    def put(self, told: Standing) -> None:
        """Keep how a thing stands."""
        self.put_all([told])

    def put_all(self, told: Sequence[Standing]) -> None:
        """Keep how several things stand."""
        sql = (
            "INSERT INTO exchange_standing (id, life, next, body) VALUES (?, ?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET life = excluded.life, next = excluded.next, body = excluded.body"
        )
        self._db.many(sql, [(one.id, one.life.value, _next(one), _encode(one).decode()) for one in told])

    def due(self, now: Moment, limit: int = 1_000) -> list[Standing]:
        """Things of which something has to be done by now: their time is over, or a hold on them."""
        sql = "SELECT body FROM exchange_standing WHERE next <= ? ORDER BY next, id LIMIT ?"
        return [_decode.decode(row[0]) for row in self._db.rows(sql, (now, limit))]

    def page(self, after: str = "", limit: int = 200) -> list[Standing]:
        """Things by their names."""
        sql = "SELECT body FROM exchange_standing WHERE id > ? ORDER BY id LIMIT ?"
        return [_decode.decode(row[0]) for row in self._db.rows(sql, (after, limit))]

    def ask(self, id: str, version: int, nodes: Sequence[str], now: Moment) -> None:
        """Wait for what partners answer to a change."""
        columns = ("id", "version", "node", "asked", "outcome", "answered", "reason", "authority")
        rows = [(id, version, node, now, "", None, "", "") for node in nodes]
        self._db.fill("exchange_answer", columns, rows)

    def answer(self, node: str, told: Receipt) -> bool:
        """Keep what a partner answered; whether anything was asked of it. What is erased is never unsaid."""
        sql = (
            "UPDATE exchange_answer SET outcome = ?, answered = ?, reason = ?, authority = ?"
            " WHERE id = ? AND version = ? AND node = ? AND outcome <> ?"
        )
        args = (told.outcome.value, told.at, told.reason, told.authority, told.about, told.answers, node)
        return self._db.run(sql, (*args, Outcome.ERASED.value)) > 0

    def answers(self, id: str) -> list[Answered]:
        """What partners answered to changes of a thing, the latest change first."""
        sql = (
            "SELECT node, version, asked, outcome, answered, reason, authority FROM exchange_answer"
            " WHERE id = ? ORDER BY version DESC, node"
        )
        return [Answered(*row) for row in self._db.rows(sql, (id,))]


def _next(told: Standing) -> int:
    """When something has to be done next: its time runs out, or the hold on it."""
    ends = told.retain_until if told.life is Life.LIVE else _NEVER
    return min(ends, told.hold.until) if told.hold is not None else ends
