"""`/risk`: assess again, explain, indicators, watch lists."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedWatch, AskedWatchList, Visits
from vigie.api.bodies import table_text
from vigie.api.schema import TABLE, shown
from vigie.desk import arrivals, risk
from vigie.desk.views import Explanation, WatchListView
from vigie.terms import moment_of

api = APIRouter(prefix="/risk", tags=["risk"])


@api.get("/explanations/{number}", responses=shown(Explanation), summary="Explain a score")
def explain(number: str, officer: Caller, node: Served) -> Response:
    """Explain the score of a container number or visit."""
    return answer(risk.explain(officer, number, node))


@api.post("/assessments", summary="Assess again")
def assess(visits: Annotated[Visits, Body(embed=True)], officer: Caller, node: Served) -> Response:
    """Assess boxes again with today's rules."""
    wanted = tuple(arrivals.find(officer, one, node) for one in visits)
    return answer({"assessed": risk.assess(officer, node, wanted)})


@api.get("/watchlists", responses=shown(WatchListView, many=True), summary="Watch lists")
def watch_lists(officer: Caller, node: Served) -> Response:
    """List the watch lists the caller may see."""
    return answer(risk.watch_lists(officer, node))


@api.post("/watchlists", status_code=201, summary="Make a watch list")
def create(asked: AskedWatchList, officer: Caller, node: Served) -> Response:
    """Make a watch list; it acts until it expires. A weighted one needs `weight_milli`, thousandths of log-odds."""
    made = risk.create_watch_list(
        officer,
        asked.name,
        asked.reason,
        moment_of(asked.expires),
        asked.handling,
        asked.effect,
        node,
        asked.weight_milli,
    )
    return answer({"id": made}, 201)


@api.get("/watchlists/{name}", responses=shown(WatchListView), summary="One watch list")
def watch_list(name: str, officer: Caller, node: Served) -> Response:
    """Show a watch list with its entries."""
    return answer(risk.watch_list(officer, name, node))


@api.post("/watchlists/{name}/entries", status_code=201, summary="Watch something")
def watch(
    name: str, asked: Annotated[list[AskedWatch], Body(max_length=500)], officer: Caller, node: Served
) -> Response:
    """Add entries to a watch list."""
    entries = [(one.kind, one.term, one.note) for one in asked]
    return answer({"added": risk.watch(officer, name, entries, node)}, 201)


@api.post("/watchlists/{name}/table", summary="Watch a table", openapi_extra=TABLE)
async def watch_table(name: str, request: Request, officer: Caller, node: Served) -> Response:
    """Add the rows of a CSV table (kind, value, note); a bad row is named and the next one is read."""
    text = await table_text(request)
    added, doubts = await run_in_threadpool(risk.watch_csv, officer, name, text, node)
    return answer({"added": added, "doubts": doubts})


@api.delete("/watchlists/{name}/entries", status_code=204, summary="Watch something no longer")
def unwatch(name: str, kind: str, term: str, officer: Caller, node: Served) -> Response:
    """Take an entry off a watch list."""
    risk.unwatch(officer, name, kind, term, node)
    return Response(status_code=204)


@api.post("/watchlists/{name}/expire", status_code=204, summary="End a watch list")
def expire(name: str, officer: Caller, node: Served) -> Response:
    """End a watch list now."""
    risk.expire(officer, name, node)
    return Response(status_code=204)
