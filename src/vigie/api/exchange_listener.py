"""The listener for partners: a port of its own beside the console, where a certificate of the federation is required.

uvicorn serves it, but does not hand the certificate of the other side to the application: a protocol of our own puts it
into the scope of each request, and gives up on whoever is slow to show itself or to say what it wants.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from functools import partial
from threading import Event, Thread
from typing import Any, cast

import structlog
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from vigie.api.exchange_wire import create_wire
from vigie.desk.exchange_node import federation, own_name
from vigie.exchange import ExchangeRefused, unpinned
from vigie.node import Node
from vigie.terms import StoreFault

HANDSHAKE_S = 5.0
"""So long a connection may take to show its certificate: a round trip or two."""

REQUEST_S = 20.0
"""So long a request may take to arrive: 4 MB over a line of 2 Mbit/s."""

REST_S = 90
"""So long a connection may rest between two requests; partners greet every 30 s."""

MOST_CONNECTIONS = 32
"""Connections of one member at once: two for each of its processes, and a few that have not ended yet."""

BACKLOG = 128
"""Connections that wait until a process takes them: all that four members may hold at once."""

LOOK_S = 5.0


class MemberProtocol(H11Protocol):
    """HTTP with the certificate of the other side in `scope["state"]["certificate"]` (DER), and patience that ends."""

    _timer: asyncio.TimerHandle | None = None
    shown: bytes = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the certificate; a member with too many connections gets no further one."""
        layer = cast("ssl.SSLObject | None", transport.get_extra_info("ssl_object"))
        self.shown = (layer.getpeercert(binary_form=True) if layer is not None else None) or b""
        self.app_state = {**self.app_state, "certificate": self.shown}
        super().connection_made(transport)
        same = sum(getattr(one, "shown", None) == self.shown for one in self.connections)
        if not self.shown or same > MOST_CONNECTIONS:
            transport.close()

    def data_received(self, data: bytes) -> None:
        """Take bytes; from the first of a request to its last only so much time may pass."""
        if self._timer is None:
            self._timer = self.loop.call_later(REQUEST_S, self._late)
        super().data_received(data)
        if self.cycle is not None and not self.cycle.more_body:
            self._in_time()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._in_time()
        super().connection_lost(exc)

    def _in_time(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        structlog.get_logger().warning("wire.slow-request")
        self.transport.abort()


class Listener:
    """Listens for a node's partners in a thread of its own, from when it has joined a federation.

    Args:
        node: Whose partners. host, port: Where; port 0 takes a free one.
        where: A socket instead, from which processes beside take connections, too; it is left open.
    """

    def __init__(self, node: Node, host: str, port: int, where: socket.socket | None = None) -> None:
        self._node, self._host, self._wanted, self._where = node, host, port, where
        self.port = 0
        self._thread: Thread | None = None
        self._over = Event()
        self._up = Event()

    def start(self) -> None:
        """Begin; returns when it listens, or when it is known that this node has not joined yet."""
        self._thread = Thread(target=self._run, name="wire", daemon=True)
        self._thread.start()
        self._up.wait(HANDSHAKE_S)

    def stop(self) -> None:
        """Stop; connections are closed."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                context = self._context()
            except (ExchangeRefused, StoreFault):
                self._up.set()
                self._over.wait(LOOK_S)
                continue
            try:
                asyncio.run(self._serve(context))
            except OSError as fault:
                structlog.get_logger().error("wire.cannot-listen", port=self._wanted, reason=fault.strerror)
                self._up.set()
                self._over.wait(LOOK_S)

    def _context(self) -> ssl.SSLContext:
        from vigie.peers import listening

        node, told, me = self._node, federation(self._node), own_name(self._node)
        pins = [unpinned(one.certificate) for one in told.members if one.certificate and one.id != me]
        return listening(node.trust.seed, unpinned(told.member(me).certificate), pins)

    async def _serve(self, context: ssl.SSLContext) -> None:
        config = uvicorn.Config(create_wire(self._node), log_config=None, access_log=False, server_header=False,
                                proxy_headers=False, lifespan="off", timeout_keep_alive=REST_S, ws="none")  # fmt: skip
        config.load()
        state = ServerState()
        loop = asyncio.get_running_loop()
        made = partial(MemberProtocol, config, state, cast("dict[str, Any]", {}), loop)
        shared = self._where
        where = socket.create_server((self._host, self._wanted)) if shared is None else shared.dup()
        where.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server = await loop.create_server(made, sock=where, ssl=context, ssl_handshake_timeout=HANDSHAKE_S,
                                          backlog=100 if shared is None else 1)  # fmt: skip
        where.listen(BACKLOG)
        self.port = where.getsockname()[1]
        self._up.set()
        structlog.get_logger().info("wire.listens", port=self.port)
        before = self._pins()
        async with server:
            while not self._over.is_set():
                await asyncio.sleep(0.2)
                if int(loop.time() / LOOK_S) != int((loop.time() - 0.2) / LOOK_S) and self._pins() != before:
                    break  # the federation changed: who may come in is asked anew
        for one in list(state.connections):
            one.transport.abort()
        await asyncio.sleep(0.05)  # who was answering a long question notices that nobody is there any more

    def _pins(self) -> set[str]:
        with contextlib.suppress(ExchangeRefused, StoreFault):
            return {one.certificate for one in federation(self._node).members}
        return set()


@contextlib.contextmanager
def listening_for_partners(node: Node, where: socket.socket | None = None) -> Iterator[Listener | None]:
    """Listen for a node's partners inside the context, as its settings say; None where they say not to.

    Args:
        where: See `Listener`.
    """
    settings = node.settings
    if not settings.exchange_port:
        yield None
        return
    listener = Listener(node, settings.exchange_host, settings.exchange_port, where)
    listener.start()
    try:
        yield listener
    finally:
        listener.stop()
