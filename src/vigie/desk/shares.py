"""How the slots are shared out now: the shares that came with vigie, or those that two officers put in force.

They stand in the settings of the policy; a node of an earlier release may hold them as a rule of their own.
"""

import msgspec

from vigie.desk.needs import Node
from vigie.desk.standing import SETTINGS
from vigie.risk import RuleKind, RuleVersion, Shares, in_force, read_thresholds
from vigie.selection import SelectionPolicy
from vigie.terms import VigieError

SHARES = "shares"
"""Name of the rule, of kind `policy`, that earlier releases kept shares in: a `SelectionPolicy` as JSON."""

_decode = msgspec.json.Decoder(SelectionPolicy)


def share_in_force(node: Node) -> SelectionPolicy:
    """The shares in force; those that came with vigie where nobody approved others, or where they cannot be read."""
    live = in_force(node.store.rules.versions(RuleKind.POLICY), node.now())
    told = live.get(SETTINGS)
    try:
        shares = read_thresholds(told.body).shares if told else None
    except VigieError:  # of a release that this one cannot read
        shares = None
    if told is not None and shares is not None:
        return selection_of(shares, told.version)
    return _otherwise(live.get(SHARES))


def share_otherwise(node: Node) -> SelectionPolicy:
    """The shares that hold where the settings in force say nothing of them."""
    return _otherwise(in_force(node.store.rules.versions(RuleKind.POLICY, SHARES), node.now()).get(SHARES))


def _otherwise(standing: RuleVersion | None) -> SelectionPolicy:
    if standing is None:
        return SelectionPolicy()
    try:
        return _decode.decode(standing.body)
    except (msgspec.MsgspecError, VigieError):
        return SelectionPolicy()


def selection_of(shares: Shares, version: int) -> SelectionPolicy:
    """Shares of settings as selection takes them. version: Of the settings, named by every selection."""
    return SelectionPolicy(shares.tilted_permille, shares.uniform_permille, version)
