"""Published figures as they are told: what of them says something of routes, and of what was seized on the way."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from vigie.terms import Doubt, Place
from vigie.trends.enforcement import Upstream
from vigie.trends.provenance import RouteShift, route_shift

FROM = "from:"


class Told(msgspec.Struct, frozen=True):
    """One published figure.

    Attributes:
        place: As told (`Antwerp`). start, end: First and last day. measure: `seized` (tonnes), `findings` or `from:`
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


def read_public(lines: Iterable[str]) -> Iterator[Told | Doubt]:
    """Read a CSV of published figures, in the columns of the official series or of the press figures.

    Figures of another kind are passed over; what cannot be read becomes a doubt with its place.
    """
    table = csv.DictReader(lines)
    for number, row in enumerate(table, 2):
        try:
            told = _seed(row) if "seed_file" in row else _official(row)
        except (ValueError, TypeError, AttributeError, KeyError):
            yield Doubt("counts-row", Place(segment=number))
            continue
        if told is not None:
            yield told


def _official(row: dict[str, str]) -> Told | None:
    measure, unit = row["measure"].strip(), row["unit"].strip()
    if measure.startswith("seized_from:"):
        measure = FROM + measure.partition(":")[2].strip()
    elif (measure, unit) not in (("seized", "t"), ("findings", "count")):
        return None
    start, end = (date.fromisoformat(row[name].strip()) for name in ("period_start", "period_end"))
    return Told(row["place"].strip(), start, end, measure, float(row["value"]), row["publisher"].strip(),
                "upstream" in row["scope"])  # fmt: skip


def _seed(row: dict[str, str]) -> Told | None:
    measure, unit = row["measure"].strip(), row["unit"].strip()
    if measure.startswith("from "):
        measure = FROM + measure[5:]
    elif measure not in ("seized", "findings") or row["place"] == "title only":
        return None
    if unit.partition(" ")[0] not in ("t", "count"):
        return None
    year = int(row["year"])
    return Told(row["place"].strip(), date(year, 1, 1), date(year, 12, 31), measure, float(row["value"]),
                row["seed_file"].strip())  # fmt: skip


def route_stories(figures: Sequence[Told]) -> tuple[RouteStory, ...]:
    """Lay spans of one place whose provenances are published one after the other, oldest first."""
    spans: dict[str, dict[tuple[date, date], dict[str, float]]] = {}
    for one in figures:
        if one.measure.startswith(FROM):
            spans.setdefault(one.place, {}).setdefault((one.start, one.end), {})[one.measure[len(FROM) :]] = one.value
    stories = []
    for place, told in sorted(spans.items()):
        order = sorted(told)
        for before, after in pairwise(order):
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
    """Whole years of what was seized at some places, and on the way; every source, none chosen."""
    return tuple(
        Upstream(one.start.year, one.value, one.source, not one.upstream)
        for one in figures
        if one.measure == "seized" and (one.upstream or one.place in places)
        and (one.start.month, one.start.day, one.end.month, one.end.day) == (1, 1, 12, 31)
        and one.start.year == one.end.year
    )  # fmt: skip
