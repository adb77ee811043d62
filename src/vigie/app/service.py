"""Run a node with its console and API as one process that listens on one address."""

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from vigie.cli.speech import tell

if TYPE_CHECKING:
    from vigie.node import Node, Settings

GRACE_S = 2
"""Seconds that open streams get to end; live pages reconnect by themselves."""


def serve(settings: "Settings") -> None:
    """Open the node and serve it until it is stopped."""
    from vigie.node import build

    with build(settings) as node:
        node.start()
        address = f"http://{settings.host}:{settings.port}"
        listen(node, lambda: click.echo(tell("serve.ready", node=node.name, address=address)))


def listen(node: "Node", ready: Callable[[], None]) -> None:
    """Listen until SIGINT or SIGTERM; `ready` is called once connections are taken."""
    import uvicorn

    from vigie.app.web import create_app

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
            await super().startup(sockets)  # type: ignore[arg-type]
            if self.started:
                ready()

    config = uvicorn.Config(
        create_app(node),
        host=node.settings.host,
        port=node.settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        proxy_headers=False,
    )
    with _stopped(node), contextlib.suppress(KeyboardInterrupt):
        Announcing(config).run()


@click.command("serve")
@click.option("--host", default=None, help=tell("option.host"))
@click.option("--port", default=None, type=int, help=tell("option.port"))
def serve_command(host: str | None, port: int | None) -> None:
    from vigie.node import load_settings

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    serve(load_settings(**given))


@contextlib.contextmanager
def _stopped(node: "Node") -> Iterator[None]:
    try:
        yield
    finally:
        node.stop()
