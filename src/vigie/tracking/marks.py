"""What is known of a box beside its messages: its release right, access logs, partners, pictures; counts, no names."""

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


class PartnerMark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What partners told of a box and did not take back; it says neither who told it nor what.

    Attributes:
        movements: Suspicious movements of it. requests: Times that partners ask for a look at it.
        methods: Ways of hiding that were found in goods like its own. seizures: Finds in a box of this number.
    """

    movements: int = 0
    requests: int = 0
    methods: int = 0
    seizures: int = 0


class PictureMark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is held of the pictures that scanners elsewhere took of a box before it came.

    Attributes:
        pictures: Scans taken at another port that the node holds. missing: Scans that a partner announced and that are
            not held a day later, or whose file is not the one that was announced.
        differences: Pairs of a picture from elsewhere and one of the own port in which a difference was seen.
    """

    pictures: int = 0
    missing: int = 0
    differences: int = 0


class Noted(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an entry says of a box that no message told. release, access, partner, picture: The one that is noted."""

    visit: VisitId
    release: ReleaseMark | None = None
    access: AccessMark | None = None
    partner: PartnerMark | None = None
    picture: PictureMark | None = None


class ReleaseNote(msgspec.Struct, frozen=True):
    """A mark as a visit holds it. hlc: Log entry."""

    hlc: Moment
    mark: ReleaseMark


class AccessNote(msgspec.Struct, frozen=True):
    """A mark as a visit holds it. hlc: Log entry."""

    hlc: Moment
    mark: AccessMark


class PartnerNote(msgspec.Struct, frozen=True):
    """A mark as a visit holds it. hlc: Log entry."""

    hlc: Moment
    mark: PartnerMark


class PictureNote(msgspec.Struct, frozen=True):
    """A mark as a visit holds it. hlc: Log entry."""

    hlc: Moment
    mark: PictureMark
