"""Agreements: what two nodes may exchange, for what, how much of it, and how long it may be kept."""

from collections.abc import Iterable

import msgspec

from vigie.exchange.markings import HandlingCode, Subjects
from vigie.terms import Handling, Moment, Purpose


class Agreement(msgspec.Struct, frozen=True):
    """What one node may send to another; each direction has its own.

    Attributes:
        id: Name of the agreement. sender, receiver: The two nodes. purposes: What for.
        tlp: The closest traffic light that may pass. handling: Codes that may pass. subjects: Whose data may pass.
        grounds: Grounds on which personal data may go to a third country; empty where the receiver is none.
        third_country: Whether the receiver lies outside the EU and Schengen.
        retention_days: How long a thing may be kept at most. quota: Entries a day at most.
        starts, ends: From when to when (exclusive) it is in force.
    """

    id: str
    sender: str
    receiver: str
    purposes: tuple[Purpose, ...]
    tlp: Handling
    handling: tuple[HandlingCode, ...]
    subjects: tuple[Subjects, ...]
    starts: Moment
    ends: Moment
    retention_days: int = 1_825
    quota: int = 100_000
    third_country: bool = False
    grounds: tuple[str, ...] = ()


def between(agreements: Iterable[Agreement], sender: str, receiver: str, now: Moment) -> Agreement | None:
    """The agreement from one node to another that is in force, else the one that ended last; None: there is none."""
    found = [one for one in agreements if (one.sender, one.receiver) == (sender, receiver)]
    return max(found, key=lambda one: (one.starts <= now < one.ends, one.ends, one.id), default=None)
