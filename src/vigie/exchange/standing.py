"""How things stand: what is kept of a thing that a partner told, and what has to be done when it changes.

Plain steps from one standing to the next, each with the deeds that follow from it; the desk does the deeds in the same
transaction. A hold stops erasing, nothing else: the thing counts as taken back all the same; lifting erases at once.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from vigie.exchange.envelope import Header, Kind
from vigie.exchange.notes import Outcome
from vigie.exchange.refusals import Why, refuse
from vigie.terms import Moment


class Life(StrEnum):
    """Whether a thing is still told."""

    LIVE = "live"
    RETRACTED = "retracted"
    EXPIRED = "expired"


class Hold(msgspec.Struct, frozen=True):
    """Why a body is kept although it has to go. authority: Who orders it. case: For which case. ground: Law and
    article. until: When it ends. asked_by, confirmed_by: Two officers."""  # fmt: skip

    authority: str
    case: str
    ground: str
    until: Moment
    asked_by: str
    confirmed_by: str


class Standing(msgspec.Struct, frozen=True):
    """How a thing stands at this node.

    Attributes:
        id: The thing. originator: Node that learned it first. senders: Nodes that told it and did not take it back.
        version: The latest heard of. life: Whether it is told. retain_until: When it has to go at the latest.
        bodies: Versions whose bodies are here. due: Those of them that have to go and are held.
        released: Nodes to which this node passed it on. hold: Why bodies are kept; None: nothing keeps them.
    """

    id: str
    originator: str
    senders: tuple[str, ...]
    version: int
    life: Life
    retain_until: Moment
    bodies: tuple[int, ...] = ()
    due: tuple[int, ...] = ()
    released: tuple[str, ...] = ()
    hold: Hold | None = None


class Erase(msgspec.Struct, frozen=True):
    """Erase the bodies of these versions, and all that was derived from them."""

    versions: tuple[int, ...]


class Answer(msgspec.Struct, frozen=True):
    """Send a receipt. to: Nodes. version: Of the thing. outcome: What became of it. hold: Why it is kept."""

    to: tuple[str, ...]
    version: int
    outcome: Outcome
    hold: Hold | None = None


class Forward(msgspec.Struct, frozen=True):
    """Tell those to whom it was passed on. to: Nodes. kind: What is told. version: Of the thing."""

    to: tuple[str, ...]
    kind: Kind
    version: int


Deed = Erase | Answer | Forward


class Step(msgspec.Struct, frozen=True):
    """A step. standing: How it stands now. deeds: What follows. store: Whether the body of this entry is kept."""

    standing: Standing
    deeds: tuple[Deed, ...] = ()
    store: bool = False


def heard(standing: Standing | None, header: Header, originator: str, now: Moment) -> Step:
    """A partner put, revised, retracted or expired a thing.

    Entries may come in any order: a retraction that comes before what it takes back leaves a stone, and what comes
    after it is not kept.

    Args:
        standing: None for a thing never heard of. header: What came; not seen before (the store sees to that).
        originator: As the marking of the entry says.

    Raises:
        ExchangeRefused: The sender may not change this thing, or the version is taken.
    """
    if standing is None:
        standing = Standing(header.id, originator, (), 0, Life.LIVE, header.retain_until)
    _may_tell(standing, header, originator)
    if header.kind in (Kind.RETRACT, Kind.EXPIRE):
        return _taken_back(standing, header)
    return _told(standing, header, now)


def _may_tell(standing: Standing, header: Header, originator: str) -> None:
    """The originator, who told it before, or who passes on the originator's own word."""
    if originator != standing.originator:
        refuse(Why.NOT_ORIGINATOR, id=header.id)
    taken = header.kind in (Kind.RETRACT, Kind.EXPIRE)
    stranger = header.origin != standing.originator and header.origin not in standing.senders
    if taken and standing.version and stranger:
        refuse(Why.NOT_ORIGINATOR, id=header.id)


def _told(standing: Standing, header: Header, now: Moment) -> Step:
    senders = tuple(dict.fromkeys((*standing.senders, header.origin)))
    if header.version == standing.version and header.origin in standing.senders:
        refuse(Why.VERSION_TAKEN, id=header.id, version=header.version)
    gone = standing.life is not Life.LIVE or header.retain_until <= now
    if header.version <= standing.version or gone:
        kept = msgspec.structs.replace(standing, senders=senders, version=max(standing.version, header.version))
        late = Answer((header.origin,), header.version, Outcome.NEVER)
        return Step(kept, () if standing.life is Life.LIVE else (late,))
    before = tuple(one for one in standing.bodies if one < header.version)
    new = msgspec.structs.replace(
        standing, senders=senders, version=header.version, retain_until=header.retain_until,
        bodies=(*standing.bodies, header.version),
    )  # fmt: skip
    asked = standing.version or header.kind is Kind.REVISE  # the version before may have gone before it was sent
    step = _gone(new, before, header.kind, (header.origin,) if asked else ())
    return Step(step.standing, step.deeds, store=True)


def _taken_back(standing: Standing, header: Header) -> Step:
    """Taken back by the originator it goes; by one of several senders, only that sender's road ends."""
    senders = tuple(one for one in standing.senders if one != header.origin)
    life = Life.EXPIRED if header.kind is Kind.EXPIRE else Life.RETRACTED
    version = max(standing.version, header.version)
    if header.origin != standing.originator and senders:
        kept = msgspec.structs.replace(standing, senders=senders, version=version)
        return Step(kept, (Answer((header.origin,), header.version, Outcome.KEPT),))
    new = msgspec.structs.replace(standing, senders=senders, version=version, life=life)
    return _gone(new, standing.bodies, header.kind, (header.origin,), header.version)


def _gone(
    standing: Standing, versions: Sequence[int], kind: Kind, to: tuple[str, ...], answers: int | None = None
) -> Step:
    """These versions have to go: erased now, or due while a hold lasts; those it was passed on to are told."""
    answers = standing.version if answers is None else answers
    deeds: list[Deed] = []
    due = tuple(sorted({*standing.due, *versions}))
    if standing.hold is None:
        left = tuple(one for one in standing.bodies if one not in due)
        standing = msgspec.structs.replace(standing, bodies=left, due=())
        deeds += [Erase(due)] if due else []
    else:
        standing = msgspec.structs.replace(standing, due=due)
    if to:
        outcome = Outcome.KEPT if standing.due else Outcome.ERASED if due else Outcome.NEVER
        deeds.append(Answer(to, answers, outcome, standing.hold if standing.due else None))
    if standing.released:
        deeds.append(Forward(standing.released, kind, standing.version))
    return Step(standing, tuple(deeds))


def passed(standing: Standing, now: Moment) -> Step:
    """Time passed: a hold may have ended, a thing may have to go. Needs nobody else, so it works in a partition."""
    deeds: tuple[Deed, ...] = ()
    if standing.hold is not None and standing.hold.until <= now:
        ended = lifted(standing)
        standing, deeds = ended.standing, ended.deeds
    if standing.life is Life.LIVE and standing.retain_until <= now:
        over = msgspec.structs.replace(standing, life=Life.EXPIRED)
        step = _gone(over, standing.bodies, Kind.EXPIRE, standing.senders)
        return Step(step.standing, (*deeds, *step.deeds))
    return Step(standing, deeds)


def held(standing: Standing, hold: Hold, now: Moment) -> Step:
    """Keep the bodies of a thing from being erased.

    Raises:
        ExchangeRefused: A field is empty, its end has passed, one officer did both, or it is held already.
    """
    fields = {
        "authority": bool(hold.authority.strip()),
        "case": bool(hold.case.strip()),
        "ground": bool(hold.ground.strip()),
        "until": hold.until > now,
        "officers": bool(hold.asked_by) and bool(hold.confirmed_by) and hold.asked_by != hold.confirmed_by,
    }
    wrong = next((name for name, fits in fields.items() if not fits), None)
    if wrong is not None:
        refuse(Why.BAD_HOLD, field=wrong)
    if standing.hold is not None:
        refuse(Why.HELD, id=standing.id)
    return Step(msgspec.structs.replace(standing, hold=hold))


def lifted(standing: Standing) -> Step:
    """Lift a hold: what was due is erased at once, and who waits for it is told."""
    if standing.hold is None:
        return Step(standing)
    due = standing.due
    left = tuple(one for one in standing.bodies if one not in due)
    free = msgspec.structs.replace(standing, hold=None, bodies=left, due=())
    if not due:
        return Step(free)
    to = tuple(dict.fromkeys((*standing.senders, standing.originator)))
    return Step(free, (Erase(due), Answer(to, standing.version, Outcome.ERASED)))


def passed_on(standing: Standing, nodes: Sequence[str]) -> Standing:
    """Note to whom this node passed a thing on: they are told what becomes of it."""
    return msgspec.structs.replace(standing, released=tuple(dict.fromkeys((*standing.released, *nodes))))
