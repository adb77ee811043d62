"""What positions of a batch say of ships: which of them lost hours at sea, and which boxes are aboard of those."""

from collections.abc import Iterable, Iterator

from vigie.arrivals import Position
from vigie.desk.needs import Node
from vigie.desk.told import Told
from vigie.risk import HistoryRow, sailing_row, ship_on
from vigie.terms import Moment, VisitId
from vigie.tracking import Fix, Visit, compared, fix_of


class Sails:
    """The last fixes of the ships that a batch hears of; nothing of it reads or writes the store.

    Attributes:
        fixes: Per radio identity (MMSI). moved: Those that the batch told anew. lost: Ships that lost hours, by entry.
    """

    def __init__(self, fixes: dict[str, Fix], ships: dict[str, list[str]]) -> None:
        self.fixes, self._ships = fixes, ships
        self.moved: dict[str, Fix] = {}
        self.lost: list[tuple[str, Moment]] = []

    def take(self, told: Position, hlc: Moment) -> Iterator[HistoryRow]:
        """Compare a position with the one before it; gives what history counts of it."""
        ship = told.imo or told.name.strip().upper()
        if ship and ship not in self._ships.setdefault(told.mmsi, []):
            self._ships[told.mmsi].append(ship)
        fix = fix_of(told)
        if fix is None or not told.mmsi:
            return
        before = self.fixes.get(told.mmsi)
        kept, lost_h = compared(before, fix)
        if kept is not before:
            self.fixes[told.mmsi] = self.moved[told.mmsi] = kept
        if lost_h:
            for each in self._ships.get(told.mmsi, ()):
                self.lost.append((each, hlc))
                yield sailing_row(each, fix.at, lost_h, hlc)


def open_sails(told: Iterable[Told], node: Node) -> Sails:
    """Look up what was last heard of the ships that some items tell positions of."""
    mmsis = sorted({
        word.row.mmsi for one in told for word in one.words if isinstance(word.row, Position) and word.row.mmsi
    })  # fmt: skip
    if not mmsis:
        return Sails({}, {})
    return Sails(node.store.sailings.fixes(mmsis), node.store.sailings.ships(mmsis))


def lost_ships(visits: Iterable[Visit], sails: Sails, node: Node) -> frozenset[str]:
    """The ships of some boxes that ever lost hours at sea; asks the store nothing where no ship ever did."""
    fresh = {ship for ship, _ in sails.lost}
    ships = {ship for visit in visits if (ship := ship_on(visit))}
    return frozenset(node.store.sailings.lost(sorted(ships - fresh)) | (ships & fresh))


def aboard(sails: Sails, node: Node) -> list[VisitId]:
    """The boxes that ships bring which lost hours in a batch: they are judged again."""
    ships = dict.fromkeys(ship for ship, _ in sails.lost)
    return list(dict.fromkeys(name for ship in ships for name in node.store.visits.aboard(ship)))
