"""The way of one box for the map: each place once, in the order of the journey."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vigie.desk.views import RoutePlace
from vigie.terms import Moment


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of the way. role: What the documents call it, or `event`. at: First seen there. happened: Was there."""

    place: str
    role: str
    at: Moment | None
    happened: bool


def stops(route: Sequence[RoutePlace]) -> tuple[Stop, ...]:
    """Put the places the documents name in order, say which were reached, and slip in those only events name.

    A place that only events name stands after the last place that was reached before it.
    """
    way: list[Stop] = []
    for named in route:
        if named.role != "event" and all(stop.place != named.place for stop in way):
            way.append(Stop(named.place, named.role, named.at, named.happened))
    reached = (one for one in route if one.role == "event" and one.happened and one.place)
    seen = sorted(reached, key=lambda one: one.at or Moment(0))
    last = 0
    for event in seen:
        here = next((index for index, stop in enumerate(way) if stop.place == event.place), None)
        if here is None:
            way.insert(last, Stop(event.place, "event", event.at, True))
            here = last
        elif not way[here].happened or way[here].at is None:
            way[here] = replace(way[here], at=event.at, happened=True)
        last = max(last, here + 1)
    return tuple(way)
