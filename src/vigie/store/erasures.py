"""Erasures as they were asked for and carried out, and the stones that say that a box was erased."""

from collections.abc import Sequence

import msgspec

from vigie.store.db import Db, Row, among
from vigie.terms import Moment, VisitId, visit_id
from vigie.tracking import Erasing, Stone

_COLUMNS = ("id", "state", "kind", "wanted", "officer", "asked", "entry", "decided_by", "decided", "units", "boxes",
            "removed")  # fmt: skip
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM erasure "
_STONE = ("container", "segment", "site", "handling", "erasure", "moment")


class Erasures:
    """The erasures of the node. In the open stand numbers and names of things; why stands sealed in the log."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def ask(self, told: Erasing) -> None:
        """Keep what was asked for."""
        self._db.load("erasure", _COLUMNS, [msgspec.structs.astuple(told)])

    def step(self, which: Moment, state: str, entry: Moment, by: str, at: Moment) -> None:
        """Keep that it was refused, withdrawn or confirmed."""
        sql = "UPDATE erasure SET state = ?, entry = ?, decided_by = ?, decided = ? WHERE id = ?"
        self._db.run(sql, (state, entry, by, at, which))

    def done(self, which: Moment, units: int, boxes: int, removed: int) -> None:
        """Keep that it was carried out; carried out again after a crash, the larger count of rows stands."""
        sql = (
            "UPDATE erasure SET state = 'done', units = ?, boxes = ?,"
            " removed = CASE WHEN removed > ? THEN removed ELSE ? END WHERE id = ?"
        )
        self._db.run(sql, (units, boxes, removed, removed, which))

    def get(self, which: Moment) -> Erasing | None:
        """One erasure."""
        return next(iter(self._told("WHERE id = ?", (which,))), None)

    def page(self, limit: int = 100) -> list[Erasing]:
        """The erasures, newest first."""
        return self._told("ORDER BY id DESC LIMIT ?", (limit,))

    def confirmed(self) -> list[Erasing]:
        """Those confirmed and not carried out to their end: something broke in between."""
        return self._told("WHERE state = 'confirmed' ORDER BY id", ())

    def _told(self, where: str, args: Sequence[int]) -> list[Erasing]:
        return [Erasing(*row) for row in self._db.rows(_SELECT + where, args)]

    def lay(self, stones: Sequence[Stone]) -> None:
        """Lay stones where boxes will be erased."""
        rows = [(*_parted(s.visit), s.site, s.handling, s.erasure, s.at) for s in stones]
        self._db.fill("erased", _STONE, sorted(rows))

    def stone(self, visit: VisitId) -> Stone | None:
        """The stone of a box; None where it was never erased."""
        sql = f"SELECT {', '.join(_STONE)} FROM erased WHERE container = ? AND segment = ?"
        found = self._db.one(sql, _parted(visit))
        return None if found is None else _stone(found)

    def stones(self, containers: Sequence[str]) -> list[Stone]:
        """The stones of containers, by rising segment."""
        sql = f"SELECT {', '.join(_STONE)} FROM erased WHERE container IN ({{}})"
        return sorted({_stone(row) for row in among(self._db, sql, containers)}, key=lambda one: _parted(one.visit))

    def segments(self, containers: Sequence[str]) -> dict[str, int]:
        """The highest erased segment of containers; those of which nothing was erased are left out."""
        if self._db.one("SELECT 1 FROM erased LIMIT 1") is None:
            return {}
        found: dict[str, int] = {}
        for stone in self.stones(containers):
            container, segment = _parted(stone.visit)
            found[container] = max(segment, found.get(container, 0))
        return found

    def units_of_entries(self, subjects: Sequence[str]) -> list[tuple[int, str, int]]:
        """The log entries about some subjects: (hlc, subject, unit)."""
        return _triples(among(self._db, "SELECT hlc, subject, unit FROM log WHERE subject IN ({})", subjects))

    def entries_of_units(self, units: Sequence[int]) -> list[tuple[int, str, int]]:
        """The log entries made of some units: (hlc, subject, unit)."""
        return _triples(among(self._db, "SELECT hlc, subject, unit FROM log WHERE unit IN ({})", units))

    def units_of_acts(self, visits: Sequence[VisitId]) -> set[int]:
        """The units of what officers wrote about boxes, and of what was told of seizures in them."""
        told = ("SELECT p.unit FROM seizure s JOIN seizure_member m ON m.id = s.id AND m.start = s.start"
                " JOIN seizure_report p ON p.hlc = m.report WHERE s.visit IN ({})")  # fmt: skip
        acts = among(self._db, "SELECT unit FROM act WHERE visit IN ({})", visits)
        return {row[0] for row in (*acts, *among(self._db, told, visits))}

    def units_of_message(self, message: str) -> list[int]:
        """The units of the parts of a message."""
        return [row[0] for row in self._db.rows("SELECT unit FROM part WHERE message = ? ORDER BY unit", (message,))]

    def opened(self, since: Moment, until: Moment) -> list[VisitId]:
        """The boxes first heard of from a moment on, before another."""
        sql = "SELECT container, segment FROM visit WHERE opened >= ? AND opened < ? ORDER BY id"
        return [visit_id(container, segment) for container, segment in self._db.rows(sql, (since, until))]

    def visits_of_parties(self, keys: Sequence[int]) -> list[VisitId]:
        """The boxes in which parties play a role."""
        sql = (
            "SELECT DISTINCT v.container, v.segment FROM visit_party p JOIN visit v ON v.id = p.visit"
            " WHERE p.party IN ({})"
        )
        return sorted({visit_id(container, segment) for container, segment in among(self._db, sql, keys)})

    def parties_only_of(self, visits: Sequence[VisitId]) -> list[tuple[int, int]]:
        """The parties that play a role in no other box than these: (pseudonym, unit)."""
        wanted = sorted({_parted(visit)[0] for visit in visits})
        known = among(self._db, "SELECT id, container, segment FROM visit WHERE container IN ({})", wanted)
        asked = set(visits)
        numbers = sorted({number for number, container, segment in known if visit_id(container, segment) in asked})
        sql = "SELECT DISTINCT visit, party FROM visit_party WHERE visit IN ({})"
        here: dict[int, set[int]] = {}
        for visit, party in among(self._db, sql, numbers):
            here.setdefault(party, set()).add(visit)
        sql = "SELECT party, count(DISTINCT visit) FROM visit_party WHERE party IN ({}) GROUP BY party"
        counts: dict[int, int] = dict(among(self._db, sql, sorted(here)))
        alone = sorted(party for party, visits in here.items() if counts.get(party, 0) <= len(visits))
        return self.units_of_parties(alone)

    def units_of_parties(self, keys: Sequence[int]) -> list[tuple[int, int]]:
        """Parties that are known: (pseudonym, unit)."""
        found = among(self._db, "SELECT key, unit FROM party WHERE key IN ({})", keys)
        return sorted({(key, unit) for key, unit in found})


def _triples(rows: Sequence[Row]) -> list[tuple[int, str, int]]:
    return sorted({(hlc, subject, unit) for hlc, subject, unit in rows})


def _parted(visit: VisitId) -> tuple[str, int]:
    container, _, segment = visit.rpartition("-")
    return container, int(segment) if segment.isascii() and segment.isdigit() else -1


def _stone(row: Row) -> Stone:
    container, segment, site, handling, erasure, at = row
    return Stone(visit_id(container, segment), site, handling, Moment(erasure), Moment(at))
