"""History in whole numbers: rows for the fold, prefix rows and retractions for the live path; append-only."""

from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

import msgspec

from vigie.risk import HistoryRow, PrefixRow, Retraction
from vigie.store.archived import Archived
from vigie.store.db import Db, Row

_HISTORY = ("hlc", "line", "kind", "target", "of_kind", "body")
_PREFIX = ("family", "key", "hlc", "totals")
_TAKEN = ("family", "key", "hlc", "target", "taken", "sums")
_BODY = msgspec.msgpack.Decoder(tuple[tuple[int | None, ...], tuple[int, ...]])
_WHOLE = msgspec.msgpack.Decoder(tuple[int, ...])
_pack = msgspec.msgpack.encode

# The last row of many keys at once. PostgreSQL plans one LATERAL statement; SQLite is quickest with one branch per key
# (measured: 30 keys at 0.8 M prefix rows, p50 105 us; the same as single statements 147 us, as one join 128 us).
_LATERAL = (
    "SELECT w.place, p.hlc, p.totals FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]), CAST(? AS BIGINT[]))"
    " WITH ORDINALITY AS w(family, key, bound, place) JOIN LATERAL (SELECT hlc, totals FROM prefix q"
    " WHERE q.family = w.family AND q.key = w.key AND q.hlc {sign} w.bound ORDER BY q.hlc{way} LIMIT 1) p ON TRUE"
)
_BRANCH = (
    "SELECT * FROM (SELECT ? AS place, hlc, totals FROM prefix"
    " WHERE family = ? AND key = ? AND hlc {sign} ? ORDER BY hlc{way} LIMIT 1)"
)


_TAKEN_LATERAL = (
    "SELECT w.place, r.hlc, r.target, r.taken, r.sums FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]),"
    " CAST(? AS BIGINT[]), CAST(? AS BIGINT[]), CAST(? AS BIGINT[]))"
    " WITH ORDINALITY AS w(family, key, since, until, earlier, place)"
    " JOIN LATERAL (SELECT hlc, target, taken, sums FROM retraction q WHERE q.family = w.family AND q.key = w.key"
    " AND q.hlc >= w.since AND q.hlc < w.until AND q.target < w.earlier OFFSET 0) r ON TRUE"
)
_TAKEN_BRANCH = (
    "SELECT ? AS place, hlc, target, taken, sums FROM retraction"
    " WHERE family = ? AND key = ? AND hlc >= ? AND hlc < ? AND target < ?"
)


@cache
def _taken_branches(count: int) -> str:
    return " UNION ALL ".join([_TAKEN_BRANCH] * count)


@cache
def _branches(count: int, sign: str, way: str) -> str:
    return " UNION ALL ".join([_BRANCH.format(sign=sign, way=way)] * count)


class History:
    """What features are computed from: the `PrefixState` of the store, and the rows of the fold."""

    def __init__(self, db: Db, archived: Archived) -> None:
        self._db, self._archived = db, archived

    def keep(
        self,
        rows: Sequence[HistoryRow],
        prefix: Sequence[tuple[int, int, PrefixRow]],
        taken: Sequence[tuple[int, int, Retraction]],
    ) -> None:
        """Add what a fold made (`Folded.rows`, `.prefix`, `.taken`)."""
        with self._db.transaction():
            self._db.load("history", _HISTORY, [
                (r.hlc, r.line, r.kind, r.target, r.of, _pack((r.keys, r.measures))) for r in rows
            ])  # fmt: skip
            # in order of the key: neighbours in the tree are written together
            ordered = sorted((family, key, row.hlc, _pack(row.totals)) for family, key, row in prefix)
            self._db.load("prefix", _PREFIX, ordered)
            self._db.load("retraction", _TAKEN, [
                (family, key, t.hlc, t.target, t.rows, _pack(t.sums)) for family, key, t in taken
            ])  # fmt: skip

    def after(self, hlc: int, limit: int) -> list[HistoryRow]:
        """History rows after an entry, in order; the rows of the last entry are all there (so perhaps more)."""
        if hlc < self._archived.until("history"):
            moved = self._archived.after("history", hlc, limit)
            if moved:
                return [_row(row) for row in moved]
        sql = f"SELECT {', '.join(_HISTORY)} FROM history WHERE hlc "
        found = self._db.rows(sql + "> ? ORDER BY hlc, line, kind LIMIT ?", (hlc, limit))
        if len(found) == limit:
            last = found[-1][0]
            found = [row for row in found if row[0] < last]
            found += self._db.rows(sql + "= ? ORDER BY line, kind", (last,))
        return [_row(row) for row in found]

    def gather(self, wanted: Sequence[tuple[int, int, int]]) -> list[PrefixRow | None]:
        """The last prefix row of each (family, key, before) with hlc <= before."""
        return self._ends(wanted, "<=", " DESC")

    def following(self, wanted: Sequence[tuple[int, int, int]]) -> list[PrefixRow | None]:
        """The first prefix row of each (family, key, after) with hlc > after."""
        return self._ends(wanted, ">", "")

    def _ends(self, wanted: Sequence[tuple[int, int, int]], sign: str, way: str) -> list[PrefixRow | None]:
        answers: list[PrefixRow | None] = [None] * len(wanted)
        found = self._lateral(wanted, sign, way) if self._db.dialect.lateral else self._branched(wanted, sign, way)
        for place, hlc, totals in found:
            answers[place] = PrefixRow(hlc, _WHOLE.decode(totals))
        return answers

    def _lateral(self, wanted: Sequence[tuple[int, int, int]], sign: str, way: str) -> Iterator[Row]:
        if wanted:
            columns = tuple(map(list, zip(*wanted, strict=True)))
            for place, hlc, totals in self._db.rows(_LATERAL.format(sign=sign, way=way), columns):
                yield place - 1, hlc, totals

    def _branched(self, wanted: Sequence[tuple[int, int, int]], sign: str, way: str) -> Iterator[Row]:
        for start in range(0, len(wanted), _LARGEST):
            size = min(_LARGEST, len(wanted) - start)  # few statements to prepare, none with idle branches
            args = [value for place in range(start, start + size) for value in (place, *wanted[place])]
            yield from self._db.rows(_branches(size, sign, way), args)

    def retractions(self, wanted: Sequence[tuple[int, int, int, int]]) -> list[list[Retraction]]:
        """What was taken back from each (family, key, since, until) with since <= hlc < until, in order of hlc."""
        return self._taken([(*asked, _FOREVER) for asked in wanted])

    def straddling(self, wanted: Sequence[tuple[int, int, int, int]]) -> list[list[Retraction]]:
        """Of `retractions`, those that took back entries from before `since`."""
        return self._taken([(*asked, asked[2]) for asked in wanted])

    def _taken(self, wanted: Sequence[tuple[int, int, int, int, int]]) -> list[list[Retraction]]:
        """What was taken back from each (family, key, since, until, of entries before a moment)."""
        answers: list[list[Retraction]] = [[] for _ in wanted]
        found = self._taken_lateral(wanted) if self._db.dialect.lateral else self._taken_branched(wanted)
        for place, hlc, target, taken, sums in sorted(found, key=itemgetter(0, 1, 2)):
            answers[place].append(Retraction(hlc, target, taken, _WHOLE.decode(sums)))
        return answers

    def _taken_lateral(self, wanted: Sequence[tuple[int, int, int, int, int]]) -> Iterator[Row]:
        if wanted:
            for place, *taken in self._db.rows(_TAKEN_LATERAL, tuple(map(list, zip(*wanted, strict=True)))):
                yield place - 1, *taken

    def _taken_branched(self, wanted: Sequence[tuple[int, int, int, int, int]]) -> Iterator[Row]:
        for start in range(0, len(wanted), _LARGEST):
            size = min(_LARGEST, len(wanted) - start)
            args = [value for place in range(start, start + size) for value in (place, *wanted[place])]
            yield from self._db.rows(_taken_branches(size), args)

    def counted(self, wanted: Sequence[tuple[int, int, int]]) -> list[HistoryRow | None]:
        """The latest history row of each (line, kind, upto) with hlc <= upto."""
        sql = (
            f"SELECT {', '.join(_HISTORY)} FROM history WHERE line = ? AND kind = ? AND hlc <= ?"
            " ORDER BY hlc DESC LIMIT 1"
        )
        found = [self._db.one(sql, asked) for asked in wanted]
        missing = [asked for asked, row in zip(wanted, found, strict=True) if row is None]
        moved = self._archived.of_lines(missing) if missing else {}
        kept = [moved.get(asked) if row is None else row for asked, row in zip(wanted, found, strict=True)]
        return [None if row is None else _row(row) for row in kept]


_FOREVER = 1 << 53  # later than any moment (vigie.terms.Moment)
_LARGEST = 64  # branches of one statement: longer ones take SQLite longer to prepare than they save


def _row(row: Row) -> HistoryRow:
    hlc, line, kind, target, of, body = row
    keys: Any
    keys, measures = _BODY.decode(body)
    return HistoryRow(hlc, line, kind, keys, measures, target, of)
