"""Several processes serve one node: this one takes the addresses, begins the others, and begins one anew that died.

It opens no store and holds no key. All take connections from the same two sockets, so that none is lost with a process;
which of them is the sequencer is decided by the lock of the store, here as between hosts.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
import structlog

import vigie
from vigie.app.address import bound, stoppable
from vigie.cli.speech import tell
from vigie.node.logs import set_up
from vigie.node.mate import framed

if TYPE_CHECKING:
    from vigie.node import Settings

READY = b"+"
"""What a process says once it takes connections."""

LOOK_S = 0.1
"""How often it is looked whether one died: that is how long fewer serve."""

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 60.0
"""Pause before one is begun anew; doubled each time it does not come up: a lasting fault costs a start a minute."""

PATIENCE_S = 60.0
"""So long each gets to finish what it is at; a service manager gives 90 s to all (deploy/systemd)."""


class Begun(msgspec.Struct, frozen=True):
    """What a process is told. settings: Of the node. web, partners: Descriptors of the sockets; -1 for none."""

    settings: dict[str, Any]
    web: int
    partners: int


def serve_many(settings: "Settings") -> None:
    """Serve a node with several processes until it is stopped.

    Raises:
        CannotListen: An address is taken, or is none of this machine.
        SystemExit: The first process could not open the node; it has said why.
    """
    set_up(settings.log_format, settings.log_level)
    with stoppable(), bound(settings.host, settings.port) as web, _for_partners(settings) as partners:
        workers = Workers(settings, web, partners)
        try:
            with contextlib.suppress(KeyboardInterrupt):
                workers.run(lambda: click.echo(tell("serve.ready", node=settings.name, address=settings.address)))
        finally:
            workers.stop()


@contextlib.contextmanager
def _for_partners(settings: "Settings") -> Iterator[socket.socket | None]:
    """The address for partners, taken before any process begins; whoever comes before the node has joined waits."""
    if not settings.exchange_port:
        yield None
        return
    with bound(settings.exchange_host, settings.exchange_port) as where:
        yield where


class Worker:
    """One of the processes. failed: How often in a row it did not come up."""

    def __init__(self) -> None:
        self.failed = 0
        self.is_ready = False
        self.not_before = float("-inf")
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> int:
        """Its number; 0 for none."""
        return 0 if self._child is None else self._child.pid

    def begin(self, command: list[str], told: Begun) -> None:
        """Begin it."""
        own = os.environ | {"PYTHONPATH": str(Path(vigie.__file__).parents[1])}
        fds = [fd for fd in (told.web, told.partners) if fd >= 0]
        self._child = child = subprocess.Popen(
            command, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=fds
        )
        assert child.stdin is not None
        assert child.stdout is not None
        os.set_blocking(child.stdout.fileno(), False)
        with contextlib.suppress(OSError):  # it ended already: the next look says so
            child.stdin.write(framed(msgspec.to_builtins(told)))
            child.stdin.flush()

    def look(self) -> int | None:
        """The code with which it ended; None while it goes on, or where none was begun."""
        child = self._child
        if child is None:
            return None
        if not self.is_ready and child.stdout is not None and child.stdout.read(1) == READY:
            self.is_ready, self.failed = True, 0
        code = child.poll()
        if code is not None:
            self.ended()
        return code

    def ended(self) -> None:
        """Let go of what was held for it."""
        child, self._child, self.is_ready = self._child, None, False
        for pipe in (child.stdin, child.stdout) if child is not None else ():
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def stop(self, until: float) -> None:
        """Wait until it has ended, which it was told; then end it."""
        if self._child is None:
            return
        try:
            self._child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self.ended()

    def tell_to_stop(self) -> None:
        """Tell it to end."""
        if self._child is not None:
            self._child.terminate()


class Workers:
    """The processes of one node on this machine.

    Args:
        settings: Of the node; `web_workers` says how many. web, partners: The sockets.
        command: What each process is.
    """

    def __init__(
        self, settings: "Settings", web: socket.socket, partners: socket.socket | None,
        command: tuple[str, ...] = (sys.executable, "-m", "vigie.app.worker"),
    ) -> None:  # fmt: skip
        told = msgspec.to_builtins(settings, enc_hook=str)
        self._told = Begun(told, web.fileno(), -1 if partners is None else partners.fileno())
        self._command = list(command)
        self.all = [Worker() for _ in range(settings.web_workers)]

    def run(self, ready: Callable[[], None]) -> None:
        """Begin them and watch over them for ever.

        Args:
            ready: Called once all take connections.

        Raises:
            SystemExit: The first did not come up: with its code.
        """
        first = self.all[0]
        first.begin(self._command, self._told)  # alone, for it makes keys and tables of a new node
        while not first.is_ready:
            code = first.look()
            if code is not None:
                raise SystemExit(code)
            time.sleep(LOOK_S)
        for worker in self.all[1:]:
            worker.begin(self._command, self._told)
        told = False
        while True:
            self.look(time.monotonic())
            if not told and all(worker.is_ready for worker in self.all):
                told = True
                ready()
            time.sleep(LOOK_S)

    def look(self, now: float) -> None:
        """Begin those anew that ended.

        Args:
            now: Seconds of a clock that never runs backwards.
        """
        for worker in self.all:
            process, code = worker.process, worker.look()
            if code is not None:
                pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(worker.failed, 16))
                worker.failed, worker.not_before = worker.failed + 1, now + pause
                structlog.get_logger().warning("worker.ended", process=process, code=code, pause_s=pause)
            elif not worker.process and now >= worker.not_before:
                worker.begin(self._command, self._told)

    def stop(self) -> None:
        """End them all; what they were at is finished first."""
        for worker in self.all:
            worker.tell_to_stop()
        until = time.monotonic() + PATIENCE_S
        for worker in self.all:
            worker.stop(until)
