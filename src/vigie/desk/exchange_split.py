"""Two pasts of one log: heads that partners were shown are proved against what we were shown, or stop that log.

Partners show each other the latest heads they were shown of third logs. One of a size that we know is compared; for one
of another size its originator is asked to prove that the log only grew between the two, in the next batch it sends. As
long as it does not come by it stays open. A proof that fails, or is held back again and again, is a second past:
nothing more of that log is taken in, nothing of it raises an indicator, the trail and the page of the exchange say so,
until an administrator believes it again.
"""

import msgspec

from vigie.desk.exchange_effects import follow, terms_of
from vigie.desk.exchange_node import federation
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import DoubtedRow
from vigie.exchange import Batch, Head, Kind, Read, Seen, SignedHead, View, Why, one_log, peek, read_head, refuse
from vigie.terms import AuditEntry, BadRequest, Fact, NotFound, Officer, OfficerId, Purpose

MOST_MISSED = 3
"""Batches that may come without the proof that was asked for; one or two may have been made before the question."""

MOST_ASKED = 40
"""Questions without any batch after them: at one greeting in 30 s these are twenty minutes."""

MOST_THINGS = 100_000
"""Entries of a partner's log that are looked through when it is stopped or believed again, the newest first."""

_NODE = OfficerId("node")


def shown(signed: SignedHead, shown_by: str, node: Node) -> bool:
    """Take the head of a log that a partner was shown; whether it cannot be true beside what we were shown.

    Raises:
        ExchangeRefused: It does not bear its originator's signature: the partner made it up.
    """
    told, claimed = federation(node), peek(signed)
    member = next((one for one in told.members if one.id == claimed.origin), None)
    if member is None or claimed.size > member.revoked.get(claimed.key, claimed.size):
        return False
    head, log = read_head(signed, told.keys(member.id)), node.store.exchange
    ours = log.head(head.origin, head.size)
    if ours is not None:
        if one_log(peek(ours), head, None) is False:
            _split(signed, shown_by, peek(ours), node)
            return True
        return False
    before = log.views.one(head.origin, shown_by)
    if head.origin != shown_by and (
        before is None or (before.state is not View.SPLIT and before.signed.told != signed.told)
    ):
        log.views.put(_new(signed, shown_by, node))
    return False


def _new(signed: SignedHead, shown_by: str, node: Node) -> Seen:
    return Seen(peek(signed).origin, shown_by, signed, node.now())


def _split(signed: SignedHead, shown_by: str, ours: Head, node: Node) -> None:
    """Stop believing a log; both heads are kept: together they are what anybody can check."""
    seen, found = node.store.exchange.views, peek(signed)
    known = seen.one(found.origin, shown_by)
    if known is not None and known.state in (View.SPLIT, View.PAST) and known.signed.told == signed.told:
        return  # it was written down, or settled
    with node.store.transaction():
        seen.put(msgspec.structs.replace(_new(signed, shown_by, node), state=View.SPLIT, against=ours.size))
        _weigh_anew(found.origin, node)
    facts: dict[str, Fact] = {"why": Why.SPLIT_VIEW.value, "size": found.size, "against": ours.size, "by": shown_by}
    node.store.trail.keep(
        AuditEntry(
            _NODE, Purpose.OVERSIGHT, "receive-exchange", f"exchange {found.origin}", "refused", node.now(), facts
        )
    )


def _weigh_anew(origin: str, node: Node) -> None:
    """Mark anew the boxes that things of a partner concern: nothing of a log with two pasts raises an indicator."""
    terms: dict[str, None] = {}
    for header, entry in node.store.exchange.page(origin, limit=MOST_THINGS):
        if entry.body is not None and header.kind in (Kind.PUT, Kind.REVISE):
            terms.update(dict.fromkeys(terms_of(header.id, (header.version,), node)))
    follow(terms, node)


def judge(batch: Batch, read: Read, node: Node, wired: bool) -> None:
    """Prove what others were shown of a log with a batch of its originator, before anything of it is taken.

    Args:
        wired: Whether it came over the wire, where proofs were asked for; a stick carries none.

    Raises:
        ExchangeRefused: The log has two pasts.
    """
    seen, head = node.store.exchange.views, read.head
    for one in seen.of(head.origin):
        if one.state is not View.OPEN:
            continue
        proof = batch.grown.get(one.head.size)
        same = one_log(one.head, head, proof) if one.head.size <= head.size else None
        if same:
            seen.put(msgspec.structs.replace(one, state=View.GOOD, at=node.now(), against=head.size))
        elif same is False or (one.missed >= MOST_MISSED and wired):
            _split(one.signed, one.shown_by, head, node)
        elif one.asked and wired:
            seen.put(msgspec.structs.replace(one, missed=one.missed + 1))
    must_be_believed(head.origin, node)


def two_roots(origin: str, signed: SignedHead, node: Node) -> None:
    """The originator itself showed a second head of a size that we know."""
    ours = node.store.exchange.head(origin, peek(signed).size)
    if ours is not None and one_log(peek(ours), peek(signed), None) is False:
        _split(signed, origin, peek(ours), node)


def wanted(partner: str, node: Node) -> tuple[int, ...]:
    """Sizes of a partner's log whose growth it is asked to prove; asked too often for nothing, its log is stopped."""
    seen, last = node.store.exchange.views, node.store.exchange.last(partner)
    found = seen.wanted(partner)
    if not found:
        return ()
    seen.asked(partner)
    for one in seen.of(partner):
        if one.state is View.OPEN and one.asked > MOST_ASKED:
            _split(one.signed, one.shown_by, last or msgspec.structs.replace(one.head, size=0), node)
    return tuple(found)


def must_be_believed(origin: str, node: Node) -> None:
    """Refuse what is of a log with two pasts.

    Raises:
        ExchangeRefused: It has.
    """
    found = next((one for one in node.store.exchange.views.of(origin) if one.state is View.SPLIT), None)
    if found is not None:
        refuse(Why.SPLIT_VIEW, origin=origin, size=found.head.size)


def doubted(node: Node) -> tuple[DoubtedRow, ...]:
    """Partners whose logs have two pasts, for banners and lists; needs no federation in force."""
    return tuple(
        DoubtedRow(one.origin, one.shown_by, one.head.size, one.against, one.at)
        for one in node.store.exchange.views.split()
    )


def believe(
    officer: Officer, partner: str, reason: str, node: Node, purpose: Purpose = Purpose.ADMINISTRATION
) -> tuple[DoubtedRow, ...]:
    """Believe a partner's log again, after people have cleared it up; gives what was held against it.

    Args:
        reason: What was found out; goes into the trail.

    Raises:
        NotForYou: The officer may not. BadRequest: No reason. NotFound: Nothing is held against it.
    """
    permit(officer, "change-federation", purpose, "federation", node)
    if not reason.strip():
        raise BadRequest(reason="exchange-needs-reason")
    found = tuple(one for one in doubted(node) if one.partner == partner)
    if not found:
        raise NotFound
    with node.store.transaction():
        node.store.exchange.views.believe(partner, node.now())
        _weigh_anew(partner, node)
        leave(officer, purpose, "change-federation", f"exchange {partner}", node, step="believe", reason=reason.strip(),
              size=found[0].size, against=found[0].against)  # fmt: skip
    return found
