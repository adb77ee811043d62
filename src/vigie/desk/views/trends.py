"""Statistics and displacement as the faces show them."""

import msgspec

from vigie.terms import Doubt
from vigie.trends import Assumed, Counts, Delay, Fall, Rate, RouteStory, Verdict, YearRatio


class Flow(msgspec.Struct, frozen=True):
    """Findings of the last year by route and port, whatever the effort: a picture, no evidence."""

    route: str
    port: str
    findings: int


class MonitorView(msgspec.Struct, frozen=True):
    """What a table of counts says.

    Attributes:
        rows: Rows that count. doubts: Those that do not, by place. ports, routes: What is said of ports, and of routes;
            routes None where nobody names one. delays: How long shifts would stay unseen at these counts.
        model: Rate ratio of the port that alarmed, by a model of all counts; None without alarm, or without the extra.
        assumed: The ratio of that port were its controls half, or twice, as sensitive since. flows: Findings of the
            last twelve months by route and port, where routes are named.
    """

    rows: int
    ports: Verdict
    routes: Verdict | None
    doubts: tuple[Doubt, ...] = ()
    delays: tuple[Delay, ...] = ()
    model: Rate | None = None
    assumed: tuple[Assumed, ...] = ()
    flows: tuple[Flow, ...] = ()


class PublicView(msgspec.Struct, frozen=True):
    """What published figures say of routes and of seizures on the way.

    Attributes:
        claims: Figures that were looked at. stories: Provenances of spans that follow each other. ratios, falls: Of
            years told of both at the port and on the way, as the range of all sources.
    """

    claims: int
    stories: tuple[RouteStory, ...] = ()
    ratios: tuple[YearRatio, ...] = ()
    falls: tuple[Fall, ...] = ()


class StatisticsView(msgspec.Struct, frozen=True):
    """Findings and kilos of a span beside effort, and beside the span before.

    Attributes:
        first, last, before_first, before_last: Months (`2026-03`). place, provenance: What was asked for; empty for
            all. counts: The figures. places, provenances: What can be asked for.
        is_over: False where the last month is not over yet: its figures will grow.
    """

    first: str
    last: str
    before_first: str
    before_last: str
    place: str
    provenance: str
    counts: Counts
    places: tuple[str, ...] = ()
    provenances: tuple[str, ...] = ()
    is_over: bool = True
