"""Around every request where the store has a replica: what it must see, and that its officer has done something."""

from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vigie.api.access import tokens_of
from vigie.desk import freshness
from vigie.store.replica import MUST_SHOW
from vigie.terms import StoreFault

if TYPE_CHECKING:
    from vigie.node import Node

_READS = frozenset(("GET", "HEAD", "OPTIONS"))


class Freshness:
    """Lets requests that change nothing read from the replica, and holds back the answer to others until it is kept
    what their officers must see from now on.

    Args:
        app: What answers. node: Whose store has a replica.
    """

    def __init__(self, app: ASGIApp, node: "Node") -> None:
        self._app, self._node = app, node

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        tokens = tokens_of(HTTPConnection(scope))
        if scope["method"] not in _READS:
            await self._app(scope, receive, self._keeping(tokens, send))
            return
        token = MUST_SHOW.set(await self._must_show(tokens))
        try:
            await self._app(scope, receive, send)
        finally:
            MUST_SHOW.reset(token)

    async def _must_show(self, tokens: tuple[str, ...]) -> int | None:
        try:
            return await run_in_threadpool(freshness.must_show, tokens, self._node)
        except StoreFault:  # whoever answers tells of it
            return None

    def _keeping(self, tokens: tuple[str, ...], send: Send) -> Send:
        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                with suppress(StoreFault):  # then what was to be done could not be kept either
                    await run_in_threadpool(freshness.acted, tokens, self._node)
            await send(message)

        return kept
