"""The address a service takes before anything else is done, and its end when it is told to stop."""

import contextlib
import os
import signal
import socket
from collections.abc import Iterator
from types import FrameType

from vigie.terms import CannotListen


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM end this process in order, as Ctrl+C does."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # told twice, by its parent and by a service manager: it ends in order
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
