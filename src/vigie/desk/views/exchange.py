"""What officers see of the exchange."""

import msgspec

from vigie.terms import Moment


class ExchangeRow(msgspec.Struct, frozen=True):
    """One thing told or received.

    Attributes:
        id: The thing. version: Of it. act: What the entry does. origin: Who wrote it. originator: Who learned it.
        thing: What it is, as a word of `vigie.exchange`; empty where its content is gone. title: Its name or container.
        life: `live`, `retracted`, `expired`. tlp, handling, evaluation, purpose, case: Of its marking.
        to: For whom it is. retain_until: When it has to go. held: Kept by a legal hold.
        content: The objects (STIX 2.1, JSON); empty where it is gone.
    """

    id: str
    version: int
    act: str
    origin: str
    originator: str = ""
    thing: str = ""
    title: str = ""
    life: str = ""
    tlp: str = ""
    handling: str = ""
    evaluation: str = ""
    purpose: str = ""
    case: str = ""
    to: tuple[str, ...] = ()
    retain_until: Moment = Moment(0)
    held: bool = False
    content: str = ""


class SentView(msgspec.Struct, frozen=True):
    """What became of sending. id, version: The thing. to: For whom. state: `sent`, or `waits` for a second officer."""

    id: str
    version: int
    to: tuple[str, ...]
    state: str


class PartnerRow(msgspec.Struct, frozen=True):
    """A partner. waiting: Entries it has not acknowledged. seen: Size of our log that it saw. heard: When it was heard
    of last; 0: never. size: Size of its log as we know it. witnessed: Partners that saw the same head of it."""

    partner: str
    waiting: int
    seen: int
    heard: Moment
    size: int
    witnessed: int = 0


class CoverageRow(msgspec.Struct, frozen=True):
    """What a partner answered when something was changed or taken back. outcome: Empty while it has not answered."""

    node: str
    version: int
    asked: Moment
    outcome: str
    answered: Moment | None
    reason: str
    authority: str


class ReceivedView(msgspec.Struct, frozen=True):
    """What came of taking a batch in. origin: Whose. new, known, refused: Entries. size: Its log now. codes: Why some
    were refused."""

    origin: str
    new: int
    known: int
    refused: int
    size: int
    codes: tuple[str, ...] = ()


class VerifiedView(msgspec.Struct, frozen=True):
    """What checking a log again showed. entries: How many. root: Head of the tree. erased: Bodies that are gone.
    broken: First place that does not fit; None where all fit. signed: Whether the head is signed by its node."""

    origin: str
    entries: int
    root: str
    erased: int
    broken: int | None
    signed: bool


class FederationView(msgspec.Struct, frozen=True):
    """The federation as this node knows it. node: This node's name in it; empty before it joined. key: Name of its key.
    days_left: Until its metadata ends. warn: Whether that is soon. members: Name, country, organisation.
    agreements: Sender, receiver, name, end."""

    name: str
    version: int
    node: str
    key: str
    days_left: int
    warn: bool
    members: tuple[tuple[str, str, str], ...]
    agreements: tuple[tuple[str, str, str, Moment], ...]


class FollowedRow(msgspec.Struct, frozen=True):
    """Something that an officer follows. kind: Of thing, empty: any. partner: Who tells it, empty: any. about: A
    container, ship, place or heading of goods, empty: anything. new: Things since the last look."""

    kind: str = ""
    partner: str = ""
    about: str = ""
    new: int = 0


class FollowingView(msgspec.Struct, frozen=True):
    """What an officer follows. looked: When it was looked at last; 0: never. rows: In the order they were begun."""

    looked: Moment
    rows: tuple[FollowedRow, ...]


class DoubtedRow(msgspec.Struct, frozen=True):
    """A partner whose log has two pasts: nothing more of it is taken in. shown_by: Who was shown the other one; the
    partner itself where it showed us both. size, against: Of the two heads. since: When it was noticed."""

    partner: str
    shown_by: str
    size: int
    against: int
    since: Moment


class RestoredView(msgspec.Struct, frozen=True):
    """A new beginning of the own log after a restore. size: Entries it holds. ahead: Partners that know more of it and
    will refuse what comes now. silent: Those that have not said what they know."""

    size: int
    ahead: tuple[str, ...]
    silent: tuple[str, ...]


class DeliveryRow(msgspec.Struct, frozen=True):
    """How delivering to a partner goes.

    Attributes:
        partner, address: Who, and where it is reached. way: `push` to it, `fetched` by it (it cannot be reached), or
        `stick` (it has no certificate). waiting: Entries it has not acknowledged. acknowledged: Up to which place of
        the own log it has what was for it; -1: nothing. heard: When it was heard of last; None: never.
        since: Since when it does not answer; None: it does. failures: Tries in a row that failed. code: Why the last
        did. next_try: When the next one comes; None: at once.
    """

    partner: str
    address: str
    way: str
    waiting: int
    acknowledged: int
    heard: Moment | None
    since: Moment | None = None
    failures: int = 0
    code: str = ""
    next_try: Moment | None = None


class TokenRow(msgspec.Struct, frozen=True):
    """A token of a partner's client. officer: Who gave it. made, ends: From when until when it is good."""

    partner: str
    officer: str
    made: Moment
    ends: Moment
