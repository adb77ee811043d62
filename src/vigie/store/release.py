"""Release rights as they stand, every presentation with its answer, and which events of other systems were taken in."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from vigie.store.db import Db, Row, among
from vigie.store.vault import Vault
from vigie.terms import Moment
from vigie.tracking import ReleaseAttempt, ReleaseRight

_RIGHT = "SELECT id, unit, body FROM release_right "
_ATTEMPT = (
    "SELECT nonce, container, terminal, gate, release_right, code, vehicle, officer, moment FROM release_attempt "
)
_body = msgspec.json.Decoder(ReleaseRight)


class Releases:
    """The rights of the node; the log says how each came to stand where it does."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    @staticmethod
    def _place(right: str) -> bytes:
        return b"release:" + right.encode()

    def put(self, right: ReleaseRight, unit: int) -> None:
        """Keep a right as it stands now; its body is sealed with a unit's key."""
        sealed = self._vault.seal(unit, msgspec.json.encode(right), self._place(right.id))
        with self._db.transaction():
            self._db.run("DELETE FROM release_right WHERE id = ?", (right.id,))
            self._db.run(
                "INSERT INTO release_right VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (right.id, right.container, right.visit, right.site, right.terminal, right.state.value, right.end,
                 right.changed, unit, sealed),
            )  # fmt: skip

    def get(self, right: str) -> ReleaseRight | None:
        """One right; None where there is none, or it was erased."""
        found = self._opened(self._db.rows(f"{_RIGHT}WHERE id = ?", (right,)))
        return found[0] if found else None

    def of_containers(self, numbers: Sequence[str]) -> dict[str, list[ReleaseRight]]:
        """The rights for some containers, oldest change first."""
        found: dict[str, list[ReleaseRight]] = defaultdict(list)
        for one in self._opened(among(self._db, _RIGHT + "WHERE container IN ({})", list(numbers))):
            found[one.container].append(one)
        for rights in found.values():
            rights.sort(key=lambda one: (one.steps[0].at if one.steps else 0, one.id))
        return dict(found)

    def page(
        self, sites: Sequence[str] = (), state: str = "", before: int | None = None, limit: int = 50
    ) -> list[ReleaseRight]:
        """Rights, the last changed first. sites: Empty means all. before: A moment of change to page on from."""
        clauses, args = ["changed < ?"], [1 << 62 if before is None else before]
        told: list[str | int] = [*args]
        if sites:
            clauses.append(f"site IN ({','.join('?' * len(sites))})")
            told += sites
        if state:
            clauses.append("state = ?")
            told.append(state)
        sql = f"{_RIGHT}WHERE {' AND '.join(clauses)} ORDER BY changed DESC, id LIMIT ?"
        return self._opened(self._db.rows(sql, (*told, limit)))

    def any(self) -> bool:
        """Whether there is any right at all."""
        return self._db.one("SELECT 1 FROM release_right LIMIT 1") is not None

    def _opened(self, rows: Sequence[Row]) -> list[ReleaseRight]:
        bodies = ((name, self._vault.unseal(unit, sealed, self._place(name))) for name, unit, sealed in rows)
        return [_body.decode(body) for _, body in bodies if body is not None]

    def attempted(self, hlc: Moment, told: ReleaseAttempt, unit: int) -> None:
        """Keep one presentation with its answer."""
        self._db.run(
            "INSERT INTO release_attempt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (hlc, told.nonce, told.container, told.terminal, told.gate, told.right, told.code, told.vehicle,
             told.officer, told.at, unit),
        )  # fmt: skip

    def attempt(self, nonce: str) -> ReleaseAttempt | None:
        """One presentation, by what made it one of its own."""
        found = self._db.one(f"{_ATTEMPT}WHERE nonce = ?", (nonce,))
        return None if found is None else _attempt(found)

    def attempts(self, container: str, limit: int = 50) -> list[ReleaseAttempt]:
        """The presentations for a container, the latest first."""
        found = self._db.rows(f"{_ATTEMPT}WHERE container = ? ORDER BY hlc DESC LIMIT ?", (container, limit))
        return [_attempt(row) for row in found]

    def wrong_at(self, terminal: str, gate: str, since: Moment) -> int:
        """How many wrong keys were presented at a gate since a moment."""
        sql = (
            "SELECT count(*) FROM release_attempt WHERE terminal = ? AND gate = ? AND moment > ?"
            " AND code IN ('wrong-key', 'no-right')"
        )
        found = self._db.one(sql, (terminal, gate, since))
        return int(found[0]) if found else 0

    def collected(self, terminal: str, vehicle: str) -> bool:
        """Whether a vehicle collected a box at a terminal before."""
        sql = "SELECT 1 FROM release_attempt WHERE terminal = ? AND vehicle = ? AND code = 'allowed' LIMIT 1"
        return self._db.one(sql, (terminal, vehicle)) is not None

    def taken(self, source: str, event: str) -> bool:
        """Whether an event of another system was taken in."""
        sql = "SELECT 1 FROM release_event WHERE source = ? AND event = ?"
        return self._db.one(sql, (source, event)) is not None

    def first_time(self, source: str, event: str, at: Moment) -> bool:
        """Say that an event of another system was taken in; whether it was new."""
        sql = "INSERT INTO release_event (source, event, moment) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        with self._db.transaction():
            return self._db.run(sql, (source, event, at)) > 0


def _attempt(row: Row) -> ReleaseAttempt:
    nonce, container, terminal, gate, right, code, vehicle, officer, at = row
    return ReleaseAttempt(nonce, container, terminal, gate, right, code, vehicle, officer, Moment(at))
