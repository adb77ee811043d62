"""How these tests ask an application for pages: in memory, without a server."""

import asyncio
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import httpx
from starlette.types import ASGIApp


class Client:
    """A browser without a screen: keeps cookies, follows nothing by itself."""

    def __init__(self, app: ASGIApp, **options: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=options.pop("loud", True)),
            base_url=options.pop("base_url", "http://localhost"),
            headers={"sec-fetch-site": "same-origin"},
            **options,
        )

    @property
    def cookies(self) -> httpx.Cookies:
        """The cookies the browser holds."""
        return self._client.cookies

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Ask for a page."""
        return self._loop.run_until_complete(self._client.get(path, **options))

    def post(self, path: str, **options: Any) -> httpx.Response:
        """Send a form."""
        return self._loop.run_until_complete(self._client.post(path, **options))

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._loop.run_until_complete(self._client.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


@contextmanager
def browse(app: ASGIApp, **options: Any) -> Iterator[Client]:
    """Open a browser on an application."""
    with warnings.catch_warnings(), Client(app, **options) as client:
        yield client
