"""What a partner at the wire is answered: who it is, its batches, what is for it, which heads were seen.

Nothing here is asked by an officer: the partner stands in for one, by the certificate that the federation pins to it.
"""

import re
from hashlib import sha256

from vigie.desk import exchange_packages, exchange_split
from vigie.desk.exchange_delivering import parcel, settle
from vigie.desk.exchange_node import federation, own_name, signer
from vigie.desk.exchange_receiving import NODE, receive
from vigie.desk.needs import Node
from vigie.exchange import (
    MOST_ENTRIES,
    Answered,
    ExchangeRefused,
    Federation,
    SignedHead,
    Why,
    countersign,
    read_answer,
    refuse,
    unpinned,
    write_answer,
)
from vigie.terms import AuditEntry, Fact, Purpose

_NAME = re.compile(r"[0-9a-f]{64}")


def member_of(certificate: bytes, node: Node) -> str:
    """The member whose certificate was shown.

    Raises:
        ExchangeRefused: The federation pins it to nobody, or its metadata has ended: then nobody is believed.
    """
    shown = sha256(certificate).digest()
    found = next((one for one, pin in _pins(federation(node)).items() if pin == shown), None)
    if found is None or found == own_name(node):
        refuse(Why.UNKNOWN_PEER, node="")
    return found


def _pins(told: Federation) -> dict[str, bytes]:
    """The digest of each member's certificate."""
    return {one.id: sha256(unpinned(one.certificate)).digest() for one in told.members if one.certificate}


def turned_away(subject: str, refusal: ExchangeRefused, node: Node) -> None:
    """Write down that somebody at the wire was refused before anything was taken."""
    facts: dict[str, Fact] = {"why": str(refusal.facts.get("reason", ""))}
    entry = AuditEntry(
        NODE, Purpose.OVERSIGHT, "receive-exchange", f"exchange {subject}", "refused", node.now(), facts
    )  # fmt: skip
    node.store.trail.keep(entry)


def take(caller: str, raw: bytes, node: Node) -> bytes:
    """Take a partner's batch in; the answer says up to where this node has its log, and countersigns its head.

    Raises:
        ExchangeRefused: The batch as a whole breaks a rule; nothing of it was taken, and the trail says why.
    """
    taken = receive(raw, node, caller)
    return write_answer(_answer(caller, node, taken.codes))


def heads(caller: str, node: Node) -> bytes:
    """Where this node stands with a partner, and the latest heads of other logs that it was shown."""
    told, me, log = federation(node), own_name(node), node.store.exchange
    seen = [log.head(one.id) for one in told.members if one.id not in (me, caller)]
    prove = exchange_split.wanted(caller, node)
    return write_answer(_answer(caller, node, (), tuple(one for one in seen if one is not None), prove))


def acknowledge(caller: str, raw: bytes, node: Node) -> None:
    """Take what a partner that fetches says: up to where it has our log, its word on our head.

    Raises:
        ExchangeRefused: No answer, or not signed by it.
    """
    try:
        settle(caller, read_answer(raw), node)
    except ExchangeRefused as refusal:
        turned_away(caller, refusal, node)
        raise


def stands(caller: str, node: Node) -> bytes:
    """Where this node stands with a partner: what is said after fetching from it."""
    return write_answer(_answer(caller, node))


def _answer(
    caller: str, node: Node, refused: tuple[str, ...] = (), seen: tuple[SignedHead, ...] = (),
    prove: tuple[int, ...] = (),
) -> Answered:  # fmt: skip
    log, me = node.store.exchange, own_name(node)
    with node.store.reading():
        last, upto = log.head(caller), log.upto(caller)
        word = next((one for one in log.words(caller, _size(caller, node)) if one.by == me and one.upto == upto), None)
        if word is None and last is not None:
            word = countersign(last, me, signer(node), upto)
        return Answered(upto, _size(caller, node), word, log.head(me), log.acked(caller), refused[:100], seen, prove)


def _size(caller: str, node: Node) -> int:
    last = node.store.exchange.last(caller)
    return last.size if last is not None else 0


def after(caller: str, place: int, known: int, node: Node, prove: int = 0) -> bytes | None:
    """What is for a partner after a place of the own log, as one batch; None where nothing is. Written down: it leaves.

    Args:
        known: Size of the own log that the partner knows. prove: A size that others showed it; 0: none.
    """
    found = parcel(caller, place, known, node, (prove,) if prove > 0 else ())
    if found is None:
        return None
    if not found.entries:
        return found.raw
    facts: dict[str, Fact] = {"entries": found.entries, "step": "fetched"}
    told = AuditEntry(
        NODE, Purpose.OVERSIGHT, "send-exchange", f"exchange {caller}", "done", node.now(), facts
    )  # fmt: skip
    node.store.trail.keep(told)
    return found.raw


def waits(caller: str, place: int, node: Node) -> bool:
    """Whether something is for a partner after a place of the own log."""
    return node.store.exchange.due(caller) > place


def places(caller: str, place: int, node: Node) -> list[tuple[int, str, str]]:
    """Places, things and kinds of the entries for a partner after a place: what a stream tells."""
    log = node.store.exchange
    found = log.get(own_name(node), log.waiting(caller, MOST_ENTRIES, place))
    return [(header.seq, header.id, header.kind.value) for header, _ in found]


def package(caller: str, name: str, node: Node) -> bytes:
    """The bytes of a package for a partner that an entry told of it.

    Raises:
        ExchangeRefused: It is no name of a package, or none for this partner; the trail says so.
    """
    try:
        if _NAME.fullmatch(name) is None:
            refuse(Why.BAD_NAME)
        return exchange_packages.for_partner(caller, name, node)
    except ExchangeRefused as refusal:
        turned_away(caller, refusal, node)
        raise


def handed_out(caller: str, name: str, first: int, count: int, node: Node) -> None:
    """Write down that bytes of a package leave for a partner, before they do."""
    facts: dict[str, Fact] = {"package": name, "first": first, "bytes": count, "step": "fetched"}
    told = AuditEntry(NODE, Purpose.OVERSIGHT, "send-exchange", f"exchange {caller}", "done", node.now(), facts)
    node.store.trail.keep(told)
