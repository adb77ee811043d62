"""`/arrivals`: take messages in, list boxes, show one, decide; `/search`; `/today`."""

from io import BytesIO
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedBulk, AskedOverride
from vigie.api.schema import shown
from vigie.desk import arrivals, search, today
from vigie.desk.views import (
    ArrivalsPage,
    ArrivalsQuery,
    BulkResult,
    ContainerView,
    ImportReport,
    SearchView,
    TodayView,
)
from vigie.terms import BadRequest, VisitId, moment_of

LARGEST_UPLOAD = 1 << 30
"""Bytes of one upload (1 GiB); the readers hold a bounded part of it, whatever its size."""

api = APIRouter(tags=["arrivals"])
Many = Annotated[list[str], Query(max_length=50)]


@api.get("/arrivals", responses=shown(ArrivalsPage), summary="List boxes")
def page(
    officer: Caller,
    node: Served,
    site: Many = [],
    status: Many = [],
    band: Many = [],
    carrier: str = "",  # noqa: B006
    vessel: str = "",
    loading: str = "",
    hs2: str = "",
    text: str = "",
    claimed: str = "",
    sort: str = "score",
    descending: bool = True,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    after: str = "",
) -> Response:
    """List the boxes the caller may see, sorted over everything; `after` is the `next` of the page before."""
    query = ArrivalsQuery(
        sites=tuple(site),
        statuses=tuple(status),
        bands=tuple(band),
        carrier=carrier,
        vessel=vessel,
        loading=loading,
        hs2=hs2,
        text=text,
        claimed=claimed,
        sort=sort,
        descending=descending,
        limit=limit,
        after=after,
    )
    return answer(arrivals.page(officer, query, node))


@api.post("/arrivals/messages", responses=shown(ImportReport), summary="Take message files in")
async def take_in(request: Request, officer: Caller, node: Served, name: str = "upload") -> Response:
    """Take in one file of any known format (the body); acknowledged means kept durably."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_UPLOAD:
            raise BadRequest(reason="larger than one gibibyte")
    files = [(name[:120], BytesIO(bytes(body)))]
    return answer(await run_in_threadpool(arrivals.take_in, officer, files, node))


@api.get("/arrivals/{number}", responses=shown(ContainerView), summary="Show one box")
def container(number: str, officer: Caller, node: Served) -> Response:
    """Show all that is known about a box; `number` is a container number or a visit."""
    return answer(arrivals.container(officer, arrivals.find(officer, number, node), node))


@api.post("/arrivals/{visit}/override", status_code=204, summary="Decide over the machine")
def override(visit: str, asked: AskedOverride, officer: Caller, node: Served) -> Response:
    """Decide about a box, with a reason; 409 where it changed since `revision`."""
    revision = moment_of(asked.revision) if asked.revision else None
    arrivals.override(officer, VisitId(visit), asked.decision, asked.reason, node, revision)
    return Response(status_code=204)


@api.post("/arrivals/bulk", responses=shown(BulkResult), summary="Act on many boxes")
def bulk(asked: AskedBulk, officer: Caller, node: Served) -> Response:
    """Claim, select, hold, release or leave many boxes at once."""
    visits: Any = tuple(VisitId(one) for one in asked.visits)
    return answer(arrivals.bulk(officer, visits, asked.act, node, asked.reason))


@api.get("/search", responses=shown(SearchView), summary="Search")
def find(q: Annotated[str, Query(min_length=1, max_length=120)], officer: Caller, node: Served) -> Response:
    """Search container, bill of lading, MRN, seal, vessel or party; one typing error is forgiven."""
    return answer(search.find(officer, q, node))


@api.get("/today", responses=shown(TodayView), summary="The officer's day")
def day(officer: Caller, node: Served) -> Response:
    """Show the caller's queue, what is due, notices and the node's health."""
    return answer(today.today(officer, node))
