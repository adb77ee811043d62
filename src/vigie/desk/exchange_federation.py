"""Joining a federation: the own card, taking the signed documents in, and founding one on files."""

from collections.abc import Sequence

import msgspec

from vigie.desk.exchange_node import FEDERATION, NODE, ROOT, federation, own_name, partners_of, root, signer
from vigie.desk.exchange_restored import restored, resume, waits
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import FederationView, RestoredView
from vigie.exchange import FEDERATION as FEDERATION_KIND
from vigie.exchange import ROOT as ROOT_KIND
from vigie.exchange import (
    WARN_DAYS,
    Agreement,
    Federation,
    Member,
    Quorum,
    Root,
    Signer,
    Why,
    days_left,
    draft,
    is_address,
    is_node,
    pinned,
    read_federation,
    read_root,
    refuse,
    signed_by,
    write_document,
)
from vigie.terms import DAY, BadRequest, Moment, Officer, Purpose

ADMINISTRATION = Purpose.ADMINISTRATION
HOLDERS, THRESHOLD = 3, 2
"""Two of three people sign, each with a key kept offline: one lost key stops nothing, one stolen key allows nothing.
Source: reference exchange, section 4; the same as TUF advises for a root."""

ROOT_DAYS, FEDERATION_DAYS = 365, 30
"""A root lasts a year, what it signs a month: a partner that was put out is believed for a month at most."""


def card(
    officer: Officer, id: str, name: str, country: str, node: Node, purpose: Purpose = ADMINISTRATION,
    address: str = "",
) -> Member:  # fmt: skip
    """Choose this node's name in a federation and make the card that its holders need.

    Args:
        address: Where partners reach this node, `https://host:port`; empty: they cannot.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: The name or the address is none, or another name was chosen
        before.
    """
    permit(officer, "change-federation", purpose, "federation", node)
    known = node.store.settings.get(NODE)
    if not is_node(id) or (known is not None and known.decode() != id):
        refuse(Why.BAD_NAME)
    if not is_address(address):
        refuse(Why.BAD_CONTENT, part="address")
    own = signer(node)
    node.store.settings.put(NODE, id.encode())
    leave(officer, purpose, "change-federation", "federation", node, step="card")
    shown = pinned(node.trust.certificate(id))
    return Member(id, name, country.upper()[:2], {own.key: own.public.hex()}, {}, address, shown)


def take(
    officer: Officer, root_raw: bytes, federation_raw: bytes, node: Node, purpose: Purpose = ADMINISTRATION
) -> FederationView:
    """Take the two signed documents in; the first root is trusted because the officer compared its keys.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: Forged, older than what is in use, ended, or this node is not
        in it under its own key.
    """
    permit(officer, "change-federation", purpose, "federation", node)
    now, settings = node.now(), node.store.settings
    known_root = root(node) if settings.get(ROOT) else None
    new_root = read_root(root_raw, known_root, now)
    raw = settings.get(FEDERATION)
    known = read_federation(raw, known_root, None, Moment(0)) if raw and known_root else None
    told = read_federation(federation_raw, new_root, known, now)
    if own_name(node) not in {one.id for one in told.members} or signer(node).key not in told.keys(own_name(node)):
        refuse(Why.NOT_A_MEMBER)
    with node.store.transaction():
        settings.put(ROOT, root_raw)
        settings.put(FEDERATION, federation_raw)
    leave(officer, purpose, "change-federation", "federation", node, step="take", version=told.version)
    return _view(told, node)


def show(officer: Officer, node: Node, purpose: Purpose = ADMINISTRATION) -> FederationView:
    """Show the federation as this node knows it.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: This node has not joined, or the metadata has ended.
    """
    permit(officer, "see-exchange", purpose, "federation", node)
    leave(officer, purpose, "see-exchange", "federation", node)
    return _view(federation(node), node)


def _view(told: Federation, node: Node) -> FederationView:
    left = days_left(told, node.now())
    members = tuple((one.id, one.country, one.name) for one in told.members)
    agreements = tuple((one.sender, one.receiver, one.id, one.ends) for one in told.agreements)
    return FederationView(
        told.name, told.version, own_name(node), signer(node).key, left, left <= WARN_DAYS, members, agreements
    )


def begin_anew(officer: Officer, reason: str, node: Node, purpose: Purpose = ADMINISTRATION) -> RestoredView:
    """Let the own exchange log be written into after a restore, although partners may know more of it.

    Args:
        reason: Why no later backup is brought back; goes into the trail.

    Raises:
        NotForYou: The officer may not. BadRequest: No reason, or nothing waits. ExchangeRefused: It has not joined.
    """
    permit(officer, "change-federation", purpose, "federation", node)
    stamp = restored(node)
    if not stamp:
        raise BadRequest(reason="exchange-not-restored")
    if not reason.strip():
        raise BadRequest(reason="exchange-needs-reason")
    found = waits(partners_of(node), node)
    ahead = tuple(name for name, known in found.items() if known >= 0)
    silent = tuple(name for name, known in found.items() if known < 0)
    resume(stamp, node)
    leave(officer, purpose, "change-federation", "federation", node, step="begin-anew", reason=reason.strip(),
          ahead=" ".join(ahead), silent=" ".join(silent))  # fmt: skip
    return RestoredView(node.store.exchange.size(), ahead, silent)


def found(name: str, holders: Sequence[Signer], now: Moment) -> tuple[bytes, bytes]:
    """Found a federation without members: the documents `root` and `federation`, signed by all holders."""
    keys = {one.key: one.public.hex() for one in holders}
    quorum = Quorum(tuple(keys), THRESHOLD)
    first = Root(1, Moment(now + ROOT_DAYS * DAY), keys, quorum, quorum)
    told = Federation(name, 1, Moment(now + FEDERATION_DAYS * DAY), ())
    return (
        write_document(signed_by(draft(first), holders, ROOT_KIND)),
        write_document(signed_by(draft(told), holders, FEDERATION_KIND)),
    )


def renew(
    root_raw: bytes, federation_raw: bytes, holders: Sequence[Signer], now: Moment,
    members: Sequence[Member] = (), agreements: Sequence[Agreement] = (),
) -> bytes:  # fmt: skip
    """Sign a new version of `federation`, with further members and agreements, for another month.

    Raises:
        ExchangeRefused: The documents are not in order, or the holders are too few.
    """
    known_root = read_root(root_raw, None, now)
    known = read_federation(federation_raw, known_root, None, Moment(0))
    new = msgspec.structs.replace(
        known, version=known.version + 1, expires=Moment(now + FEDERATION_DAYS * DAY),
        members=tuple({one.id: one for one in (*known.members, *members)}.values()),
        agreements=tuple({one.id: one for one in (*known.agreements, *agreements)}.values()),
    )  # fmt: skip
    raw = write_document(signed_by(draft(new), holders, FEDERATION_KIND))
    read_federation(raw, known_root, known, now)
    return raw
