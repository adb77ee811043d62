"""Displacement: what counts of findings and inspections say of ports and routes, and when they say nothing."""

from starlette.datastructures import UploadFile
from starlette.responses import Response

from vigie.console.pages import Asked, Pages
from vigie.console.places import Places
from vigie.console.trends_charts import flows, shares
from vigie.console.trends_map import mapped
from vigie.desk import trends as desk
from vigie.desk.shown import doubt_text
from vigie.desk.views.trends import MonitorView
from vigie.terms import AnalyticsMissing, BadRequest
from vigie.trends import assumed

FACTORS = ("0.5", "1", "2")
"""What-if: a port's controls half, as much or twice as sensitive since."""


def displacement(asked: Asked, pages: Pages) -> Response:
    """What the node's own register and controls say."""
    try:
        view = desk.displacement(asked.officer, asked.node)
    except AnalyticsMissing as missing:
        return pages.page(asked, "trends/missing.html", title="nav-displacement", missing=missing)
    return _page(asked, pages, view, "")


def counted(asked: Asked, pages: Pages) -> Response:
    """What a table of counts says that the officer brought; nothing of it is kept.

    Raises:
        BadRequest: No file.
    """
    file = asked.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise BadRequest(field="file")
    text = file.file.read(desk.LARGEST + 1).decode("utf-8-sig", errors="replace")
    try:
        view = desk.monitor(asked.officer, text.splitlines(), asked.node)
    except AnalyticsMissing as missing:
        return pages.page(asked, "trends/missing.html", title="nav-displacement", missing=missing)
    return _page(asked, pages, view, file.filename[:80])


def _page(asked: Asked, pages: Pages, view: MonitorView, file: str) -> Response:
    query = asked.request.query_params
    chosen, factor = query.get("port", ""), query.get("factor", "2")
    if factor not in FACTORS:
        raise BadRequest(reason="unknown-choice", field="factor")
    first = view.ports.alarm.name if view.ports.alarm else ""
    standing = next((one for one in view.ports.standings if one.name == (chosen or first)), None)
    standing = standing or next(iter(view.ports.standings), None)
    places, language = Places.load(), asked.officer.language

    def place_name(code: str) -> str:
        found = places.of(code)
        return f"{found.name} ({code})" if found else code

    return pages.page(
        asked, "trends/displacement.html", view=view, file=file, drawn=flows(view.flows), standing=standing,
        on_map=mapped(view.flows, places),
        factors=FACTORS, factor=factor, place_name=place_name, shares=shares,
        band=None if standing is None else assumed(standing.ratio, float(factor)),
        public=desk.public(asked.officer, asked.node), area=lambda code: desk.area_name(code, language),
        doubts=[(one, doubt_text(one, language)) for one in view.doubts],
    )  # fmt: skip
