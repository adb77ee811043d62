"""How old what an officer reads may be: never older than his own last act. Only where the store has a replica.

For each officer the place in the server's log is kept behind which his last act lies; a replica that has not come so
far is not read for him, in whichever process of the node he asks next.
"""

from vigie.desk.needs import Node
from vigie.terms import OfficerId

_PLACE = "acted-upto"


def replicated(node: Node) -> bool:
    """Whether there is a replica."""
    return node.store.pace is not None


def must_show(tokens: tuple[str, ...], node: Node) -> int | None:
    """What whoever shows one of some tokens must see; None where nobody is signed in: then the store itself is read."""
    officer = _officer(tokens, node)
    if officer is None:
        return None
    kept = node.store.preferences.get(officer, _PLACE)
    return int(kept) if kept else 0


def acted(tokens: tuple[str, ...], node: Node) -> None:
    """Remember that whoever shows one of some tokens has done something by now."""
    officer = _officer(tokens, node)
    if officer is not None:
        node.store.preferences.put(officer, _PLACE, b"%d" % node.store.end())


def _officer(tokens: tuple[str, ...], node: Node) -> OfficerId | None:
    found = (node.store.sessions.get(token, node.now()) for token in tokens if token)
    return next((one for one in found if one is not None), None)
