"""Run a node with its console and API as one process that listens on one address."""

import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from vigie.cli.output import told
from vigie.cli.speech import tell
from vigie.terms import CannotListen

if TYPE_CHECKING:
    from vigie.node import Node, Settings

GRACE_S = 2
"""Seconds that open streams get to end; live pages reconnect by themselves."""


def serve(settings: "Settings") -> None:
    """Open the node and serve it until it is stopped.

    Raises:
        CannotListen: The address is taken, or is none of this machine.
    """
    from vigie.node import build

    with stoppable(), bound(settings.host, settings.port) as where, build(settings) as node:
        node.start()
        listen(node, where, lambda: click.echo(tell("serve.ready", node=node.name, address=settings.address)))


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM end this process in order, as Ctrl+C does."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def bound(host: str, port: int) -> socket.socket:
    """Take an address before anything else is done, so that a taken one is known at once; port 0 takes a free one.

    Connections send each piece of an answer at once. Otherwise the system holds the body back until the other side has
    acknowledged the head, which it puts off for 40 ms. Source: RFC 896; RFC 1122, 4.2.3.2; asyncio sees to it only for
    sockets that name their protocol, which those of `socket.create_server` do not.

    Raises:
        CannotListen: The address is taken, or is none of this machine.
    """
    try:
        where = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as fault:
        reason = os.strerror(fault.errno).lower() if fault.errno and fault.errno > 0 else "unknown host"
        raise CannotListen(address=f"{host}:{port}", reason=reason) from None
    where.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what is accepted inherits it
    return where


def listen(node: "Node", where: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until SIGINT or SIGTERM; `ready` is called once connections are taken."""
    import uvicorn
    from starlette.routing import Mount

    from vigie.api import create_api
    from vigie.api.exchange_listener import listening_for_partners
    from vigie.app.web import create_app

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

    config = uvicorn.Config(
        create_app(node, [Mount("/api", create_api(node))]),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        proxy_headers=False,
    )
    try:
        with contextlib.suppress(KeyboardInterrupt), listening_for_partners(node):
            Announcing(config).run(sockets=[where])
    finally:
        node.stop()


@click.command("serve")
@click.option("--host", default=None, help=tell("option.host"))
@click.option("--port", default=None, type=click.IntRange(1, 65535), help=tell("option.port"))
@told
def serve_command(host: str | None, port: int | None) -> None:
    from vigie.node import load_settings

    given: dict[str, Any] = {name: one for name, one in (("host", host), ("port", port)) if one is not None}
    serve(load_settings(**given))
