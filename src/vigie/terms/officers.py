"""The officer, and the entry that every look and every act of an officer leaves in the audit trail."""

import msgspec

from vigie.terms.errors import Fact
from vigie.terms.handling import Handling, Purpose, Role
from vigie.terms.identifiers import OfficerId
from vigie.terms.moments import Moment


class Officer(msgspec.Struct, frozen=True):
    """A person who signs in at this node.

    Attributes:
        id: Sign-in name.
        name: As shown to colleagues.
        roles: What the officer does.
        clearance: The highest handling code the officer may see.
        purposes: What the officer may look at things for.
        sites: Sites (UN/LOCODE) whose arrivals concern the officer; empty means all sites of the node.
        language: `fr`, `nl`, `en`, `pt` or `es`.
        active: False once the officer has left; the trail keeps the name.
        terminals: Of a port operator: the own terminals, as messages name them (code of the facility).
    """

    id: OfficerId
    name: str
    roles: tuple[Role, ...]
    clearance: Handling
    purposes: tuple[Purpose, ...]
    sites: tuple[str, ...] = ()
    language: str = "en"
    active: bool = True
    terminals: tuple[str, ...] = ()


class AuditEntry(msgspec.Struct, frozen=True):
    """One look or act, whether it was allowed or refused.

    Attributes:
        officer: Who; `node` for the node itself.
        purpose: What for.
        act: A verb of the desk: `see`, `list`, `override`, `reveal` ...
        subject: What: a visit, a list, a plan; never a name of a person outside the service.
        outcome: `done` or `refused`.
        at: When.
        facts: Further values; never personal data of a party.
    """

    officer: OfficerId
    purpose: Purpose
    act: str
    subject: str
    outcome: str
    at: Moment
    facts: dict[str, Fact] = {}
