"""Calls of ships at ports, as they were last told."""

from collections.abc import Iterable, Sequence

from vigie.store.db import Db, Row, among
from vigie.terms import Moment
from vigie.tracking import Called

_COLUMNS = ("ship", "place", "voyage", "arrival", "arrival_source", "departure", "departure_source", "hlc")
_PUT = (
    f"INSERT INTO ship_call ({', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (ship, place, voyage) DO UPDATE SET arrival = excluded.arrival,"
    " arrival_source = excluded.arrival_source, departure = excluded.departure,"
    " departure_source = excluded.departure_source, hlc = excluded.hlc"
)


class ShipCalls:
    """The calls of the node's ships. Only the sequencer puts."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def of(self, ships: Sequence[str]) -> list[Called]:
        """What was last told of some ships, at all ports; nothing is asked where no ship was ever spoken of."""
        if not ships or self._db.one("SELECT 1 FROM ship_call LIMIT 1") is None:
            return []
        sql = f"SELECT {', '.join(_COLUMNS)} FROM ship_call WHERE ship IN ({{}})"
        return sorted({_called(row) for row in among(self._db, sql, sorted(set(ships)))}, key=lambda one: one.key)

    def put(self, told: Iterable[Called]) -> None:
        """Keep what was told of calls, in the place of what was told before."""
        rows = [(c.ship, c.place, c.voyage, c.arrival, c.arrival_source, c.departure, c.departure_source, c.hlc)
                for c in told]  # fmt: skip
        if rows:
            self._db.many(_PUT, rows)


def _called(row: Row) -> Called:
    ship, place, voyage, arrival, arrival_source, departure, departure_source, hlc = row
    return Called(
        ship, place, voyage, None if arrival is None else Moment(arrival), arrival_source,
        None if departure is None else Moment(departure), departure_source, Moment(hlc),
    )
