"""Backtest, simulation and comparison: rules tried on the past, on today's boxes, and against each other."""

import csv
from dataclasses import dataclass
from io import StringIO

from starlette.responses import Response

from vigie.console.charts import WIDTH
from vigie.console.errands import caught_up
from vigie.console.pages import Asked, Pages
from vigie.desk import backtest as desk
from vigie.desk import simulation as lists
from vigie.desk.errands import whole
from vigie.desk.shadows import shadowed
from vigie.desk.trying import drafts
from vigie.desk.views import BacktestView, RateRow, SimulationView
from vigie.desk.views.backtest import csv_row
from vigie.risk import Load

SHOWN = 12
"""Origins and overlaps shown at once; the rest unfolds."""

_RATES = (
    "code", "boxes", "inspected", "hits", "irregular", "late", "per_thousand", "low", "high", "random_inspected",
    "random_hits", "weighted", "weighted_low", "weighted_high", "lift", "lift_low", "lift_high",
)  # fmt: skip
_INDICATORS = (*_RATES, "version", "typology", "action", "alone_alerts", "alone_inspected", "alone_hits", "dead",
               "within", "state")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """An interval on a common scale of 0 to `WIDTH`. at: Where the rate itself lies; None without a control."""

    start: float
    width: float
    at: float


def span(row: RateRow, top: float) -> Span | None:
    """Draw a rate with its interval.

    Args:
        top: What the whole width stands for, per thousand; what lies beyond is cut off.
    """
    if row.per_thousand is None or row.low is None or row.high is None or not top:
        return None
    low, high, at = (round(min(value / top, 1.0) * WIDTH, 2) for value in (row.low, row.high, row.per_thousand))
    return Span(low, max(round(high - low, 2), 1.0), at)


def top_of(rows: tuple[RateRow, ...]) -> float:
    """The scale: the highest rate, and half of it more, so that intervals of the well-inspected are seen whole."""
    return max((1.5 * row.per_thousand for row in rows if row.per_thousand), default=0.0)


def page(asked: Asked, pages: Pages) -> Response:
    """The backtest of the rules in force, or with a draft among them."""
    params = asked.request.query_params
    draft, since, until = (params.get(name, "") for name in ("draft", "since", "until"))
    lag = caught_up(asked)
    view = desk.backtest(asked.officer, asked.node, draft, since, until, purpose=asked.purpose, fresh=False)
    top = top_of(view.indicators)
    return pages.page(
        asked, "risk/backtest.html", view=view, draft=draft, since=since, until=until, top=top,
        spans={row.code: span(row, top) for row in view.indicators}, shown=SHOWN, **_sorted(view), **lag,
        drafts=drafts(asked.officer, asked.node), ways=("typology", "site", "origin", "detector"),
    )  # fmt: skip


def _sorted(view: BacktestView) -> dict[str, object]:
    """Indicators with hits first, then by how often they were inspected; those that never fire apart."""
    fired = [row for row in view.indicators if not row.dead]
    return {
        "fired": sorted(fired, key=lambda row: (-row.hits, -row.inspected, row.code)),
        "dead": [row for row in view.indicators if row.dead],
        "spare": [row for row in fired if row.within],
        "cuts": {"typology": view.typologies, **view.slices},
    }


def export(asked: Asked, pages: Pages) -> Response:
    """The indicators of a backtest as CSV."""
    params = asked.request.query_params
    draft, since, until = (params.get(name, "") for name in ("draft", "since", "until"))
    whole(asked.officer, asked.node, asked.purpose)
    view = desk.backtest(asked.officer, asked.node, draft, since, until, purpose=asked.purpose, fresh=False)
    rows = [[_cell(getattr(row, name)) for name in _INDICATORS] for row in view.indicators]
    return _csv([_INDICATORS, *rows], "backtest")


def _cell(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else value


def _csv(rows: list[object], name: str) -> Response:
    text = StringIO()
    csv.writer(text).writerows(rows)  # type: ignore[arg-type]
    return Response(
        text.getvalue(), media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )  # fmt: skip


def compare(asked: Asked, pages: Pages) -> Response:
    """Champion and challenger; without a draft the page asks for one."""
    params = asked.request.query_params
    draft, since, until = (params.get(name, "") for name in ("draft", "since", "until"))
    view, lag = None, caught_up(asked)
    if draft:
        view = desk.compare(asked.officer, asked.node, draft, since, until, purpose=asked.purpose, fresh=False)
    return pages.page(asked, "risk/compare.html", view=view, draft=draft, since=since, until=until,
                      drafts=drafts(asked.officer, asked.node), **lag)  # fmt: skip


def simulation(asked: Asked, pages: Pages) -> Response:
    """The list of a day under other rules."""
    params = asked.request.query_params
    draft, day = params.get("draft", ""), params.get("day", "")
    view = lists.simulate(asked.officer, asked.node, draft, day, purpose=asked.purpose)
    shadow = shadowed(asked.officer, asked.node, asked.purpose) if view.shadow else ()
    missing = max((one.missing for one in shadow), default=0)
    return pages.page(asked, "risk/simulation.html", view=view, shadow=shadow, missing_rows=missing, **_parts(view))


def fragment(asked: Asked, pages: Pages) -> Response:
    """What a version would do to today's list: a part of the page of an indicator."""
    view = lists.simulate(asked.officer, asked.node, asked.request.query_params.get("draft", ""), purpose=asked.purpose)
    return pages.fragment(asked, "risk/simulation_part.html", view=view, **_parts(view))


def _parts(view: SimulationView) -> dict[str, object]:
    told = view.told
    groups = {
        "shift": [one for one in told.loads if one.shift and not one.scanner],
        "scanner": [one for one in told.loads if one.scanner],
        "port": [one for one in told.loads if one.site and not one.shift],
        "origin": [one for one in told.loads if not one.site and not one.shift],
    }
    return {
        "groups": groups, "shown": SHOWN,
        "most": {name: max((bound(one) for one in rows), default=1) for name, rows in groups.items()},
        "width": WIDTH, "moved": (("came", told.came, told.came_count), ("dropped", told.dropped, told.dropped_count)),
    }  # fmt: skip


def bound(one: Load) -> int:
    """What the bar of a load must have room for."""
    return max(one.before, one.after, one.slots or 0, 1)


def export_list(asked: Asked, pages: Pages) -> Response:
    """The boxes that come in and drop out as CSV."""
    params = asked.request.query_params
    draft, day = params.get("draft", ""), params.get("day", "")
    view = lists.simulate(asked.officer, asked.node, draft, day, purpose=asked.purpose)
    head = ("side", "visit", "site", "shift", "origin", "score_now_milli", "score_then_milli", "mandatory", "gained",
            "lost", "pushed")  # fmt: skip
    rows = [csv_row("came", one) for one in view.told.came] + [csv_row("dropped", one) for one in view.told.dropped]
    return _csv([head, *rows], f"simulation-{view.day}")
