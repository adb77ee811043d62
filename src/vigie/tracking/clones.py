"""One number in two places in a time no container can make: evidence, from the events alone, in whatever order."""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import msgspec

from vigie.arrivals import Classifier, Movement
from vigie.terms import HOUR, MINUTE, Moment, VisitId
from vigie.tracking.geography import km, known_places, least, position_of
from vigie.tracking.shipcall import ship_of
from vigie.tracking.visit import Visit

PRESENT = frozenset(("GTIN", "GTOT", "LOAD", "DISC", "STUF", "STRP", "PICK", "DROP", "INSP"))
"""Events at which the box itself is in a place (DCSA equipment event codes)."""

_SHIPPED = frozenset(("LOAD", "DISC"))

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


class Sighting(NamedTuple):
    """An event that puts the number in a place; sightings sort by time, place, code and log entry.

    Attributes:
        at: When. place: UN/LOCODE. code: DCSA event code. hlc: Its log entry. visit: It is told in this one. ship: That
            the event names; empty where it names none. zoned: False where a zone was not told.
    """

    at: Moment
    place: str
    code: str
    hlc: Moment
    visit: VisitId
    ship: str
    zoned: bool


def sights(said: Movement) -> bool:
    """Tell whether an event puts the box in a known place at a known moment, zone or not."""
    return said.code in PRESENT and said.classifier is Classifier.ACTUAL and said.at is not None and bool(said.place)


def sightings(visits: Iterable[Visit]) -> list[Sighting]:
    """The sightings of one number over all its visits, by time; what was taken back puts it nowhere."""
    found = []
    for visit in visits:
        for move in visit.moves:
            told = move.movement  # the next line says what `sights` says, without a call for each event
            if (
                told.code in PRESENT and told.at is not None and told.place and move.retracted is None
                and told.classifier is Classifier.ACTUAL
            ):  # fmt: skip
                found.append(_sighting(visit.id, move.hlc, told, told.at))
    found.sort()
    return found


def _sighting(visit: VisitId, hlc: Moment, told: Movement, at: Moment) -> Sighting:
    return Sighting(at, told.place, told.code, hlc, visit, ship_of(told.call), told.offset_known)


def contradicts(visit: Visit, said: Movement, hlc: Moment) -> bool:
    """Tell whether an event cannot be of the box that made the events of a visit. hlc: Log entry of the event."""
    if said.at is None:
        return False
    if (plain := _comes_last(visit, said, said.at)) is not None:
        return plain
    seen = sightings((visit,))
    if all(one.place == said.place for one in seen):
        return False
    insort(seen, _sighting(visit.id, hlc, said, said.at))
    found = chain(_apart(seen), _aboard(seen), _at_sea((visit,), seen))
    return any(hlc in (one.first, one.second, one.via) for one in found)


def _comes_last(visit: Visit, said: Movement, at: Moment) -> bool | None:
    """What `contradicts` answers for an event that is later than every sighting; None where all rules must be asked.

    Such an event is too far from the last sighting or it is not; only a discharge that does not follow its loading, and
    what is ashore while the last word is a loading, need the rules on boxes aboard.
    """
    last = ship = None
    elsewhere, places, of_last, of_ship = False, known_places(), (-1, "", "", 0), (-1, "", "", 0)
    for move in visit.moves:
        told = move.movement
        if (
            told.code not in PRESENT or told.at is None or not told.place or move.retracted is not None
            or told.classifier is not Classifier.ACTUAL
        ):  # fmt: skip
            continue
        if told.at >= at or not told.offset_known or told.place not in places:
            return None
        elsewhere = elsewhere or told.place != said.place
        key = (told.at, told.place, told.code, move.hlc)
        if key > of_last:
            last, of_last = told, key
        if key > of_ship and told.code in _SHIPPED:
            ship, of_ship = told, key
    if last is None or not elsewhere:
        return False
    if not said.offset_known or said.place not in places:
        return None
    if said.code == "DISC":
        follows = last.code == "LOAD" and ship_of(last.call) == ship_of(said.call)
    else:
        follows = said.code == "LOAD" or ship is None or ship.code == "DISC" or not ship_of(ship.call)
    return bool(_too_far(last.place, said.place, at - of_last[0], zoned=True)) if follows else None


def conflicts(visits: Sequence[Visit]) -> tuple[Conflict, ...]:
    """Find why one number is two boxes, over all its visits; the same for every order in which its events came.

    Args:
        visits: Of one number, as they are known now.

    Returns:
        By time of the first sighting; empty where one box can have made all its sightings.
    """
    places = {move.movement.place for visit in visits for move in visit.moves if move.movement.code in PRESENT}
    if len(places) < 2:
        return ()
    seen = sightings(visits)
    if len({one.place for one in seen}) < 2:
        return ()
    found = {(one.first, one.second): one for one in (*_at_sea(visits, seen), *_apart(seen), *_aboard(seen))}
    return tuple(sorted(found.values(), key=lambda one: (one.times, one.first, one.second))) if found else ()


def _apart(seen: Sequence[Sighting]) -> Iterator[Conflict]:
    """Sightings that follow each other in two places; of those in one place the last before and the first after."""
    known = [one for one in seen if one.zoned]
    placed = [one for one in known if position_of(one.place) is not None]
    runs = [known] if len(placed) == len(known) else [known, placed]
    for run in runs:
        for one, other in pairwise(run):
            if one.place != other.place and (kind := too_far(one, other)):
                yield _conflict(kind, one, other)
    if len(known) < len(seen):
        for one, other in pairwise(seen):
            if one.place != other.place and not (one.zoned and other.zoned) and (kind := too_far(one, other)):
                yield _conflict(kind, one, other)


def too_far(one: Sighting, other: Sighting) -> str:
    """Tell why two sightings cannot be of one box: `countries`, `distance`, or empty where they can."""
    return _too_far(one.place, other.place, abs(one.at - other.at), zoned=one.zoned and other.zoned)


def _too_far(place: str, other: str, took: int, *, zoned: bool) -> str:
    if zoned and took <= SAME_TIME and place[:2] != other[:2]:
        return "countries"
    needed = least(place, other)
    slack = CLOCKS if zoned else ZONES
    return "distance" if needed is not None and took + slack < needed else ""


def _aboard(seen: Sequence[Sighting]) -> Iterator[Conflict]:
    for at, landed in enumerate(seen):
        if landed.code != "DISC" or not (ship := landed.ship):
            continue
        loaded = next((n for n in range(at - 1, -1, -1) if seen[n].code == "LOAD" and seen[n].ship == ship), None)
        if loaded is None or seen[loaded].place == landed.place:
            continue
        begun, over = seen[loaded].at + ABOARD, landed.at - ABOARD
        for one in seen[loaded + 1 : at]:
            if one.code in ("LOAD", "DISC"):
                break  # a transhipment, or the discharge as another source tells it: it was ashore from here on
            slack = 0 if one.zoned else ZONES
            if begun + slack < one.at < over - slack:
                yield _conflict("aboard", seen[loaded], one, landed.hlc, ship)


def _at_sea(visits: Sequence[Visit], seen: Sequence[Sighting]) -> Iterator[Conflict]:
    """Ashore at the port of discharge, after loading, long before the ship that it was loaded on can be there."""
    for at, loaded in enumerate(seen):
        if loaded.code != "LOAD" or not (ship := loaded.ship):
            continue
        expected: dict[str, Moment] | None = None
        for one in seen[at + 1 :]:
            if one.code in ("LOAD", "DISC"):
                break  # it came ashore: what follows is another stretch
            if expected is None:
                expected = _arrivals(visits, ship)
            arrival = expected.get(one.place)
            if arrival is not None and loaded.at + ABOARD < one.at < arrival - AT_SEA:
                yield _conflict("at-sea", loaded, one, ship=ship)


def _arrivals(visits: Sequence[Visit], ship: str) -> dict[str, Moment]:
    """Port of discharge to the earliest arrival of a ship that documents and plans name."""
    found: dict[str, Moment] = {}
    told = [(line.call, line.route) for visit in visits for line in visit.standing]
    told += [(plan.stowed.call, plan.stowed.route) for visit in visits for plan in visit.plans]
    for call, route in told:
        if call.arrival is not None and route.unloading and ship_of(call) == ship:
            found[route.unloading] = min(call.arrival, found.get(route.unloading, call.arrival))
    return found


def _conflict(kind: str, one: Sighting, other: Sighting, via: Moment = _NONE, ship: str = "") -> Conflict:
    far = km(one.place, other.place)
    return Conflict(
        kind, one.hlc, other.hlc, (one.visit, other.visit), (one.place, other.place), (one.at, other.at), via,
        None if far is None else round(far), abs(other.at - one.at), least(one.place, other.place) or 0, ship,
    )  # fmt: skip


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
        torn = against.get(seen.hlc, set())
        fitting = [box for box in boxes if torn.isdisjoint(one.hlc for one in box)]
        box = min(fitting, key=lambda known: _stretch(known[-1], seen), default=None)
        if box is None:
            boxes.append([seen])
        else:
            box.append(seen)
    return tuple(Life(tuple(one.hlc for one in box), tuple(one.place for one in box)) for box in boxes)


def _stretch(last: Sighting, seen: Sighting) -> tuple[bool, bool, int]:
    """How far-fetched it is that the box last seen there is seen here: by its ship, in its place, lately."""
    sailed = last.code == "LOAD" and seen.code == "DISC" and last.ship == seen.ship
    return not sailed, last.place != seen.place, seen.at - last.at
