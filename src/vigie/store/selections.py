"""Plans, draws with their propensities, and the commitments that were published before them."""

from collections.abc import Sequence

import msgspec

from vigie.store.db import Db, Row
from vigie.terms import Moment, VisitId

_DRAW = ("plan", "visit", "stratum", "propensity", "rank", "scanner", "moment")


class Draw(msgspec.Struct, frozen=True):
    """One box of one plan. plan: Which. at: When it was made. The rest as in `vigie.selection.Selection`."""

    plan: str
    visit: VisitId
    stratum: str
    propensity: float
    rank: int
    scanner: str
    at: Moment


class Commitment(msgspec.Struct, frozen=True):
    """A day's commitment. revealed: The day's key, hexadecimal; None before the day is over."""

    site: str
    day: str
    commitment: str
    published: Moment
    revealed: str | None


class Selections:
    """What was selected; no plan is ever changed, a new one takes its place."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def publish(self, site: str, day: str, commitment: str, at: Moment) -> bool:
        """Publish a day's commitment; False where one stands already (it stays)."""
        sql = (
            "INSERT INTO draw_commitment (site, day, commitment, published) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (site, day) DO NOTHING"
        )
        return self._db.run(sql, (site, day, commitment, at)) > 0

    def reveal(self, site: str, day: str, key: bytes) -> None:
        """Reveal a day's key."""
        sql = "UPDATE draw_commitment SET revealed = ? WHERE site = ? AND day = ?"
        self._db.run(sql, (key.hex(), site, day))

    def commitment(self, site: str, day: str) -> Commitment | None:
        """The commitment of a day."""
        sql = "SELECT site, day, commitment, published, revealed FROM draw_commitment WHERE site = ? AND day = ?"
        found = self._db.one(sql, (site, day))
        return Commitment(*found) if found else None

    def keep(self, plan: str, site: str, day: str, shift: str, at: Moment, body: bytes, draws: Sequence[Draw]) -> None:
        """Keep a plan (the `ShiftPlan` as JSON) with its draws."""
        with self._db.transaction():
            row = (plan, site, day, shift, at, body)
            self._db.load("shift_plan", ("id", "site", "day", "shift", "moment", "body"), [row])
            rows = [(d.plan, d.visit, d.stratum, d.propensity, d.rank, d.scanner, d.at) for d in draws]
            self._db.load("draw", _DRAW, rows)

    def latest(self, site: str, day: str, shift: str) -> bytes | None:
        """The latest plan of a shift."""
        where = "WHERE site = ? AND day = ? AND shift = ? ORDER BY moment DESC, id DESC LIMIT 1"
        found = self._db.one("SELECT body FROM shift_plan " + where, (site, day, shift))
        return bytes(found[0]) if found else None

    def plans(self, site: str, day: str) -> list[tuple[str, str, Moment, bytes]]:
        """All plans of a day in the order made: (name, shift, when, plan)."""
        sql = "SELECT id, shift, moment, body FROM shift_plan WHERE site = ? AND day = ? ORDER BY moment, id"
        return [(name, shift, Moment(at), bytes(body)) for name, shift, at, body in self._db.rows(sql, (site, day))]

    def made(self, site: str) -> list[Moment]:
        """The plans of a site by their log entries, ascending."""
        return sorted(Moment(int(row[0])) for row in self._db.rows("SELECT id FROM shift_plan WHERE site = ?", (site,)))

    def plan(self, entry: Moment) -> bytes | None:
        """The plan that a log entry made."""
        found = self._db.one("SELECT body FROM shift_plan WHERE id = ?", (str(entry),))
        return bytes(found[0]) if found else None

    def of(self, visit: VisitId) -> list[Draw]:
        """All draws of a visit, newest first."""
        return self._draws("WHERE visit = ? ORDER BY moment DESC, plan DESC", visit)

    def draws(self, plan: str) -> list[Draw]:
        """The draws of a plan by rank."""
        return self._draws("WHERE plan = ? ORDER BY rank, visit", plan)

    def _draws(self, where: str, value: str) -> list[Draw]:
        found: list[Row] = self._db.rows(f"SELECT {', '.join(_DRAW)} FROM draw {where}", (value,))
        return [Draw(*row) for row in found]
