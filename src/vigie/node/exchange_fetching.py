"""Fetching packages that partners told of: one at a time, from where the line broke, checked when all of it is here."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Protocol

import structlog

from vigie.desk import exchange_packages as desk
from vigie.desk.exchange_answering import turned_away
from vigie.exchange import BLOB, ExchangeRefused, Why, read_refusal, refuse
from vigie.node.exchange_delivering import backoff
from vigie.terms import StoreFault, VigieError

if TYPE_CHECKING:
    from vigie.node.wiring import Node
    from vigie.store import Arriving

LOOK_S, SHARE = 1.0, 20.0
"""It is looked at most once a second what is wanted, and for no more than a twentieth of one core: looking opens what
partners told of pictures."""

TICK_S = 30.0
"""How often it is looked although nothing came: what another process took in is fetched within half a minute."""

FETCH_S = 60.0
"""After so long another package has its turn; this one goes on from where it stands."""

WRONG_S, WRONG_LONGEST_S = 60.0, 86_400.0
"""Waits after a package was refused, doubling: who offers a wrong one is not asked for 256 MiB again and again."""

Into = Callable[[bytes], None]


class Pour(Protocol):
    """Brings the bytes of a path from a place on (`vigie.peers.Courier.pour`); gives status and refusal."""

    def __call__(self, path: str, first: int, most: int, into: Into, until_s: float) -> tuple[int, bytes]:
        """Ask."""
        ...


class PackageFetching:
    """Fetching for one node.

    Args:
        node: Whose. arriving: Where bytes lie that are not all there. line: How to ask a partner; None where it cannot
        be reached: what it told of comes on a stick. monotonic: Seconds, only rising. over: Whether to stop.
        chance: For jitter.
    """

    def __init__(
        self, node: "Node", arriving: "Arriving", line: Callable[[str], Pour | None], monotonic: Callable[[], float],
        over: Callable[[], bool] = lambda: False, chance: Random | None = None,
    ) -> None:  # fmt: skip
        self._node, self._arriving, self._line, self._monotonic = node, arriving, line, monotonic
        self._over, self._chance = over, chance or Random()
        self._failed: dict[str, tuple[int, float]] = {}  # of a package or a partner: failures in a row, next try
        self._tried: dict[str, float] = {}

    def step(self) -> float:
        """Fetch the next package, or a part of it; gives for how many seconds nothing is to be done."""
        begun = self._monotonic()
        try:
            wanted = desk.wanted(self._node)
        except ExchangeRefused:  # not joined
            return TICK_S
        self._arriving.keep_only({name for name, _, _ in wanted})
        names = {name for name, _, _ in wanted}
        self._tried = {name: at for name, at in self._tried.items() if name in names}
        for name, origin, size in sorted(wanted, key=lambda one: self._tried.get(one[0], float("-inf"))):
            line = None if self._waits(name, begun) or self._waits(origin, begun) else self._line(origin)
            if line is not None:
                self._tried[name] = begun
                self._fetch(name, origin, size, line)
                return 0.0
        return max(LOOK_S, SHARE * (self._monotonic() - begun))

    def _waits(self, what: str, now: float) -> bool:
        return self._failed.get(what, (0, 0.0))[1] > now

    def _fetch(self, name: str, origin: str, size: int, line: Pour) -> None:
        before = self._arriving.size(name)
        try:
            self._pour(name, size, line)
            self._failed.pop(origin, None)
        except ExchangeRefused as refusal:
            why = str(refusal.facts.get("reason", ""))
            structlog.get_logger().info("package.broken-off", partner=origin, why=why, have=self._arriving.size(name))
            if why not in (Why.UNREACHABLE, Why.TOO_SLOW):
                self._wrong(name, origin, refusal)
            elif self._arriving.size(name) <= before:
                count = self._failed.get(origin, (0, 0.0))[0] + 1
                self._failed[origin] = count, self._monotonic() + backoff(count, self._chance)
            return
        self._take(name, origin)

    def _pour(self, name: str, size: int, line: Pour) -> None:
        if self._arriving.size(name) > size:
            self._arriving.remove(name)
        have = self._arriving.size(name)
        if have == size:
            return

        def into(piece: bytes) -> None:
            if self._over():
                refuse(Why.UNREACHABLE)
            self._arriving.add(name, piece)

        status, told = line(f"{BLOB}/{name}", have, size - have, into, FETCH_S)
        if status != 206:
            reason = read_refusal(told).reason
            refuse(Why(reason) if reason in set(Why) else Why.UNREADABLE)
        if self._arriving.size(name) < size:  # it ended early and said so: what it is cannot be what was announced
            refuse(Why.BAD_PACKAGE, place="size")

    def _take(self, name: str, origin: str) -> None:
        try:
            taken = desk.arrived(self._arriving.whole(name), name, self._node)
            structlog.get_logger().info("package.arrived", partner=origin, scans=len(taken.scans))
        except StoreFault:
            raise
        except VigieError as refusal:
            self._wrong(name, origin, refusal)
        self._arriving.remove(name)

    def _wrong(self, name: str, origin: str, refusal: VigieError) -> None:
        """What is refused is begun anew, later each time; the trail says why."""
        self._arriving.remove(name)
        count = self._failed.get(name, (0, 0.0))[0] + 1
        wait = min(WRONG_LONGEST_S, WRONG_S * 2.0 ** min(count - 1, 16))
        self._failed[name] = count, self._monotonic() + wait
        reason = str(refusal.facts.get("reason", refusal.code))
        turned_away(f"{origin} package {name}", ExchangeRefused(reason=reason), self._node)
