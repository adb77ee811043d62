"""Visits: the worklist that lists are made of, and the sealed bodies beside it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from vigie.store.db import Db, Row, among
from vigie.store.listing import (
    GONE,
    NEVER,
    STATUSES,
    Stream,
    column_of,
    halves,
    reach_where,
    streams,
    where,
    write_mark,
)
from vigie.store.vault import Vault
from vigie.terms import BadRequest, Moment, VisitId, visit_id
from vigie.tracking import Kept, Listed, ListPage, Query, Reach, Visit

_FIXED = ("id", "container", "segment", "opened", "unit")
_LISTED = (
    "changed", "site", "terminal", "due", "score_milli", "band", "mandatory", "status", "stratum", "loading",
    "unloading", "carrier", "vessel", "voyage", "hs2", "size_type", "reefer", "empty_box", "fired", "doubts",
    "handling", "claimed_by", "watched", "selected", "reasons", "gone", "due_source", "leaves", "leaves_source",
)  # fmt: skip
_COLUMNS = _FIXED + _LISTED
_ALL = ", ".join(f"v.{name}" for name in _COLUMNS)
_MARKS = frozenset({"status", "stratum", "claimed_by", "watched", "selected", "handling"})
_CLAIM = _LISTED.index("claimed_by")
_REASONS = _LISTED.index("reasons")
_DEADLINES = ("due", "due_source", "leaves", "leaves_source", "changed")
# Boxes on which an indicator fired, from which on a list is read in its order and tested row by row. Measured at one
# million boxes on SQLite, CPU of a page looked up and read in order: 3,000 boxes 16 and 16 ms, 5,000 26 and 11, 20,000
# 81 and 4; read in order, 1,000 cost 46 ms.
_COMMON = 5_000
_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Visit)  # smaller, read in half the time
_FORMER = msgspec.json.Decoder(Visit)  # bodies of earlier releases; no MessagePack map begins as JSON does
_REMEMBERED = 100_000  # visits whose row number is held in memory, about 15 MB


def _said(flag: bool | None) -> int:
    return -1 if flag is None else int(flag)


def _listed_values(listed: Listed) -> tuple[Any, ...]:
    status = _status(listed.status)
    return (
        listed.changed, listed.site, listed.terminal, NEVER if listed.due is None else listed.due, listed.score_milli,
        listed.band, int(listed.mandatory), status, listed.stratum, listed.loading, listed.unloading, listed.carrier,
        listed.vessel, listed.voyage, listed.hs2, listed.size_type, _said(listed.reefer), _said(listed.empty),
        listed.fired, listed.doubts, int(listed.handling), listed.claimed_by, int(listed.watched),
        int(listed.selected), " ".join(listed.reasons), int(status == GONE), listed.due_source,
        NEVER if listed.leaves is None else listed.leaves, listed.leaves_source,
    )  # fmt: skip


def _status(told: str) -> int:
    try:
        return STATUSES.index(told)
    except ValueError:
        raise BadRequest(reason="status", value=told[:20]) from None


def _listed(row: Row) -> Listed:
    (_, container, segment, opened, _, changed, site, terminal, due, score, band, mandatory, status, stratum, loading,
     unloading, carrier, vessel, voyage, hs2, size_type, reefer, empty, fired, doubts, handling, claimed, watched,
     selected, reasons, _, due_source, leaves, leaves_source) = row  # fmt: skip
    return Listed(
        visit_id(container, segment), container, segment, Moment(opened), Moment(changed), site, terminal,
        None if due == NEVER else Moment(due), score, band, bool(mandatory), STATUSES[status], stratum, loading,
        unloading, carrier, vessel, voyage, hs2, size_type, None if reefer < 0 else bool(reefer),
        None if empty < 0 else bool(empty), fired, doubts, handling, claimed, bool(watched), bool(selected),
        tuple(reasons.split()), due_source, None if leaves == NEVER else Moment(leaves), leaves_source,
    )  # fmt: skip


def _parted(visit: str) -> tuple[str, int]:
    container, _, segment = visit.rpartition("-")
    return container, int(segment) if segment.isascii() and segment.isdigit() else -1


def _place(visit: str) -> bytes:
    return b"visit:" + visit.encode()


class Visits:
    """The visits of the node. Only the sequencer puts; officers' marks are small updates."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault
        self._rows: dict[VisitId, int] = {}
        self._expected: dict[VisitId, int] = {}
        self._held_rows: dict[str, dict[VisitId, Row]] = {}
        self._ready: dict[VisitId, tuple[Visit, int, bytes]] = {}

    def forget(self) -> None:
        """Drop what was remembered: a transaction was rolled back."""
        self._rows.clear()
        self.let_go()

    def let_go(self) -> None:
        """Drop what was only true inside a transaction: it ended."""
        self._expected, self._held_rows, self._ready = {}, {}, {}

    def expect(self, visits: Sequence[VisitId]) -> None:
        """Give those of some visits that are new their row numbers, before they are put in the same transaction.

        Their terms and parties can be written then without asking whether any of it is there. Only containers that
        were asked for in this transaction (`of_containers`) are known well enough for that.
        """
        held = self._held_rows
        fresh = [visit for visit in visits if visit not in held.get(_parted(visit)[0], (visit,))]
        self._expected = dict(zip(fresh, self._numbers(len(fresh)), strict=True))
        self._remember(self._expected)

    def is_expected(self, visit: VisitId) -> bool:
        """Whether a visit is new in this transaction, so that nothing about it can be there."""
        return visit in self._expected

    def _numbers(self, count: int) -> range:
        """Fresh row numbers that follow each other."""
        if not count:
            return range(0)
        self._db.run("UPDATE counter SET value = value + ? WHERE name = 'visit'", (count,))
        found = self._db.one("SELECT value FROM counter WHERE name = 'visit'") or (0,)
        return range(int(found[0]) - count + 1, int(found[0]) + 1)

    def row_numbers(self, visits: Sequence[VisitId]) -> dict[VisitId, int]:
        """The row numbers of visits; unknown visits are left out."""
        known = {visit: self._rows[visit] for visit in visits if visit in self._rows}
        unknown = sorted({_parted(visit)[0] for visit in visits if visit not in known})
        sql = "SELECT id, container, segment FROM visit WHERE container IN ({})"
        found = {visit_id(c, s): number for number, c, s in among(self._db, sql, unknown)}
        self._remember(found)
        known |= found
        return {visit: known[visit] for visit in visits if visit in known}

    def _remember(self, found: dict[VisitId, int]) -> None:
        if len(self._rows) > _REMEMBERED:
            self._rows.clear()
        self._rows.update(found)

    def put(self, rows: Sequence[tuple[Visit, Listed, int]]) -> None:
        """Add visits or put them in the place of what is known; each with its list row and its erasure unit.

        Of a known visit the claim is left as it is: officers claim directly. All else is taken from the list row, so
        the caller starts from the row that it read in the same transaction.
        """
        latest = {visit.id: (visit, listed, unit) for visit, listed, unit in rows}
        with self._db.transaction():
            containers = sorted({visit.container for visit, _, _ in latest.values()} - self._held_rows.keys())
            sql = f"SELECT {_ALL} FROM visit v WHERE v.container IN ({{}})"
            known = {visit_id(row[1], row[2]): row for row in among(self._db, sql, containers)}
            for held in self._held_rows.values():
                known |= held
            fresh = [each for name, each in latest.items() if name not in known]
            self._add(fresh)
            self._change([(known[name], *latest[name][:2]) for name in latest if name in known])
        self.let_go()

    def _add(self, fresh: Sequence[tuple[Visit, Listed, int]]) -> None:
        if not fresh:
            return
        others = [visit.id for visit, _, _ in fresh if visit.id not in self._expected]
        numbers = self._expected | dict(zip(others, self._numbers(len(others)), strict=True))
        listed_rows, bodies = [], []
        for visit, listed, unit in fresh:
            number = numbers[visit.id]
            fixed = (number, visit.container, visit.segment, visit.opened, unit)
            listed_rows.append((*fixed, *_listed_values(listed)))
            bodies.append((number, self._sealed(visit, unit)))
        self._db.load("visit", _COLUMNS, listed_rows)
        self._db.load("visit_body", ("id", "body"), bodies)
        fired = [(code, numbers[visit.id]) for visit, listed, _ in fresh for code in dict.fromkeys(listed.reasons)]
        self._db.load("fired_on", ("indicator", "visit"), sorted(fired))
        self._remember(numbers)

    def seal(self, visits: Iterable[tuple[Visit, int]]) -> None:
        """Seal bodies before `put` is called with the same visits: no score hangs on them. Each with its unit."""
        self._ready = {visit.id: (visit, unit, self._sealed(visit, unit)) for visit, unit in visits}

    def _sealed(self, visit: Visit, unit: int) -> bytes:
        ready = self._ready.get(visit.id)
        if ready is not None and ready[0] is visit and ready[1] == unit:
            return ready[2]
        return self._vault.seal(unit, _ENCODER.encode(visit), _place(visit.id))

    def _change(self, known: Sequence[tuple[Row, Visit, Listed]]) -> None:
        """Only columns that changed are written, so that the other indexes are left alone."""
        bodies, changes = [], defaultdict(list)
        fired: set[tuple[str, int]] = set()
        silent: set[tuple[str, int]] = set()
        for row, visit, listed in known:
            bodies.append((self._sealed(visit, row[4]), row[0]))  # a visit keeps the unit that it was opened with
            values = _listed_values(listed)
            kept = row[len(_FIXED) :]
            changed = [place for place, value in enumerate(values) if value != kept[place] and place != _CLAIM]
            if _REASONS in changed:
                fired |= {(code, row[0]) for code in listed.reasons}
                silent |= {(code, row[0]) for code in kept[_REASONS].split() if code not in listed.reasons}
            if changed:
                names = tuple(_LISTED[place] for place in changed)
                changes[names].append((*(values[place] for place in changed), row[0]))
        self._db.many("UPDATE visit_body SET body = ? WHERE id = ?", bodies)
        for names, rows in changes.items():
            assigned = ", ".join(f"{name} = ?" for name in names)
            self._db.many(f"UPDATE visit SET {assigned} WHERE id = ?", rows)
        if silent:
            self._db.many("DELETE FROM fired_on WHERE indicator = ? AND visit = ?", sorted(silent))
        if fired:
            self._db.fill("fired_on", ("indicator", "visit"), sorted(fired))

    def waiting_for(self, ship: str, place: str) -> list[VisitId]:
        """The boxes that a ship (IMO number, or name in capitals) brings to a port or takes on there, and that have
        neither landed nor left."""
        kind = "imo" if ship.isdecimal() else "vessel"
        sql = (
            "SELECT v.container, v.segment FROM lookup l JOIN visit v ON v.id = l.visit WHERE l.kind = ? AND l.term = ?"
            " AND v.gone = 0 AND v.site = ? ORDER BY v.id"
        )
        return [visit_id(container, segment) for container, segment in self._db.rows(sql, (kind, ship, place))]

    def aboard(self, ship: str) -> list[VisitId]:
        """The boxes that a ship brings, to whatever port, and that have not left it."""
        kind = "imo" if ship.isdecimal() else "vessel"
        sql = (
            "SELECT v.container, v.segment FROM lookup l JOIN visit v ON v.id = l.visit WHERE l.kind = ? AND l.term = ?"
            " AND v.gone = 0 ORDER BY v.id"
        )
        return [visit_id(container, segment) for container, segment in self._db.rows(sql, (kind, ship))]

    def reschedule(self, rows: Sequence[Listed]) -> None:
        """Write the deadlines of list rows anew, and that they changed; all else stays."""
        numbers = self.row_numbers([row.visit for row in rows])
        changes = []
        for row in rows:
            values = dict(zip(_LISTED, _listed_values(row), strict=True))
            changes.append((*(values[name] for name in _DEADLINES), numbers[row.visit]))
        assigned = ", ".join(f"{name} = ?" for name in _DEADLINES)
        self._db.many(f"UPDATE visit SET {assigned} WHERE id = ?", changes)

    def _is_common(self, query: Query) -> bool:
        """Whether an indicator asked for fired on so many boxes that the list is best read in its order."""
        if not query.indicator:
            return False
        sql = "SELECT count(*) FROM (SELECT 1 FROM fired_on WHERE indicator = ? LIMIT ?) AS counted"
        found = self._db.one(sql, (query.indicator, _COMMON + 1))
        return found is not None and int(found[0]) > _COMMON

    def _source(self, query: Query, common: bool) -> str:
        """The boxes on which a rare indicator fired are looked up one by one: SQLite would read the list in its order.

        `NOT INDEXED` forbids all indexes but the row number itself.
        """
        rare = bool(query.indicator) and not common and self._db.dialect.name == "sqlite"
        return "visit v NOT INDEXED" if rare else "visit v"

    def of_containers(self, numbers: Sequence[str], newest: int = 4) -> dict[str, list[Kept]]:
        """The latest segments of containers, newest first; a number that is not known is left out."""
        sql = (f"SELECT {_ALL}, b.body FROM visit v JOIN visit_body b ON b.id = v.id"
               " WHERE v.container IN ({}) ORDER BY v.container, v.segment DESC" + self._held())  # fmt: skip
        found: dict[str, list[Kept]] = defaultdict(list)
        held: dict[str, dict[VisitId, Row]] = {number: {} for number in numbers}
        if self._db.busy():
            self._held_rows |= held
        for row in among(self._db, sql, sorted(held)):
            held[row[1]][visit_id(row[1], row[2])] = row[:-1]
            if len(found[row[1]]) < newest and (kept := self._kept(row)) is not None:
                found[row[1]].append(kept)
        return {number: kept for number, kept in found.items() if kept}

    def get(self, visits: Sequence[VisitId]) -> dict[VisitId, Kept]:
        """Visits by name; unknown or erased ones are left out."""
        numbers = self.row_numbers(visits)
        sql = f"SELECT {_ALL}, b.body FROM visit v JOIN visit_body b ON b.id = v.id WHERE v.id IN ({{}})"
        sql += self._held()
        opened = (self._kept(row) for row in among(self._db, sql, sorted(set(numbers.values()))))
        return {kept.visit.id: kept for kept in opened if kept is not None}

    def _held(self) -> str:
        """Visits read in a transaction are held until its end, so that no mark of an officer is overwritten."""
        held = self._db.dialect.for_update if self._db.busy() else ""
        return f"{held} OF v" if held else ""

    def _kept(self, row: Row) -> Kept | None:
        listed, unit = _listed(row[:-1]), row[4]
        self._rows[listed.visit] = row[0]
        body = self._vault.unseal(unit, row[-1], _place(listed.visit))
        return None if body is None else Kept((_FORMER if body[:1] == b"{" else _DECODER).decode(body), listed, unit)

    def one(self, visit: VisitId, reach: Reach) -> Listed | None:
        """The list row of one visit, if it lies in reach."""
        text, args = reach_where(reach)
        container, segment = _parted(visit)
        sql = f"SELECT {_ALL} FROM visit v WHERE container = ? AND segment = ? AND {text}"
        found = self._db.one(sql, (container, segment, *args))
        return None if found is None else _listed(found)

    def page(self, query: Query, reach: Reach) -> ListPage:
        """One page of the worklist, sorted over everything in reach; ties in the order of opening.

        Raises:
            BadRequest: An unknown sort, or a mark that is not ours.
        """
        limit = min(max(query.limit, 1), 1000)
        wanted, skip = limit + 1, 0 if query.after else max(query.offset, 0)
        found: list[tuple[str | int, Row]] = []
        with self._db.reading():
            common = self._is_common(query)
            source = self._source(query, common)
            for group in streams(query, reach, common):
                if len(found) < skip + wanted:
                    found += self._merged(group, skip + wanted - len(found), source)
        found = found[skip:]
        more = len(found) > limit
        rows = tuple(_listed(row) for _, row in found[:limit])
        return ListPage(rows, write_mark(found[limit - 1][0], found[limit - 1][1][0]) if more else "")

    def _merged(self, group: Sequence[Stream], wanted: int, source: str) -> list[tuple[str | int, Row]]:
        found: list[tuple[str | int, int, Row]] = []
        for stream in group:
            way = " DESC" if stream.descending else ""
            order = f"{stream.column}{way}" + ("" if stream.column == "id" else f", id{way}")
            sql = f"SELECT {_ALL} FROM {source} WHERE {stream.where} ORDER BY {order} LIMIT ?"
            place = _COLUMNS.index(stream.column)
            for row in self._db.rows(sql, (*stream.args, wanted)):
                found.append((row[place], row[0], row))
        found.sort(key=lambda each: each[:2], reverse=group[0].descending)
        shared = group[0].value
        return [(value if shared is None else shared, row) for value, _, row in found[:wanted]]

    def count(self, query: Query, reach: Reach, most: int = 10_000) -> int:
        """How many visits a query finds; counting stops at `most`."""
        common = self._is_common(query)
        text, args = where(query, reach, common)
        counted, source = 0, self._source(query, common)
        for half in halves(query):
            sql = f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE gone = {half} AND {text} LIMIT ?) AS counted"
            found = self._db.one(sql, (*args, most - counted))
            counted += int(found[0]) if found else 0
        return counted

    def tally(self, column: str, query: Query, reach: Reach) -> dict[str, int]:
        """How many visits of a query there are per value of a column."""
        text, args = where(query, reach)
        name = "band" if column == "band" else column_of(column)
        gone = f"gone IN ({', '.join(map(str, halves(query)))})"
        found = self._db.rows(f"SELECT {name}, count(*) FROM visit v WHERE {gone} AND {text} GROUP BY {name}", args)
        return {STATUSES[value] if column == "status" else str(value): int(count) for value, count in found}

    def mark(self, visits: Sequence[VisitId], **marks: str | int | bool) -> int:
        """Set some list columns of visits: status, stratum, claimed_by, watched, selected, handling.

        Returns:
            How many visits there were.

        Raises:
            BadRequest: Another column, or an unknown status.
        """
        if not marks or not marks.keys() <= _MARKS:
            raise BadRequest(reason="mark")
        values: dict[str, Any] = {name: int(v) if isinstance(v, bool) else v for name, v in marks.items()}
        if "status" in values:
            values["status"] = _status(str(values["status"]))
            values["gone"] = int(values["status"] == GONE)
        with self._db.transaction():
            numbers = self.row_numbers(visits)
            assigned = ", ".join(f"{name} = ?" for name in values)
            rows = [(*values.values(), number) for number in numbers.values()]
            self._db.many(f"UPDATE visit SET {assigned} WHERE id = ?", rows)
        return len(numbers)

    def claim(self, visit: VisitId, officer: str) -> str:
        """Claim a visit if nobody has it; who has it afterwards (empty: there is no such visit)."""
        container, segment = _parted(visit)
        sql = "UPDATE visit SET claimed_by = ? WHERE container = ? AND segment = ? AND claimed_by = ''"
        with self._db.transaction():
            self._db.run(sql, (officer, container, segment))
            asked = "SELECT claimed_by FROM visit WHERE container = ? AND segment = ?"
            found = self._db.one(asked, (container, segment))
        return str(found[0]) if found else ""
