"""A node with a small simulated day in it, and its pages: made once through the real pipeline, copied for each file of tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from shutil import copytree

import pytest
from starlette.applications import Starlette
from tests.console.browsing import Client, browse

from vigie.app.demo import take_in
from vigie.app.web import create_app
from vigie.desk import officers, selection
from vigie.node import FixedClock, Node, build, load_settings
from vigie.terms import DAY, HOUR, Handling, Moment, Officer, OfficerId, Purpose, Role, read_moment
from vigie.world import day

NOW = read_moment("2024-03-04T06:00:00Z")
SITE = "BEANR"
BOXES = 300
PAST = 12 * DAY  # the ships now under way or at the quay, and no long history: pages are judged here, not scores
COMING = 60  # messages of the running day that have come when the tests look

ADA = Officer(
    OfficerId("ada"), "Ada Targeting", (Role.TARGETING, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR),
    Handling.RED, tuple(Purpose), (), "en",
)  # fmt: skip
BO = Officer(OfficerId("bo"), "Bo Inspector", (Role.INSPECTOR,), Handling.RED, (Purpose.INSPECTION,), (), "nl")


@dataclass(frozen=True)
class Port:
    """The node, its application, and the session tokens of its officers."""

    node: Node
    app: Starlette
    ada: str
    bo: str


SHIFTS = [{"name": "early", "start": "06:00", "hours": 12, "scanners": {"MX-1": 12, "MX-2": 6}}]
"""What the port can scan."""


def signed_in(node: Node, officer: Officer) -> str:
    """Open a session the way an officer does."""
    return officers.sign_in(officers.link(None, officer.id, node).token, node).token


def opened(home: Path, clock: FixedClock) -> Node:
    """The node of a folder."""
    settings = load_settings(
        environment={}, home=home, simulated=True, name="Test port", sites=(SITE, "BEZEE"), clock_start=NOW
    )
    return build(settings, clock=clock)


@pytest.fixture(scope="session")
def a_day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Moment]:
    """The folder of a simulated port after its past and the first messages of a day, and when that was."""
    home: Path = tmp_path_factory.mktemp("console") / "home"
    world = day(11, NOW, site=SITE, boxes=BOXES)
    clock = FixedClock(world.history[0].at)
    with opened(home, clock) as node:
        for officer in (ADA, BO):
            officers.add(None, officer, node)
        past = [emission for emission in world.history if emission.at > NOW - PAST]
        for number, emissions in groupby(past, key=lambda emission: emission.at // DAY):
            clock.at = Moment(min(NOW, (number + 1) * DAY))
            take_in(node, tuple(emissions))
        clock.at = NOW
        coming = tuple(islice(world.running, COMING))
        take_in(node, coming)
        clock.at = Moment(max(NOW, coming[-1].at) + HOUR)
        selection.set_capacity(ADA, SITE, SHIFTS, node)
    return home, clock.at


@pytest.fixture(scope="module")
def port(a_day: tuple[Path, Moment], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Port]:
    """A port of its own for each file of tests: what one does to it no other sees."""
    first, at = a_day
    home = copytree(first, tmp_path_factory.mktemp("port") / "home")
    with opened(home, FixedClock(at)) as node:
        yield Port(node, create_app(node), signed_in(node, ADA), signed_in(node, BO))


@pytest.fixture
def ada(port: Port) -> Iterator[Client]:
    """The browser of an officer who may do everything."""
    with browse(port.app) as client:
        client.cookies.set("vigie", port.ada)
        yield client


@pytest.fixture
def bo(port: Port) -> Iterator[Client]:
    """The browser of an inspector."""
    with browse(port.app) as client:
        client.cookies.set("vigie", port.bo)
        yield client


@pytest.fixture
def stranger(port: Port) -> Iterator[Client]:
    """A browser in which nobody is signed in."""
    with browse(port.app) as client:
        yield client
