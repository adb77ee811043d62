"""Assessments as they were made: feature vectors in whole numbers, reasons sealed."""

from collections.abc import Mapping, Sequence
from random import Random

import msgspec

from vigie.store.archived import Archived
from vigie.store.db import Db, Row, among
from vigie.store.listing import reach_where
from vigie.store.vault import Vault
from vigie.store.visits import Visits
from vigie.terms import Moment, VisitId, visit_id
from vigie.tracking import Assessed, Reach

_COLUMNS = ("visit", "hlc", "unit", "policy", "score_milli", "band", "mandatory", "features", "body", "vector_at")
_SELECT = f"SELECT v.container, v.segment, {', '.join(f'a.{name}' for name in _COLUMNS)} FROM assessment a" \
    " JOIN visit v ON v.id = a.visit "  # fmt: skip
_BODY = 2 + _COLUMNS.index("body")  # in a row of `_SELECT`
_FEATURES = msgspec.msgpack.Decoder(tuple[int | None, ...])
_NEAR = 32  # assessments from a moment on, of which one is drawn


def _place(visit: str, hlc: int) -> bytes:
    return b"assessment:%s:%d" % (visit.encode(), hlc)


class Assessments:
    """All assessments of all visits; none is ever changed."""

    def __init__(self, db: Db, vault: Vault, visits: Visits, archived: Archived) -> None:
        self._db, self._vault, self._visits, self._archived = db, vault, visits, archived

    def add(self, made: Sequence[Assessed]) -> None:
        """Keep assessments; their visits were put before. One visit has at most one per log entry: the last given."""
        with self._db.transaction():
            numbers = self._visits.row_numbers([each.visit for each in made])
            latest = {(numbers[each.visit], each.hlc): each for each in made}
            self._db.load("assessment", _COLUMNS, [self._row(number, each) for (number, _), each in latest.items()])

    def _row(self, number: int, made: Assessed) -> Row:
        body = self._vault.seal(made.unit, made.body or b"", _place(made.visit, made.hlc))
        features = msgspec.msgpack.encode(made.features)
        return (number, made.hlc, made.unit, made.policy, made.score_milli, made.band, int(made.mandatory), features,
                body, made.vector_at)  # fmt: skip

    def _all(self, rows: Sequence[Row]) -> list[Assessed]:
        """Open rows; bodies that moved are read from the archive."""
        moved = self._archived.bodies("assessment", [((row[3], row[2]), row[3]) for row in rows if row[_BODY] is None])
        return [self._opened(row if row[_BODY] is not None or (row[3], row[2]) not in moved else
                             (*row[:_BODY], moved[row[3], row[2]], *row[_BODY + 1 :])) for row in rows]  # fmt: skip

    def _opened(self, row: Row) -> Assessed:
        container, segment, _, hlc, unit, policy, score, band, mandatory, features, sealed, vector_at = row
        visit = visit_id(container, segment)
        body = self._vault.unseal(unit, sealed, _place(visit, hlc))
        vector = _FEATURES.decode(features)
        return Assessed(visit, Moment(hlc), unit, policy, score, band, bool(mandatory), vector, body, Moment(vector_at))

    def latest(self, visits: Sequence[VisitId]) -> dict[VisitId, Assessed]:
        """The latest assessment of each visit that has one."""
        numbers = self._visits.row_numbers(visits)
        sql = (_SELECT + "WHERE a.visit IN ({})"
               " AND a.hlc = (SELECT max(b.hlc) FROM assessment b WHERE b.visit = a.visit)")  # fmt: skip
        found = self._all(among(self._db, sql, sorted(set(numbers.values()))))
        return {each.visit: each for each in found}

    def of(self, visit: VisitId, limit: int = 100) -> list[Assessed]:
        """The assessments of a visit, newest first."""
        numbers = self._visits.row_numbers([visit])
        sql = _SELECT + "WHERE a.visit = ? ORDER BY a.hlc DESC LIMIT ?"
        return self._all([row for number in numbers.values() for row in self._db.rows(sql, (number, limit))])

    def stood(self, asked: Mapping[VisitId, int]) -> dict[VisitId, Assessed]:
        """The assessment that stood of each visit at a moment; visits that had none are left out.

        Args:
            asked: Visit to the last `hlc` that counts.
        """
        numbers = self._visits.row_numbers(list(asked))
        upto = {numbers[visit]: moment for visit, moment in asked.items() if visit in numbers}
        found: dict[int, Row] = {}
        for row in among(self._db, _SELECT + "WHERE a.visit IN ({})", list(upto)):
            number, hlc = row[2], row[3]
            if hlc <= upto[number] and (number not in found or hlc > found[number][3]):
                found[number] = row
        return {each.visit: each for each in self._all(list(found.values()))}

    def some(self, count: int, seed: int) -> list[tuple[VisitId, Moment]]:
        """Draw assessments at random, each (visit, hlc); the same seed draws the same ones of the same store.

        Entries are drawn evenly over the time of the log, so quiet hours are looked at as often as busy ones. Of
        a batch that judged many boxes at one entry, each may be drawn.
        """
        ends = self._db.one("SELECT min(hlc), max(hlc) FROM assessment")
        if ends is None or ends[0] is None:
            return []
        draw, found = Random(seed), dict[tuple[VisitId, Moment], None]()  # a sample, no secret
        sql = ("SELECT v.container, v.segment, a.hlc FROM assessment a JOIN visit v ON v.id = a.visit"
               f" WHERE a.hlc >= ? ORDER BY a.hlc, a.visit LIMIT {_NEAR}")  # fmt: skip
        for _ in range(count * 4):
            if len(found) >= count:
                break
            rows = self._db.rows(sql, (draw.randint(ends[0], ends[1]),))
            container, segment, hlc = draw.choice(rows)
            if len(rows) == _NEAR and hlc == rows[-1][2]:
                container, segment = self._one_of(hlc, draw)
            found[visit_id(container, segment), Moment(hlc)] = None
        return list(found)

    def _one_of(self, hlc: int, draw: Random) -> tuple[str, int]:
        """Draw one of the boxes that were judged at an entry: the first at or after a number drawn between theirs."""
        first, last = self._db.rows("SELECT min(visit), max(visit) FROM assessment WHERE hlc = ?", (hlc,))[0]
        sql = ("SELECT v.container, v.segment FROM assessment a JOIN visit v ON v.id = a.visit"
               " WHERE a.hlc = ? AND a.visit >= ? ORDER BY a.visit LIMIT 1")  # fmt: skip
        container, segment = self._db.rows(sql, (hlc, draw.randint(first, last)))[0]
        return container, segment

    def touched(self, after: int) -> list[VisitId]:
        """The visits that were judged after a log entry, each once, in the order in which they were opened."""
        sql = (
            "SELECT v.container, v.segment FROM visit v JOIN"
            " (SELECT DISTINCT visit FROM assessment WHERE hlc > ?) a ON a.visit = v.id ORDER BY v.id"
        )
        return [visit_id(container, segment) for container, segment in self._db.rows(sql, (after,))]

    def judged_otherwise(self, policy: str, reach: Reach) -> int:
        """How many boxes that are not gone, within reach, were last judged by another policy."""
        within, args = reach_where(reach, "v.")
        sql = (
            "SELECT count(*) FROM visit v JOIN assessment a ON a.visit = v.id AND a.hlc ="
            " (SELECT max(b.hlc) FROM assessment b WHERE b.visit = v.id)"
            f" WHERE v.gone = 0 AND a.policy <> ? AND {within}"
        )
        found = self._db.one(sql, (policy, *args))
        return 0 if found is None else int(found[0])

    def named(self, after: int, until: int, limit: int) -> list[tuple[VisitId, Moment]]:
        """Assessments after one entry and before another, in order, about so many; those of the last entry all."""
        sql = ("SELECT v.container, v.segment, a.hlc FROM assessment a JOIN visit v ON v.id = a.visit"
               " WHERE a.hlc {} ORDER BY a.hlc, a.visit")  # fmt: skip
        found = self._db.rows(sql.format("> ? AND a.hlc < ?") + " LIMIT ?", (after, until, limit))
        if len(found) == limit:
            last = found[-1][2]
            found = [row for row in found if row[2] < last] + self._db.rows(sql.format("= ?"), (last,))
        return [(visit_id(container, segment), Moment(hlc)) for container, segment, hlc in found]

    def vectors(self, after: int, limit: int) -> list[tuple[VisitId, Moment, tuple[int | None, ...]]]:
        """Feature vectors with a greater `hlc`, in order: what the nightly comparison with the fold reads."""
        sql = (
            "SELECT v.container, v.segment, a.hlc, a.features FROM assessment a JOIN visit v ON v.id = a.visit"
            " WHERE a.hlc > ? ORDER BY a.hlc, a.visit LIMIT ?"
        )
        found = self._db.rows(sql, (after, limit))
        return [(visit_id(c, s), Moment(hlc), _FEATURES.decode(features)) for c, s, hlc, features in found]
