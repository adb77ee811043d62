"""Calls of ships at ports: what port calls, positions and ship events tell of them, and which boxes it moves."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from vigie.arrivals import Call, Classifier, Movement, Port, Position
from vigie.terms import DAY, HOUR, Moment, datetime_of, moment_of

SAME_CALL = 84 * HOUR
"""A moment told without a voyage is meant for a box whose arrival is expected no further away than this.

Source: liner services call weekly at their shortest; nearer than half a week, it is the same call.
"""

AHEAD = 60 * DAY
"""An AIS arrival further ahead than this was left over from another year, or is a typing error.

Source: the longest liner rotations take 12 weeks round, so at most about half of that between two of its ports.
"""

_LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")


class Called(msgspec.Struct, frozen=True):
    """What was last told of a ship's call.

    Attributes:
        ship: IMO number, else the name in capitals. place: UN/LOCODE. voyage: As written in capitals; empty where
            the teller names none. arrival, departure: Latest told. arrival_source, departure_source: `port-call`,
            `ship-arrived`, `ship-left` or `ais`. hlc: Log entry of the latest word.
    """

    ship: str
    place: str
    voyage: str = ""
    arrival: Moment | None = None
    arrival_source: str = ""
    departure: Moment | None = None
    departure_source: str = ""
    hlc: Moment = Moment(0)

    @property
    def key(self) -> tuple[str, str, str]:
        """What names the call."""
        return self.ship, self.place, self.voyage


def ship_of(call: Call) -> str:
    """Name the ship of a voyage; empty where nothing names it."""
    return call.imo or call.name.strip().upper()


def called(row: Port | Position | Movement, hlc: Moment) -> Called | None:
    """Read what a row tells of a ship's call; None where it tells of none."""
    match row:
        case Position():
            return _by_ais(row, hlc)
        case Port() | Movement():
            ship = ship_of(row.call)
            if not ship or not row.place or row.at is None or row.code not in {"ARRI", "DEPA"}:
                return None
            actual = row.classifier is Classifier.ACTUAL
            voyage = row.call.voyage.strip().upper()
            if row.code == "ARRI":
                source = "ship-arrived" if actual else "port-call"
                return Called(ship, row.place, voyage, row.at, source, hlc=hlc)
            source = "ship-left" if actual else "port-call"
            return Called(ship, row.place, voyage, departure=row.at, departure_source=source, hlc=hlc)


def _by_ais(row: Position, hlc: Moment) -> Called | None:
    """The destination counts where the crew keyed a UN/LOCODE in; free names of ports are not guessed at."""
    ship = row.imo or row.name.strip().upper()
    letters = re.sub(r"[^A-Z0-9]", "", row.destination.upper().rpartition(">")[2])
    at = arrival_of(row.eta, row.at)
    if not ship or not _LOCODE.fullmatch(letters) or at is None:
        return None
    return Called(ship, letters, "", at, "ais", hlc=hlc)


def arrival_of(eta: str, at: Moment | None) -> Moment | None:
    """Read an AIS arrival (`MM-DD HH:MM`, no year): the first such moment from a day before the position on.

    Source: ITU-R M.1371-5, message 5: the year is not sent; 00-00 24:60 means not available.
    """
    if at is None or len(eta) != 11:
        return None
    year = datetime_of(at).year
    for each in (year - 1, year, year + 1):
        try:
            told = moment_of(datetime.strptime(f"{each}-{eta}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC))
        except ValueError:
            continue
        if -DAY <= told - at <= AHEAD:
            return told
    return None


def retold(before: Called | None, now: Called) -> Called:
    """Put two words on one call together; what happened is not made an estimate again."""
    if before is None:
        return now
    arrival, source = now.arrival, now.arrival_source
    if arrival is None or (before.arrival_source == "ship-arrived" and source != "ship-arrived"):
        arrival, source = before.arrival, before.arrival_source
    departure, gone = now.departure, now.departure_source
    if departure is None or (before.departure_source == "ship-left" and gone != "ship-left"):
        departure, gone = before.departure, before.departure_source
    return Called(now.ship, now.place, now.voyage, arrival, source, departure, gone, now.hlc)


def of_call(known: Iterable[Called], call: Call, place: str, expected: Moment | None) -> Called | None:
    """Find what was told of a ship's call at a port: of this voyage, or without one and near enough; the latest."""
    ship, voyage = ship_of(call), call.voyage.strip().upper()
    if not ship or not place:
        return None
    found = [
        one for one in known
        if one.ship == ship and one.place == place and (
            (bool(one.voyage) and one.voyage == voyage) or meant(one, voyage, expected)
        )
    ]  # fmt: skip
    return max(found, key=lambda one: (one.arrival_source == "ship-arrived", one.hlc), default=None)


def meant(told: Called, voyage: str, expected: Moment | None) -> bool:
    """Tell whether a word that names no voyage, or is about a box that names none, is about its call."""
    if told.voyage and voyage:
        return told.voyage == voyage
    moment = told.arrival if told.arrival is not None else told.departure
    return expected is None or moment is None or abs(moment - expected) <= SAME_CALL
