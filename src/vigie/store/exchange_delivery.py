"""How delivering to partners goes; written when it stops and when it goes again, not at every batch."""

import msgspec

from vigie.store.db import Db
from vigie.terms import Moment


class Delivery(msgspec.Struct, frozen=True):
    """A partner that does not answer. since: From when on. failures: Tries in a row. code: Why the last one failed.
    next_try: When it is tried again."""

    partner: str
    since: Moment
    failures: int
    code: str
    next_try: Moment


class Deliveries:
    """Partners to which delivering does not go now."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def failed(self, partner: str, code: str, failures: int, next_try: Moment, now: Moment) -> None:
        """A try failed; since when it fails stays what it was."""
        sql = (
            "INSERT INTO exchange_delivery (partner, since, failures, code, next_try) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (partner) DO UPDATE SET failures = excluded.failures, code = excluded.code,"
            " next_try = excluded.next_try"
        )
        self._db.run(sql, (partner, now, failures, code, next_try))

    def works(self, partner: str) -> None:
        """It goes again."""
        self._db.run("DELETE FROM exchange_delivery WHERE partner = ?", (partner,))

    def all(self) -> list[Delivery]:
        """Partners to which delivering does not go."""
        sql = "SELECT partner, since, failures, code, next_try FROM exchange_delivery ORDER BY partner"
        return [Delivery(*row) for row in self._db.rows(sql)]
