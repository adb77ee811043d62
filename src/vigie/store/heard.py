"""How often each facility was heard of, by hour; and which ship speaks by which radio."""

from collections.abc import Mapping, Sequence

from vigie.store.db import Db
from vigie.terms import Moment
from vigie.tracking import Heard

_PUT = (
    "INSERT INTO heard (place, facility, hour, n) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (place, facility, hour) DO UPDATE SET n = heard.n + excluded.n"
)
_NAME = "INSERT INTO ship_radio (ship, mmsi) VALUES (?, ?) ON CONFLICT (ship, mmsi) DO NOTHING"


class HeardOf:
    """What the node heard, and from where. Only the sequencer adds."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, counts: Mapping[tuple[str, str, int], int]) -> None:
        """Add events: (place, facility, beginning of the hour) to how many."""
        if counts:
            self._db.many(_PUT, [(*key, n) for key, n in sorted(counts.items())])

    def since(self, moment: Moment, places: Sequence[str] = ()) -> list[Heard]:
        """All hours from a moment on, by facility and rising hour. places: UN/LOCODE; none: everywhere."""
        found = self._db.rows(
            "SELECT place, facility, hour, n FROM heard WHERE hour >= ? ORDER BY place, facility, hour", (moment,)
        )
        rows = [Heard(place, facility, Moment(hour), n) for place, facility, hour, n in found]
        return [row for row in rows if not places or row.place in places]

    def name(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Keep which ship named itself by which radio (ship, MMSI)."""
        if pairs:
            self._db.many(_NAME, sorted(set(pairs)))

    def radios(self, ships: Sequence[str]) -> list[str]:
        """The radio identities (MMSI) of some ships."""
        sql = "SELECT mmsi FROM ship_radio WHERE ship = ?"
        return sorted({row[0] for ship in ships for row in self._db.rows(sql, (ship,))})
