"""May it leave? One rule for everything that goes to another node, and for everything that comes from one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vigie.exchange.agreements import Agreement
from vigie.exchange.markings import Desk, HandlingCode, Marking, personal
from vigie.exchange.refusals import ExchangeRefused, Why
from vigie.terms import DAY, Fact, Handling, Moment


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it may leave. code: None where it may, else the rule against it. facts: What the rule's text names."""

    code: Why | None = None
    facts: Mapping[str, Fact] | None = None

    @property
    def may(self) -> bool:
        """Whether it may leave."""
        return self.code is None


@dataclass(frozen=True, slots=True)
class Permission:
    """What the originator granted to one who wants to pass a thing on. nodes: To whom. judicial: Also to courts.
    until: When the grant ends."""  # fmt: skip

    nodes: tuple[str, ...]
    until: Moment
    judicial: bool = False


@dataclass(frozen=True, slots=True)
class Crossing:
    """One thing on its way to one desk of one node.

    Attributes:
        sender, receiver: The nodes. desk: Who at the receiver shall have it. now: The moment.
        agreement: What both agreed on; None: nothing. sent_today: Entries that went there today.
        permission: What the originator granted; None: nothing. approved: A second officer approved it.
    """

    sender: str
    receiver: str
    desk: Desk
    now: Moment
    agreement: Agreement | None
    sent_today: int = 0
    permission: Permission | None = None
    approved: bool = False


YES = Verdict()


def may_leave(marking: Marking, crossing: Crossing) -> Verdict:
    """Whether a thing may go to one desk of one node; the first rule against it decides.

    The order of the rules is the order in which an officer can do something about them: whom it names, what the
    originator wants, what was agreed, a second officer.
    """
    return next(_against(marking, crossing), YES)


def _against(marking: Marking, crossing: Crossing) -> Iterator[Verdict]:
    yield from _addressed(marking, crossing)
    yield from _controlled(marking, crossing)
    yield from _agreed(marking, crossing)
    if needs_second(marking, crossing.agreement) and not crossing.approved:
        yield Verdict(Why.SECOND, {"handling": marking.handling.value})


def _addressed(marking: Marking, crossing: Crossing) -> Iterator[Verdict]:
    """Whom the marking names. RED is for one named desk of one named node alone."""
    if not marking.nodes or not marking.desks:
        yield Verdict(Why.EMPTY_AUDIENCE)
    if crossing.receiver == crossing.sender:
        yield Verdict(Why.OWN_NODE, {"node": crossing.receiver})
    if crossing.receiver not in marking.nodes:
        yield Verdict(Why.NOT_RELEASABLE_NODE, {"node": crossing.receiver})
    if crossing.desk not in marking.desks:
        yield Verdict(Why.NOT_RELEASABLE_ROLE, {"desk": crossing.desk.value})
    if marking.tlp is Handling.RED and (len(marking.nodes), len(marking.desks)) != (1, 1):
        yield Verdict(Why.RED_TO_ONE)
    if marking.retain_until <= crossing.now:
        yield Verdict(Why.EXPIRED)


def _controlled(marking: Marking, crossing: Crossing) -> Iterator[Verdict]:
    """What the originator wants: passing on needs a grant, but for what is CLEAR or GREEN and free (H0)."""
    granted = crossing.permission
    valid = granted is not None and crossing.now < granted.until and crossing.receiver in granted.nodes
    onward = crossing.sender != marking.originator
    free = marking.tlp <= Handling.GREEN and marking.handling is HandlingCode.H0
    if onward and not free and not valid:
        yield Verdict(Why.ORIGINATOR_CONTROL, {"originator": marking.originator})
    to_court = marking.handling is HandlingCode.H1 and crossing.desk is Desk.PROSECUTOR
    if to_court and not (valid and granted is not None and granted.judicial):
        yield Verdict(Why.JUDICIAL, {"originator": marking.originator})
    if marking.handling is HandlingCode.H3 and not marking.handling_text.strip():
        yield Verdict(Why.HANDLING_TEXT)


def _agreed(marking: Marking, crossing: Crossing) -> Iterator[Verdict]:
    """What both nodes agreed on."""
    told = crossing.agreement
    if told is None or (told.sender, told.receiver) != (crossing.sender, crossing.receiver):
        yield Verdict(Why.NO_AGREEMENT, {"node": crossing.receiver})
        return
    if not told.starts <= crossing.now < told.ends:
        yield Verdict(Why.AGREEMENT_ENDED, {"agreement": told.id})
    if marking.purpose not in told.purposes:
        yield Verdict(Why.PURPOSE, {"purpose": marking.purpose.value, "agreement": told.id})
    if marking.tlp > told.tlp:
        yield Verdict(Why.TLP, {"tlp": marking.tlp.name, "agreement": told.id})
    if marking.handling not in told.handling:
        yield Verdict(Why.HANDLING, {"handling": marking.handling.value, "agreement": told.id})
    if marking.subjects not in told.subjects:
        yield Verdict(Why.SUBJECTS, {"subjects": marking.subjects.value, "agreement": told.id})
    grounded = bool(marking.transfer_ground) and marking.transfer_ground in told.grounds
    if told.third_country and personal(marking) and not grounded:
        yield Verdict(Why.THIRD_COUNTRY, {"node": crossing.receiver})
    if marking.retain_until - crossing.now > told.retention_days * DAY:
        yield Verdict(Why.RETENTION, {"days": told.retention_days, "agreement": told.id})
    if crossing.sent_today >= told.quota:
        yield Verdict(Why.QUOTA, {"quota": told.quota, "agreement": told.id})


def needs_second(marking: Marking, agreement: Agreement | None) -> bool:
    """Whether two officers are needed: H1 to H3, personal data to a third country, what a machine found."""
    abroad = agreement is not None and agreement.third_country and personal(marking)
    return marking.handling is not HandlingCode.H0 or abroad or marking.machine


def must_leave(marking: Marking, crossings: Iterable[Crossing]) -> None:
    """Check that a thing may go to everybody it is meant for; nobody at all is refused, never "all".

    Raises:
        ExchangeRefused: With the first rule against it.
    """
    empty = True
    for crossing in crossings:
        empty = False
        told = may_leave(marking, crossing)
        if told.code is not None:
            raise ExchangeRefused(reason=told.code.value, **(told.facts or {}))
    if empty:
        raise ExchangeRefused(reason=Why.EMPTY_AUDIENCE.value)
