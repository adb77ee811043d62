"""`/trends`: statistics, displacement of ports and routes, published figures."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.bodies import table_text
from vigie.api.schema import TABLE, shown
from vigie.desk import statistics as figures
from vigie.desk import trends
from vigie.desk.views.trends import MonitorView, PublicView, StatisticsView

api = APIRouter(prefix="/trends", tags=["trends"])

Month = Annotated[str, Query(max_length=10)]
Name = Annotated[str, Query(max_length=80)]


@api.post("/monitor", responses=shown(MonitorView), openapi_extra=TABLE, summary="Look for displacement in counts")
def monitor(text: Annotated[str, Depends(table_text)], officer: Caller, node: Served) -> Response:
    """Tell what a table of counts says of ports and routes (month, port, route, findings, kg, inspected, scanned,
    random_scanned); nothing of it is kept. Where inspections are missing nothing is said of displacement."""
    return answer(trends.monitor(officer, text.splitlines(), node))


@api.get("/displacement", responses=shown(MonitorView), summary="Displacement of ports and routes")
def displacement(officer: Caller, node: Served) -> Response:
    """Tell what the node's own register and controls say of ports and routes."""
    return answer(trends.displacement(officer, node))


@api.get("/public", responses=shown(PublicView), summary="Published figures: routes, and seizures on the way")
def public(officer: Caller, node: Served) -> Response:
    """Tell what the published figures of the node say; every source counts, none is chosen."""
    return answer(trends.public(officer, node))


@api.post("/public", responses=shown(PublicView), summary="The same of tables that are not kept")
def public_tables(
    tables: Annotated[dict[str, str], Body(description="text of a table of claims by its name", max_length=8)],
    officer: Caller,
    node: Served,
) -> Response:
    """Tell what tables of published figures say; nothing of them is kept."""
    return answer(trends.public(officer, node, tuple(tables.items())))


@api.get("/statistics", responses=shown(StatisticsView), summary="Findings and kilos beside effort")
def statistics(
    officer: Caller, node: Served, first: Month = "", last: Month = "", place: Name = "", provenance: Name = ""
) -> Response:
    """Count findings and effort of some months (the last twelve, where none are asked for) and of those before."""
    return answer(figures.statistics(officer, node, first, last, place, provenance))


@api.get(
    "/statistics/{table}.csv",
    response_class=Response,
    responses={200: {"description": "CSV", "content": {"text/csv": {}}}},
    summary="One table of the statistics",
)
def export(
    table: Literal["months", "ports", "provenances", "covers", "lots"],
    officer: Caller,
    node: Served,
    first: Month = "",
    last: Month = "",
    place: Name = "",
    provenance: Name = "",
) -> Response:
    """Write one table as CSV, header first; what is not known is an empty cell."""
    body = figures.export(officer, node, table, first, last, place, provenance)
    return Response(body, media_type="text/csv")
