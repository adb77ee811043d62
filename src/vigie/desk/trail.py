"""The trail: every look and every act of an officer leaves one frozen value, whether it was allowed or refused."""

from typing import Protocol

from vigie.terms import AuditEntry, Fact, Moment, Officer, Purpose


class Keeps(Protocol):
    """Where entries go."""

    def keep(self, *entries: AuditEntry) -> None:
        """Append entries, and keep them whatever follows."""
        ...


class KeepsTrail(Protocol):
    """A store with a trail."""

    @property
    def trail(self) -> Keeps:
        """The trail."""
        ...


class Trailed(Protocol):
    """A node that keeps a trail."""

    @property
    def store(self) -> KeepsTrail:
        """The store."""
        ...

    def now(self) -> Moment:
        """The moment, UTC."""
        ...


DONE, REFUSED = "done", "refused"


def leave(
    officer: Officer, purpose: Purpose, act: str, subject: str, node: Trailed, *, refused: bool = False, **facts: Fact
) -> None:
    """Write one look or act into the trail.

    Args:
        officer: Who. purpose: What for. act: A verb of the desk. subject: A visit, a list, a plan; never a person.
        refused: It was not allowed. facts: Further values; never personal data of a party.
    """
    outcome = REFUSED if refused else DONE
    node.store.trail.keep(AuditEntry(officer.id, purpose, act, subject, outcome, node.now(), dict(facts)))
