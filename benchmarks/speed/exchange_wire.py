"""Two nodes, each a process with its own store and keys, over HTTPS on this machine: how soon and how much they tell.

Beside the times stands a bare fsync of a page in the same folder, right before and after: both nodes wait for the disk once,
so what is over two of them is ours. Where the peers' environment is there (`python -m benchmarks.peers FOLDER`, then
`BENCHMARK_PEERS=FOLDER`), NATS JetStream between two servers, forced to both disks, stands beside, too.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.speed._exchange_peer import OFFICER
from benchmarks.speed._peers import ABSENT, beside

from vigie.desk import exchange as telling
from vigie.desk import exchange_federation as joining
from vigie.desk.exchange_telling_many import send_many
from vigie.exchange import (
    Agreement,
    Concealment,
    Desk,
    HandlingCode,
    Marking,
    Member,
    Movement,
    Signer,
    Source,
    Subjects,
)
from vigie.node import Settings, WallClock, build
from vigie.terms import DAY, Handling, Moment, Purpose

COMMAND = "python -m benchmarks.speed.exchange_wire"
ME, OTHER = "be-customs", "nl-customs"
RATE = 100  # things a second, as the goal says
THINGS = (
    Concealment("rip-on in the reefer", "bags behind the evaporator, two screws are new", "evaporator", "080390", "screwdriver"),
    Movement("CSQU3054383", "left the row at night", "BEANR", Moment(1_790_000_000_000_000), "no order for it", "9074729"),
)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Pair:
    """This node, and the other one in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ports = _free(), _free()
        self.node = build(Settings(home=folder / "be", log_level="error", exchange_port=ports[0]), WallClock())
        command = [sys.executable, "-m", "benchmarks.speed._exchange_peer", str(folder / "nl"), OTHER, str(ports[1]), ME]
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        told = json.loads(self._line())
        now = self.node.now()
        holders = [Signer(bytes([number]) * 32) for number in (1, 2, 3)]
        root, empty = joining.found("bench", holders, now)
        own = joining.card(OFFICER, ME, ME, "be", self.node, address="")
        both = [Agreement(f"{one}-{other}", one, other, (Purpose.TARGETING,), Handling.AMBER, tuple(HandlingCode), tuple(Subjects),
                          Moment(now - DAY), Moment(now + 99 * DAY), quota=10_000_000)
                for one, other in ((ME, OTHER), (OTHER, ME))]  # fmt: skip
        cards = [own, Member(OTHER, OTHER, "NL", told["keys"], {}, told["address"], told["certificate"])]
        self.documents = root, joining.renew(root, empty, holders, now, cards, both)
        joining.take(OFFICER, *self.documents, self.node)
        self.marking = Marking(
            Handling.AMBER, HandlingCode.H0, Source.A, 1, ME, (OTHER,), (Desk.TARGETING,), Purpose.TARGETING, "bench",
            "none", Subjects.NONE, Moment(now + 30 * DAY),
        )  # fmt: skip

    def listen(self) -> None:
        """Let the other one join and listen."""
        self._say(json.dumps([one.decode() for one in self.documents]))
        assert self._line().strip() == "ready"

    def _say(self, text: str) -> None:
        assert self.child.stdin is not None
        self.child.stdin.write(text + "\n")
        self.child.stdin.flush()

    def _line(self) -> str:
        assert self.child.stdout is not None
        return self.child.stdout.readline()

    def ask(self, word: str) -> Any:
        """What the other one says."""
        self._say(word)
        return json.loads(self._line())

    def until(self, place: int, seconds: float) -> float:
        """Wait until the other one has a place of our log; gives the moment it did."""
        end, seen = time.monotonic() + seconds, self.ask("seen")
        while not any(upto >= place for upto, _ in seen):
            assert time.monotonic() < end, f"{self.ask('upto')} of {place}"
            time.sleep(0.02)
            seen += self.ask("seen")
        return float(min(at for upto, at in seen if upto >= place))

    def close(self) -> None:
        """End both."""
        self.node.couriers.stop()
        self.node.checkpoints.stop()
        assert self.child.stdin is not None
        self.child.stdin.close()
        self.child.wait(20)
        self.node.close()


@contextmanager
def pair(folder: Path) -> Iterator[Pair]:
    """Two nodes, for as long as the context lasts."""
    made = Pair(folder)
    try:
        yield made
    finally:
        made.close()


def fsyncs(folder: Path, times: int = 200) -> list[float]:
    """Milliseconds of a page written and forced to the disk."""
    told = []
    descriptor = os.open(folder / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for _ in range(times):
        begun = time.perf_counter()
        os.write(descriptor, bytes(4096))
        os.fsync(descriptor)
        told.append((time.perf_counter() - begun) * 1e3)
        time.sleep(0.002)
    os.close(descriptor)
    return sorted(told)


def at(told: list[float], share: float) -> float:
    """A quantile of sorted figures."""
    return told[min(len(told) - 1, int(len(told) * share))]


def latency(made: Pair, seconds: float) -> list[float]:
    """Milliseconds from the call that tells a thing until the other node has it on its disk, at an even rate."""
    start, count, called = time.monotonic() + 0.2, int(seconds * RATE), []
    first = made.node.store.exchange.size()
    made.ask("seen")
    for number in range(count):
        time.sleep(max(0.0, start + number / RATE - time.monotonic()))
        called.append(time.monotonic())
        telling.send(OFFICER, THINGS[number % 2], made.marking, made.node)
    end, seen, told = time.monotonic() + 30, made.ask("seen"), []
    while not seen or seen[-1][0] < first + count - 1:
        assert time.monotonic() < end
        time.sleep(0.05)
        seen += made.ask("seen")
    for number, begun in enumerate(called):
        told.append((next(when for upto, when in seen if upto >= first + number) - begun) * 1e3)
    return sorted(told)


def bulk(made: Pair, count: int) -> tuple[float, float, float, float]:
    """Things told at once: accepted a second, visible at the other node a second, and CPU µs a thing here and there."""
    first = made.node.store.exchange.size()
    things = [(THINGS[number % 2], made.marking) for number in range(500)]
    cpu, theirs, begun = time.process_time(), made.ask("cpu"), time.monotonic()
    for _ in range(count // 500):
        send_many(OFFICER, things, made.node)
    accepted = time.monotonic()
    seen = made.until(first + count - 1, 600)
    return (count / (accepted - begun), count / (seen - begun), (time.process_time() - cpu) / count * 1e6,
            (made.ask("cpu") - theirs) / count * 1e6)  # fmt: skip


def accepted(made: Pair, count: int) -> list[float]:
    """Things a second that are told durably, signed and logged while no partner is there; tenth by tenth."""
    things, rates = [(THINGS[number % 2], made.marking) for number in range(500)], []
    for _ in range(10):
        begun = time.monotonic()
        for _ in range(count // 5_000):
            send_many(OFFICER, things, made.node)
        rates.append(count // 10 / (time.monotonic() - begun))
    return rates


def retractions(made: Pair, count: int) -> list[float]:
    """Milliseconds from taking a thing back until the other node's signed answer that it is erased is here."""
    told = [telling.send(OFFICER, THINGS[0], made.marking, made.node).id for _ in range(count)]
    made.until(made.node.store.exchange.size() - 1, 60)
    waits = []
    for id in told:
        begun = time.monotonic()
        telling.retract(OFFICER, id, "bench", made.node)
        while not all(one.outcome for one in made.node.store.standings.answers(id)):
            assert time.monotonic() < begun + 30
            time.sleep(0.001)
        waits.append((time.monotonic() - begun) * 1e3)
    return sorted(waits)


def _figure(name: str, value: float, unit: str, target: float | None, peer: str, theirs: float | None, n: int, seed: int,
            low: float, high: float) -> dict[str, Any]:  # fmt: skip
    ratio = None if not theirs else round(value / theirs, 2)
    return {"name": name, "value": round(value, 2), "unit": unit, "target": target, "peer": peer,
            "peer_value": None if theirs is None else round(theirs, 3), "ratio": ratio, "n": n, "low": round(low, 2),
            "high": round(high, 2), "seed": seed, "command": COMMAND}  # fmt: skip


def figures(seed: int, quick: bool = True) -> list[dict[str, Any]]:
    """All figures of the wire."""
    found = []
    fill = 100_000
    with TemporaryDirectory() as folder, pair(Path(folder)) as made:
        alone = accepted(made, fill)
        found.append(_figure("things told 500 at once while nobody takes them, accepted", median(alone), "objects/s", 20_000.0, "none", None,
                             len(alone), seed, min(alone), max(alone)))  # fmt: skip
        made.node.checkpoints.start()
        made.node.couriers.start()
        begun = time.monotonic()
        made.listen()
        filled = made.until(fill - 1, 300) - begun
        found.append(_figure(f"{fill} waiting entries fetched up after a partition", filled, "s", fill / 5_000, "none", None, fill, seed, filled, filled))
        stream = beside("jetstream.py", "{peers}/nats-server", "{folder}", "5" if quick else "20")
        before = fsyncs(Path(folder))
        told = latency(made, 10 if quick else 60)
        bare = sorted([*before, *fsyncs(Path(folder))])
        for name, share, goal in (("p50", 0.5, 5.0), ("p99", 0.99, 15.0)):
            found.append(_figure(f"told to on the partner's disk, {RATE}/s, {name}", at(told, share), "ms", goal,
                                 f"bare fsync {name}", at(bare, share), len(told), seed, told[0], told[-1]))  # fmt: skip
            found.append(_figure(f"told to on the partner's disk, {RATE}/s, {name}, beside NATS", at(told, share), "ms", goal,
                                 (stream and f"NATS JetStream, sync always, two servers, {name}") or ABSENT,
                                 stream and stream[name], len(told), seed, told[0], told[-1]))  # fmt: skip
        runs = [bulk(made, 10_000 if quick else 50_000) for _ in range(3)]
        for place, (name, goal) in enumerate((("accepted", 20_000.0), ("on the partner's disk", 10_000.0))):
            values = [one[place] for one in runs]
            peer = ("NATS JetStream, sync always, end to end", stream["rate"]) if stream else (ABSENT, None)
            found.append(_figure(f"things told 500 at once, {name}", median(values), "objects/s", goal, *peer, len(runs), seed, min(values), max(values)))
        for place, name in ((2, "here"), (3, "at the partner")):
            values = [one[place] for one in runs]
            found.append(_figure(f"CPU of a thing told 500 at once, {name}", median(values), "us of CPU", None, "none", None, len(runs), seed, min(values), max(values)))
        waits = retractions(made, 40 if quick else 300)
        found.append(_figure("taken back until the partner's answer is here, p99", at(waits, 0.99), "ms", 1_000.0, "none", None, len(waits), seed, waits[0], waits[-1]))
    return found


if __name__ == "__main__":
    print(json.dumps(figures(0, quick="--long" not in sys.argv), indent=1))
