"""Run a node with its console and API as one process that listens on one address."""

import contextlib
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from vigie.app.address import bound, stoppable
from vigie.cli.output import told
from vigie.cli.speech import tell

if TYPE_CHECKING:
    from vigie.node import Node, Settings

__all__ = ["bound", "listen", "serve", "serve_command", "stoppable"]

GRACE_S = 2
"""Seconds that open streams get to end; live pages reconnect by themselves."""


BACKLOG = 1024
"""Connections that the system lets wait until a process takes them: several of each of some hundred browsers at once,
our own choice; what is more is tried again by who asks."""


def serve(settings: "Settings") -> None:
    """Open the node and serve it until it is stopped.

    Raises:
        CannotListen: The address is taken, or is none of this machine.
    """
    if settings.web_workers > 1:
        from vigie.app.workers import serve_many

        serve_many(settings)
        return
    from vigie.node import build

    with stoppable(), bound(settings.host, settings.port) as where, build(settings) as node:
        node.start()
        listen(node, where, lambda: click.echo(tell("serve.ready", node=node.name, address=settings.address)))


def listen(
    node: "Node", where: socket.socket, ready: Callable[[], None], partners: socket.socket | None = None, *,
    beside: bool = False,
) -> None:  # fmt: skip
    """Answer until SIGINT or SIGTERM; `ready` is called once connections are taken.

    Args:
        partners: The socket for partners; None to take the address that is set.
        beside: Other processes take connections from these sockets, too: so one at a time, and whoever has nothing to
            do comes first.
    """
    import uvicorn
    from starlette.routing import Mount

    from vigie.api import create_api
    from vigie.api.exchange_listener import listening_for_partners
    from vigie.app.web import create_app

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                where.listen(BACKLOG)  # what the system holds; the server takes fewer at once
                ready()

    config = uvicorn.Config(
        create_app(node, [Mount("/api", create_api(node))]),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        proxy_headers=False,
        backlog=1 if beside else BACKLOG,
    )
    try:
        with contextlib.suppress(KeyboardInterrupt), listening_for_partners(node, partners):
            Announcing(config).run(sockets=[where])
    finally:
        node.stop()


@click.command("serve")
@click.option("--host", default=None, help=tell("option.host"))
@click.option("--port", default=None, type=click.IntRange(1, 65535), help=tell("option.port"))
@click.option("--workers", "web_workers", default=None, type=click.IntRange(1, 64), help=tell("option.web-workers"))
@told
def serve_command(**asked: Any) -> None:
    from vigie.node import load_settings

    serve(load_settings(**{name: one for name, one in asked.items() if one is not None}))
