"""The web application of a node: the console's pages, and the API beside them."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount

from vigie.api import create_api
from vigie.api.exchange_feeds import create_feeds
from vigie.api.taxii import create_taxii
from vigie.app.freshness import Freshness
from vigie.console import Guard, create_pages, handlers
from vigie.desk.freshness import replicated

if TYPE_CHECKING:
    from vigie.node import Node

SMALLEST_GZIP = 600  # bytes: below that a packet is saved by nothing


def client_feeds(node: "Node") -> list[BaseRoute]:
    """What clients of partners ask for, with tokens of their own."""
    return [Mount("/taxii2", create_taxii(node)), Mount("/feeds", create_feeds(node))]


def create_app(node: "Node", more: Sequence[BaseRoute] = (), closing: Callable[[], None] | None = None) -> Starlette:
    """Build the application for one node.

    Args:
        node: As built by `vigie.node.build`.
        more: Further routes, answered before the API (at `/api`) and the pages.
        closing: Called once when the server stops.
    """

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        yield
        if closing is not None:
            closing()

    around = [Middleware(GZipMiddleware, minimum_size=SMALLEST_GZIP, compresslevel=9), Middleware(Guard)]
    if replicated(node):
        around.append(Middleware(Freshness, node=node))
    return Starlette(
        routes=[*more, Mount("/api", create_api(node)), *client_feeds(node), *create_pages(node)],
        middleware=around,
        exception_handlers=handlers(),
        lifespan=life,
    )
