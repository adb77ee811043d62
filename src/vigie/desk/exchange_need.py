"""Who at this node needs to know what a partner told: by the desks its marking names, and the officer's clearance."""

from collections.abc import Mapping

from vigie.exchange import Desk, Marking
from vigie.terms import Officer, Role

_T, _S, _I, _A, _D = Role.TARGETING, Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR, Role.ADMINISTRATOR

ROLES: Mapping[Desk, frozenset[Role]] = {
    Desk.TARGETING: frozenset((_T, _S, _I, _A)),
    Desk.ANALYSIS: frozenset((_T, _S, _A)),
    Desk.POLICE: frozenset((_S, _I, _A)),
    Desk.PROSECUTOR: frozenset((_S, _A)),
    Desk.LIAISON: frozenset((_T, _S, _A)),
    Desk.PORT_SECURITY: frozenset((_S, _A)),
    Desk.OVERSIGHT: frozenset((_S, _A, _D)),
}
"""The roles of a node that sit at each desk nodes agreed on. Auditors see all that their clearance allows."""


def needs_to_know(officer: Officer, marking: Marking, own: str) -> bool:
    """Whether an officer may read a thing: cleared for its traffic light, and at a desk it is for.

    Args:
        own: Name of this node; what it told itself is not kept from its officers by the desks of others.
    """
    if marking.tlp > officer.clearance:
        return False
    return marking.originator == own or any(not ROLES[desk].isdisjoint(officer.roles) for desk in marking.desks)
