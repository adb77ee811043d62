"""Clients of TAXII: whose token it is, and what it may poll, under the same rules as the wire.

What a client polls is what waits for its node in our log; markings are asked again at each poll.
"""

import secrets
from hashlib import sha256

import msgspec

from vigie.desk.exchange_answering import turned_away
from vigie.desk.exchange_node import federation, own_name
from vigie.desk.exchange_receiving import NODE
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import TokenRow
from vigie.exchange import (
    Agreement,
    Crossing,
    Dated,
    ExchangeRefused,
    Marking,
    Match,
    Permission,
    TaxiiPages,
    Why,
    collection_id,
    may_leave,
    read_named,
    refuse,
    root_name,
)
from vigie.terms import DAY, AuditEntry, BadRequest, Fact, Moment, Officer, Purpose

TOKEN_DAYS, MOST_DAYS = 90, 365
"""A token is good for a quarter, and at most for a year: who left an office does not poll for ever."""

PAGE, MOST_PAGE = 1_000, 10_000
"""Objects of a page, where the client names no number, and at most: some 10 MB."""

AT_ONCE = 250
"""Entries read and opened at once: what is read beyond the end of a page was opened for nothing."""

LOOKED = 20_000
"""Entries that are looked through for one page at most, where a filter passes few of them."""


class Collection(msgspec.Struct, frozen=True):
    """A collection: what one agreement lets pass for one purpose. inward: It is pushed to, not polled."""

    id: str
    agreement: Agreement
    purpose: Purpose
    inward: bool


class Page(msgspec.Struct, frozen=True):
    """A page. objects: In order of their moments. more: Whether there are further ones. after: Where they begin."""

    objects: tuple[Dated, ...]
    more: bool
    after: str


def give_token(
    officer: Officer, partner: str, node: Node, days: int = TOKEN_DAYS, purpose: Purpose = Purpose.ADMINISTRATION
) -> str:
    """Make a token for a partner's client; it is shown once, and only its hash is kept.

    Raises:
        NotForYou: The officer may not. BadRequest: More than a year. ExchangeRefused: No such partner.
    """
    permit(officer, "change-federation", purpose, f"exchange token {partner[:64]}", node)
    if not 0 < days <= MOST_DAYS:
        raise BadRequest(reason="exchange-token-days")
    member, now = federation(node).member(partner), node.now()
    if member.id == own_name(node):
        refuse(Why.OWN_NODE, node=member.id)
    token = secrets.token_urlsafe(32)
    with node.store.transaction():
        node.store.collections.give(_digest(token), member.id, officer.id, now, Moment(now + days * DAY))
        leave(officer, purpose, "change-federation", f"exchange token {member.id}", node, step="give", days=days)
    return token


def withdraw_tokens(
    officer: Officer, partner: str, node: Node, purpose: Purpose = Purpose.ADMINISTRATION
) -> int:  # fmt: skip
    """Take all tokens of a partner back; gives how many.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "change-federation", purpose, f"exchange token {partner[:64]}", node)
    with node.store.transaction():
        gone = node.store.collections.withdraw(partner)
        leave(officer, purpose, "change-federation", f"exchange token {partner[:64]}", node, step="withdraw", n=gone)
    return gone


def tokens(officer: Officer, node: Node, purpose: Purpose = Purpose.ADMINISTRATION) -> tuple[TokenRow, ...]:
    """List who has tokens; the tokens themselves nobody can list.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "change-federation", purpose, "exchange tokens", node)
    leave(officer, purpose, "change-federation", "exchange tokens", node, step="list")
    return tuple(TokenRow(*row) for row in node.store.collections.tokens())


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def holder(token: str, node: Node, name: str = "") -> str:
    """Whose token it is.

    Args:
        name: The partner, where the client says it, too: it has to be the same.

    Raises:
        ExchangeRefused: Nobody's, or no longer; the trail says that somebody tried. Or the metadata has ended.
    """
    try:
        found = node.store.collections.holder(_digest(token), node.now())
        if found is None or name not in ("", found):
            refuse(Why.UNKNOWN_PEER, node="")
        return federation(node).member(found).id
    except ExchangeRefused as refusal:
        turned_away("taxii", refusal, node)
        raise


def collections(partner: str, node: Node) -> tuple[Collection, ...]:
    """The collections of a partner: one to poll for each purpose that may go to it, one to push to for each back."""
    told, me, now = federation(node), own_name(node), node.now()
    found = []
    for sender, receiver in ((me, partner), (partner, me)):
        agreement = told.agreement(sender, receiver, now)
        if agreement is not None and agreement.starts <= now < agreement.ends:
            found += [
                Collection(collection_id(agreement.id, one.value), agreement, one, sender == partner)
                for one in agreement.purposes
            ]
    return tuple(found)


def roots(partner: str, node: Node) -> dict[str, Agreement]:
    """The API roots of a partner: one for each agreement, by its name in addresses."""
    return {root_name(one.agreement.id): one.agreement for one in collections(partner, node)}


def page(
    partner: str, collection: Collection, node: Node, added_after: int = -1, after: str = "", limit: int = PAGE,
    match: Match | None = None,
) -> Page:  # fmt: skip
    """A page of a collection: objects later than a moment, at most so many and those of the last millisecond.

    Args:
        added_after: Moment (µs); -1 from the beginning. after: What the page before gave; it comes before the moment.

    Raises:
        ExchangeRefused: `after` is none.
    """
    if collection.inward:
        return Page((), False, "")
    match, limit = match or Match(), min(max(1, limit), MOST_PAGE)
    pages = TaxiiPages(lambda marking: may_still(marking, partner, collection, node))
    with node.store.reading():
        if len(match.ids) == 1:
            rows = node.store.collections.of(own_name(node), partner, collection.purpose.value, match.ids[0])
            if rows:
                kept = [one for row in rows for one in pages.objects(row) if one.added > added_after]
                return Page(tuple(one for one in kept if match.fits(read_named(one.raw))), False, "")
        begin = _begin(partner, collection, added_after, after, node)
        found = _page(partner, collection, node, begin, limit, pages, match)
    seen(partner, collection, len(found.objects), node)
    return found


def _begin(partner: str, collection: Collection, added_after: int, after: str, node: Node) -> tuple[int, int]:
    """Where a page begins: the first entry's moment, and the moment that its objects have to be later than."""
    if not after:
        holding = node.store.collections.holding(partner, collection.purpose.value, added_after)
        return holding, added_after
    if not (after.isascii() and after.isdigit() and len(after) < 17):
        refuse(Why.BAD_CONTENT, part="next")
    place = node.store.collections.added(partner, int(after))
    return max(place + 1, 0), max(place, added_after)


def _page(
    partner: str, collection: Collection, node: Node, begin: tuple[int, int], limit: int, pages: TaxiiPages,
    match: Match,
) -> Page:  # fmt: skip
    """Entries one after the other until the page is full and a millisecond ends."""
    store, me, purpose = node.store.collections, own_name(node), collection.purpose.value
    found: list[Dated] = []
    first, start = begin
    looked, last, seq, anything = 0, start, -1, match.anything
    while rows := store.rows(me, partner, purpose, first, AT_ONCE):
        for row in rows:
            if (len(found) >= limit or looked >= LOOKED) and row.added // 1000 != last // 1000:
                return Page(tuple(found), True, f"{seq}")
            made = pages.objects(row)
            if row.added <= start:
                made = [one for one in made if one.added > start]
            found += made if anything else [one for one in made if match.fits(read_named(one.raw))]
            looked, seq = looked + 1, row.seq
            last = made[-1].added if made else row.added
        if len(rows) < AT_ONCE:
            break
        first = rows[-1].added + 1
    return Page(tuple(found), False, "")


def may_still(marking: Marking, partner: str, collection: Collection, node: Node) -> bool:
    """Whether a thing that was released to a partner may still go to it: agreements end, and so does what is kept."""
    me, now = own_name(node), node.now()
    grant = None if marking.originator == me else Permission((partner,), Moment(now + 1), judicial=True)
    return bool(marking.desks) and all(
        may_leave(marking, Crossing(me, partner, desk, now, collection.agreement, 0, grant, approved=True)).may
        for desk in marking.desks
    )


def seen(partner: str, collection: Collection, objects: int, node: Node) -> None:
    """Write down that objects left; an empty poll is not worth a line."""
    if objects:
        facts: dict[str, Fact] = {"step": "polled", "objects": objects, "agreement": collection.agreement.id}
        subject = f"exchange {partner}"
        node.store.trail.keep(
            AuditEntry(NODE, Purpose.OVERSIGHT, "send-exchange", subject, "done", node.now(), facts)
        )  # fmt: skip
