"""`/vx/1`: what partners ask over the wire. Who asks is known by the connection's certificate, at every request."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from vigie.api.exchange_blobs import Blobs
from vigie.desk import exchange_answering as desk
from vigie.exchange import (
    ANSWER_TYPE,
    BATCH_TYPE,
    BLOB,
    HEADS,
    INBOX,
    LOG,
    MOST_ANSWER,
    MOST_BYTES,
    STREAM,
    ExchangeRefused,
    Refusal,
    Why,
    refuse,
    write_refusal,
)
from vigie.node import Node
from vigie.terms import StoreFault

LONGEST_WAIT_S = 25
"""A long question is answered after so long at the latest, before who asked gives it up (30 s)."""

GLANCE_S = 0.05
"""How often it is looked whether something waits for a partner that asked a long question."""

BEAT_S = 10.0
"""How often a quiet stream says that it is alive."""

STATUSES = {Why.UNKNOWN_PEER: 403, Why.OTHER_NODE: 403, Why.METADATA_EXPIRED: 403, Why.OVERSIZE: 413, Why.GAP: 409,
            Why.STALE: 409, Why.REWRITTEN: 409, Why.SPLIT_VIEW: 409}  # fmt: skip
"""Statuses of refusals; 422 for all others."""

Answering = Callable[[str, Request, Node], Awaitable[Response]]


def create_wire(node: Node) -> Starlette:
    """Build what a node answers to partners; it is served on a port of its own that asks for a certificate."""
    blobs = Blobs()
    routes = [
        Route(BLOB + "/{name}", _for_members(blobs.answer, node)),
        Route(INBOX, _for_members(_inbox, node), methods=["POST"]),
        Route(LOG, _for_members(_log, node)),
        Route(HEADS, _for_members(_heads, node), methods=["GET", "POST"]),
        Route(STREAM, _for_members(_stream, node)),
    ]
    return Starlette(routes=routes)


def _for_members(answering: Answering, node: Node) -> Callable[[Request], Awaitable[Response]]:
    """Ask who it is first; whoever it is gets a refusal with its code, and the trail has it."""

    async def answer(request: Request) -> Response:
        try:
            shown = request.scope.get("state", {}).get("certificate") or b""
            caller = await run_in_threadpool(_who, shown, node)
            return await answering(caller, request, node)
        except ExchangeRefused as refusal:
            return refused(refusal)
        except (ClientDisconnect, asyncio.CancelledError):
            return Response(status_code=499)  # nobody reads it; what nginx calls it
        except StoreFault:
            return Response(write_refusal(Refusal(Why.UNREACHABLE.value)), 503, media_type="application/json")

    return answer


def _who(shown: bytes, node: Node) -> str:
    try:
        return desk.member_of(shown, node)
    except ExchangeRefused as refusal:
        desk.turned_away("wire", refusal, node)
        raise


def refused(refusal: ExchangeRefused) -> Response:
    """A refusal as an answer: its code and facts."""
    facts = dict(refusal.facts)
    reason = Why(str(facts.pop("reason", Why.UNREADABLE)))
    told = write_refusal(Refusal(reason.value, facts))
    return Response(told, STATUSES.get(reason, 422), media_type="application/json")


async def _inbox(caller: str, request: Request, node: Node) -> Response:
    told = await run_in_threadpool(desk.take, caller, await _body(caller, request, MOST_BYTES, node), node)
    node.stir()
    return Response(told, media_type=ANSWER_TYPE)


async def _body(caller: str, request: Request, most: int, node: Node) -> bytes:
    """What was handed in, up to a size: the rest is not waited for."""
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > most:
            refusal = ExchangeRefused(reason=Why.OVERSIZE.value, bytes=len(raw), most=most)
            await run_in_threadpool(desk.turned_away, caller, refusal, node)
            raise refusal
    return bytes(raw)


async def _log(caller: str, request: Request, node: Node) -> Response:
    after, known, prove = _number(request, "after", -1), _number(request, "known", 0), _number(request, "prove", 0)
    until = asyncio.get_running_loop().time() + min(_number(request, "wait", 0), LONGEST_WAIT_S)
    while True:
        found = await run_in_threadpool(desk.after, caller, after, known, node, prove)
        if found is not None or asyncio.get_running_loop().time() >= until:
            return Response(found or b"", media_type=BATCH_TYPE)
        await _news(caller, after, until, node)


async def _news(caller: str, after: int, until: float, node: Node) -> None:
    """Wait until something is there for a partner, or the time is up."""
    loop, seen = asyncio.get_running_loop(), -1
    while loop.time() < until:
        count = node.stirring.count
        if count != seen or int(loop.time() * 4) % 2:  # another process may have written it
            seen = count
            if await run_in_threadpool(desk.waits, caller, after, node):
                return
        await asyncio.sleep(min(GLANCE_S, max(0.0, until - loop.time())))


async def _heads(caller: str, request: Request, node: Node) -> Response:
    if request.method == "POST":
        await run_in_threadpool(desk.acknowledge, caller, await _body(caller, request, MOST_ANSWER, node), node)
    return Response(await run_in_threadpool(desk.heads, caller, node), media_type=ANSWER_TYPE)


async def _stream(caller: str, request: Request, node: Node) -> Response:
    told = request.headers.get("last-event-id") or request.query_params.get("after") or "-1"
    after = int(told) if told.removeprefix("-").isascii() and told.removeprefix("-").isdigit() else -1
    return StreamingResponse(_events(caller, after, node), media_type="text/event-stream")


async def _events(caller: str, after: int, node: Node) -> AsyncIterator[bytes]:
    """Places of entries for a partner as they come; what they say is fetched from the log."""
    loop = asyncio.get_running_loop()
    yield b"retry: 2000\n\n"
    while True:
        await _news(caller, after, loop.time() + BEAT_S, node)
        found = await run_in_threadpool(partial(desk.places, caller, after, node))
        for seq, id, kind in found:
            after = seq
            yield b'id: %d\nevent: entry\ndata: {"seq":%d,"id":"%s","kind":"%s"}\n\n' % (
                seq, seq, id.encode(), kind.encode())  # fmt: skip
        if not found:
            yield b": alive\n\n"


def _number(request: Request, name: str, otherwise: int) -> int:
    told = request.query_params.get(name, "")
    digits = told.removeprefix("-")
    if not told:
        return otherwise
    if not (digits.isascii() and digits.isdigit() and len(digits) < 17):
        refuse(Why.BAD_CONTENT, part=name)
    return int(told)
