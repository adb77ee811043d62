"""Notices to officers: a selected box moved, was amended, nears its deadline."""

from collections.abc import Sequence

import msgspec

from vigie.store.db import Db, Row, places, remove
from vigie.terms import Moment, VisitId
from vigie.tracking import Notice

_COLUMNS = ("visit", "code", "moment", "officer", "site", "facts", "seen")
_SELECT = "SELECT id, visit, code, moment, officer, site, facts, seen FROM notice "


class Notices:
    """The notices of the node: each for one officer, or for all of a site."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, notices: Sequence[Notice]) -> None:
        """Add notices."""
        rows = [
            (n.visit, n.code, n.at, n.officer, n.site, msgspec.json.encode(n.facts).decode(), n.seen) for n in notices
        ]
        with self._db.transaction():
            self._db.load("notice", _COLUMNS, rows)

    def page(self, officer: str, sites: Sequence[str] = (), before: int | None = None, limit: int = 50) -> list[Notice]:
        """The notices for an officer or the sites of the officer (none: all sites), newest first."""
        where, args = _for(officer, sites)
        bound = 1 << 62 if before is None else before
        found = self._db.rows(f"{_SELECT}WHERE {where} AND id < ? ORDER BY id DESC LIMIT ?", (*args, bound, limit))
        return [_notice(row) for row in found]

    def unseen(self, officer: str, sites: Sequence[str] = ()) -> int:
        """How many of an officer's notices nobody has seen."""
        where, args = _for(officer, sites)
        found = self._db.one(f"SELECT count(*) FROM notice WHERE {where} AND seen IS NULL", args)
        return int(found[0]) if found else 0

    def seen(self, notices: Sequence[int], at: Moment) -> int:
        """Say that notices were seen; how many were new."""
        with self._db.transaction():
            sql = "UPDATE notice SET seen = ? WHERE seen IS NULL AND id IN ({})"
            return remove(self._db, sql, sorted(set(notices)), before=(at,))

    def told(self, visit: VisitId, code: str) -> bool:
        """Whether a notice of this code was ever given about a visit."""
        return self._db.one("SELECT 1 FROM notice WHERE visit = ? AND code = ? LIMIT 1", (visit, code)) is not None

    def coded(self, code: str, limit: int) -> list[Notice]:
        """The latest notices of one code, newest first."""
        found = self._db.rows(f"{_SELECT}WHERE code = ? ORDER BY id DESC LIMIT ?", (code, limit))
        return [_notice(row) for row in found]


def _for(officer: str, sites: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    if not sites:
        return "(officer = ? OR officer = '')", (officer,)
    return f"(officer = ? OR (officer = '' AND site IN ({places(len(sites))})))", (officer, *sites)


def _notice(row: Row) -> Notice:
    number, visit, code, at, officer, site, facts, seen = row
    return Notice(VisitId(visit), code, Moment(at), officer, site, msgspec.json.decode(facts), seen, number)
