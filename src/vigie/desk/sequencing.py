"""The one place where entries get their `hlc` and are written: messages and acts in, everything they change out.

A micro-batch is read, applied, folded, judged and written in one transaction that also settles its items: after a
crash it has happened wholly or not at all. An item that cannot be worked on is set aside and never blocks the others.
"""

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from threading import Lock
from typing import Protocol

import msgspec
import structlog

from vigie.arrivals import reader
from vigie.desk.deadlines import open_book, reschedule
from vigie.desk.exchange_effects import met
from vigie.desk.exchange_restored import RESTORED
from vigie.desk.judging import Assessing, Judging
from vigie.desk.ledger import Ledger, container_of, open_ledger
from vigie.desk.marking import follow_up
from vigie.desk.moves import hear, sightings
from vigie.desk.notices import warnings
from vigie.desk.release_writing import departures
from vigie.desk.sailing import lost_ships
from vigie.desk.told import Told, tell
from vigie.desk.writing import new_parties, write_judged, write_terms, write_told
from vigie.terms import Doubt, InboxItem, StoreFault

NOTICED = 1000
"""Doubts told with their place; a file that is wrong throughout has the same ones again and again."""

LIVE = "live-since"
"""Setting of the store: when the node went live; before that it may be back-loaded."""


OF_ITEMS = frozenset(("constraint", "database"))
"""Reasons of a store's refusal that may lie in what was written; all others (full, busy, out of reach) do not.

Where the store itself is broken, setting the item aside fails as well, and nothing is lost.
"""


TURN_S = 0.0005
"""Turn of a thread while a batch is written: about as long as SQLite takes for one of its bulk inserts."""


class Sequencing(Judging, Protocol):
    """A node that can be the sequencer."""


class Sequenced(msgspec.Struct, frozen=True):
    """What a batch brought.

    Attributes:
        items: Items dealt with. entries: Log entries written. assessed: Boxes judged. faults: Items set aside.
        queued: Items that the batch itself handed in, to be dealt with next.
        rows: Rows read, by kind. doubts: Doubts, by code. containers: Numbers spoken of.
        noticed: The first `NOTICED` doubts, each with the file it stands in.
    """

    items: int = 0
    entries: int = 0
    assessed: int = 0
    faults: int = 0
    rows: dict[str, int] = {}
    doubts: dict[str, int] = {}
    containers: frozenset[str] = frozenset()
    noticed: tuple[tuple[str, Doubt], ...] = ()
    queued: int = 0


class Ahead:
    """What the next batch tells, found out while the one before it is judged and written.

    Args:
        node: Whose second core may have read the items already.
    """

    def __init__(self, node: Sequencing) -> None:
        self._node = node
        self._next: Sequence[InboxItem] = ()
        self._told: dict[int, Told] = {}

    def expect(self, items: Sequence[InboxItem]) -> None:
        """Say which items come after those of the batch that is begun now."""
        self._next = items

    def work(self) -> None:
        """Find out what they tell."""
        items, self._next = self._next, ()
        for item, told in zip(items, self._tell(items), strict=True):
            self._told[item.id] = told

    def told(self, items: Sequence[InboxItem]) -> list[Told]:
        """What items tell; what was found out of others is forgotten."""
        known, self._told = self._told, {}
        others = [item for item in items if item.id not in known or known[item.id].item.digest != item.digest]
        known |= {told.item.id: told for told in self._tell(others)}
        return [known[item.id] for item in items]

    def _tell(self, items: Sequence[InboxItem]) -> list[Told]:
        read = self._node.crew.readings(items) if self._node.crew is not None else {}
        reads = reader()
        return [tell(item, read.get(item.digest), reads) for item in items]


def sequence(
    items: Sequence[InboxItem], node: Sequencing, ahead: Ahead | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Sequenced:
    """Write everything that some items tell, in the order given; call it only while holding the sequencer's lock.

    Args:
        items: The oldest unsettled items of the inbox, in order. ahead: Knows what comes after them.
        meanwhile: Called while the batch is put on the disk; must not raise.

    Raises:
        StoreFault: The store cannot write now (locked, full, out of reach): nothing was done, try again later.
    """
    if not items:
        return Sequenced()
    ahead = ahead or Ahead(node)
    return _settled(ahead.told(items), node, ahead.work, meanwhile or _nothing)


def _nothing() -> None:
    """Where nothing is to be done meanwhile."""


def _settled(
    told: list[Told], node: Sequencing, ahead: Callable[[], None] = _nothing, meanwhile: Callable[[], None] = _nothing
) -> Sequenced:
    """Write a batch; where it fails, write its halves, until the one item that fails is alone and is set aside."""
    try:
        return _together(told, node, ahead, meanwhile)
    except Exception as fault:
        if isinstance(fault, StoreFault) and fault.facts.get("reason") not in OF_ITEMS:
            raise
        # Whatever one item breaks, the others must not wait for it; what broke is kept and logged, never swallowed.
        if len(told) > 1:
            middle = len(told) // 2
            return added([_settled(told[:middle], node), _settled(told[middle:], node)])
        structlog.get_logger().error("item.set-aside", item=told[0].item.id, error=type(fault).__name__, exc_info=fault)
        return _together([msgspec.structs.replace(told[0], words=(), act=None, fault=type(fault).__name__)], node)


def _together(
    told: list[Told], node: Sequencing, ahead: Callable[[], None] = _nothing, meanwhile: Callable[[], None] = _nothing
) -> Sequenced:
    store = node.store
    with store.behind(meanwhile), store.transaction():
        _note_restore(node)
        names = node.pseudonyms
        ledger = open_ledger(told, node, _is_live(told, node), names.number, names.merges(store.parties))
        for one in told:
            if one.fault:
                store.inbox.fault(one.item.id, one.fault, {"kind": one.item.kind})
                structlog.get_logger().warning("item.not-read", item=one.item.id, fault=one.fault)
            else:
                ledger.take(one)
        for item, visit in ledger.refused.items():
            store.inbox.refuse(item, {"visit": visit})
        book = open_book(ledger, node)
        ledger.calls = book.of
        ledger.lost = lost_ships(ledger.touched.values(), ledger.sails, node)
        parties = new_parties(ledger, names)
        assessing = Assessing(ledger, node)
        write = partial(write_told, ledger, told, parties, node)
        folded = node.rules.features.fold(ledger.history, store.history, write, assessing.passed)
        keep = _once(lambda: store.history.keep(folded.rows, folded.prefix, folded.taken))
        assessing.rest(keep)
        keep()
        ahead()
        write_terms(ledger, parties, node)
        store.visits.seal(assessing.units())  # while the other core judges
        judged = assessing.done()
        write_judged(ledger, judged, node)
        store.notices.add([
            *warnings(ledger, judged), *reschedule(ledger, book, node), *departures(ledger, node),
            *sightings(ledger, judged, node),
        ])  # fmt: skip
        hear(told, ledger, node)
        store.sailings.put(ledger.sails.moved, ledger.sails.lost)
        queued = follow_up(ledger, node) if ledger.acts or ledger.sails.lost else 0
        queued += _told_of(ledger, node)
        store.inbox.settle([one.item.id for one in told if not one.fault and one.item.id not in ledger.refused])
    return brought(told, len(ledger.entries), len(judged), queued)


def _told_of(ledger: Ledger, node: Sequencing) -> int:
    """Hand in the marks of boxes that were announced or amended, where partners told something of them before."""
    news = [visit for name, visit in ledger.touched.items() if name not in ledger.before or name in ledger.amended]
    items = met(news, ledger.last, node)
    if items and not ledger.is_live:  # while history is loaded the log keeps to its time
        items = [msgspec.structs.replace(item, recorded=ledger.last, backload=True) for item in items]
    if items:
        node.store.inbox.add(items)
    return len(items)


def _note_restore(node: Sequencing) -> None:
    """Keep what a restore lost before the first entry hides it; partners and people may know of it."""
    gone = node.store.log.missing()
    if gone is not None:
        node.store.settings.put(RESTORED, msgspec.json.encode(gone))
        structlog.get_logger().error("store.restored", last=gone[0], above=gone[1])


def _once(act: Callable[[], None]) -> Callable[[], None]:
    """Let an act happen when it is first asked for, and not again."""
    waiting = [act]

    def run() -> None:
        while waiting:
            waiting.pop()()

    return run


def _is_live(told: Sequence[Told], node: Sequencing) -> bool:
    """Tell whether the node is live; the first message that is no back-load makes it so, for ever."""
    if node.store.settings.get(LIVE) is not None:
        return True
    if all(one.item.backload or one.act is not None for one in told):
        return False
    node.store.settings.put(LIVE, str(node.now()).encode())
    return True


def brought(told: Sequence[Told], entries: int = 0, assessed: int = 0, queued: int = 0) -> Sequenced:
    """Count what some items tell."""
    rows: Counter[str] = Counter()
    doubts: Counter[str] = Counter()
    containers: set[str] = set()
    for one in told:
        rows.update(type(word.row).__name__ for word in one.words)
        doubts.update(doubt.code for doubt in one.doubts)
        containers.update(container_of(said) for word in one.words for said in word.said)
    return Sequenced(
        items=len(told), entries=entries, assessed=assessed, faults=sum(bool(one.fault) for one in told),
        queued=queued, rows=dict(rows), doubts=dict(doubts), containers=frozenset(containers),
        noticed=tuple(islice(((one.item.source, doubt) for one in told for doubt in one.doubts), NOTICED)),
    )


def added(parts: Sequence[Sequenced]) -> Sequenced:
    """Add up what several batches brought."""
    rows: Counter[str] = Counter()
    doubts: Counter[str] = Counter()
    for part in parts:
        rows.update(part.rows)
        doubts.update(part.doubts)
    return Sequenced(
        sum(part.items for part in parts), sum(part.entries for part in parts), sum(part.assessed for part in parts),
        sum(part.faults for part in parts), dict(rows), dict(doubts),
        frozenset().union(*(part.containers for part in parts)),
        tuple(islice((one for part in parts for one in part.noticed), NOTICED)),
        sum(part.queued for part in parts),
    )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no search for circular garbage interrupt a batch: it makes none, and the search costs a tenth of the time.

    Python's threads take shorter turns meanwhile, so that what writes beside waits for nobody who computes. Both are
    the process's, not the thread's: the first who asks sets them, the last who leaves puts back what was before.
    """
    _CALM.enter()
    try:
        yield
    finally:
        _CALM.leave()


class _Calm:
    """Who works undisturbed in this process, and how it was before the first of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._collects, self._turn = True, 0.0

    def enter(self) -> None:
        """Begin; the first one notes how it was."""
        with self._lock:
            self._inside += 1
            if self._inside == 1:
                self._collects, self._turn = gc.isenabled(), sys.getswitchinterval()
                gc.disable()
                sys.setswitchinterval(TURN_S)

    def leave(self) -> None:
        """End; the last one puts back how it was."""
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                sys.setswitchinterval(self._turn)
                if self._collects:
                    gc.enable()


_CALM = _Calm()
