"""Scans: what is known of each, the readings of it, and the register of scanners; pictures and files lie as blobs."""

from collections.abc import Sequence

import msgspec

from vigie.scanning import Scanner, ScanRecord, ThreatReport
from vigie.store.blobs import Blobs
from vigie.store.db import Db, Row
from vigie.store.listing import reach_where
from vigie.store.vault import Vault
from vigie.terms import Handling, Moment, VisitId
from vigie.tracking import Reach

_COLUMNS = ("id", "number", "segment", "claimed", "site", "scanner", "moment", "received", "pixels", "series", "entry",
            "entry_unit", "unit", "coded", "body")  # fmt: skip
_READ = "SELECT s.id, s.unit, s.body FROM scan s "
_record, _report = msgspec.json.Decoder(ScanRecord), msgspec.json.Decoder(ThreatReport)
_scanner = msgspec.json.Decoder(Scanner)
_encode = msgspec.json.Encoder().encode
_BOUND = (1 << 62, "")


class Scans:
    """The scans of the node."""

    def __init__(self, db: Db, vault: Vault, blobs: Blobs) -> None:
        self._db, self._vault, self._blobs = db, vault, blobs

    def put(self, record: ScanRecord, entry_unit: int) -> None:
        """Keep a scan; one that is known stays as it is.

        Args:
            entry_unit: Erasure unit of the log entry that took it in.
        """
        if self.get(record.id) is None:
            self._db.load("scan", _COLUMNS, [self._row(record, entry_unit)])

    def place(self, record: ScanRecord) -> None:
        """Keep a known scan as it stands now: with another box, or other findings."""
        number, segment = _box(record.visit)
        sql = "UPDATE scan SET number = ?, segment = ?, body = ? WHERE id = ?"
        self._db.run(sql, (number, segment, self._seal(record), record.id))

    def _row(self, record: ScanRecord, entry_unit: int) -> Row:
        facts = record.facts
        return (
            record.id, *_box(record.visit), facts.container, record.site, facts.scanner, record.at, record.received,
            record.pixels, record.series, record.entry, entry_unit, record.unit, 0, self._seal(record),
        )  # fmt: skip

    def _seal(self, record: ScanRecord) -> bytes:
        return self._vault.seal(record.unit, _encode(record), b"scan:" + record.id.encode())

    def _opened(self, rows: Sequence[Row]) -> list[ScanRecord]:
        """Records of rows; what was erased a moment ago is left out."""
        found = ((name, self._vault.unseal(unit, bytes(body), b"scan:" + name.encode())) for name, unit, body in rows)
        return [_record.decode(body) for _, body in found if body is not None]

    def get(self, scan: str) -> ScanRecord | None:
        """One scan by its id."""
        return next(iter(self._opened(self._db.rows(_READ + "WHERE s.id = ?", (scan,)))), None)

    def of_visit(self, visit: VisitId) -> list[ScanRecord]:
        """The scans of a box, the oldest first."""
        where = "WHERE s.number = ? AND s.segment = ? ORDER BY s.moment, s.id"
        return self._opened(self._db.rows(_READ + where, _box(visit)))

    def of_container(self, number: str, limit: int = 50) -> list[ScanRecord]:
        """The scans of a container in all its visits, the latest first; also those elsewhere that only claim it."""
        where = "WHERE s.number = ? OR s.claimed = ? ORDER BY s.moment DESC, s.id LIMIT ?"
        return self._opened(self._db.rows(_READ + where, (number, number, limit)))

    def of_scanner(self, scanner: str, limit: int) -> list[ScanRecord]:
        """The scans of a scanner that found their box, the latest received first."""
        where = "WHERE s.scanner = ? AND s.segment > 0 ORDER BY s.received DESC, s.id LIMIT ?"
        return self._opened(self._db.rows(_READ + where, (scanner, limit)))

    def same_pixels(self, pixels: str) -> list[ScanRecord]:
        """Scans of which the detectors gave the same, to the last count; the oldest first."""
        return self._opened(self._db.rows(_READ + "WHERE s.pixels = ? ORDER BY s.received, s.id", (pixels,)))

    def of_series(self, series: str) -> list[ScanRecord]:
        """The scans that files name by a series (DICOS)."""
        return self._opened(self._db.rows(_READ + "WHERE s.series = ? AND s.series <> ''", (series,)))

    def page(
        self,
        reach: Reach,
        *,
        state: str = "",
        container: str = "",
        scanner: str = "",
        before: tuple[int, str] = _BOUND,
        limit: int = 50,
    ) -> list[ScanRecord]:
        """Scans in reach, the latest received first: of boxes in reach, and at its sites those that wait.

        Args:
            state: `matched`, `unmatched`, empty for both. container: As claimed or found. before: Receipt and id of the
                last one shown.
        """
        text, args = reach_where(reach, "v.")
        waits, sites = _waiting(reach)
        where = [
            f"((s.segment = 0 AND {waits}) OR (s.segment > 0 AND {text}))",
            "(s.received < ? OR (s.received = ? AND s.id > ?))",
        ]
        told: list[object] = [*sites, *args, before[0], *before]
        if state:
            where.append("s.segment = 0" if state == "unmatched" else "s.segment > 0")
        if scanner:
            where.append("s.scanner = ?")
            told.append(scanner)
        if container:
            where.append("(s.number = ? OR s.claimed = ?)")
            told += [container, container]
        sql = (f"{_READ}LEFT JOIN visit v ON v.container = s.number AND v.segment = s.segment"
               f" WHERE {' AND '.join(where)} ORDER BY s.received DESC, s.id LIMIT ?")  # fmt: skip
        return self._opened(self._db.rows(sql, (*told, limit)))

    def received(self, since: int, until: int) -> list[str]:
        """The scans that came from a moment (inclusive) to another (exclusive), the oldest first."""
        sql = "SELECT id FROM scan WHERE received >= ? AND received < ? ORDER BY received, id"
        return [str(row[0]) for row in self._db.rows(sql, (since, until))]

    def waiting(self) -> int:
        """How many scans have found no box."""
        found = self._db.one("SELECT count(*) FROM scan WHERE segment = 0")
        return int(found[0]) if found else 0

    def uncoded(self, limit: int) -> list[ScanRecord]:
        """Scans whose master and companded copy wait to be made, the oldest first."""
        return self._opened(self._db.rows(_READ + "WHERE s.coded = 0 ORDER BY s.received, s.id LIMIT ?", (limit,)))

    def to_code(self, scan: str) -> bool:
        """Whether master and companded copy of a scan wait to be made."""
        return self._db.one("SELECT 1 FROM scan WHERE id = ? AND coded = 0", (scan,)) is not None

    def coded(self, scan: str) -> None:
        """Keep that master and companded copy were made."""
        self._db.run("UPDATE scan SET coded = 1 WHERE id = ?", (scan,))

    def units_of(self, visits: Sequence[VisitId]) -> set[int]:
        """Erasure units of the scans of boxes, and of the log entries that took them in."""
        found: set[int] = set()
        for visit in visits:
            sql = "SELECT unit, entry_unit FROM scan WHERE number = ? AND segment = ?"
            found |= {int(unit) for row in self._db.rows(sql, _box(visit)) for unit in row}
        return found

    def keep_blob(self, unit: int, part: str, body: bytes) -> None:
        """Keep a file or picture of a scan; it is on the disk when this returns."""
        self._blobs.put(unit, part, body)

    def drop_blobs(self, unit: int) -> None:
        """Remove the files of a unit that no scan came of: another process took the same scan in at the same time."""
        self._blobs.remove([unit])

    def trim_blobs(self, part: str, most: int) -> int:
        """Remove the oldest of what can be made again, where it takes more than so many bytes; gives how many files."""
        return self._blobs.trim(part, most)

    def blob(self, record: ScanRecord, part: str) -> bytes | None:
        """A file or picture: `master`, `companded`, `preview`, `original-0` and on; None where it was not made yet."""
        return self._blobs.get(record.unit, part)

    def add_report(self, scan: str, report: ThreatReport, at: Moment) -> int:
        """Keep a reading of a scan; the same one once. Gives its place, from 1; 0 where there is no such scan."""
        with self._db.transaction():
            record = self.get(scan)
            if record is None:
                return 0
            known = self.reports(scan)
            if report in known:
                return known.index(report) + 1
            place = len(known) + 1
            body = self._vault.seal(record.unit, _encode(report), f"scan-report:{scan}:{place}".encode())
            row = (scan, place, report.type.value, at, record.unit, body)
            self._db.load("scan_report", ("scan", "place", "kind", "moment", "unit", "body"), [row])
            return place

    def reports(self, scan: str, kind: str = "") -> list[ThreatReport]:
        """The readings of a scan in the order they came. kind: `MACHINE`, `OPERATOR`, …; empty for all."""
        sql = "SELECT place, unit, body, kind FROM scan_report WHERE scan = ? ORDER BY place"
        found = []
        for place, unit, body, told in self._db.rows(sql, (scan,)):
            text = self._vault.unseal(unit, bytes(body), f"scan-report:{scan}:{place}".encode())
            if text is not None and kind in ("", told):
                found.append(_report.decode(text))
        return found

    def put_scanner(self, scanner: Scanner) -> None:
        """Keep a scanner as it stands now."""
        sql = ("INSERT INTO scanner (name, site, body) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
               " site = excluded.site, body = excluded.body")  # fmt: skip
        self._db.run(sql, (scanner.name, scanner.site, _encode(scanner).decode()))

    def scanner(self, name: str) -> Scanner | None:
        """One scanner by its name."""
        found = self._db.one("SELECT body FROM scanner WHERE name = ?", (name,))
        return None if found is None else _scanner.decode(found[0])

    def scanners(self) -> list[Scanner]:
        """The register, by name."""
        return [_scanner.decode(row[0]) for row in self._db.rows("SELECT body FROM scanner ORDER BY name")]


def _box(visit: VisitId) -> tuple[str, int]:
    number, _, segment = visit.rpartition("-")
    return (number, int(segment)) if number else ("", 0)


def _waiting(reach: Reach) -> tuple[str, tuple[str, ...]]:
    """Scans that wait are held as AMBER, for officers of their site; where nobody knows the site, for all."""
    if reach.none:
        return "1 = 0", ()
    if reach.clearance < Handling.AMBER:
        return "1 = 0", ()
    if not reach.sites:
        return "1 = 1", ()
    return f"(s.site = '' OR s.site IN ({','.join('?' * len(reach.sites))}))", tuple(reach.sites)
