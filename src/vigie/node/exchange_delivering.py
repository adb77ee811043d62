"""Delivering to one partner, step by step: ask where it stands, push what waits, wait longer after each failure.

The steps know neither threads nor sockets: `ask` brings a request to the partner and gives its answer, and each step
says how long nothing is to be done. So the same steps run over HTTPS and in the simulated network of the tests.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Protocol

import structlog

from vigie.desk import exchange_delivering as desk
from vigie.desk.exchange_answering import stands
from vigie.desk.exchange_receiving import receive
from vigie.desk.exchange_split import wanted
from vigie.exchange import (
    HEADS,
    INBOX,
    LOG,
    MOST_ENTRIES,
    Answered,
    ExchangeRefused,
    Why,
    origin_of,
    read_answer,
    read_refusal,
    refuse,
)
from vigie.terms import Moment, StoreFault

if TYPE_CHECKING:
    from vigie.node.wiring import Node

FIRST_S, LONGEST_S = 0.5, 60.0
"""Waits after the first failure and at most: doubling from half a second, a restart is bridged in seconds, and a
partner that is away for days costs one try a minute."""

JITTER = 0.5
"""Each wait is shortened by up to this share, so that partners do not come back all at once."""

IDLE_S = 0.25
"""How often it is looked whether another process wrote something for the partner."""

GREET_S = 30.0
"""How often a partner is asked where it stands although nothing waits: so silence is noticed within half a minute."""

SETTLE_S = 0.1
"""For so long answers are kept in memory before they are written down together; after a crash the partner is asked."""

LONG_POLL_S = 20
"""For so long a partner that we ask may wait for something to tell."""

_AGAIN = frozenset((Why.GAP.value, Why.STALE.value, Why.REWRITTEN.value))
"""Refusals after which the partner is asked where it stands, and the batch is made anew from there, once."""


class Ask(Protocol):
    """Brings a request to a partner. body: None asks, else it is handed in; gives status and answer.

    Raises ExchangeRefused (unreachable, too slow) where there is no answer.
    """

    def __call__(self, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Ask."""
        ...


def answered(told: tuple[int, bytes]) -> bytes:
    """The answer of a partner.

    Raises:
        ExchangeRefused: It refuses.
    """
    status, body = told
    if status == 200:
        return body
    refusal = read_refusal(body)
    raise ExchangeRefused(reason=refusal.reason, **{k: v for k, v in refusal.facts.items() if k != "reason"})


def backoff(failures: int, chance: Random) -> float:
    """Seconds to wait after so many failures in a row."""
    longest = min(LONGEST_S, FIRST_S * 2.0 ** min(failures - 1, 16))
    return longest * (1 - JITTER * chance.random())


class Delivery:
    """Delivering to one partner.

    Args:
        node: Whose log it is. partner: To whom. ask: See `Ask`. monotonic: Seconds, only rising. chance: For jitter.
        beside: Makes the next batch while a full one is on its way; None: one thing after the other.
    """

    def __init__(
        self, node: "Node", partner: str, ask: Ask, monotonic: Callable[[], float], chance: Random | None = None,
        beside: Executor | None = None,
    ) -> None:  # fmt: skip
        self.partner = partner
        self._node, self._ask, self._monotonic = node, ask, monotonic
        self._beside = beside
        self._ahead: tuple[tuple[int, int], desk.Parcel] | None = None
        self._chance = chance or Random()
        self._stands: Answered | None = None
        self._greeted = self._settled = float("-inf")
        self._unsettled: Answered | None = None
        self._failures = 0
        self._failed_before = True  # what is kept may say so, from before this process began
        self._again = False

    @property
    def failing(self) -> bool:
        """Whether the last step failed."""
        return self._failures > 0

    def step(self) -> float:
        """Do one thing; gives for how many seconds nothing is to be done unless something is written."""
        try:
            wait = self._step()
        except ExchangeRefused as refusal:
            return self._failed(refusal)
        if self._failed_before and not self._failures:
            desk.works(self.partner, self._node)
            self._failed_before = False
        return wait

    def _step(self) -> float:
        now = self._monotonic()
        if self._stands is None or now - self._greeted >= GREET_S:
            told = read_answer(answered(self._ask(HEADS)))
            self._greeted, self._stands = now, told
            self._failures = 0
            self._settle(told)
            return 0.0
        ready = self._ready(self._stands)
        if ready is None:
            if self._unsettled is not None:
                left = SETTLE_S - (now - self._settled)
                if left > 0:
                    return left
                self._settle(self._unsettled)
            return min(IDLE_S, GREET_S - (now - self._greeted))
        self._stands = self._pushed(ready)
        self._again, self._failures = False, 0  # it is greeted all the same: that is when heads are shown
        if self._unsettled is None:
            self._settled = now
        self._unsettled = self._stands
        if now - self._settled >= SETTLE_S:
            self._settle(self._stands)
        return 0.0

    def _ready(self, stands: Answered) -> desk.Parcel | None:
        """The next batch from where the partner stands: the one made ahead, where it stands as was thought."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == (stands.upto, stands.known) and not stands.prove:
            return ahead[1]
        return desk.parcel(self.partner, stands.upto, stands.known, self._node, stands.prove)

    def _pushed(self, ready: desk.Parcel) -> Answered:
        """Hand a batch in. After a full one there is likely more: it is made meanwhile, as if this one were taken."""
        if self._beside is None or ready.entries < MOST_ENTRIES:
            return read_answer(answered(self._ask(INBOX, ready.raw)))
        stands = ready.last, ready.size
        making = self._beside.submit(desk.parcel, self.partner, *stands, self._node)
        told = read_answer(answered(self._ask(INBOX, ready.raw)))
        with suppress(StoreFault):  # it is made when its turn comes
            made = making.result()
            self._ahead = (stands, made) if made is not None else None  # what is written from now on is not in it
        return told

    def _settle(self, told: Answered) -> None:
        self._unsettled, self._settled = None, self._monotonic()
        desk.settle(self.partner, told, self._node)

    def _failed(self, refusal: ExchangeRefused) -> float:
        """Wait; the first time a partner does not follow, only ask it where it stands."""
        reason = str(refusal.facts.get("reason", ""))
        self._stands = self._ahead = None
        if reason in _AGAIN and not self._again:
            self._again = True
            return 0.0
        self._failures += 1
        self._failed_before = True
        wait = backoff(self._failures, self._chance)
        try:
            desk.failed(self.partner, refusal, self._failures, Moment(self._node.now() + int(wait * 1e6)), self._node)
        except StoreFault as fault:  # a full disk: what waits goes on waiting
            structlog.get_logger().warning("delivery.store-fault", **fault.facts)
        structlog.get_logger().info("delivery.failed", partner=self.partner, why=reason, failures=self._failures)
        return wait


class Fetching:
    """Fetching from one partner what is for this node, which cannot be reached itself: it asks, and the partner waits.

    Args: as `Delivery`.
    """

    def __init__(
        self, node: "Node", partner: str, ask: Ask, chance: Random | None = None, wait_s: int = LONG_POLL_S
    ) -> None:  # fmt: skip
        self.partner = partner
        self._node, self._ask, self._wait_s = node, ask, wait_s
        self._chance = chance or Random()
        self._failures = 0

    @property
    def failing(self) -> bool:
        """Whether the last step failed."""
        return self._failures > 0

    def step(self) -> float:
        """Ask once; gives for how many seconds nothing is to be done."""
        try:
            self._step()
            self._failures = 0
        except ExchangeRefused as refusal:
            self._failures += 1
            structlog.get_logger().info("fetching.failed", partner=self.partner, why=str(refusal.facts.get("reason")))
            return backoff(self._failures, self._chance)
        return 0.0

    def _step(self) -> None:
        log = self._node.store.exchange
        place, last = log.upto(self.partner), log.last(self.partner)
        prove = next(iter(wanted(self.partner, self._node)), 0)
        path = f"{LOG}?after={place}&known={last.size if last else 0}&prove={prove}&wait={self._wait_s}"
        raw = answered(self._ask(path))
        if not raw:
            return
        _, origin = origin_of(raw)
        if origin != self.partner:
            refuse(Why.OTHER_NODE, node=origin)
        receive(raw, self._node, self.partner)
        desk.settle(self.partner, read_answer(answered(self._ask(HEADS, stands(self.partner, self._node)))), self._node)
