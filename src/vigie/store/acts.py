"""What officers did and controls showed, laid out for reading: overrides, outcomes, acknowledgements."""

from collections.abc import Sequence

from vigie.store.db import Db, Row
from vigie.store.vault import Vault
from vigie.terms import Moment, VisitId
from vigie.tracking import Act

_COLUMNS = ("kind", "hlc", "visit", "officer", "moment", "tag", "unit", "body")
_SELECT = "SELECT hlc, visit, officer, moment, tag, unit, body FROM act "


class Acts:
    """The acts of one kind; the log entry with the same `hlc` is the fact, this is its read side."""

    def __init__(self, db: Db, vault: Vault, kind: str) -> None:
        self._db, self._vault, self._kind = db, vault, kind

    def _place(self, hlc: int) -> bytes:
        return b"act:%s:%d" % (self._kind.encode(), hlc)

    def add(self, acts: Sequence[Act]) -> None:
        """Keep acts."""
        rows = [
            (self._kind, a.hlc, a.visit, a.officer, a.at, a.tag, a.unit,
             self._vault.seal(a.unit, a.body or b"", self._place(a.hlc)))
            for a in acts
        ]  # fmt: skip
        with self._db.transaction():
            self._db.load("act", _COLUMNS, rows)

    def of(self, visit: VisitId) -> list[Act]:
        """The acts about a visit, oldest first."""
        return self._opened("WHERE visit = ? AND kind = ? ORDER BY hlc", (visit, self._kind))

    def between(self, start: Moment, end: Moment, tag: str = "", limit: int = 10_000) -> list[Act]:
        """Acts from a moment to a moment (exclusive), with one tag or any, oldest first."""
        clause, more = (" AND tag = ?", (tag,)) if tag else ("", ())
        where = f"WHERE kind = ? AND moment >= ? AND moment < ?{clause} ORDER BY moment, hlc LIMIT ?"
        return self._opened(where, (self._kind, start, end, *more, limit))

    def tally(self, start: Moment, end: Moment) -> dict[str, int]:
        """How many acts there are per tag, from a moment to a moment (exclusive)."""
        sql = "SELECT tag, count(*) FROM act WHERE kind = ? AND moment >= ? AND moment < ? GROUP BY tag"
        return {tag: int(count) for tag, count in self._db.rows(sql, (self._kind, start, end))}

    def _opened(self, where: str, args: Sequence[str | int]) -> list[Act]:
        return [self._act(row) for row in self._db.rows(_SELECT + where, args)]

    def _act(self, row: Row) -> Act:
        hlc, visit, officer, at, tag, unit, sealed = row
        body = self._vault.unseal(unit, sealed, self._place(hlc))
        return Act(Moment(hlc), VisitId(visit), officer, Moment(at), tag, unit, body)
