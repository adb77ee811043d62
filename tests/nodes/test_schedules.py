"""Nothing is lost and nothing has its effect twice, whatever network, processes, disks and clocks do."""

import os

import pytest
from tests.nodes.simulated import World, template

SEED = int(os.environ.get("VIGIE_SEED", "20261122"))
SLICE, SOAK, EVENTS = 5, 1_000, 80


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    return template(tmp_path_factory.mktemp("template"))


def judged(five, folder, seed):
    world = World(five, folder, seed)
    try:
        world.run(EVENTS)
        found = world.lost(), world.doubled(), world.broken()
        assert found == ([], [], []), f"seed {seed}: {world.counts}"
        return world.counts
    finally:
        world.close()


def test_a_slice_of_the_schedules(five, tmp_path):
    seen = {}
    for place in range(SLICE):
        print("seed", SEED + place)
        for name, count in judged(five, tmp_path / str(place), SEED + place).items():
            seen[name] = seen.get(name, 0) + count
    assert min(seen.values()) > 0, seen  # each fault happened


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_thousand_schedules(five, tmp_path, record_property):
    record_property("n", SOAK)
    import shutil

    for place in range(SOAK):
        print("seed", SEED + place)
        judged(five, tmp_path / str(place), SEED + place)
        shutil.rmtree(tmp_path / str(place))
