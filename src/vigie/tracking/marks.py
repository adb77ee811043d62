"""What is known of a box beside its messages: how its release right fared, what access logs say; counts, no names."""

import msgspec

from vigie.terms import AccessMark, Moment, VisitId


class ReleaseMark(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the right to collect a box fared; it names nobody.

    Attributes:
        told: Steps and presentations it was counted from; a mark with fewer is older.
        hands: Times the right was passed on. reissued: Times it was issued again after it had been revoked.
        refusals: Presentations refused for a key that was not the presenter's to use.
        wrong_keys: Presentations refused for a key of no right.
        party: Number of the party that holds it. terminal: Facility that hands out.
        vehicle, carrier: Numbers of the vehicle that was let through, and of whom it came for; 0 for none yet.
    """

    told: int = 0
    hands: int = 0
    reissued: int = 0
    refusals: int = 0
    wrong_keys: int = 0
    party: int = 0
    terminal: str = ""
    vehicle: int = 0
    carrier: int = 0


def same_mark(one: ReleaseMark, other: ReleaseMark) -> bool:
    """Whether two marks say the same, from however many steps they were counted."""
    return msgspec.structs.replace(one, told=0) == msgspec.structs.replace(other, told=0)


class Noted(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an entry says of a box that no message told. release, access: The one that is noted."""

    visit: VisitId
    release: ReleaseMark | None = None
    access: AccessMark | None = None


class ReleaseNote(msgspec.Struct, frozen=True):
    """A mark as a visit holds it. hlc: Log entry."""

    hlc: Moment
    mark: ReleaseMark


class AccessNote(msgspec.Struct, frozen=True):
    """A mark as a visit holds it. hlc: Log entry."""

    hlc: Moment
    mark: AccessMark
