"""Three nodes of three countries from one command: made once, joined, each with keys of its own; gone with their parent."""

import subprocess
import sys
import time

import msgspec
import pytest

from vigie.app.demo import START
from vigie.app.demo_partners import (
    ALL,
    OWN,
    PARTNERS,
    Begun,
    agreements,
    free,
    holders_of,
    home_of,
    join,
    make,
    officers_of,
    place_of,
    ports_from,
    settings_of,
)
from vigie.app.service import bound
from vigie.desk import exchange
from vigie.desk.exchange_node import FEDERATION, federation, signer
from vigie.node import FixedClock, build
from vigie.terms import DAY, Moment


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    told = Begun(str(home), START, 60.0, {one.node: (free(0), free(0)) for one in ALL})
    make(told)
    return told


@pytest.fixture
def nodes(told):
    made = {one.node: build(settings_of(told, one), FixedClock(Moment(START))) for one in ALL}
    yield made
    for node in made.values():
        node.close()


def test_each_has_its_own_keys_and_all_are_in_one_federation(told, nodes):
    assert len({signer(node).key for node in nodes.values()}) == 3
    assert len({home_of(told, one) for one in ALL}) == 3
    for node in nodes.values():
        known = federation(node)
        assert {one.id: one.address for one in known.members} == {
            name: f"https://127.0.0.1:{told.ports[name][1]}" for name in told.ports
        }
        assert all(one.certificate for one in known.members)


def test_what_is_told_waits_until_they_serve(nodes):
    from vigie.app.stage import BO

    mine = exchange.outbox(BO, nodes[OWN])
    assert {row.thing for row in mine} == {"concealment", "training"}
    assert nodes[OWN].store.exchange.waiting("nl-customs") == [0, 1]
    assert {row.thing for row in exchange.outbox(BO, nodes["br-gateway"])} == {"concealment"}  # the port knows no box


def test_a_second_start_makes_nothing_again_but_follows_an_address_that_moved(told, nodes):
    before = nodes[OWN].store.settings.get(FEDERATION)
    join(told, nodes)
    assert nodes[OWN].store.settings.get(FEDERATION) == before
    moved = msgspec.structs.replace(told, ports=told.ports | {OWN: (1, 2)})
    join(moved, nodes)
    assert federation(nodes["nl-customs"]).member(OWN).address == "https://127.0.0.1:2"
    old = federation(nodes[OWN]).version
    join(msgspec.structs.replace(moved, clock=Moment(START + 20 * DAY)), nodes)
    assert federation(nodes[OWN]).version == old + 1


def test_beyond_the_union_little_may_leave():
    found = {one.id: one for one in agreements(START)}
    assert len(found) == 6
    assert found["be-customs-br-gateway"].third_country
    assert not found["be-customs-nl-customs"].third_country
    assert found["be-customs-br-gateway"].tlp < found["be-customs-nl-customs"].tlp


def test_holders_are_the_same_at_every_start(tmp_path):
    first = [one.key for one in holders_of(tmp_path)]
    assert first == [one.key for one in holders_of(tmp_path)]
    assert (tmp_path / "partners" / "holders.key").stat().st_mode & 0o077 == 0


def test_ports_and_hosts_are_told_apart():
    found = ports_from(30_000)
    assert found[OWN][0] == 30_000
    assert len({port for pair in found.values() for port in pair}) == 6
    where, host = place_of(PARTNERS[0], 0)
    with where:
        assert host in ("127.0.0.2", "nl.localhost")
    with bound("127.0.0.2", 0) as taken:  # where that address is no other than the first, the name tells them apart
        where, host = place_of(PARTNERS[0], taken.getsockname()[1])
        where.close()
    assert host == "nl.localhost"
    assert {one.language for one in officers_of(PARTNERS[1])} == {"pt"}


def test_a_partner_serves_and_ends_with_its_parent(told):
    begun = msgspec.structs.replace(told, node="br-gateway")
    command = [sys.executable, "-u", "-m", "vigie.app.demo_partners", msgspec.json.encode(begun).decode()]
    env = {"PYTHONPATH": "src", "VIGIE_LANGUAGE": "en"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True) as child:
        line = child.stdout.readline()
        assert "Aduana Santos" in line
        assert "SIMULATED" in line
        child.stdin.close()  # as it happens when the parent is killed
        began = time.monotonic()
        child.wait(timeout=60)
        assert time.monotonic() - began < 45  # a second where nothing else runs beside it
