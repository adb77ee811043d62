"""Live news for open pages: one waiting thread per application, however many officers listen."""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from vigie.console.pages import Pages
from vigie.console.session import cookie_name
from vigie.desk import officers, today
from vigie.desk.gate import may

if TYPE_CHECKING:
    from vigie.node import Node

BEAT_S = 15.0  # a comment at least this often, so that proxies keep the stream and a gone browser is noticed
LEAST_S = 1.0  # at most one message a second to each browser


class Pulse:
    """Turns the node's change counter into an asyncio event; waits only while somebody listens."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._count = 0
        self._listeners = 0
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def _follow(self) -> None:
        while self._listeners:
            count = await run_in_threadpool(self._node.changed, self._count, 1.0)
            if count != self._count:
                self._count = count
                self._woken.set()
                self._woken = asyncio.Event()

    async def changes(self) -> AsyncIterator[int]:
        """Yield how much changed since the last time: 0 after each quiet beat."""
        self._listeners += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._follow())
        try:
            known = self._count
            yield 0
            while True:
                woken = self._woken
                if self._count == known:
                    try:
                        await asyncio.wait_for(woken.wait(), BEAT_S)
                    except TimeoutError:
                        yield 0
                        continue
                await asyncio.sleep(LEAST_S)
                since, known = self._count - known, self._count
                yield since
        finally:
            self._listeners -= 1


def message(**told: object) -> bytes:
    """One message of the stream (WHATWG server-sent events)."""
    return b"data: " + msgspec.json.encode(told) + b"\n\n"


async def events(request: Request, node: "Node", pages: Pages, pulse: Pulse) -> Response:
    """The stream of one browser: that something changed, and that a warning came; never a box's own data."""
    token = request.cookies.get(cookie_name(request), "")
    session = await run_in_threadpool(officers.session, token, node) if token else None
    if session is None or may(session.officer, "see-terminal", session.officer.purposes[0]):
        return Response(status_code=204)  # 204 tells a browser not to try again

    async def stream() -> AsyncIterator[bytes]:
        unread = (await run_in_threadpool(today.frame, session.officer, node)).unread
        async for since in pulse.changes():
            current = await run_in_threadpool(officers.session, token, node)
            if current is None:
                return
            if not since:
                yield b": still here\n\n"
                continue
            yield message(kind="changed", visits=since)
            now_unread = (await run_in_threadpool(today.frame, current.officer, node)).unread
            if now_unread > unread:
                liked = await run_in_threadpool(officers.preferences, current.officer, node)
                text = pages.texts.tell("live-notices", str(liked.language), n=now_unread)
                yield message(kind="notice", text=text, href="/")
            unread = now_unread

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"x-accel-buffering": "no"})
