"""What was looked at, for figures beside findings: every box controlled once, where, by whose choice, the result."""

from collections.abc import Iterator

from vigie.store.db import Db, among
from vigie.trends import EffortRow

_AT_ONCE = 5_000
_NOTHING = "nothing"
_RANDOM = frozenset(("tilted", "uniform"))


class Effort:
    """The controls of the node, as the log has them."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def rows(self, clearance: int = 4) -> Iterator[EffortRow]:
        """Every visit with an outcome, once: with the moment of the first, and whether any of them showed something.

        Args:
            clearance: How far the reader may see; closer held boxes are left out.
        """
        sql = (
            "SELECT a.visit, min(a.moment), max(CASE WHEN a.tag = ? THEN 0 ELSE 1 END),"
            " max(CASE WHEN a.tag = 'cocaine' THEN 1 ELSE 0 END), max(d.stratum)"
            " FROM act a LEFT JOIN draw d ON d.visit = a.visit"
            " WHERE a.kind = 'outcome' AND a.visit > ? GROUP BY a.visit ORDER BY a.visit LIMIT ?"
        )
        after = ""
        while found := self._db.rows(sql, (_NOTHING, after, _AT_ONCE)):
            after = str(found[-1][0])
            boxes = sorted({str(row[0]).rpartition("-")[0] for row in found})
            where = "SELECT container, segment, site, loading, handling FROM visit WHERE container IN ({})"
            known = {f"{box}-{segment}": (str(site), str(loading), int(handling))
                     for box, segment, site, loading, handling in among(self._db, where, boxes)}  # fmt: skip
            for visit, at, irregular, cocaine, stratum in found:
                site, loading, handling = known.get(str(visit), ("", "", clearance + 1))
                if handling <= clearance:
                    yield EffortRow(int(at), site, loading[:2], bool(irregular), bool(cocaine), stratum is not None,
                                    stratum in _RANDOM)  # fmt: skip

    def stamp(self) -> int:
        """Log entry of the newest outcome, 0 before the first."""
        found = self._db.one("SELECT max(hlc) FROM act WHERE kind = 'outcome'")
        return int(found[0] or 0) if found else 0
