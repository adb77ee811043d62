"""Partners of the simulated port: light nodes of two other countries, each a process with its own database and keys.

They are begun once the port's own link is shown, so that nobody waits for them: first a short-lived process makes them
and lets the three nodes join one federation, then each serves. A partner ends when the process that began it does.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from vigie.app.service import bound, listen, stoppable
from vigie.app.stage import ADA, BO, DEE, SITE
from vigie.terms import DAY, CannotListen, Handling, Moment, Officer, Purpose, StoreFault

if TYPE_CHECKING:
    from vigie.exchange import Agreement, Signer
    from vigie.node import Node, Settings

LOOPBACK = "127.0.0.1"
OWN, GATEWAY = "be-customs", "br-gateway"
KNOWN = "partners.json"
STEP, BESIDE = 10, 1
"""Consoles of partners stand this far from the port's own, and what partners of each reach beside its console."""

RENEWED_DAYS = 15
"""So many days before the signed list of partners ends a start renews it: at sixty times the pace of a clock, half a
month passes in six hours."""

BOXES, MESSAGES = 20, 400
"""Boxes of a partner's past, and messages of it that are taken in: enough to see another port, little to wait for."""


class Country(msgspec.Struct, frozen=True):
    """A partner. node: Its name. title: Of its organisation. country: ISO 3166. site: UN/LOCODE. language: Of its
    officers. third: Outside the EU and Schengen. busy: Boxes are announced to it."""

    node: str
    title: str
    country: str
    site: str
    language: str
    third: bool = False
    busy: bool = True


PARTNERS = (
    Country("nl-customs", "Douane Rotterdam", "NL", "NLRTM", "nl"),
    Country(GATEWAY, "Aduana Santos", "BR", "BRSSZ", "pt", third=True, busy=False),
)
ALL = (Country(OWN, "Customs Antwerp", "BE", SITE, "en"), *PARTNERS)


class Begun(msgspec.Struct, frozen=True):
    """What a process of a partner is told. home: Of the port. clock: Where it stood. ports: Node to console, exchange.
    node: Whose process; empty for the one that makes them. rate: Pace of the clock."""

    home: str
    clock: Moment
    rate: float
    ports: dict[str, tuple[int, int]]
    node: str = ""


class Partners:
    """The partners of one demonstration.

    Args:
        home: Of the port. ports: Node to its console and to where partners reach it. clock: Tells where it stands.
        rate: Its pace. say: Tells the user.
    """

    def __init__(
        self, home: Path, ports: dict[str, tuple[int, int]], clock: Callable[[], Moment], rate: float,
        say: Callable[..., None],
    ) -> None:  # fmt: skip
        self._home, self._ports, self._clock, self._rate, self._say = home, ports, clock, rate, say
        self._children: list[subprocess.Popen[bytes]] = []
        self._over = threading.Event()

    def start(self) -> None:
        """Make them where they are not there, and let them serve; returns at once."""
        threading.Thread(target=self._run, name="partners", daemon=True).start()

    def _run(self) -> None:
        self._say("demo.partners")
        if self._child("").wait() == 0:
            for one in PARTNERS:
                if not self._over.is_set():
                    self._child(one.node)

    def _child(self, node: str) -> subprocess.Popen[bytes]:
        told = Begun(str(self._home), self._clock(), self._rate, self._ports, node)
        command = [sys.executable, "-m", "vigie.app.demo_partners", msgspec.json.encode(told).decode()]
        child = subprocess.Popen(command, stdin=subprocess.PIPE)
        self._children.append(child)
        return child

    def stop(self) -> None:
        """Let them end."""
        self._over.set()
        for child in self._children:
            child.terminate()
        for child in self._children:
            child.wait(timeout=10)


def ports_from(first: int) -> dict[str, tuple[int, int]]:
    """Ports for all nodes, from that of the port's own console on; a taken one gives way to a free one."""
    found = {}
    for place, one in enumerate(ALL):
        console = first + place * STEP
        found[one.node] = (console if one.node == OWN else free(console), free(console + BESIDE))
    return found


def free(wanted: int) -> int:
    """A port that can be taken now: this one, or any."""
    for port in (wanted, 0):
        try:
            with bound(LOOPBACK, port if port < 1 << 16 else 0) as probe:
                return int(probe.getsockname()[1])
        except CannotListen:
            continue
    raise CannotListen(address=f"{LOOPBACK}:{wanted}", reason="no free port")


def home_of(told: Begun, one: Country) -> Path:
    """The folder of a node: its own database, its own keys."""
    return Path(told.home) if one.node == OWN else Path(told.home) / "partners" / one.node


def scanners_of(home: Path) -> Path:
    """Where the scanners of the gateway write, in its home."""
    return home / "partners" / GATEWAY / "scanners"


def settings_of(told: Begun, one: Country) -> "Settings":
    """The settings of a node."""
    from vigie.node import load_settings

    console, exchange = told.ports[one.node]
    name = "vigie demo" if one.node == OWN else f"{one.title} ({one.country})"
    return load_settings(
        environment={}, home=home_of(told, one), host=LOOPBACK, port=console, simulated=True, name=name,
        sites=(one.site,), clock_start=told.clock, clock_rate=told.rate, exchange_port=exchange,
        exchange_host=LOOPBACK, language=one.language, log_level="warning",
        scan_folder=str(scanners_of(Path(told.home))) if one.node == GATEWAY else "",
    )  # fmt: skip


def officers_of(one: Country) -> tuple[Officer, ...]:
    """The invented officers of a partner: as those of the port, in its language."""
    return tuple(msgspec.structs.replace(each, language=one.language) for each in (ADA, BO, DEE))


def make(told: Begun) -> None:
    """Make the partners, let all join one federation, and let each tell something; what is there stays."""
    from vigie.node import FixedClock, build

    mark = Path(told.home) / "partners" / KNOWN
    known = mark.exists()
    with _nodes(told, lambda settings: build(settings, FixedClock(told.clock))) as nodes:
        if not known:
            for one in PARTNERS:
                _furnish(nodes[one.node], one, told.clock)
        join(told, nodes)
        if not known:
            from vigie.app.demo_told import tell_each_other

            tell_each_other(nodes)
    mark.write_bytes(msgspec.json.encode(told.ports))


@contextmanager
def _nodes(told: Begun, build: "Callable[[Settings], Node]") -> "Iterator[dict[str, Node]]":
    nodes: dict[str, Node] = {}
    try:
        for one in ALL:
            home_of(told, one).mkdir(parents=True, exist_ok=True)
            nodes[one.node] = build(settings_of(told, one))
        yield nodes
    finally:
        for node in nodes.values():
            node.close()


def _furnish(node: "Node", one: Country, now: Moment) -> None:
    """Give a partner its officers, and boxes to see where its port is busy."""
    from vigie.desk import officers

    for officer in officers_of(one):
        officers.add(None, officer, node)
    if one.busy:
        from vigie.app.feed import take_in
        from vigie.world import day

        past = day(2, now, site=one.site, boxes=BOXES).history
        take_in(node, tuple(islice((each for each in past if each.at > now - DAY), MESSAGES)))


def join(told: Begun, nodes: "dict[str, Node]") -> None:
    """Let the nodes join one federation, or renew it: when an address moved, or its month is half over."""
    from vigie.desk import exchange_federation as joining
    from vigie.desk.exchange_node import FEDERATION, ROOT
    from vigie.exchange import days_left, read_federation, read_root

    own = nodes[OWN].store.settings
    root, raw = own.get(ROOT), own.get(FEDERATION)
    places = {one.node: f"https://{LOOPBACK}:{told.ports[one.node][1]}" for one in ALL}
    if root is not None and raw is not None:
        known = read_federation(raw, read_root(root, None, Moment(0)), None, Moment(0))
        moved = {one.id: one.address for one in known.members} != places
        if not moved and days_left(known, told.clock) > RENEWED_DAYS:
            return
    holders = holders_of(Path(told.home))
    if root is None or raw is None:
        root, raw = joining.found("demonstration", holders, told.clock)
    by_purpose = msgspec.structs.replace(BO, purposes=tuple(Purpose))
    cards = [joining.card(by_purpose, one.node, one.title, one.country, nodes[one.node], address=places[one.node])
             for one in ALL]  # fmt: skip
    new = joining.renew(root, raw, holders[:2], told.clock, cards, list(agreements(told.clock)))
    for node in nodes.values():
        joining.take(by_purpose, root, new, node)


def holders_of(home: Path) -> "Sequence[Signer]":
    """The keys of the three who sign the list of partners; in a demonstration they lie in a file."""
    from vigie.exchange import SEED_BYTES, Signer

    file = home / "partners" / "holders.key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(secrets.token_bytes(3 * SEED_BYTES))
    seeds = file.read_bytes()
    return [Signer(seeds[place : place + SEED_BYTES]) for place in range(0, 3 * SEED_BYTES, SEED_BYTES)]


def agreements(now: Moment) -> "Iterator[Agreement]":
    """What each may send to each: much within the EU, little and only with a ground beyond it."""
    from vigie.exchange import Agreement, HandlingCode, Subjects

    for sender in ALL:
        for receiver in (one for one in ALL if one is not sender):
            beyond = sender.third or receiver.third
            yield Agreement(
                f"{sender.node}-{receiver.node}", sender.node, receiver.node,
                (Purpose.TARGETING, Purpose.INSPECTION) if beyond else tuple(Purpose),
                Handling.AMBER if beyond else Handling.RED,
                (HandlingCode.H0, HandlingCode.H1) if beyond else tuple(HandlingCode),
                (Subjects.NONE,) if beyond else tuple(Subjects), Moment(now - DAY), Moment(now + 3_650 * DAY),
                retention_days=180 if beyond else 1_825, quota=1_000 if beyond else 100_000,
                third_country=receiver.third, grounds=("Directive (EU) 2016/680, art. 38",) if receiver.third else (),
            )  # fmt: skip


def serve(told: Begun) -> None:
    """Serve one partner until it is stopped, or the process that began it is gone."""
    from vigie.cli.speech import tell
    from vigie.desk import officers
    from vigie.node import build

    one = next(each for each in PARTNERS if each.node == told.node)
    where, host = place_of(one, told.ports[one.node][0])
    settings = settings_of(told, one)
    with stoppable(), where, build(settings) as node:
        node.start()
        if one.node == GATEWAY:
            threading.Thread(target=_tell_story, args=(node,), name="story", daemon=True).start()
        link = officers.link(None, BO.id, node)
        address = f"http://{host}:{settings.port}/sign-in/{link.token}"
        said = tell("demo.partner", name=settings.name, address=address)
        listen(node, where, lambda: click.echo(said))


def _tell_story(node: "Node") -> None:
    from vigie.app.demo_told import hand_over

    with suppress(StoreFault):  # it ended meanwhile
        hand_over(node)


def place_of(one: Country, port: int) -> tuple[socket.socket, str]:
    """Take the address of a partner's console: a host of its own, for a browser keeps sessions by host and not by port.

    Where the machine has one loopback address alone, the name under `localhost` tells the partners apart (RFC 6761).
    """
    own = f"127.0.0.{ALL.index(one) + 1}"
    try:
        return bound(own, port), own
    except CannotListen:
        return bound(LOOPBACK, port), f"{one.country.lower()}.localhost"


def watch_parent() -> None:
    """End this process when the one that began it is gone, however it went: then the pipe to it is closed."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):  # not through the buffer, whose lock the end of the process waits for
            continue
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def main(raw: str) -> None:
    """What a process of a partner does."""
    told = msgspec.json.decode(raw, type=Begun)
    watch_parent()
    if told.node:
        serve(told)
    else:
        make(told)


if __name__ == "__main__":
    main(sys.argv[1])
