"""Handling codes and purposes: who may see a thing, and what for."""

from enum import IntEnum, StrEnum


class Handling(IntEnum):
    """How closely a thing is held; an officer sees what is at or below the own clearance.

    Source: FIRST Traffic Light Protocol 2.0 (CLEAR, GREEN, AMBER, AMBER+STRICT, RED).
    """

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4


class Purpose(StrEnum):
    """What an officer looks at a thing for; asked at the gate, kept in the audit trail."""

    TARGETING = "targeting"
    INSPECTION = "inspection"
    INVESTIGATION = "investigation"
    STATISTICS = "statistics"
    OVERSIGHT = "oversight"
    ADMINISTRATION = "administration"


class Role(StrEnum):
    """What an officer does; a role carries the purposes and the acts it allows (see `vigie.desk.gate`)."""

    TARGETING = "targeting-officer"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspection-team"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    PORT = "port-operator"  # of a terminal; sees of its own boxes whether customs wants them, and nothing else
