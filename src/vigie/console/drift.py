"""Drift and honesty: what the controls of a year prove of rules, chance, data and detectors, and what they do not."""

from typing import Any

from starlette.responses import Response

from vigie.console.drift_charts import chart, precision, spans
from vigie.console.errands import caught_up, fault_of
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import drift as desk
from vigie.desk import errands
from vigie.desk.refolding import last_skew
from vigie.terms import BadRequest

LEVELS = ("0.95", "0.99")
SHOWN = 12
"""Columns shown at once; the rest unfolds."""


def page(asked: Asked, pages: Pages) -> Response:
    """The whole page."""
    label, by = _choice(asked, "label", "irregular"), _choice(asked, "by", "scanner")
    lag = caught_up(asked, "see-drift")
    view = desk.drift(asked.officer, asked.node, label, by, asked.purpose, fresh=False)
    ways = [way for way in desk.DETECTORS if way != "analyst" or asked.may("see-analysts")]
    rate, level, answer = _scans(asked)
    return pages.page(
        asked, "risk/drift.html", view=view, labels=desk.LABELS, ways=ways, by=by, spans=spans(view),
        weeks_lines=precision(view.weeks),
        charts={one.indicator: (chart(one.firing), chart(one.hits)) for one in view.indicators},
        fired=[one.indicator for one in view.indicators if any(point.hits for point in one.firing)],
        moved=[one for one in view.columns if one.state != "same"], shown=SHOWN, rate_asked=rate, level=level,
        levels=LEVELS, answer=answer, tables=desk.TABLES, rescored=_rescored(asked), **lag,
    )  # fmt: skip


def _rescored(asked: Asked) -> dict[str, Any] | None:
    """How far scoring the past again is; nothing for who may not."""
    if not asked.may("rescore"):
        return None
    told = errands.progress(asked.officer, errands.RESCORE, asked.node, asked.purpose)
    return {"errand": told, "fault_of": fault_of(told), "skew": last_skew(asked.node)}


def _choice(asked: Asked, name: str, otherwise: str) -> str:
    return asked.request.query_params.get(name, "") or otherwise


def _scans(asked: Asked) -> tuple[str, str, int | None]:
    """The calculator: one box in how many, and how sure; what cannot be read is answered by nothing."""
    rate, level = _choice(asked, "one_in", "10000"), _choice(asked, "level", LEVELS[0])
    try:
        return rate, level, desk.needed(1.0 / float(rate.replace(",", ".")), float(level))
    except (ValueError, ZeroDivisionError, OverflowError, BadRequest):
        return rate, level, None


def export(asked: Asked, pages: Pages) -> Response:
    """One table as CSV."""
    table = _choice(asked, "table", "strata")
    label, by = _choice(asked, "label", "irregular"), _choice(asked, "by", "scanner")
    body = desk.export(asked.officer, asked.node, table, label, by, asked.purpose)
    return Response(
        body, media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="drift-{table}.csv"'},
    )  # fmt: skip


def propose(asked: Asked, pages: Pages) -> Response:
    """Draft another share of chance; a second officer approves it."""
    raw = asked.field("permille")
    if not raw.isdecimal():
        raise BadRequest(reason="unknown-choice", field="permille")
    version = desk.propose_share(asked.officer, int(raw), asked.field("reason"), asked.node, asked.purpose)
    return done("/risk/drift", Said("said-share-drafted", {"n": version}))
