"""Packages of files that travel beside the exchange's log: each a sealed blob with an erasure unit of its own."""

from collections.abc import Container, Sequence

import msgspec

from vigie.exchange import Package
from vigie.store.blobs import Blobs
from vigie.store.db import Db, among
from vigie.store.erasing import Erasing
from vigie.store.vault import Vault
from vigie.terms import Moment

_COLUMNS = ("sha256", "kind", "origin", "container", "kept", "until", "size", "unit")
_READ = f"SELECT {', '.join(_COLUMNS)} FROM package "
_PART = "package"
_OF_SCAN = (("scan", "id"), ("scan_report", "scan"), ("machine_reading", "scan"), ("reading_case", "scan"),
            ("reading_claim", "scan"))  # fmt: skip
"""What goes with a scan: what a machine made of its pixels, and who it waits for. What an officer said of it stays."""

_ONLY_OF = (
    "SELECT s.id, s.unit, s.entry_unit FROM package_scan p JOIN scan s ON s.id = p.scan WHERE p.sha256 = ?"
    " AND NOT EXISTS (SELECT 1 FROM package_scan o WHERE o.scan = p.scan AND o.sha256 <> p.sha256)"
)


class KeptPackage(msgspec.Struct, frozen=True):
    """A package that the node holds.

    Attributes:
        sha256: Its name. kind: What it is for. origin: Node it comes from. container: Whose pictures; may be empty.
        kept: When it came here. until: When it has to go. size: Bytes. unit: Erasure unit of its blob.
    """

    sha256: str
    kind: str
    origin: str
    container: str
    kept: Moment
    until: Moment
    size: int
    unit: int


class Packages:
    """The packages of the node, own and received."""

    def __init__(self, db: Db, vault: Vault, blobs: Blobs, erasing: Erasing) -> None:
        self._db, self._vault, self._blobs, self._erasing = db, vault, blobs, erasing

    def put(self, told: Package, raw: bytes, at: Moment) -> bool:
        """Keep a package; whether it was not held before. Its bytes are on the disk before its row is written."""
        if self.get(told.sha256) is not None:
            return False
        unit = self._vault.units(1)[0]
        self._blobs.put(unit, _PART, raw)
        cover = told.cover
        until = cover.marking.retain_until
        row = (told.sha256, cover.kind.value, cover.origin, cover.container, at, until, len(raw), unit)
        with self._db.transaction():
            if self.get(told.sha256) is None:
                self._db.load("package", _COLUMNS, [row])
        return True

    def get(self, sha256: str) -> KeptPackage | None:
        """One package by its name."""
        found = self._db.one(_READ + "WHERE sha256 = ?", (sha256,))
        return None if found is None else KeptPackage(*found)

    def raw(self, sha256: str) -> bytes | None:
        """The bytes of a package; None where it is not held, or was erased."""
        found = self.get(sha256)
        return None if found is None else self._blobs.get(found.unit, _PART)

    def held(self, names: Sequence[str]) -> set[str]:
        """Which of some packages are held."""
        sql = "SELECT sha256 FROM package WHERE sha256 IN ({})"
        return {str(row[0]) for row in among(self._db, sql, names)} if names else set()

    def names(self) -> list[str]:
        """The names of all packages that are held."""
        return [str(row[0]) for row in self._db.rows("SELECT sha256 FROM package ORDER BY sha256")]

    def page(self, limit: int = 100) -> list[KeptPackage]:
        """The packages, the latest first."""
        return [KeptPackage(*row) for row in self._db.rows(_READ + "ORDER BY kept DESC, sha256 LIMIT ?", (limit,))]

    def due(self, now: Moment) -> list[KeptPackage]:
        """Packages whose time to be kept has run out."""
        return [KeptPackage(*row) for row in self._db.rows(_READ + "WHERE until <= ?", (now,))]

    def units_of(self, containers: Sequence[str]) -> set[int]:
        """Erasure units of packages with pictures of containers."""
        sql = "SELECT unit FROM package WHERE container IN ({}) AND container <> ''"
        return {int(row[0]) for row in among(self._db, sql, containers)} if containers else set()

    def drop(self, sha256: str) -> bool:
        """Erase a package and the scans that came of it alone: rows with this transaction, keys and bytes after it.

        Returns:
            Whether it was held.
        """
        found = self.get(sha256)
        if found is None:
            return False
        with self._erasing.transaction():
            scans = self._db.rows(_ONLY_OF, (sha256,))
            for table, name in (("package", "sha256"), ("package_scan", "sha256")):
                self._db.run(f"DELETE FROM {table} WHERE {name} = ?", (sha256,))
            for scan, _, _ in scans:
                for table, name in _OF_SCAN:
                    self._db.run(f"DELETE FROM {table} WHERE {name} = ?", (scan,))
            self._erasing.mark([found.unit, *(int(unit) for row in scans for unit in row[1:])])
        return True

    def came(self, sha256: str, scans: Sequence[str], known: Container[str]) -> None:
        """Keep which scans came of a package.

        Args:
            known: Scans that the node had before it; those of them that came of no package stay when it goes.
        """
        with self._db.transaction():
            for scan in scans:
                of_another = self._db.one("SELECT 1 FROM package_scan WHERE scan = ?", (scan,)) is not None
                if scan not in known or of_another:
                    self._db.fill("package_scan", ("sha256", "scan"), [(sha256, scan)])
