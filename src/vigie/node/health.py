"""The doctor: what an administrator wants to know of a node before something breaks."""

import shutil
import stat
import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

import vigie
from vigie.desk.exchange_node import partners_of
from vigie.desk.exchange_restored import RESTORED, waits
from vigie.desk.refolding import LATE_DAYS, last_skew
from vigie.desk.sequencing import LIVE
from vigie.desk.views import HealthFact
from vigie.node.clock import WallClock
from vigie.node.scanning_beside import in_folder
from vigie.terms import DAY, HOUR, MINUTE, Moment, Texts, datetime_of, write_moment

if TYPE_CHECKING:
    from vigie.node.wiring import Node

_LOW_DISK = 1 << 30  # bytes: about 200,000 boxes at some 5 KB each
_FULL_DISK = 100 << 20  # bytes: the write-ahead log alone may take as much
_BEHIND = 10_000  # items: a minute or so of work
_LAG_S = 60  # seconds a scan may wait for the machine: ten times what is asked for where two cores get five a second
_AHEAD = 5 * MINUTE  # a log that far ahead of the clock means that the clock was set back


@cache
def _texts() -> Texts:
    return Texts.load("vigie.node.texts", "health")


def doctor(node: "Node", language: str) -> tuple[HealthFact, ...]:
    """Look a node over; changes nothing.

    Args:
        language: In which the findings are told.
    """
    return tuple(
        HealthFact(name, state, value, _texts().tell(f"{name}-{state}", language, value=value))
        for name, state, value in _findings(node)
    )


def _findings(node: "Node") -> Iterator[tuple[str, str, str]]:
    yield "version", "ok", f"vigie {vigie.__version__}, Python {sys.version.split()[0]}"
    facts = node.store.facts()
    yield "store", "ok", ", ".join(f"{name} {value}" for name, value in facts.items())
    free = shutil.disk_usage(node.settings.home).free
    state = "bad" if free < _FULL_DISK else "warn" if free < _LOW_DISK else "ok"
    yield "disk", state, f"{free // (1 << 20)} MiB"
    yield _keys(node)
    yield _clock(node)
    yield _sequencer(node)
    yield from _replica(node)
    waiting = node.store.inbox.waiting()
    yield "inbox", "warn" if waiting > _BEHIND else "ok", str(waiting)
    faults = len(node.store.inbox.faults(1000))
    yield "faults", "warn" if faults else "ok", str(faults)
    yield from _restored(node)
    yield from _exchange(node)
    yield _skew(node)
    yield from _scans(node)
    live = node.store.settings.get(LIVE)
    yield "backload", "ok", "closed" if live else "open"


def _keys(node: "Node") -> tuple[str, str, str]:
    file = node.settings.key_file
    if not file.exists():
        return "keys", "bad", str(file)
    mode = stat.S_IMODE(file.stat().st_mode)
    return "keys", "bad" if mode & 0o077 else "ok", f"{mode:04o}"


def _clock(node: "Node") -> tuple[str, str, str]:
    ahead = node.store.log.last() - node.now()
    if node.settings.simulated:
        return "clock", "ok", f"x{node.settings.clock_rate:g}"
    if ahead > _AHEAD:
        return "clock", "bad", f"{ahead // MINUTE} min"
    drift = abs(WallClock().now() - node.now())
    return "clock", "warn" if drift > HOUR else "ok", "UTC"


def _replica(node: "Node") -> Iterator[tuple[str, str, str]]:
    """How far the replica is behind, where there is one."""
    pace = node.store.pace
    if pace is None:
        return
    shows = pace.may(0)
    if pace.why:
        yield "replica", "bad", pace.why
    else:
        yield "replica", "ok" if shows else "warn", f"{pace.behind_s:.1f} s"


def _restored(node: "Node") -> Iterator[tuple[str, str, str]]:
    """After a restore from a backup: what is gone. It is told for ever, for partners and people may know of it."""
    gone, state = node.store.log.missing(), "bad"
    if gone is None:
        kept = node.store.settings.get(RESTORED)
        if kept is None:
            return
        gone, state = msgspec.json.decode(kept, type=tuple[Moment, Moment]), "warn"
    yield "restored", state, " – ".join(write_moment(Moment(one)) for one in gone)


def _scans(node: "Node") -> Iterator[tuple[str, str, str]]:
    """Scans that no machine has read yet, and how long the oldest waits."""
    from vigie.desk.scanning_machine import queue

    waiting, lag_s = queue(node)
    lying = in_folder(node.settings.scan_folder)
    if waiting or lying or node.store.machine_readings.latest():
        yield "scans", "warn" if lag_s > _LAG_S * node.settings.clock_rate else "ok", f"{waiting} + {lying}, {lag_s} s"


def _exchange(node: "Node") -> Iterator[tuple[str, str, str]]:
    """After a restore: for whom writing into the own exchange log waits."""
    found = waits(partners_of(node), node)
    if found:
        told = (f"{name} {known if known >= 0 else '?'}" for name, known in found.items())
        yield "exchange-restored", "bad", f"{node.store.exchange.size()}; {', '.join(told)}"


def _skew(node: "Node") -> tuple[str, str, str]:
    """The newest comparison of a day's stored features with the log; none is needed while nothing was judged."""
    last = last_skew(node)
    if last is None:
        judged = bool(node.store.assessments.named(0, max(0, node.now() - LATE_DAYS * DAY), 1))
        return "skew", "warn" if judged and not node.settings.simulated else "ok", "-"
    told = f"{datetime_of(Moment(last.since)).date()}: {last.checked}, {last.different} ≠"
    if last.different:
        return "skew", "bad", f"{told} {' '.join(last.names)}"
    late = node.now() - last.at > LATE_DAYS * DAY and not node.settings.simulated
    return "skew", "warn" if late else "ok", told


def _sequencer(node: "Node") -> tuple[str, str, str]:
    if node.owning.goes_on:
        return "sequencer", "ok", "here"
    with node.sequencer() as free:
        if not free:
            return "sequencer", "ok", "elsewhere"
    return "sequencer", "warn" if node.store.inbox.waiting() else "ok", "free"
