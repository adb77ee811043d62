"""The simulated port: a node of its own whose day runs before your eyes.

The world's messages take the same road as a customer's feed: files into the inbox, through the readers, into the log.
"""

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from vigie.cli.speech import tell
from vigie.terms import DAY, HOUR, Handling, Moment, Officer, OfficerId, Purpose, Role, VigieError, read_moment

if TYPE_CHECKING:
    from vigie.node import Node
    from vigie.world import Emission

SITE = "BEANR"
START = read_moment("2024-03-04T06:00:00Z")  # a Monday morning; the year for which most public figures are known
RATE = 60.0  # an hour of the port passes in a minute
BOXES = 12_000  # history that loads in a few seconds on two cores and gives every lane a past
MARK = "demo.json"
Say = Callable[..., None]

OFFICERS = (
    (
        "ada",
        "Officer A (targeting)",
        (Role.TARGETING, Role.INSPECTOR),
        Handling.AMBER,
        (Purpose.TARGETING, Purpose.INSPECTION),
    ),
    (
        "bo",
        "Officer B (supervisor)",
        (Role.TARGETING, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR),
        Handling.RED,
        tuple(Purpose),
    ),
)
"""Two invented officers with different rights, to see what each may see."""


class NotADemo(VigieError):
    """The folder holds something that is not a simulated node; nothing in it was touched."""

    code = "not-a-demo"


class DemoState(msgspec.Struct):
    """What a simulated node remembers between two starts."""

    seed: int
    boxes: int
    clock: Moment
    ready: bool = False


def run(home: Path, port: int, seed: int, boxes: int | None, fresh: bool, say: Say) -> None:
    """Prepare the simulated port where it is not there yet, and serve it until it is stopped."""
    from vigie.app.service import listen
    from vigie.desk import officers
    from vigie.node import build, load_settings

    home = home.absolute()
    state = prepared(home, seed, BOXES if boxes is None else boxes, fresh, say)
    settings = load_settings(
        environment={},
        home=home,
        port=port,
        simulated=True,
        name="vigie demo",
        sites=(SITE,),
        clock_start=state.clock,
        clock_rate=RATE,
    )
    with build(settings) as node:
        node.start()
        feeder = Feeder(node, state, home / MARK)
        feeder.start()
        link = officers.link(None, OfficerId(OFFICERS[0][0]), node)
        try:
            listen(node, lambda: say("demo.ready", address=f"{settings.address}/sign-in/{link.token}"))
        finally:
            feeder.stop()


def prepared(home: Path, seed: int, boxes: int, fresh: bool, say: Say) -> DemoState:
    """Load the simulated past into a new node, or find the one that is there.

    Raises:
        NotADemo: The folder is not empty and holds no simulated node.
    """
    mark = home / MARK
    if mark.exists() and not fresh:
        state = msgspec.json.decode(mark.read_bytes(), type=DemoState)
        if state.ready:
            return state
    if home.exists() and any(home.iterdir()) and not mark.exists():
        raise NotADemo(folder=home.name)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    state = DemoState(seed, boxes, START)
    mark.write_bytes(msgspec.json.encode(state))
    say("demo.making")
    begun = time.perf_counter()
    count = load_past(home, state)
    say("demo.loaded", containers=count, seconds=round(time.perf_counter() - begun))
    state.ready = True
    mark.write_bytes(msgspec.json.encode(state))
    return state


def load_past(home: Path, state: DemoState) -> int:
    """Let the past happen: each hour's messages are taken in with the clock standing at that hour."""
    from vigie.desk import officers
    from vigie.node import FixedClock, build, load_settings
    from vigie.world import day

    settings = load_settings(
        environment={}, home=home, simulated=True, name="vigie demo", sites=(SITE,), clock_start=state.clock
    )
    past = day(state.seed, state.clock, site=SITE, boxes=state.boxes)
    clock = FixedClock(past.history[0].at)
    containers = 0
    with build(settings, clock=clock) as node:
        for name, full_name, roles, clearance, purposes in OFFICERS:
            new = Officer(OfficerId(name), full_name, roles, clearance, purposes, (), "en")
            officers.add(None, new, node)
        for until, emissions in groupby(past.history, key=lambda emission: _step(emission.at, state.clock)):
            clock.at = Moment(max(clock.at, until))
            containers += take_in(node, tuple(emissions))
        clock.at = state.clock
    return containers


def _step(at: Moment, now: Moment) -> Moment:
    """When a message of the past is taken in: by hours in the last day, which lists show, by half days before."""
    step = HOUR if at >= now - DAY else 12 * HOUR
    return Moment(min((at // step + 1) * step, now))


def take_in(node: "Node", emissions: "Sequence[Emission]") -> int:
    """Hand emissions to the node as files; results of controls as a table of outcomes. Returns containers read."""
    from vigie.desk import arrivals, inspections

    who = feed()
    files = [(one.name, BytesIO(one.body)) for one in emissions if one.kind != "controls"]
    report = arrivals.take_in(who, files, node) if files else None
    for one in emissions:
        if one.kind == "controls":
            inspections.record_csv(who, one.body.decode(), node)
    return report.containers if report else 0


def feed() -> Officer:
    """The simulated feed as the trail names it."""
    return Officer(OfficerId("simulated-feed"), "simulated feed", tuple(Role), Handling.RED, tuple(Purpose), (), "en")


class Feeder(threading.Thread):
    """Hands each message to the node when the running clock reaches its moment."""

    def __init__(self, node: "Node", state: DemoState, mark: Path) -> None:
        super().__init__(name="simulated-feed", daemon=True)
        self.node, self.state, self.mark = node, state, mark
        self.over = threading.Event()

    def run(self) -> None:
        """Feed until stopped; every ten seconds the clock is kept for the next start."""
        kept = time.monotonic()
        for emission in self._coming():
            while (now := self.node.now()) < emission.at and not self.over.is_set():
                self.over.wait(min(1.0, (emission.at - now) / 1e6 / RATE))
            if self.over.is_set():
                return
            take_in(self.node, (emission,))
            if time.monotonic() - kept > 10:
                self._keep(emission.at)
                kept = time.monotonic()

    def stop(self) -> None:
        """Stop feeding and keep the clock."""
        self.over.set()
        self.join(timeout=5)
        self._keep(self.node.now())

    def _coming(self) -> "Iterator[Emission]":
        """The messages of the running days, from where the clock stood."""
        from vigie.world import day

        began = START
        while True:
            for emission in day(self.state.seed, began, site=SITE, boxes=self.state.boxes).running:
                if emission.at >= self.state.clock:
                    yield emission
            began = Moment(began + DAY)

    def _keep(self, at: Moment) -> None:
        self.state.clock = Moment(max(self.state.clock, at))
        whole = self.mark.with_suffix(".new")
        whole.write_bytes(msgspec.json.encode(self.state))
        whole.replace(self.mark)


@click.command("demo")
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".vigie/demo"),
    show_default=True,
    help=tell("option.home"),
)
@click.option("--port", default=8421, show_default=True, help=tell("option.port"))
@click.option("--seed", default=1, show_default=True, help=tell("option.seed"))
@click.option("--boxes", default=None, type=int, help=tell("option.boxes"))
@click.option("--fresh", is_flag=True, help=tell("option.fresh"))
def demo_command(home: Path, port: int, seed: int, boxes: int | None, fresh: bool) -> None:
    run(home, port=port, seed=seed, boxes=boxes, fresh=fresh, say=lambda code, **facts: click.echo(tell(code, **facts)))
