"""What a node does by itself: the sequencer, the ticks that warn of deadlines, the workers of the outbox."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Event, RLock, Thread
from typing import TYPE_CHECKING

import structlog

import vigie
from vigie.desk.canaries import look
from vigie.desk.exchange_effects import miss
from vigie.desk.exchange_packages import sweep
from vigie.desk.exchange_receiving import look as let_go
from vigie.desk.needs import Lock
from vigie.desk.notices import tick
from vigie.desk.refolding import SKEW, last_skew
from vigie.desk.scanning_intake import find_again
from vigie.desk.sequencing import Ahead, Sequenced, added, sequence, undisturbed
from vigie.desk.taking_in import HISTORY
from vigie.desk.writing import ORDERS
from vigie.node.crew import Mate
from vigie.node.settings import PREFIX
from vigie.node.threads import ONE_THREAD
from vigie.terms import DAY, InboxItem, StoreFault

if TYPE_CHECKING:
    from vigie.node.wiring import Node

POLL_S = 0.25
"""How often the sequencer looks for what other processes handed in: a quarter of a second is not felt at a desk."""

ASKED_S = 0.02
"""How often an act asks whether a sequencer in another process has dealt with it: an officer waits for the answer."""

HELPED = 1000
"""Items waiting from which on a child process helps: it takes a second or two to start."""

RESTED_S = 10.0
"""A mate that had nothing to do for so long is let go."""

TICK_S = 30.0
"""How often deadlines are looked at: against hours of warning, half a minute is nothing."""

TURN_S = 0.5
"""How often a running process that is not the sequencer asks for the lock: when the sequencer dies, the next one
follows within a second."""

PATIENCE_S = 120.0
"""How long an act waits for a sequencer in another process before it says that none answers."""


class Jobs:
    """The jobs of one process. One thread at a time is the sequencer; the store's lock keeps other processes out."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._mine = RLock()
        self._lock: Lock | None = None
        self._depth = 0
        self._wake, self._stopping = Event(), Event()
        self._news = Condition()
        self._batches = 0  # settled by this process; with its news
        self._thread: Thread | None = None
        self._workers: list[subprocess.Popen[bytes]] = []
        self._busy = time.monotonic()
        self.crew: Mate | None = None
        self.waking: Callable[[], None] | None = None  # set in a child: wakes its parent
        self._ahead = Ahead(node)
        self._compared: int | None = None  # the day (since 1970) up to which features were compared
        self._left: list[InboxItem] = []  # taken and not dealt with yet
        self._ask_after = float("-inf")
        self._elsewhere = False  # the lock was another process's when this one asked last
        self._follows = False  # it was when its thread did

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Be the sequencer in this thread, where nobody else is; may be entered again inside."""
        if not self._mine.acquire(blocking=False):
            yield False
            return
        try:
            if self._lock is None:
                self._lock = self._node.store.take_sequencer()
            self._elsewhere = self._lock is None
            if self._lock is None:
                yield False
                return
            self._depth += 1
            try:
                yield True
            finally:
                self._depth -= 1
                if not self._depth:
                    lock, self._lock = self._lock, None
                    lock.release()
        finally:
            self._mine.release()

    def drain(
        self, leave: int = 0, held: Sequence[InboxItem] = (), meanwhile: Callable[[], None] | None = None
    ) -> Sequenced:
        """Deal with what waits, batch by batch, until at most `leave` items are left; what comes next is read ahead.

        Args:
            held: Items handed in a moment ago, with their places, so that they need not be read back.
            meanwhile: Called while a batch is put on the disk; must not raise.
        """
        history = _is_history([*self._left, *held])
        parts, batch = [Sequenced()], self._node.settings.batch * (HISTORY if history else 1)
        limit = max(2 * batch, leave) + 1
        items = self._node.store.inbox.take(limit, [*self._left, *held])
        if len(items) >= HELPED and self.crew is None and self._node.settings.second_core:
            self.crew = Mate(self._node.now())
        if self.crew is not None and len(items) <= leave:
            self.crew.read_ahead(items)  # they wait for more to be handed in, and meanwhile the child has nothing to do
        while len(items) > leave:
            if self.crew is not None:
                self.crew.read_ahead(items[batch:])
            self._ahead.expect(items[batch : 2 * batch])
            with undisturbed():
                parts.append(sequence(items[:batch], self._node, self._ahead, meanwhile))
            rest = items[batch:]
            fetched_all = len(items) < limit and not parts[-1].queued  # so what is left needs not be asked for
            items = rest if fetched_all and len(rest) <= leave else self._node.store.inbox.take(limit, rest)
            self._busy = time.monotonic()
            with self._news:
                self._batches += 1
                self._news.notify_all()
        self._left = items
        return added(parts)

    def settle(self, ids: Sequence[int]) -> None:
        """Wait until items are dealt with; where nobody is the sequencer, be it.

        Raises:
            StoreFault: Another process holds the sequencer's lock and does not deal with the items.
        """
        until, nudged = time.monotonic() + PATIENCE_S, False
        while True:
            batches = self._batches
            if not self._waits(ids):
                return
            self._wake.set()
            if self._lock is not None or self._may_ask():
                with self.alone() as mine:
                    if mine:
                        self.drain()
                        continue
                self._ask_after = time.monotonic() + min(2 * TURN_S, PATIENCE_S / 2)
            if self._lock is None and not nudged:
                nudged = True
                self.nudge()
            if time.monotonic() > until:
                raise StoreFault(reason="the sequencer does not answer")
            self._wait_for_batch(batches)

    def _may_ask(self) -> bool:
        """Whether who waits may try to be the sequencer: in a running process its own thread does, and where another
        process was it, running ones get their turn first when it dies."""
        return not self.running and time.monotonic() >= self._ask_after

    def wake(self) -> None:
        """Look at once for what another process handed in."""
        self._wake.set()

    def nudge(self) -> None:
        """Wake the sequencer of another process: by the database where that carries news, and a child its parent."""
        self._node.store.nudge()
        if self.waking is not None:
            self.waking()

    def _wait_for_batch(self, batches: int) -> None:
        """Wait for a batch after so many: a sequencer of this process tells of each, another one has to be asked."""
        with self._news:
            self._news.wait_for(lambda: self._batches != batches, ASKED_S if self._lock is None else POLL_S)

    def _waits(self, ids: Sequence[int]) -> bool:
        return bool(ids) and self._node.store.inbox.waits(ids)

    def changed(self, after: int, timeout_s: float) -> int:
        """Wait until the log has an entry after a counter, or the time is up; gives the latest entry."""
        until = time.monotonic() + timeout_s
        while (latest := self._node.live) <= after and (left := until - time.monotonic()) > 0:
            with self._news:
                self._news.wait(min(left, POLL_S))
        return latest

    def start(self) -> None:
        """Start the jobs of a running node."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = Thread(target=self._run, name="sequencer", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop them; the batch at hand is finished, workers are told to end."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self.rest()
        for worker in self._workers:
            worker.terminate()
            worker.wait()
        self._workers = []

    def rest(self) -> None:
        """Let the mate go."""
        if self.crew is not None:
            self.crew.close()
            self.crew = None

    @property
    def running(self) -> bool:
        """Whether this process runs the sequencer."""
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        log = structlog.get_logger()
        while not self._stopping.is_set():
            try:
                with self.alone() as mine:
                    if mine:
                        self._own()
                    elif self._elsewhere:
                        self._node.owning.end()
                        self._follows = True
            except StoreFault as fault:
                log.warning("sequencer.store-fault", **fault.facts)
                self._stopping.wait(TURN_S)
            self._stopping.wait(TURN_S)

    def _own(self) -> None:
        """Be the sequencer, and do all else that one process does, until this is to stop or the lock is lost."""
        lock, ticked = self._lock, float("-inf")
        if lock is None:
            return
        if self._follows:
            structlog.get_logger().info("sequencer.taken-over", term=lock.term, process=os.getpid())
            self._follows = False
        lock.heed(self._wake.set)
        self._node.owning.begin()
        while lock.held and not self._stopping.is_set():
            self._round()
            if time.monotonic() - ticked > TICK_S:
                ticked = time.monotonic()
                self._tick()
                self._compare()
                self._staff()
        if not lock.held:
            self._follows = True
            structlog.get_logger().warning("sequencer.lost", term=lock.term, process=os.getpid())

    def _round(self) -> None:
        """Wait for something, a moment longer so that what comes together is committed together, and write it."""
        self._wake.wait(POLL_S)
        if self._wake.is_set():
            self._wake.clear()
            time.sleep(self._node.settings.group_ms / 1000)
        brought = self.drain()
        if self.crew is not None and time.monotonic() - self._busy > RESTED_S:
            self.rest()
        if brought.items:
            self._staff()
            structlog.get_logger().debug(
                "batch.settled", items=brought.items, entries=brought.entries, assessed=brought.assessed
            )

    def _tick(self) -> None:
        warned = tick(self._node)
        met = look(self._node)
        gone = let_go(self._node) + sweep(self._node)
        miss(self._node)
        found = find_again(self._node)
        if found:
            structlog.get_logger().info("scans.found-their-box", scans=found)
        if gone:
            structlog.get_logger().info("exchange.let-go", things=gone)
        if met:
            structlog.get_logger().warning("canary.met", boxes=met)
        if warned:
            structlog.get_logger().info("deadlines.near", boxes=warned)
            with self._news:
                self._news.notify_all()

    def _compare(self) -> None:
        """Once a day, after midnight: have yesterday's stored features compared with the log, by a worker."""
        store, start = self._node.store, self._node.now() // DAY * DAY - DAY
        if self._compared is None:
            last = last_skew(self._node)
            self._compared = last.since if last is not None else 0
        if self._compared >= start or self._node.settings.simulated or not self._node.settings.nightly:
            return
        self._compared = start
        if store.assessments.named(start - 1, start + DAY, 1) and not store.outbox.waiting(SKEW):
            store.outbox.put(SKEW, str(start).encode())

    def _staff(self) -> None:
        """Start a worker where orders wait to be laid out, or a day is to be compared."""
        self._workers = [worker for worker in self._workers if worker.poll() is None]
        waiting = any(self._node.store.outbox.waiting(topic) for topic in (ORDERS, SKEW))
        if waiting and len(self._workers) < self._node.settings.workers:
            self._workers.append(spawn_worker(self._node))


def _is_history(held: Sequence[InboxItem]) -> bool:
    return bool(held) and all(item.backload for item in held)


def spawn_worker(node: "Node") -> subprocess.Popen[bytes]:
    """Start a child process that works off the outbox and ends when nothing is left: idle, it costs no memory."""
    settings = node.settings
    told = {"HOME": str(settings.home), "STORE": settings.store, "KEYS": settings.keys}
    own = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    child = own | ONE_THREAD | {PREFIX + name: value for name, value in told.items() if value}
    child["PYTHONPATH"] = str(Path(vigie.__file__).parents[1])  # the child runs the code that its parent runs
    return subprocess.Popen([sys.executable, "-m", "vigie.node.worker"], env=child, stdin=subprocess.DEVNULL)
