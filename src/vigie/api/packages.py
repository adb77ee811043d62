"""`/scanning/packages`: scans as signed packages, told to partners or carried by hand."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.bodies import bounded
from vigie.api.schema import shown
from vigie.desk import exchange_packages
from vigie.desk.views import PackageView
from vigie.exchange import MOST_PACKAGE, ExchangeRefused, Why, read_marked

api = APIRouter(prefix="/scanning/packages", tags=["scanning"])

Scans = Annotated[list[str], Body(min_length=1, max_length=40)]
Title = Annotated[str, Body(min_length=1, max_length=200)]
Marking = Annotated[dict[str, Any], Body()]
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
ZIP: dict[str, Any] = {"requestBody": {"required": True, "content": {exchange_packages.MEDIA: FILE}}}
BYTES: dict[int | str, dict[str, Any]] = {200: {"description": "OK", "content": {exchange_packages.MEDIA: FILE}}}


@api.get("", responses=shown(PackageView, many=True), summary="Packages")
def listed(officer: Caller, node: Served) -> Response:
    """List the packages, own and received, the latest first."""
    return answer(exchange_packages.page(officer, node))


@api.post("", responses=shown(PackageView, status=201), status_code=201, summary="Make a package")
def make(scans: Scans, title: Title, marking: Marking, officer: Caller, node: Served) -> Response:
    """Make a package of scans of one box; it is told to nobody."""
    return answer(exchange_packages.make(officer, scans, title, read_marked(marking), node), 201)


@api.post("/sent", status_code=201, summary="Send a package")
def send(scans: Scans, title: Title, marking: Marking, officer: Caller, node: Served) -> Response:
    """Make a package and tell the nodes of the marking of it; they fetch it."""
    _, sent = exchange_packages.send(officer, scans, title, read_marked(marking), node)
    return answer(sent, 201)


@api.get("/{sha256}", responses=BYTES, response_class=Response, summary="A package's bytes")
def export(sha256: str, officer: Caller, node: Served) -> Response:
    """Give the bytes of a package that was made here."""
    raw = exchange_packages.export(officer, sha256, node)
    return Response(raw, media_type=exchange_packages.MEDIA)


@api.post("/taken", responses=shown(PackageView, status=201), status_code=201, openapi_extra=ZIP,
          summary="Take a package in")  # fmt: skip
async def take(request: Request, officer: Caller, node: Served) -> Response:
    """Take a package in: checked whole, kept, its scans brought to their boxes."""
    raw = await bounded(request, MOST_PACKAGE, ExchangeRefused(reason=Why.OVERSIZE.value, most=MOST_PACKAGE))
    return answer(await run_in_threadpool(exchange_packages.take_in, officer, raw, node), 201)
