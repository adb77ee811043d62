"""The way of a box: each place once, reached or expected, in the order of the journey."""

from vigie.console.container_route import stops
from vigie.desk.views import RoutePlace
from vigie.terms import Moment


def seen(place: str, at: int) -> RoutePlace:
    return RoutePlace(place, "event", Moment(at), happened=True)


def told(*route: RoutePlace) -> list[tuple[str, str, bool]]:
    return [(stop.place, stop.role, stop.happened) for stop in stops(route)]


LOADING, UNLOADING = RoutePlace("BRPNG", "loading"), RoutePlace("BEANR", "unloading")


def test_an_event_says_that_a_place_was_reached() -> None:
    assert told(LOADING, UNLOADING, seen("BRPNG", 1)) == [("BRPNG", "loading", True), ("BEANR", "unloading", False)]


def test_a_place_only_events_name_stands_where_the_box_was_then() -> None:
    route = (LOADING, UNLOADING, seen("ESALG", 5), seen("BRPNG", 1), seen("BRPNG", 2))
    assert told(*route) == [("BRPNG", "loading", True), ("ESALG", "event", True), ("BEANR", "unloading", False)]


def test_a_place_named_twice_stands_once() -> None:
    assert told(LOADING, UNLOADING, RoutePlace("BEANR", "delivery")) == [
        ("BRPNG", "loading", False), ("BEANR", "unloading", False),
    ]  # fmt: skip


def test_a_box_known_from_events_alone_has_a_way() -> None:
    assert told(seen("BEANR", 9), seen("PABLB", 3)) == [("PABLB", "event", True), ("BEANR", "event", True)]
