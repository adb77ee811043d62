"""Why an officer looks at a rule that is held closely: asked, kept in the trail, and good for one sitting."""

from vigie.desk.needs import Node
from vigie.risk import Indicator, RuleKind
from vigie.terms import HOUR, Handling, Officer, ReasonNeeded

CONFIDENTIAL = Handling.AMBER_STRICT
"""From here up a look at a text asks for a reason: such rules do not leave the organisation. Source: FIRST TLP 2.0."""

LOOK_HOLDS = HOUR
"""So long a reason holds for further looks of the same officer at the same indicator: one sitting."""

_SHORTEST, _LONGEST = 3, 400  # characters of a reason
_LOOKS = 200  # latest looks of an officer among which a reason is searched


def reason_of(one: Indicator, officer: Officer, told: str, node: Node) -> str:
    """The reason of a look: as told now, else as told within `LOOK_HOLDS`; empty where none is asked.

    Args:
        told: As the officer wrote it.

    Raises:
        ReasonNeeded: It is held closely, and no reason was told. Nothing is shown then, and the trail has no look.
    """
    reason = told.strip()[:_LONGEST]
    if len(reason) >= _SHORTEST:
        return reason
    if one.handling < CONFIDENTIAL:
        return ""
    since, subject = node.now() - LOOK_HOLDS, f"{RuleKind.INDICATOR.value} {one.id}"
    for kept in node.store.trail.page(None, _LOOKS, officer=officer.id, act="see-rule", outcome="done"):
        mine = kept.entry.at >= since and kept.entry.subject.rpartition(" v")[0] == subject
        if mine and kept.entry.facts.get("reason"):
            return str(kept.entry.facts["reason"])
    raise ReasonNeeded(indicator=one.id)
