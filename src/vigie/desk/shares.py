"""How the slots are shared out now: the shares that came with vigie, or those that two officers put in force."""

import msgspec

from vigie.desk.needs import Node
from vigie.risk import RuleKind, in_force
from vigie.selection import SelectionPolicy
from vigie.terms import VigieError

SHARES = "shares"
"""Name of the rule, of kind `policy`, whose body is a `SelectionPolicy` as JSON."""

_decode = msgspec.json.Decoder(SelectionPolicy)


def share_in_force(node: Node) -> SelectionPolicy:
    """The shares in force; those that came with vigie where nobody approved others, or where they cannot be read."""
    versions = node.store.rules.versions(RuleKind.POLICY, SHARES)
    standing = in_force(versions, node.now()).get(SHARES)
    if standing is None:
        return SelectionPolicy()
    try:
        return _decode.decode(standing.body)
    except (msgspec.MsgspecError, VigieError):
        return SelectionPolicy()
