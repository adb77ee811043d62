"""What the machine says of each scan: the newest reading alone, sealed with the scan's own unit and gone with it."""

from collections.abc import Sequence

import msgspec

from vigie.scanning import MachineReading
from vigie.store.db import Db, among
from vigie.store.vault import Vault
from vigie.terms import Moment

_reading = msgspec.msgpack.Decoder(MachineReading)


class MachineReadings:
    """The machine's readings of the node's scans."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    def put(self, scan: str, unit: int, at: Moment, reading: MachineReading) -> None:
        """Keep a reading; an earlier one of the same scan is replaced.

        Args:
            unit: Erasure unit of the scan.
        """
        body = self._vault.seal(unit, msgspec.msgpack.encode(reading), _about(scan))
        with self._db.transaction():
            self._db.run("DELETE FROM machine_reading WHERE scan = ?", (scan,))
            row = (scan, at, reading.place.value, unit, body)
            self._db.load("machine_reading", ("scan", "moment", "place", "unit", "body"), [row])

    def of(self, scans: Sequence[str]) -> dict[str, MachineReading]:
        """The readings of some scans; those that have none, or were erased, are left out."""
        if not scans:
            return {}
        sql = "SELECT scan, unit, body FROM machine_reading WHERE scan IN ({})"
        found = {}
        for scan, unit, body in among(self._db, sql, scans):
            text = self._vault.unseal(unit, bytes(body), _about(scan))
            if text is not None:
                found[str(scan)] = _reading.decode(text)
        return found

    def unread(self, limit: int) -> list[str]:
        """Scans that the machine has not read, the oldest first."""
        sql = ("SELECT s.id FROM scan s LEFT JOIN machine_reading m ON m.scan = s.id WHERE m.scan IS NULL"
               " ORDER BY s.received, s.id LIMIT ?")  # fmt: skip
        return [str(row[0]) for row in self._db.rows(sql, (limit,))]

    def waiting(self) -> int:
        """How many scans the machine has not read."""
        sql = "SELECT count(*) FROM scan s LEFT JOIN machine_reading m ON m.scan = s.id WHERE m.scan IS NULL"
        found = self._db.one(sql)
        return int(found[0]) if found else 0

    def latest(self) -> int:
        """When the latest scan came, µs; 0 where there is none. One look-up: while it stays, none came since."""
        found = self._db.one("SELECT max(received) FROM scan")
        return int(found[0] or 0) if found else 0


def _about(scan: str) -> bytes:
    return b"machine-reading:" + scan.encode()
