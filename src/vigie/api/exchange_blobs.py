"""`/vx/1/blob/{sha256}`: the bytes of a package for a partner, whole or from where its line broke."""

import asyncio
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vigie.api.ranges import Unsatisfiable, asked_range
from vigie.desk import exchange_answering as desk
from vigie.exchange import Why, refuse
from vigie.node import Node

MEDIA = "application/zip"

AT_ONCE = 2
"""Packages that are in memory at once: each has 256 MiB at most, so all have half a gigabyte."""

PATIENCE_S = 10.0
"""So long a partner waits for its turn before it is told to come again; it gives an answer up after 30 s."""

LONGEST_S = 600.0
"""After so long an answer is broken off: whoever reads slowly keeps no other from its turn, and goes on from there."""

PART = 1 << 18
"""Bytes handed over at once; the next follow when the line took these."""


class Blobs:
    """Answers for one node, few at a time."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def answer(self, caller: str, request: Request, node: Node) -> Response:
        """Answer a partner; who asks is known.

        Raises:
            ExchangeRefused: No name of a package, none for this partner, or too many ask.
        """
        try:
            await asyncio.wait_for(self._turns.acquire(), PATIENCE_S)
        except TimeoutError:
            refuse(Why.TOO_SLOW)
        try:
            return await self._ready(caller, request, node)
        except BaseException:
            self._turns.release()
            raise

    async def _ready(self, caller: str, request: Request, node: Node) -> Response:
        name = str(request.path_params["name"])
        body = await run_in_threadpool(desk.package, caller, name, node)
        size, tag = len(body), f'"{name}"'
        told = {"Accept-Ranges": "bytes", "ETag": tag, "Content-Type": MEDIA, "Cache-Control": "no-store"}
        same = request.headers.get("if-range", tag) == tag
        try:
            found = asked_range(request.headers.get("range", ""), size) if same else None
        except Unsatisfiable:
            return _Part(memoryview(b""), 416, told | {"Content-Range": f"bytes */{size}"}, self._turns.release)
        first, end = found or (0, size)
        await run_in_threadpool(desk.handed_out, caller, name, first, end - first, node)
        if found is not None:
            told["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
        part = memoryview(body)[first:end]
        return _Part(part, 200 if found is None else 206, told, self._turns.release)


class _Part(Response):
    """Bytes that go out as the line takes them; when they are out, or nobody wants them any more, the turn is over."""

    def __init__(self, body: memoryview, status: int, headers: dict[str, str], over: Callable[[], None]) -> None:
        super().__init__(status_code=status, headers=headers | {"Content-Length": str(len(body))})
        self._part, self._over = body, over

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them."""
        try:
            async with asyncio.timeout(LONGEST_S):
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                for place in range(0, 0 if scope["method"] == "HEAD" else len(self._part), PART):
                    piece = bytes(self._part[place : place + PART])
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            return  # the connection is closed: what came is kept there, and gone on from
        finally:
            self._over()
