"""Statistics: findings and kilos beside effort, this year against the last."""

from starlette.responses import Response

from vigie.console.charts import columns
from vigie.console.pages import Asked, Pages
from vigie.console.places import Places
from vigie.desk import statistics as desk
from vigie.terms import AnalyticsMissing

SHOWN = 15
"""Rows of a table shown at once; the rest unfolds."""

_ASKED = ("first", "last", "place", "provenance")


def page(asked: Asked, pages: Pages) -> Response:
    """The whole page."""
    try:
        view = desk.statistics(asked.officer, asked.node, *_choices(asked))
    except AnalyticsMissing as missing:
        return pages.page(asked, "trends/missing.html", title="nav-statistics", missing=missing)
    places = Places.load()

    def place_name(code: str) -> str:
        found = places.of(code)
        return f"{found.name} ({code})" if found else code

    months = [one for one in view.counts.months if view.first <= one.name <= view.last]
    return pages.page(
        asked, "trends/statistics.html", view=view, months=months, place_name=place_name, shown=SHOWN,
        findings=columns([one.now.findings for one in months]),
        grams=columns([one.now.grams / 1e6 for one in months]),
        looked=columns([one.now.inspected or 0 for one in months]),
    )  # fmt: skip


def export(asked: Asked, pages: Pages) -> Response:
    """One table as CSV."""
    table = asked.request.query_params.get("table", "ports")
    body = desk.export(asked.officer, asked.node, table, *_choices(asked))
    return Response(
        body, media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="statistics-{table}.csv"'},
    )  # fmt: skip


def _choices(asked: Asked) -> tuple[str, str, str, str]:
    first, last, place, provenance = (asked.request.query_params.get(name, "").strip()[:80] for name in _ASKED)
    return first, last, place, provenance
