"""Where a box's ship was by AIS while the box was aboard, from the log."""

import msgspec

from vigie.arrivals import Position
from vigie.desk.needs import Node
from vigie.desk.views.tracking import TrackPoint
from vigie.terms import DAY, EntryKind, Moment
from vigie.tracking import Visit, ship_of

MOST = 400
"""Points that are drawn at most; of more, every so many-th. Source: own; a map of 1,000 pixels shows no more."""

AROUND = 40 * DAY
"""Positions so long before the arrival belong to the voyage. Source: own; the longest lanes take under 40 days."""

_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
_position = msgspec.json.Decoder(Position)


def track_of(visit: Visit, upto: Moment, node: Node) -> tuple[TrackPoint, ...]:
    """The track of the ship that brings a box, between loading and discharge, as known at a log entry."""
    calls = [line.call for line in visit.standing] + [plan.stowed.call for plan in visit.plans]
    ships = sorted({ship_of(call) for call in calls if ship_of(call)})
    radios = sorted({call.mmsi for call in calls if call.mmsi} | set(node.store.heard.radios(ships)))
    if not radios:
        return ()
    since, until = aboard(visit, upto)
    found: dict[Moment, TrackPoint] = {}
    for entry in node.store.log.about([f"mmsi:{mmsi}" for mmsi in radios], upto):
        told = position_in(entry.kind, entry.body)
        if told is not None and told.at is not None and since <= told.at <= until:
            lat, lon = told.lat_e6, told.lon_e6
            if lat is not None and lon is not None:
                found[told.at] = TrackPoint(told.at, lat, lon, told.speed_dkn)
    points = [found[at] for at in sorted(found)]
    step = max(1, -(-len(points) // MOST))
    return tuple(points[::step])


def position_in(kind: EntryKind, body: bytes | None) -> Position | None:
    """The position that a log entry tells; None where it tells none, or was erased."""
    raw = _decoder.decode(body).get("position") if kind is EntryKind.VESSEL and body else None
    return None if raw is None else _position.decode(raw)


def aboard(visit: Visit, upto: Moment) -> tuple[int, int]:
    """When a box was aboard: between loading and discharge; where one is not told, around the arrival documents name.

    Args:
        upto: When it is over where nothing tells of an arrival.
    """
    loaded = [move.movement.at for move in visit.happened("LOAD") if move.movement.at is not None]
    landed = [move.movement.at for move in visit.happened("DISC") if move.movement.at is not None]
    arrivals = [line.call.arrival for line in visit.standing if line.call.arrival is not None]
    over = min(landed, default=max(arrivals, default=upto))
    return min(loaded, default=over - AROUND), max(over, min(loaded, default=over))
