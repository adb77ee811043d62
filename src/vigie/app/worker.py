"""One of several processes that serve a node; it ends with the one that began it (see `vigie.app.workers`)."""

import contextlib
import os
import signal
import socket
import sys
from threading import Thread
from typing import IO

import msgspec

from vigie.app.address import stoppable
from vigie.app.service import listen
from vigie.app.workers import READY, Begun
from vigie.cli.output import told
from vigie.node import Settings, build
from vigie.node.mate import read_frame


def begun_by(stream: IO[bytes]) -> Begun | None:
    """What the parent tells; from then on the end of the stream, however it came, ends this process. None: It ended."""
    frame = read_frame(stream)
    if frame is None:
        return None

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(stream.fileno(), 1):
                continue
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, name="parent", daemon=True).start()
    return msgspec.msgpack.decode(frame, type=Begun)


@told
def serve(begun: Begun, said: IO[bytes]) -> None:
    """Open the node and serve it until this process is told to end.

    Args:
        begun: What the parent told. said: Where it is said that connections are taken.

    Raises:
        SystemExit: The node cannot be opened; why is told.
    """
    settings = msgspec.convert(begun.settings, Settings, strict=False, dec_hook=lambda kind, raw: kind(raw))
    partners = socket.socket(fileno=begun.partners) if begun.partners >= 0 else None

    def ready() -> None:
        said.write(READY)
        said.flush()

    where = socket.socket(fileno=begun.web)
    with contextlib.suppress(KeyboardInterrupt), stoppable(), where, build(settings) as node:
        node.start()
        listen(node, where, ready, partners, beside=True)


def main() -> int:
    """Serve, as the parent says on the standard input."""
    begun = begun_by(sys.stdin.buffer)
    if begun is not None:
        serve(begun=begun, said=sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
