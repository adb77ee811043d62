"""The simulated port: a node of its own whose day runs before your eyes.

The world's messages take the same road as a customer's feed: files into the inbox, through the readers, into the log.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from vigie.app import demo_scans
from vigie.app.demo_partners import OWN, Partners, ports_from, scanners_of
from vigie.app.feed import Feeder, take_in
from vigie.app.service import bound, listen, stoppable
from vigie.app.stage import ADA, OFFICERS, SITE, set_stage
from vigie.cli.output import progress, progress_over, told
from vigie.cli.speech import tell
from vigie.terms import DAY, HOUR, Moment, VigieError, read_moment

if TYPE_CHECKING:
    from vigie.world import Emission

START = read_moment("2024-03-04T06:00:00Z")  # a Monday morning; the year for which most public figures are known
RATE = 60.0  # an hour of the port passes in a minute
BOXES = 4_000  # boxes that arrived before: with all that is announced, some 20 s of work for two cores
LONGEST_H = 24.0 * 366  # the port runs for a simulated year: six days of ours
LOOPBACK = "127.0.0.1"  # a demonstration is for whoever sits at the machine
MARK = "demo.json"
INTERRUPTED = 130  # what shells give for a command that Ctrl+C ended
Say = Callable[..., None]


class NotADemo(VigieError):
    """The folder holds something that is not a simulated node; nothing in it was touched."""

    code = "not-a-demo"


class DemoState(msgspec.Struct):
    """What a simulated node remembers between two starts.

    Attributes:
        seed, boxes: As it was made. clock: Up to when messages were handed in. ready: The past is there, whole.
    """

    seed: int
    boxes: int
    clock: Moment
    ready: bool = False


def run(home: Path, port: int, seed: int, boxes: int, fresh: bool, say: Say, *, single: bool = False) -> None:
    """Prepare the simulated port where it is not there yet, and serve it until it is stopped.

    Args:
        single: No partners of other countries beside it.

    Raises:
        NotADemo: The folder is not empty and holds no simulated node. CannotListen: The port is taken.
    """
    from vigie.desk import officers
    from vigie.node import build, load_settings

    home = home.absolute()
    with stoppable(), bound(LOOPBACK, port) as where:
        found = read_mark(home / MARK)
        state = prepared(home, seed, boxes, fresh, say)
        if os.name == "posix" and (fresh or found is None or not found.ready):
            where.close()
            begin_anew(home, port, single)
        ports = {} if single else ports_from(where.getsockname()[1])
        settings = load_settings(
            environment={}, home=home, host=LOOPBACK, port=where.getsockname()[1], simulated=True, name="vigie demo",
            sites=(SITE,), clock_start=state.clock, clock_rate=RATE, exchange_port=ports[OWN][1] if ports else 0,
            exchange_host=LOOPBACK, log_level="warning" if ports else "info",
            scan_folder=str(home / demo_scans.FOLDER),
        )  # fmt: skip
        origin = scanners_of(home) if ports else None
        with build(settings) as node, demo_scans.beside(home, state.seed, START, SITE, origin) as scans:
            node.start()
            feeder = Feeder(node, RATE, lambda: coming(state), lambda at: keep(home, state, at))
            feeder.start()
            link = officers.link(None, ADA.id, node)
            partners = Partners(home, ports, node.now, RATE, say)

            def ready() -> None:
                say("demo.ready", address=f"{settings.address}/sign-in/{link.token}")
                scans.start()
                if ports:
                    partners.start()

            try:
                listen(node, where, ready)
            finally:
                partners.stop()
                feeder.stop()


def begin_anew(home: Path, port: int, single: bool = False) -> None:
    """Go on as a process that only serves: what making the past took (135 MB) goes back to the machine."""
    sys.stdout.flush()
    told = ["--home", str(home), "--port", str(port), *(["--single"] if single else [])]
    os.execv(sys.executable, [sys.executable, "-m", "vigie", "demo", *told])


def prepared(home: Path, seed: int, boxes: int, fresh: bool, say: Say) -> DemoState:
    """Load the simulated past into a new node, or find the one that is there; half a past is made again.

    Raises:
        NotADemo: The folder is not empty and holds no simulated node.
    """
    mark = home / MARK
    state = read_mark(mark)
    if state is not None and state.ready and not fresh:
        return state
    if home.exists() and any(home.iterdir()) and not mark.exists():
        raise NotADemo(folder=home.name)
    home.mkdir(parents=True, exist_ok=True)
    state = DemoState(seed, boxes, START)
    write_mark(mark, state)  # first: what an interruption leaves behind is then known to be ours
    for left in home.iterdir():
        if left != mark:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    say("demo.making")
    begun = time.perf_counter()
    count = load_past(home, state)
    state.ready = True
    write_mark(mark, state)
    say("demo.loaded", containers=count, seconds=round(time.perf_counter() - begun))
    return state


def load_past(home: Path, state: DemoState) -> int:
    """Let the past happen: its messages are taken in with the clock standing where it stood. Gives the boxes known."""
    from vigie.desk import arrivals, officers
    from vigie.desk.views import ArrivalsQuery
    from vigie.node import FixedClock, build, load_settings
    from vigie.world import day

    settings = load_settings(
        environment={}, home=home, simulated=True, name="vigie demo", sites=(SITE,), clock_start=state.clock
    )
    past = day(state.seed, state.clock, site=SITE, boxes=state.boxes).history
    clock = FixedClock(past[0].at)
    taken = 0
    with build(settings, clock=clock) as node:
        for officer in OFFICERS:
            officers.add(None, officer, node)
        for until, emissions in groupby(past, key=lambda emission: step(emission.at, state.clock)):
            clock.at = Moment(max(clock.at, until))
            together = tuple(emissions)
            take_in(node, together)
            taken += len(together)
            progress(tell("progress.past", share=100 * taken // len(past)))
        progress_over()
        clock.at = state.clock
        set_stage(node)
        return arrivals.page(OFFICERS[1], ArrivalsQuery(limit=1), node).total


def step(at: Moment, now: Moment) -> Moment:
    """When a message of the past is taken in: by hours in the last day, which lists show, by half days before."""
    width = HOUR if at >= now - DAY else 12 * HOUR
    return Moment(min((at // width + 1) * width, now))


def coming(state: DemoState) -> "Iterator[Emission]":
    """The messages of the running port, from where its clock stood."""
    from vigie.world import running

    return running(state.seed, START, state.clock, site=SITE, hours=LONGEST_H)


def keep(home: Path, state: DemoState, at: Moment) -> None:
    """Keep the place in the stream for the next start."""
    state.clock = Moment(max(state.clock, at))
    write_mark(home / MARK, state)


def read_mark(mark: Path) -> DemoState | None:
    """Read what a simulated node remembers; None where there is nothing that can be read."""
    try:
        return msgspec.json.decode(mark.read_bytes(), type=DemoState)
    except (OSError, msgspec.DecodeError):
        return None


def write_mark(mark: Path, state: DemoState) -> None:
    """Write what a simulated node remembers, whole or not at all."""
    new = mark.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(state))
    new.replace(mark)


@click.command("demo")
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".vigie/demo"),
    show_default=True,
    help=tell("option.home"),
)
@click.option("--port", default=8421, show_default=True, type=click.IntRange(0, 65535), help=tell("option.port"))
@click.option("--seed", default=1, show_default=True, help=tell("option.seed"))
@click.option("--boxes", default=BOXES, show_default=True, type=click.IntRange(1), help=tell("option.boxes"))
@click.option("--fresh", is_flag=True, help=tell("option.fresh"))
@click.option("--single", is_flag=True, help=tell("option.single"))
@told
def demo_command(home: Path, port: int, seed: int, boxes: int, fresh: bool, single: bool) -> None:
    try:
        run(home, port, seed, boxes, fresh, lambda code, **facts: click.echo(tell(code, **facts)), single=single)
    except KeyboardInterrupt:
        progress_over()
        sys.exit(INTERRUPTED)
