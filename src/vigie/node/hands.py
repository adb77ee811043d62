"""Hands: a task in another process, or on another host, opens the node for itself, for as long as the task lasts.

Nothing that is sealed leaves the node this way: a task carries names, and whoever does it reads store and keys where
the node's folder is mounted. In the process of the node itself the node that is there is used.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from vigie.desk.rules import CompiledRules
from vigie.node.clock import FixedClock
from vigie.node.settings import Settings
from vigie.terms import Moment

if TYPE_CHECKING:
    from vigie.node.wiring import Node

_IN_MEMORY = "sqlite://"


class Hands(msgspec.Struct, frozen=True):
    """What a task needs to open the node. settings: Of the node. at: The moment by its clock."""

    settings: Settings
    at: Moment

    @property
    def alone(self) -> bool:
        """Whether the store is in this process's memory, so that no other process could open it."""
        return self.settings.store_url == _IN_MEMORY


_here: dict[Hands, "Node"] = {}


@contextmanager
def lent(node: "Node") -> Iterator[Hands]:
    """Let tasks that are done in this process use a node that is open."""
    hands = Hands(node.settings, node.now())
    _here[hands] = node
    try:
        yield hands
    finally:
        _here.pop(hands, None)


@contextmanager
def opened(hands: Hands) -> Iterator["Node"]:
    """The node: the one that is open in this process, else opened until the context ends.

    Raises:
        StoreFault: As `vigie.node.build`.
    """
    node = _here.get(hands)
    if node is not None:
        yield node
        return
    from vigie.node import build

    with build(hands.settings, FixedClock(hands.at), _rules(hands.at)) as made:
        yield made


@lru_cache(1)
def _rules(at: Moment) -> CompiledRules:
    """Compiled once for all tasks of a process."""
    return CompiledRules(at)
