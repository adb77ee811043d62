"""`/feeds`: a MISP feed and a table for a partner's tools, with the same tokens as TAXII."""

from collections.abc import Awaitable, Callable

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vigie.api.taxii import caller_of, refused_as
from vigie.desk import exchange_feeds as desk
from vigie.exchange import ExchangeRefused
from vigie.node import Node

Feeding = Callable[[str, Request, Node], Response]


def create_feeds(node: Node) -> Starlette:
    """Build the feeds of a node, to be mounted at `/feeds`."""
    return Starlette(routes=[
        Route("/things.csv", _for_holders(_table, node)),
        Route("/misp/manifest.json", _for_holders(_list, node)),
        Route("/misp/{uuid}.json", _for_holders(_event, node)),
    ])  # fmt: skip


def _for_holders(feeding: Feeding, node: Node) -> Callable[[Request], Awaitable[Response]]:
    def answer(request: Request) -> Response:
        try:
            return feeding(caller_of(request, node), request, node)
        except ExchangeRefused as refusal:
            return refused_as(refusal)

    async def answered(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return answered


def _table(partner: str, request: Request, node: Node) -> Response:
    return Response(desk.table(partner, node), media_type="text/csv; charset=utf-8")


def _list(partner: str, request: Request, node: Node) -> Response:
    return Response(msgspec.json.encode(desk.misp_list(partner, node)), media_type="application/json")


def _event(partner: str, request: Request, node: Node) -> Response:
    found = desk.misp_one(partner, request.path_params["uuid"], node)
    if found is None:
        return Response(status_code=404)
    return Response(msgspec.json.encode(found), media_type="application/json")
