import gc
import stat

import pytest
from tests.desk.port import NOW, manifest, rules, take_in

from vigie.node import RunningClock, Settings, build, initialise
from vigie.node.wiring import initialise_home
from vigie.terms import DAY, StoreFault


def test_a_new_home_is_closed_to_others_and_made_once(tmp_path):
    settings = Settings(home=tmp_path / "new" / "home")
    initialise(settings)
    keys = settings.key_file.read_bytes()
    initialise(settings)
    assert settings.key_file.read_bytes() == keys
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o700
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600


def test_a_home_that_cannot_be_made_is_an_error_of_ours(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFault):
        initialise_home(tmp_path / "file" / "home")


def test_what_was_taken_in_is_there_after_a_restart(tmp_path):
    for _ in range(2):
        with build(Settings(home=tmp_path), rules=rules()) as node:
            take_in(node, manifest())
            assert node.store.visits.of_containers(["CSQU3054383"])


def test_a_simulated_clock_goes_on_where_it_stood(tmp_path):
    settings = Settings(home=tmp_path, simulated=True, clock_start=NOW, clock_rate=60.0)
    with build(settings, rules=rules()) as node:
        assert isinstance(node.clock, RunningClock)
        assert NOW <= node.now() < NOW + DAY
        node.clock = RunningClock(NOW + DAY, 60.0)
    with build(settings, rules=rules()) as node:
        assert node.now() >= NOW + DAY


def test_the_rules_are_compiled_when_they_are_first_asked_for(tmp_path):
    with build(Settings(home=tmp_path)) as node:
        assert "rules" not in vars(node)
        assert node.rules is node.rules
    assert (node.name, node.simulated) == ("vigie", False)


def test_a_closed_node_lets_go_of_what_it_kept_from_the_search_for_garbage(tmp_path):
    with build(Settings(home=tmp_path)):
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
