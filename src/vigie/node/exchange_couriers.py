"""Delivering beside everything else: a thread for each partner, which the federation names and may drop."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

import structlog

from vigie.desk.exchange_node import federation, own_name
from vigie.exchange import ExchangeRefused, Member, unpinned
from vigie.node.exchange_delivering import Delivery, Fetching
from vigie.node.exchange_fetching import TICK_S, PackageFetching, Pour
from vigie.terms import StoreFault

if TYPE_CHECKING:
    from vigie.node.wiring import Node

LOOK_S = 5.0
"""How often it is looked whether the federation changed: a new partner is delivered to within seconds."""


BROKEN_S = 1.0
"""Wait after the store could not write: a full disk is not emptied sooner by asking."""

HAND_OVER_S = 0.0005
"""So long a thread may go on while another of this process waits, in place of Python's 5 ms: who delivers asks store
and line some twenty times for a batch, and waited as often for whoever was writing (ADR 0044)."""

JOIN_S = 5.0
"""So long stopping waits for a package that is being taken in; its bytes are kept, and it is taken in later."""


class Steps(Protocol):
    """What is done for a partner, step by step. failing: Whether the last step failed."""

    @property
    def failing(self) -> bool:
        """Whether the last step failed."""
        ...

    def step(self) -> float:
        """Do one thing; gives for how many seconds nothing is to be done."""
        ...


class Couriers:
    """The threads that deliver for a node.

    Args:
        node: Whose log is delivered.
    """

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._over = Event()
        self._watcher: Thread | None = None
        self._threads: dict[str, tuple[Member, Event, list[Thread]]] = {}
        self._own: Member | None = None
        self._fetcher: Thread | None = None
        self._beside = ThreadPoolExecutor(1, "ahead")

    def start(self) -> None:
        """Start, where the node has a home on a disk; partners are found as soon as it has joined."""
        if self._watcher is None:
            sys.setswitchinterval(HAND_OVER_S)
            self._over.clear()
            self._watcher = Thread(target=self._watch, name="exchange", daemon=True)
            self._watcher.start()
            self._fetcher = Thread(target=self._fetch, name="packages", daemon=True)
            self._fetcher.start()

    def stop(self) -> None:
        """Stop; a batch on its way is not waited for longer than an answer may take."""
        self._over.set()
        self._node.stirring.stir()
        if self._watcher is not None:
            self._watcher.join()
            self._watcher = None
        if self._fetcher is not None:
            self._fetcher.join(JOIN_S)
            self._fetcher = None
        for _, over, _ in self._threads.values():
            over.set()
        self._node.stirring.stir()
        for _, _, threads in self._threads.values():
            for one in threads:
                one.join(1.0)  # a question may wait at a partner for news; the thread ends with the process
        self._threads.clear()

    def _watch(self) -> None:
        while not self._over.is_set():
            try:
                self._look()
            except StoreFault as fault:
                structlog.get_logger().warning("delivery.store-fault", **fault.facts)
            self._over.wait(LOOK_S)

    def _look(self) -> None:
        """Deliver to those who are partners now, and to nobody else."""
        wanted: dict[str, Member] = {}
        with suppress(ExchangeRefused):  # not joined, or the metadata has ended: then to nobody
            told, me = federation(self._node), own_name(self._node)
            wanted = {one.id: one for one in told.members}
            own = wanted.pop(me, None)
            if own != self._own:
                self._own = own
                self._drop(list(self._threads))
        self._drop([id for id, (member, _, _) in self._threads.items() if wanted.get(id) != member])
        for one in wanted.values():
            if one.id not in self._threads and one.address and one.certificate:
                self._begin(one)

    def _drop(self, partners: list[str]) -> None:
        for one in partners:
            self._threads.pop(one)[1].set()

    def _begin(self, partner: Member) -> None:
        from vigie.peers import Courier, asking

        node, over, own = self._node, Event(), self._own
        if own is None or not own.certificate:
            return
        context = asking(node.trust.seed, unpinned(own.certificate), unpinned(partner.certificate))
        pushing, fetching = Courier(partner.address, context), Courier(partner.address, context)
        delivery = Delivery(node, partner.id, pushing, time.monotonic, beside=self._beside)
        ways: list[tuple[Steps, Courier]] = [(delivery, pushing)]
        if not own.address:  # partners cannot reach us
            ways.append((Fetching(node, partner.id, fetching), fetching))
        threads = [
            Thread(target=self._run, args=(steps, courier.close, over), name=f"to {partner.id}", daemon=True)
            for steps, courier in ways
        ]
        self._threads[partner.id] = partner, over, threads
        for one in threads:
            one.start()

    def _run(self, steps: Steps, close: Callable[[], None], over: Event) -> None:
        stirring = self._node.stirring
        try:
            while not (over.is_set() or self._over.is_set()):
                seen = stirring.count
                try:
                    wait = steps.step()
                except StoreFault as fault:
                    structlog.get_logger().warning("delivery.store-fault", **fault.facts)
                    over.wait(BROKEN_S)
                    continue
                if steps.failing:
                    over.wait(wait)  # news do not shorten it: whoever does not answer is not asked for each
                elif wait:
                    stirring.wait(seen, wait)
        finally:
            close()

    def _fetch(self) -> None:
        """Fetch packages, as soon as something came and on its tick."""
        from vigie.store import Arriving

        node, stirring = self._node, self._node.stirring
        arriving = Arriving(node.settings.home / "arriving", node.store.secret("arriving"))
        fetching = PackageFetching(node, arriving, self._line, time.monotonic, self._over.is_set)
        while not self._over.is_set():
            seen, wait = stirring.count, BROKEN_S
            try:
                wait = fetching.step()
            except StoreFault as fault:
                structlog.get_logger().warning("package.store-fault", **fault.facts)
            self._over.wait(wait)
            if wait:
                stirring.wait(seen, TICK_S)

    def _line(self, partner: str) -> Pour | None:
        """A connection of its own to a partner for one package; None where it cannot be reached."""
        from vigie.peers import Courier, asking

        known, own = self._threads.get(partner), self._own
        if known is None or own is None or not own.certificate:
            return None
        context = asking(self._node.trust.seed, unpinned(own.certificate), unpinned(known[0].certificate))
        return Courier(known[0].address, context).pour
