"""One number in two places in a time no container can make: evidence, from the events alone, in whatever order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from vigie.arrivals import Classifier, Movement
from vigie.terms import HOUR, MINUTE, Moment, VisitId
from vigie.tracking.geography import km, least, position_of
from vigie.tracking.shipcall import ship_of
from vigie.tracking.visit import Move, Visit

PRESENT = frozenset(("GTIN", "GTOT", "LOAD", "DISC", "STUF", "STRP", "PICK", "DROP", "INSP"))
"""Events at which the box itself is in a place (DCSA equipment event codes)."""

SAME_TIME = 30 * MINUTE
"""Two events in two countries within this time are two boxes under one number.

Source: a lorry is held to 90 km/h (Directive 92/6/EEC as amended by 2002/85/EC), so it gets no further than 45 km; the
time lost at two gates is left out in the number's favour.
"""

CLOCKS = 2 * HOUR
"""What the clocks of two senders may differ by, where both name their zone: summer time forgotten, and an hour more."""

ZONES = 14 * HOUR
"""What a local time without a zone may lie off. Source: UTC+14, the furthest zone there is (IANA, Kiritimati)."""

ABOARD = 6 * HOUR
"""Near loading and discharge a box on a ship may be told of ashore: events are told late and rounded to the shift."""

AT_SEA = 48 * HOUR
"""A box at a gate so long before its ship is expected did not come by that ship.

Source: own; ships come hours early, not days, and an announced arrival is amended when they do.
"""


_NONE = Moment(0)


class Conflict(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why one number is two boxes.

    Attributes:
        kind: `countries`: in two countries at the same time; `distance`: further apart than the time allows; `aboard`:
            ashore between loading on a ship and discharge from it; `at-sea`: ashore long before its ship arrives.
        first, second: Log entries of the two sightings, by time. visits: The visits they are told in.
        places: Where. times: When. via: Log entry of the discharge that closes the interval aboard; 0 elsewhere.
        far_km: Kilometres apart as the crow flies; None where a place is not on the map.
        took: Time between the sightings, µs. needed: The least that a container needs, µs; 0 where nothing is computed.
        ship: Of the voyage it was aboard; empty elsewhere.
    """

    kind: str
    first: Moment
    second: Moment
    visits: tuple[VisitId, VisitId]
    places: tuple[str, str]
    times: tuple[Moment, Moment]
    via: Moment = Moment(0)
    far_km: int | None = None
    took: int = 0
    needed: int = 0
    ship: str = ""


class Sighting(msgspec.Struct, frozen=True):
    """An event that puts the number in a place. visit: It is told in this one."""

    visit: VisitId
    move: Move

    @property
    def at(self) -> Moment:
        """When; a sighting always has its moment."""
        return self.move.movement.at or Moment(0)

    @property
    def told(self) -> Movement:
        """The event."""
        return self.move.movement


def sights(said: Movement) -> bool:
    """Tell whether an event puts the box in a known place at a known moment, zone or not."""
    return said.code in PRESENT and said.classifier is Classifier.ACTUAL and said.at is not None and bool(said.place)


def sightings(visits: Sequence[Visit]) -> list[Sighting]:
    """The sightings of one number over all its visits, by time; what was taken back puts it nowhere."""
    found = [
        Sighting(visit.id, move) for visit in visits for move in visit.moves
        if move.retracted is None and sights(move.movement)
    ]  # fmt: skip
    return sorted(found, key=_order)


def _order(one: Sighting) -> tuple[int, str, str, int]:
    return one.at, one.told.place, one.told.code, one.move.hlc


def conflicts(visits: Sequence[Visit]) -> tuple[Conflict, ...]:
    """Find why one number is two boxes, over all its visits; the same for every order in which its events came.

    Args:
        visits: Of one number, as they are known now.

    Returns:
        By time of the first sighting; empty where one box can have made all its sightings.
    """
    seen = sightings(visits)
    if len({one.told.place for one in seen}) < 2:
        return ()
    found = {(one.first, one.second): one for one in (*_at_sea(visits, seen), *_apart(seen), *_aboard(seen))}
    return tuple(sorted(found.values(), key=lambda one: (one.times, one.first, one.second)))


def _apart(seen: Sequence[Sighting]) -> Iterator[Conflict]:
    """Sightings that follow each other in two places; of those in one place the last before and the first after."""
    known = [one for one in seen if one.told.offset_known]
    pairs = [*pairwise(known), *pairwise(one for one in known if position_of(one.told.place) is not None)]
    if len(known) < len(seen):
        pairs += [pair for pair in pairwise(seen) if not (pair[0].told.offset_known and pair[1].told.offset_known)]
    for one, other in pairs:
        if one.told.place != other.told.place and (kind := too_far(one.told, other.told)):
            yield _conflict(kind, one, other)


def too_far(one: Movement, other: Movement) -> str:
    """Tell why two sightings cannot be of one box: `countries`, `distance`, or empty where they can."""
    took = abs((one.at or 0) - (other.at or 0))
    zoned = one.offset_known and other.offset_known
    if zoned and took <= SAME_TIME and one.place[:2] != other.place[:2]:
        return "countries"
    needed = least(one.place, other.place)
    slack = CLOCKS if zoned else ZONES
    return "distance" if needed is not None and took + slack < needed else ""


def _aboard(seen: Sequence[Sighting]) -> Iterator[Conflict]:
    for place, landed in enumerate(seen):
        if landed.told.code != "DISC" or not (ship := ship_of(landed.told.call)):
            continue
        loaded = next((n for n in range(place - 1, -1, -1) if _is_load(seen[n].told, ship)), None)
        if loaded is None or seen[loaded].told.place == landed.told.place:
            continue
        begun, over = seen[loaded].at + ABOARD, landed.at - ABOARD
        for one in seen[loaded + 1 : place]:
            if one.told.code in ("LOAD", "DISC"):
                break  # a transhipment, or the discharge as another source tells it: it was ashore from here on
            slack = 0 if one.told.offset_known else ZONES
            if begun + slack < one.at < over - slack:
                yield _conflict("aboard", seen[loaded], one, landed.move.hlc, ship)


def _is_load(said: Movement, ship: str) -> bool:
    return said.code == "LOAD" and ship_of(said.call) == ship


def _at_sea(visits: Sequence[Visit], seen: Sequence[Sighting]) -> Iterator[Conflict]:
    """Ashore at the port of discharge, after loading, long before the ship that it was loaded on can be there."""
    for place, loaded in enumerate(seen):
        ship = ship_of(loaded.told.call) if loaded.told.code == "LOAD" else ""
        if not ship:
            continue
        expected = _arrivals(visits, ship)
        for one in seen[place + 1 :]:
            if one.told.code in ("LOAD", "DISC"):
                break  # it came ashore: what follows is another stretch
            arrival = expected.get(one.told.place)
            if arrival is not None and loaded.at + ABOARD < one.at < arrival - AT_SEA:
                yield _conflict("at-sea", loaded, one, ship=ship)


def _arrivals(visits: Sequence[Visit], ship: str) -> dict[str, Moment]:
    """Port of discharge to the earliest arrival of a ship that documents and plans name."""
    found: dict[str, Moment] = {}
    told = [(line.call, line.route) for visit in visits for line in visit.standing]
    told += [(plan.stowed.call, plan.stowed.route) for visit in visits for plan in visit.plans]
    for call, route in told:
        if ship_of(call) == ship and call.arrival is not None and route.unloading:
            found[route.unloading] = min(call.arrival, found.get(route.unloading, call.arrival))
    return found


def _conflict(kind: str, one: Sighting, other: Sighting, via: Moment = _NONE, ship: str = "") -> Conflict:
    far = km(one.told.place, other.told.place)
    return Conflict(
        kind, one.move.hlc, other.move.hlc, (one.visit, other.visit), (one.told.place, other.told.place),
        (one.at, other.at), via, None if far is None else round(far), abs(other.at - one.at),
        least(one.told.place, other.told.place) or 0, ship,
    )


class Life(msgspec.Struct, frozen=True):
    """The sightings that one physical box can have made. entries: Their log entries. places: In order of time."""

    entries: tuple[Moment, ...]
    places: tuple[str, ...]


def lives(visits: Sequence[Visit], found: Sequence[Conflict]) -> tuple[Life, ...]:
    """Part the sightings of a number into boxes, so that no box holds both sides of a conflict; nothing is dropped.

    Each sighting goes to the box that was last seen where it is, else to the one it contradicts least.
    """
    against: dict[Moment, set[Moment]] = {}
    for one in found:
        for entry, other in ((one.first, one.second), (one.via, one.second)):
            if entry:
                against.setdefault(entry, set()).add(other)
                against.setdefault(other, set()).add(entry)
    boxes: list[list[Sighting]] = []
    for seen in sightings(visits):
        torn = against.get(seen.move.hlc, set())
        fitting = [box for box in boxes if torn.isdisjoint(one.move.hlc for one in box)]
        box = min(fitting, key=lambda known: _stretch(known[-1], seen), default=None)
        if box is None:
            boxes.append([seen])
        else:
            box.append(seen)
    return tuple(Life(tuple(one.move.hlc for one in box), tuple(one.told.place for one in box)) for box in boxes)


def _stretch(last: Sighting, seen: Sighting) -> tuple[bool, bool, int]:
    """How far-fetched it is that the box last seen there is seen here: by its ship, in its place, lately."""
    same_ship = ship_of(last.told.call) == ship_of(seen.told.call)
    sailed = last.told.code == "LOAD" and seen.told.code == "DISC" and same_ship
    return not sailed, last.told.place != seen.told.place, seen.at - last.at
