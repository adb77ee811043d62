"""Openings of names in the sequencer: of two who ask or decide at once, the second finds it done."""

from vigie.desk.acts import NameAsked, NameDecided
from vigie.desk.needs import Node
from vigie.terms import Conflict


def write_opening(act: NameAsked | NameDecided, node: Node) -> None:
    """Keep the wish to learn a name, or what was decided about it.

    Raises:
        Conflict: One for the same pseudonym waits; or it is decided already.
    """
    access = node.store.access
    if isinstance(act, NameAsked):
        if any(one.user == act.user and one.state == "asked" for one in access.openings()):
            raise Conflict(reason="opening-waits")
        access.ask(act.user, act.officer, act.at, act.reason)
    elif not access.decide(act.which, act.decision, act.officer, act.at, act.reason):
        raise Conflict(reason="opening-decided")
