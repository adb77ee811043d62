"""Teaching beside: one at a time, in a child process, with a state that outlives who asked for it."""

import threading

import pytest
from tests.desk.port import BOB, a_node
from tests.desk.taught import decisions

from vigie.desk import training
from vigie.desk.training import TrainingUnderWay
from vigie.desk.views import TrainingView
from vigie.risk import Policy, TooFewPositives, load_catalogue
from vigie.terms import Moment, StoreFault

ASKED = TrainingView("waiting", "", "bob", "first year", 1, Moment(1))


def wait(node):
    node.training._thread.join(120)
    return node.training.state()


def test_nothing_was_taught_yet(node):
    assert node.training.state() is None


def test_a_draft_is_made_beside_and_is_the_same_as_one_made_here(node, tmp_path):
    node.archive.write_rows(decisions(1500), 1 << 60)
    assert training.begin(BOB, node, "first half", seed=3).open
    told = wait(node)
    assert (told.state, told.version, told.fault) == ("done", 1, "")
    with a_node(tmp_path / "other") as other:
        other.archive.write_rows(decisions(1500), 1 << 60)
        steps = []
        made = training.run(BOB, other, "first half", seed=3, told=steps.append)
        assert steps == ["archive", "anomaly", "proxy", "seizure", "judge"]
        assert other.training.state().version == made.version == 1
        assert other.store.models.hashes() == node.store.models.hashes()


def test_one_at_a_time_also_for_another_process(node, tmp_path):
    go, begun = threading.Event(), threading.Event()

    def work(told):
        told("archive")
        begun.set()
        go.wait(30)
        return 7

    node.training.begin(ASKED, work)
    begun.wait(30)
    assert (node.training.state().state, node.training.state().step) == ("running", "archive")
    with pytest.raises(TrainingUnderWay):
        training.begin(BOB, node, "me too")
    with a_node(tmp_path) as other, pytest.raises(TrainingUnderWay):
        other.training.here(ASKED, work)
    go.set()
    assert (wait(node).state, wait(node).version) == ("done", 7)


def test_too_little_is_kept_as_the_reason(node):
    training.begin(BOB, node, "too early")
    told = wait(node)
    assert (told.state, told.fault, told.facts) == ("failed", "too-few-positives", {"have": 0, "need": 30})
    assert told.ended is not None


def test_one_that_nobody_works_on_any_more_was_interrupted(node):
    node.training._keep(ASKED)
    assert (node.training.state().state, node.training.state().fault) == ("failed", "interrupted")


def test_a_child_that_is_ended_leaves_its_reason(node):
    node.archive.write_rows(decisions(1500), 1 << 60)
    heard = threading.Event()

    def work(told):
        def hear(step):
            told(step)
            heard.set()

        return len(node.training.teach(Policy(load_catalogue().in_force(node.now())), 1, hear).bodies)

    node.training.begin(ASKED, work)
    assert heard.wait(60)
    node.training.stop()
    told = node.training.state()
    assert (told.state, told.fault) == ("failed", StoreFault.code)


def test_the_child_says_what_it_lacks(node):
    with pytest.raises(TooFewPositives):
        node.training.teach(Policy(load_catalogue().in_force(node.now())), 1, lambda _: None)
