"""The register: every state of every seizure for as long as it held, so that a figure is counted as of its day."""

import hmac
from collections.abc import Iterator, Sequence

import msgspec

from vigie.registry import LOTS_G, UNWEIGHED, Claim, Report, Seizure, SeizureRow, State, load_scopes, rows_of
from vigie.registry import SEIZURE_COLUMNS as COLUMNS
from vigie.store.db import Db, Row, among, places
from vigie.store.vault import Vault
from vigie.terms import Handling, Moment

FOREVER = (1 << 62) - 1
"""End of a state that still holds."""

_AT_ONCE = 5_000
_report = msgspec.json.Decoder(Report)
_STATE = ("id", "start", "finish", "state", "merged_into", "lead", "recorded", "moment", "place", "handling",
          "container", "visit", "cases")  # fmt: skip
_ROW = ("id", "start", "place_in", "finish", "hlc", "moment", *COLUMNS[3:])
_GIVEN = ", ".join(f"r.{name}" for name in ("id", "hlc", "moment", *COLUMNS[3:]))
_PLAIN = f"SELECT {', '.join(f's.{name}' for name in _STATE)} FROM seizure s "


class Registry:
    """The seizures, reports and claims of the node."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    @staticmethod
    def _place(report: int) -> bytes:
        return b"seizure-report:%d" % report

    def case_key(self, case: str) -> str:
        """What stands for a judicial file in the tables: a keyed hash, so that the file is found and not told."""
        plain = case.strip().lower()
        if not plain:
            return ""
        return hmac.digest(self._vault.secret("registry-case"), plain.encode(), "sha256").hex()[:32]

    def put(self, changed: Sequence[Seizure], hlc: Moment, unit: int) -> None:
        """Keep seizures as they stand from a log entry on; a report that is new is sealed with the unit's key."""
        for one in changed:
            for report in one.reports:
                if report.id == hlc:
                    body = self._vault.seal(unit, msgspec.json.encode(report), self._place(hlc))
                    self._db.run("INSERT INTO seizure_report (hlc, unit, body) VALUES (?, ?, ?)", (hlc, unit, body))
        ids = [one.id for one in changed]
        for table in ("seizure", "seizure_row"):
            for name in ids:
                self._db.run(f"UPDATE {table} SET finish = ? WHERE id = ? AND finish = ?", (hlc, name, FOREVER))
        self._db.load("seizure", _STATE, [self._state(one, hlc) for one in changed])
        self._db.load("seizure_member", ("id", "start", "report"),
                      [(one.id, hlc, report.id) for one in changed for report in one.reports])  # fmt: skip
        standing = [one for one in changed if one.state is State.STANDING]
        self._db.load("seizure_row", _ROW, [
            (row.id, hlc, place, FOREVER, row.hlc, row.at, *(_plain(getattr(row, name)) for name in COLUMNS[3:]))
            for one in standing for place, row in enumerate(rows_of(one))
        ])  # fmt: skip

    def _state(self, one: Seizure, hlc: Moment) -> Row:
        told = one.seized
        return (one.id, hlc, FOREVER, one.state.value, one.into, one.lead, one.recorded, told.at, told.place,
                int(told.handling), told.container, str(told.visit), self.case_key(told.case))  # fmt: skip

    def get(self, wanted: str, as_of: int | None = None) -> Seizure | None:
        """One seizure as it stood; None where there was none, or all that was told of it is erased."""
        found = self.of([wanted], as_of)
        return found.get(wanted)

    def of(self, wanted: Sequence[str], as_of: int | None = None) -> dict[str, Seizure]:
        """Several seizures as they stood at a log entry; None means now."""
        moment = FOREVER - 1 if as_of is None else as_of
        rows = among(self._db, f"{_PLAIN}WHERE s.start <= ? AND s.finish > ? AND s.id IN ({{}})", wanted,
                     before=(moment, moment))  # fmt: skip
        return {one.id: one for row in {row[0]: row for row in rows}.values() if (one := self._whole(row)) is not None}

    def history(self, wanted: str) -> list[Seizure]:
        """Every state that a seizure had, oldest first."""
        rows = self._db.rows(f"{_PLAIN}WHERE s.id = ? ORDER BY s.start", (wanted,))
        return [one for row in rows if (one := self._whole(row)) is not None]

    def _whole(self, row: Row) -> Seizure | None:
        name, start, _, state, into, lead, recorded, *_ = row
        sql = ("SELECT p.hlc, p.unit, p.body FROM seizure_member m JOIN seizure_report p ON p.hlc = m.report"
               " WHERE m.id = ? AND m.start = ? ORDER BY p.hlc")  # fmt: skip
        found = self._db.rows(sql, (name, start))
        opened = [self._vault.unseal(unit, body, self._place(hlc)) for hlc, unit, body in found]
        reports = tuple(_report.decode(body) for body in opened if body is not None)
        if not reports:
            return None
        return Seizure(name, reports, Moment(lead), State(state), into, Moment(recorded), Moment(start))

    def names(self, beginning: str) -> frozenset[str]:
        """The names of all seizures that begin alike."""
        rows = self._db.rows("SELECT DISTINCT id FROM seizure WHERE id >= ? AND id < ?", (beginning, beginning + "~"))
        return frozenset(row[0] for row in rows)

    def of_case(self, case: str, as_of: int | None = None) -> list[Seizure]:
        """The standing seizures of a judicial file, by moment."""
        return self._standing("s.cases = ?", (self.case_key(case),), as_of) if case.strip() else []

    def of_visit(self, visit: str) -> list[Seizure]:
        """The standing seizures in a box, by moment."""
        return self._standing("s.visit = ?", (visit,), None) if visit else []

    def _standing(self, where: str, args: tuple[str, ...], as_of: int | None) -> list[Seizure]:
        moment = FOREVER - 1 if as_of is None else as_of
        sql = f"{_PLAIN}WHERE {where} AND s.start <= ? AND s.finish > ? AND s.state = 'standing'"
        rows = self._db.rows(f"{sql} ORDER BY s.moment, s.id", (*args, moment, moment))
        return [one for row in rows if (one := self._whole(row)) is not None]

    def rows(self, since: int, until: int, as_of: int | None = None, clearance: int = 4) -> Iterator[SeizureRow]:
        """The rows of the seizures that counted, by moment: since <= at < until, as the register stood at a log entry.

        They come in portions, each a query of its own, so that any number of them needs little memory.
        """
        moment = FOREVER - 1 if as_of is None else as_of
        sql = (f"SELECT {_GIVEN}, r.start, r.place_in FROM seizure_row r WHERE r.moment < ? AND r.start <= ?"
               " AND r.finish > ? AND r.handling <= ? AND (r.moment, r.id, r.start, r.place_in) > (?, ?, ?, ?)"
               " ORDER BY r.moment, r.id, r.start, r.place_in LIMIT ?")  # fmt: skip
        after: tuple[int, str, int, int] = (since - 1, "~", 0, 0)
        while True:
            found = self._db.rows(sql, (until, moment, moment, clearance, *after, _AT_ONCE))
            yield from (_row(row) for row in found)
            if len(found) < _AT_ONCE:
                return
            last = found[-1]
            after = (last[2], last[0], last[-2], last[-1])

    def stamp(self) -> int:
        """Log entry of the last change, 0 before the first: what was made of rows holds as long as this is the same."""
        found = self._db.one("SELECT max(start) FROM seizure")
        return int(found[0] or 0) if found else 0

    def page(
        self, *, sites: Sequence[str] = (), clearance: int = 4, place: str = "", substance: str = "",
        state: str = "standing", since: int = 0, until: int = FOREVER, before: tuple[int, str] | None = None,
        limit: int = 50, provenance: str = "", cover_hs: str = "", area: str = "", lot: str = "", held: str = "",
        as_of: int | None = None,
    ) -> list[tuple[SeizureRow, State]]:
        """Seizures for a list, the latest first, each by its leading substance, or by the one that is asked for.

        Args:
            sites, clearance: How far the officer sees. before: Moment and id where the page before ended.
            place, provenance, cover_hs: One code or several with commas, `-` for rows that tell none; of the last the
                first digits. area: Of the vocabulary of scopes. lot: Class of the weight of that substance. held: `yes`
                for RED alone, `no` for all else. as_of: Log entry; None means now.
        """
        if state != "standing":
            return self._gone(state, clearance, sites, limit)
        moment = FOREVER - 1 if as_of is None else as_of
        narrowed: list[Clause] = [
            ("r.start <= ? AND r.finish > ?", (moment, moment)), ("r.handling <= ?", (clearance,)),
            ("r.moment >= ? AND r.moment < ?", (since, until)), _of_substance(substance), _any("place", place),
            _any("provenance", provenance), _any("cover_hs", cover_hs, begins=True), _of_area(area), _of_lot(lot),
            _of_code(held), _any("place", ",".join(sites)),
        ]  # fmt: skip
        if before is not None:
            narrowed.append(("(r.moment, r.id) < (?, ?)", before))
        asked = [one for one in narrowed if one[0]]
        sql = f"SELECT {_GIVEN} FROM seizure_row r WHERE {' AND '.join(text for text, _ in asked)}"
        args = [each for _, told in asked for each in told]
        found = self._db.rows(f"{sql} ORDER BY r.moment DESC, r.id DESC LIMIT ?", (*args, limit))
        return [(_row(row), State.STANDING) for row in found]

    def _gone(self, state: str, clearance: int, sites: Sequence[str], limit: int) -> list[tuple[SeizureRow, State]]:
        """Merged or withdrawn ones: few, so they are opened one by one."""
        rows = self._db.rows(
            f"{_PLAIN}WHERE s.finish = ? AND s.state = ? AND s.handling <= ? ORDER BY s.start DESC LIMIT ?",
            (FOREVER, state, clearance, limit),
        )  # fmt: skip
        whole = [one for row in rows if not sites or row[8] in sites if (one := self._whole(row)) is not None]
        return [(next(rows_of(one)), one.state) for one in whole]

    def count(self) -> int:
        """How many seizures stand."""
        found = self._db.one("SELECT count(*) FROM seizure_row WHERE finish = ? AND place_in = 0", (FOREVER,))
        return int(found[0]) if found else 0


Clause = tuple[str, tuple[str | int, ...]]
"""A condition with its arguments; an empty text is none."""

_SAME = "FROM seizure_row x WHERE x.id = r.id AND x.start = r.start AND x.substance ="
_WEIGHT = f"(SELECT sum(x.grams) {_SAME} r.substance)"


def _of_substance(substance: str) -> Clause:
    if not substance:
        return "r.place_in = 0", ()
    return f"r.place_in = (SELECT min(x.place_in) {_SAME} ?)", (substance,)


def _any(column: str, told: str, begins: bool = False) -> Clause:
    """Rows with one of the codes in a text, or beginning with one; `-` is a row without."""
    codes = ["" if one == "-" else one for one in told.split(",") if one]
    if not begins:
        return (f"r.{column} IN ({places(len(codes))})" if codes else ""), tuple(codes)
    parts = [f"(r.{column} >= ? AND r.{column} < ?)" if code else f"r.{column} = ''" for code in codes]
    ends = tuple(each for code in codes if code for each in (code, f"{code}~"))
    return (f"({' OR '.join(parts)})" if parts else ""), ends


def _of_area(area: str) -> Clause:
    if not area:
        return "", ()
    within = load_scopes().areas.get(area)
    ports, countries = (within.ports, within.countries) if within else ((), ())
    text = f"(r.place IN ({places(len(ports) + 1)}) OR r.country IN ({places(len(countries) + 1)}))"
    return text, ("", *ports, "", *countries)


def _of_lot(lot: str) -> Clause:
    """Rows by the class of what the seizure holds of the row's substance (`vigie.registry.LOTS`)."""
    if lot == UNWEIGHED:
        return f"{_WEIGHT} IS NULL", ()
    if not lot:
        return "", ()
    low, high = (-1, *LOTS_G)[int(lot)], (*LOTS_G, FOREVER)[int(lot)]
    return f"{_WEIGHT} > ? AND {_WEIGHT} <= ?", (low, high)


def _of_code(held: str) -> Clause:
    return {"yes": "r.handling = ?", "no": "r.handling < ?"}.get(held, ""), (int(Handling.RED),) if held else ()


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


_FLAGS = tuple(COLUMNS.index(name) for name in ("leads", "is_closed", "is_joint"))


def _row(row: Row) -> SeizureRow:
    cells = list(row[: len(COLUMNS)])
    for place in _FLAGS:
        cells[place] = bool(cells[place])
    return SeizureRow(*cells)


class Claims:
    """Claims in the order in which they were kept; one that is handed in again changes nothing."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, hlc: Moment, claims: Sequence[tuple[str, Claim]]) -> int:
        """Keep claims, each with its digest; gives how many were new."""
        known = {row[0] for row in among(self._db, "SELECT digest FROM claim WHERE digest IN ({})",
                                         [digest for digest, _ in claims])}  # fmt: skip
        fresh = {digest: one for digest, one in claims if digest not in known}
        rows = [
            (hlc, place, digest, one.document, one.scope.area, one.measure, one.start, one.end,
             msgspec.json.encode(msgspec.structs.replace(one, id=hlc)).decode())
            for place, (digest, one) in enumerate(fresh.items())
        ]  # fmt: skip
        columns = ("id", "place_in", "digest", "document", "area", "measure", "first_day", "last_day", "body")
        self._db.load("claim", columns, rows)
        return len(rows)

    def all(self, document: str | None = None, as_of: int | None = None) -> list[Claim]:
        """Claims as kept up to a log entry. document: Of one alone; empty text: sources alone; None: all."""
        sql, args = "SELECT body FROM claim WHERE id <= ?", [FOREVER if as_of is None else as_of]
        told: list[str | int] = [*args]
        if document is not None:
            sql += " AND document = ?"
            told.append(document)
        return [msgspec.json.decode(row[0], type=Claim) for row in self._db.rows(f"{sql} ORDER BY id, place_in", told)]
