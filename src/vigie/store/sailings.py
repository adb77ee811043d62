"""Where ships were last heard, and which of them lost hours at sea."""

from collections.abc import Mapping, Sequence

from vigie.store.db import Db, among
from vigie.terms import Moment
from vigie.tracking import Fix

_PUT = (
    "INSERT INTO ship_fix (mmsi, moment, lat_e6, lon_e6) VALUES (?, ?, ?, ?) ON CONFLICT (mmsi) DO UPDATE SET"
    " moment = excluded.moment, lat_e6 = excluded.lat_e6, lon_e6 = excluded.lon_e6"
)
_LOST = "INSERT INTO ship_lost (ship, hlc) VALUES (?, ?) ON CONFLICT (ship, hlc) DO NOTHING"


class Sailings:
    """The ways of the node's ships. Only the sequencer puts."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def fixes(self, mmsis: Sequence[str]) -> dict[str, Fix]:
        """The last fix of radio identities."""
        sql = "SELECT mmsi, moment, lat_e6, lon_e6 FROM ship_fix WHERE mmsi IN ({})"
        return {mmsi: Fix(Moment(at), lat, lon) for mmsi, at, lat, lon in among(self._db, sql, list(mmsis))}

    def ships(self, mmsis: Sequence[str]) -> dict[str, list[str]]:
        """The ships that named themselves by radio identities."""
        found: dict[str, list[str]] = {}
        sql = "SELECT mmsi, ship FROM ship_radio WHERE mmsi IN ({})"
        for mmsi, ship in sorted(among(self._db, sql, list(mmsis))):
            found.setdefault(mmsi, []).append(ship)
        return found

    def put(self, fixes: Mapping[str, Fix], lost: Sequence[tuple[str, Moment]]) -> None:
        """Keep last fixes (MMSI), and which ships lost hours, by log entry."""
        if fixes:
            self._db.many(_PUT, [(mmsi, fix.at, fix.lat_e6, fix.lon_e6) for mmsi, fix in sorted(fixes.items())])
        if lost:
            self._db.many(_LOST, sorted(set(lost)))

    def lost(self, ships: Sequence[str], upto: int = 1 << 62) -> set[str]:
        """Those of some ships that lost hours up to a log entry; nothing is asked where no ship ever did."""
        if not ships or self._db.one("SELECT 1 FROM ship_lost LIMIT 1") is None:
            return set()
        sql = "SELECT DISTINCT ship FROM ship_lost WHERE ship IN ({}) AND hlc <= ?"
        return {row[0] for row in among(self._db, sql, sorted(set(ships)), after=(upto,))}
