"""Hands of a node: the open one in its own process, one opened for a task in others."""

import pickle

from tests.desk.port import NOW, a_node, manifest, take_in

from vigie.node.hands import Hands, lent, opened
from vigie.node.settings import Settings
from vigie.terms import Moment


def test_in_its_own_process_the_open_node_is_used(tmp_path):
    with a_node(tmp_path / "home") as node:
        with lent(node) as hands, opened(pickle.loads(pickle.dumps(hands))) as same:
            assert same is node
        with opened(hands) as other:
            assert other is not node


def test_elsewhere_it_is_opened_for_the_task_and_sees_what_was_committed(tmp_path):
    with a_node(tmp_path / "home") as node:
        take_in(node, manifest())
        with opened(Hands(node.settings, node.now())) as made:
            assert made.now() == NOW
            assert made.store.log.last() == node.store.log.last()
        with opened(Hands(node.settings, node.now())) as again:
            assert again.rules is not made.rules  # each its own, compiled once
            assert again.rules.policy.hash == made.rules.policy.hash


def test_a_store_in_memory_is_in_nobody_elses_reach(tmp_path):
    assert Hands(Settings(home=tmp_path, store="sqlite://"), Moment(1)).alone
    assert not Hands(Settings(home=tmp_path), Moment(1)).alone
