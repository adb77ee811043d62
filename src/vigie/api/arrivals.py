"""`/arrivals`: take messages in, list boxes, show one, decide; `/search`; `/today`."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import AskedBulk, AskedNotices, AskedOverride
from vigie.api.bodies import spooled
from vigie.api.schema import MESSAGES, shown
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
from vigie.terms import VisitId, moment_of

api = APIRouter(tags=["arrivals"])
Many = Annotated[list[str], Query(max_length=50)]
Name = Annotated[str, Query(max_length=120)]


@api.get("/arrivals", responses=shown(ArrivalsPage), summary="List boxes")
def page(
    officer: Caller,
    node: Served,
    site: Many = [],  # noqa: B006 - FastAPI copies it
    status: Many = [],  # noqa: B006
    band: Many = [],  # noqa: B006
    carrier: str = "",
    vessel: str = "",
    loading: str = "",
    hs2: str = "",
    text: str = "",
    claimed: str = "",
    indicator: Annotated[str, Query(max_length=40)] = "",
    sort: str = "score",
    descending: bool = True,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    after: str = "",
) -> Response:
    """List the boxes the caller may see, sorted over everything; `after` is the `next` of the page before.

    `indicator` asks for boxes on which that indicator fired; `more` says that there are more than `total`.
    """
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
        indicator=indicator,
        sort=sort,
        descending=descending,
        limit=limit,
        after=after,
    )
    return answer(arrivals.page(officer, query, node))


@api.post("/arrivals/messages", responses=shown(ImportReport), summary="Take a file in", openapi_extra=MESSAGES)
async def take_in(request: Request, officer: Caller, node: Served, name: Name = "upload") -> Response:
    """Take in one file of any known format (the body); acknowledged means kept durably."""
    with await spooled(request, node) as body:
        return answer(await run_in_threadpool(arrivals.take_in, officer, [(name, body)], node))


@api.post("/arrivals/messages/retry", responses=shown(ImportReport), summary="Work on what was set aside")
def retry(officer: Caller, node: Served) -> Response:
    """Work once more on every part that was set aside, after what set it aside has been mended."""
    return answer(arrivals.retry(officer, node))


@api.get("/arrivals/{number}", responses=shown(ContainerView), summary="Show one box")
def container(number: str, officer: Caller, node: Served) -> Response:
    """Show all that is known about a box; `number` is a container number or a visit."""
    return answer(arrivals.container(officer, arrivals.find(officer, number, node), node))


@api.get(
    "/arrivals/{number}/messages/{part}",
    responses={200: {"description": "The bytes as received", "content": {"application/octet-stream": {}}}},
    summary="A message as received",
)
def raw(number: str, part: int, officer: Caller, node: Served) -> Response:
    """Give a message behind a box, as it was received; `part` is an id of the box's `parts`."""
    body = arrivals.raw(officer, arrivals.find(officer, number, node), part, node)
    return Response(body, media_type="application/octet-stream")


@api.post("/arrivals/{visit}/override", status_code=204, summary="Decide over the machine")
def override(visit: str, asked: AskedOverride, officer: Caller, node: Served) -> Response:
    """Decide about a box, with a reason; 409 where it changed since `revision`."""
    revision = moment_of(asked.revision) if asked.revision else None
    arrivals.override(officer, VisitId(visit), asked.decision, asked.reason, node, revision)
    return Response(status_code=204)


@api.post("/arrivals/bulk", responses=shown(BulkResult), summary="Act on many boxes")
def bulk(asked: AskedBulk, officer: Caller, node: Served) -> Response:
    """Claim, select, hold, release or leave many boxes at once."""
    visits = tuple(VisitId(one) for one in asked.visits)
    return answer(arrivals.bulk(officer, visits, asked.act, node, asked.reason))


@api.get("/search", responses=shown(SearchView), summary="Search")
def find(q: Annotated[str, Query(min_length=1, max_length=120)], officer: Caller, node: Served) -> Response:
    """Search container, bill of lading, MRN, seal, vessel or party; one typing error is forgiven."""
    return answer(search.find(officer, q, node))


@api.post("/today/notices", status_code=204, summary="Notices seen")
def seen(asked: AskedNotices, officer: Caller, node: Served) -> Response:
    """Say that the caller has seen notices."""
    today.seen(officer, asked.notices, node)
    return Response(status_code=204)


@api.get("/today", responses=shown(TodayView), summary="The officer's day")
def day(officer: Caller, node: Served) -> Response:
    """Show the caller's queue, what is due, notices and the node's health."""
    return answer(today.today(officer, node))
