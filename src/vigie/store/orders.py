"""Orders that left the house, and who acknowledged them."""

from collections.abc import Sequence

import msgspec

from vigie.selection import Order
from vigie.store.db import Db, Row
from vigie.terms import Moment, VisitId

_ORDER = msgspec.json.Decoder(Order)
_PUT = (
    "INSERT INTO sent_order (id, site, visit, moment, body, acknowledged_by) VALUES (?, ?, ?, ?, ?, '')"
    " ON CONFLICT (id) DO NOTHING"
)


class Sent(msgspec.Struct, frozen=True):
    """An order as kept. acknowledged, by: When and by whom; None and empty while it is waited for."""

    order: Order
    acknowledged: Moment | None
    by: str


class Orders:
    """The orders of the node."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, orders: Sequence[Order]) -> None:
        """Keep orders; one that is known stays as it is."""
        rows = [(o.id, o.site, o.visit, o.issued, msgspec.json.encode(o).decode()) for o in orders]
        with self._db.transaction():
            self._db.many(_PUT, rows)

    def get(self, order: str) -> Sent | None:
        """One order."""
        return next(iter(self._sent("WHERE id = ?", order)), None)

    def of(self, visit: VisitId) -> list[Sent]:
        """The orders about a visit, oldest first."""
        return self._sent("WHERE visit = ? ORDER BY moment, id", visit)

    def waiting(self, limit: int = 1000) -> list[Sent]:
        """Orders that nobody has acknowledged, oldest first."""
        return self._sent("WHERE acknowledged IS NULL ORDER BY moment, id LIMIT ?", limit)

    def page(self, site: str = "", before: Moment | None = None, limit: int = 50) -> list[Sent]:
        """The orders of a site (empty: of all sites) issued before a moment, newest first."""
        bound = 1 << 53 if before is None else before
        if site:
            return self._sent("WHERE site = ? AND moment < ? ORDER BY moment DESC, id LIMIT ?", site, bound, limit)
        return self._sent("WHERE moment < ? ORDER BY moment DESC, id LIMIT ?", bound, limit)

    def acknowledge(self, order: str, at: Moment, by: str) -> bool:
        """Say that an order was acknowledged; False where it is unknown, or was before (the first stays)."""
        sql = "UPDATE sent_order SET acknowledged = ?, acknowledged_by = ? WHERE id = ? AND acknowledged IS NULL"
        return self._db.run(sql, (at, by, order)) > 0

    def _sent(self, where: str, *args: str | int) -> list[Sent]:
        found: list[Row] = self._db.rows(f"SELECT body, acknowledged, acknowledged_by FROM sent_order {where}", args)
        return [Sent(_ORDER.decode(body), at, by) for body, at, by in found]
