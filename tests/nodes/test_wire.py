"""Two nodes as two processes that reach each other over HTTPS, and one of them killed in the middle of it."""

import os
import random
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest
from tests.desk.federated import a_marking
from tests.desk.port import ANN
from tests.exchange.told import THINGS
from tests.exchange.values import BE, NL
from tests.nodes.conftest import ROOT
from tests.nodes.wired import free_port, join, until

from vigie.desk.exchange_bundles import verify
from vigie.desk.exchange_telling_many import send_many
from vigie.node import Settings, WallClock, build
from vigie.terms import DAY, Moment, Purpose

CHANCE = random.Random(20261122)
MANY, BATCHES = 50, 9


class Place:
    """A node's home, and the process that serves it."""

    def __init__(self, home):
        self.home, self.ports = home, (free_port(), free_port())
        self.settings = Settings(home=home, port=self.ports[0], exchange_port=self.ports[1], log_level="error")

    def start(self):
        env = {
            "PYTHONPATH": "src", "PATH": os.environ["PATH"], "VIGIE_HOME": str(self.home), "VIGIE_LANGUAGE": "en",
            "VIGIE_PORT": str(self.ports[0]), "VIGIE_EXCHANGE_PORT": str(self.ports[1]),
        }  # fmt: skip
        child = subprocess.Popen([sys.executable, "-u", "-m", "vigie", "serve"], cwd=ROOT, env=env, text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # fmt: skip
        assert "listens on" in child.stdout.readline()
        return child


def killed(child):
    """Kill -9, and wait until it is gone."""
    if child.poll() is None:
        child.kill()
    child.wait()
    child.stdout.close()


@contextmanager
def stopping(*children):
    try:
        yield
    finally:
        for child in children:
            killed(child)


@pytest.fixture
def places(tmp_path):
    """Two homes in one federation."""
    made = {name: Place(tmp_path / name) for name in (BE, NL)}
    nodes = {name: build(place.settings, WallClock()) for name, place in made.items()}
    join(nodes, {name: place.settings.exchange_address for name, place in made.items()}, quota=1_000_000)
    for node in nodes.values():
        node.close()
    return made


def tell(node, batches):
    marking = a_marking(retain_until=Moment(node.now() + 9 * DAY))
    for _ in range(batches):
        send_many(ANN, [(THINGS[place % 3], marking) for place in range(MANY)], node)


def test_a_receiver_and_a_sender_are_killed_and_nothing_is_lost_or_doubled(places):
    with build(places[BE].settings, WallClock()) as here, build(places[NL].settings, WallClock()) as there:
        theirs = places[NL].start()
        ours = places[BE].start()
        with stopping(theirs, ours):
            tell(here, BATCHES // 3)
            assert until(lambda: there.store.exchange.upto(BE) >= 0, 90)
            time.sleep(CHANCE.uniform(0, 0.2))
            killed(theirs)
            tell(here, BATCHES // 3)
            theirs = places[NL].start()
            with stopping(theirs):
                time.sleep(CHANCE.uniform(0, 0.5))
                killed(ours)
                tell(here, BATCHES // 3)
                ours = places[BE].start()
                with stopping(ours):
                    assert until(lambda: there.store.exchange.upto(BE) == MANY * BATCHES - 1, 120)
                    assert until(lambda: here.store.exchange.acked(NL) == MANY * BATCHES - 1, 60)
        found = there.store.exchange.page(BE, limit=100_000)
        assert [header.seq for header, _ in reversed(found)] == list(range(MANY * BATCHES))
        assert all(entry.body is not None for _, entry in found)
        assert verify(ANN, here, Purpose.TARGETING).broken is None
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{places[BE].ports[0]}/")
