"""Published figures: what of them says something of routes, and of what was seized on the way."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from vigie.registry import Claim, load_scopes
from vigie.trends.enforcement import Upstream
from vigie.trends.provenance import RouteShift, route_shift

FROM = "from:"
_GRAMS_PER_TONNE = 1_000_000


class Told(msgspec.Struct, frozen=True):
    """One published figure of cocaine.

    Attributes:
        place: Area of the vocabulary. start, end: First and last day. measure: `seized` (tonnes), `findings` or `from:`
            and a country (tonnes). value, source: How much, and who says so. upstream: Seized before it came to port.
    """

    place: str
    start: date
    end: date
    measure: str
    value: float
    source: str
    upstream: bool = False


class RouteStory(msgspec.Struct, frozen=True):
    """Provenances of two spans of one place. before, after: The spans, `2019-01-01/2019-12-31`."""

    place: str
    before: str
    after: str
    shift: RouteShift


def told_of(claims: Iterable[Claim]) -> tuple[Told, ...]:
    """Take the claims that say tonnes, findings or provenances; others are passed over."""
    kinds = {code: area.kind for code, area in load_scopes().areas.items()}
    figures = []
    for one in claims:
        known = one.measure in ("seized", "findings") or one.measure.startswith(FROM)
        if not known or one.amount is None or one.substance not in ("", "cocaine") or not one.scope.area:
            continue
        value = float(one.amount) / (1 if one.measure == "findings" else _GRAMS_PER_TONNE)
        figures.append(Told(one.scope.area, date.fromisoformat(one.start), date.fromisoformat(one.end), one.measure,
                            value, one.publisher or one.document or one.file,
                            kinds.get(one.scope.area) == "upstream"))  # fmt: skip
    return tuple(figures)


def route_stories(figures: Sequence[Told]) -> tuple[RouteStory, ...]:
    """Lay spans of one place whose provenances are published one after the other, oldest first."""
    spans: dict[str, dict[tuple[date, date], dict[str, float]]] = {}
    for one in figures:
        if one.measure.startswith(FROM):
            spans.setdefault(one.place, {}).setdefault((one.start, one.end), {})[one.measure[len(FROM) :]] = one.value
    stories = []
    for place, told in sorted(spans.items()):
        for before, after in pairwise(sorted(told)):
            wholes = [_one(figures, place, span, "seized") for span in (before, after)]
            lots = [_one(figures, place, span, "findings") for span in (before, after)]
            if wholes[0] and wholes[1] and lots[0]:
                shift = route_shift(told[before], wholes[0], told[after], wholes[1], lots[0], lots[1])
                stories.append(RouteStory(place, _span(before), _span(after), shift))
    return tuple(stories)


def _span(span: tuple[date, date]) -> str:
    return f"{span[0]}/{span[1]}"


def _one(figures: Sequence[Told], place: str, span: tuple[date, date], measure: str) -> float | None:
    """The figure most often told; of several told as often, the first."""
    values = [one.value for one in figures if (one.place, one.start, one.end) == (place, *span)
              and one.measure == measure]  # fmt: skip
    return max(values, key=values.count) if values else None


def upstreams(figures: Iterable[Told], places: Sequence[str]) -> tuple[Upstream, ...]:
    """Whole years of what was seized at some places, and on the way to them; every source, none chosen.

    Args:
        places: Areas of the vocabulary, upstream ones among them.
    """
    return tuple(
        Upstream(one.start.year, one.value, one.source, not one.upstream)
        for one in figures
        if one.measure == "seized" and one.place in places
        and (one.start.month, one.start.day, one.end.month, one.end.day) == (1, 1, 12, 31)
        and one.start.year == one.end.year
    )  # fmt: skip
