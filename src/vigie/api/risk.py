"""`/risk`: assess again, explain, indicators, watch lists."""

from typing import Annotated

from fastapi import APIRouter, Body, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedWatch, AskedWatchList, Visits
from vigie.api.schema import shown
from vigie.desk import arrivals, risk
from vigie.desk.views import Explanation, IndicatorView, WatchListView
from vigie.terms import moment_of

api = APIRouter(prefix="/risk", tags=["risk"])


@api.get("/indicators", responses=shown(IndicatorView, many=True), summary="Indicators in force")
def indicators(officer: Caller, node: Served) -> Response:
    """List the risk indicators in force."""
    return answer(risk.indicators(officer, node))


@api.get("/explanations/{number}", responses=shown(Explanation), summary="Explain a score")
def explain(number: str, officer: Caller, node: Served) -> Response:
    """Explain the score of a container number or visit."""
    return answer(risk.explain(officer, number, node))


@api.post("/assessments", summary="Assess again")
def assess(asked: Annotated[Visits, Body(embed=True, alias="visits")], officer: Caller, node: Served) -> Response:
    """Assess boxes again with today's rules."""
    visits = tuple(arrivals.find(officer, one, node) for one in asked)
    return answer({"assessed": risk.assess(officer, node, visits)})


@api.get("/watchlists", responses=shown(WatchListView, many=True), summary="Watch lists")
def watch_lists(officer: Caller, node: Served) -> Response:
    """List the watch lists the caller may see."""
    return answer(risk.watch_lists(officer, node))


@api.post("/watchlists", status_code=201, summary="Make a watch list")
def create(asked: AskedWatchList, officer: Caller, node: Served) -> Response:
    """Make a watch list; it acts until it expires."""
    made = risk.create_watch_list(
        officer, asked.name, asked.reason, moment_of(asked.expires), asked.handling, asked.effect, node
    )
    return answer({"id": made}, 201)


@api.post("/watchlists/{list_id}/entries", status_code=201, summary="Watch something")
def watch(list_id: int, asked: list[AskedWatch], officer: Caller, node: Served) -> Response:
    """Add entries to a watch list."""
    entries = [(one.kind, one.term, one.note) for one in asked]
    return answer({"added": risk.watch(officer, list_id, entries, node)}, 201)


@api.post("/watchlists/{list_id}/expire", status_code=204, summary="End a watch list")
def expire(list_id: int, officer: Caller, node: Served) -> Response:
    """End a watch list now."""
    risk.expire(officer, list_id, node)
    return Response(status_code=204)
