"""What a partner gets, as one batch for a stick or the network; and checking a log again, own or received."""

from collections.abc import Sequence

from vigie.desk.exchange_node import federation, own_name, signer
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import VerifiedView
from vigie.exchange import (
    MOST_BYTES,
    MOST_ENTRIES,
    Countersigned,
    Entry,
    ExchangeRefused,
    Growing,
    Header,
    SignedHead,
    Tree,
    check_batch,
    countersign,
    leaf_of,
    make_batch,
    origin_of,
    peek,
    read_body,
    read_head,
    sign_head,
    write_batch,
)
from vigie.terms import Officer, Purpose


def bundle(officer: Officer, partner: str, node: Node, purpose: Purpose = Purpose.TARGETING) -> bytes:
    """Make what waits for a partner into one batch for a stick; our word on the partner's log travels with it.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: No such partner.
    """
    permit(officer, "send-exchange", purpose, f"exchange {partner}", node)
    raw = outgoing(partner, node)
    leave(officer, purpose, "send-exchange", f"exchange {partner}", node, step="bundle", bytes=len(raw))
    return raw


def outgoing(partner: str, node: Node) -> bytes:
    """The next batch for a partner, as bytes."""
    federation(node).member(partner)
    log, me = node.store.exchange, own_name(node)
    with node.store.reading():
        signed, last = log.head(me), log.head(partner)
        if signed is None:  # nothing was ever told: the head of an empty log carries our word
            signed = sign_head(me, 0, log.tree().head(), node.now(), signer(node))
        waiting = log.waiting(partner, MOST_ENTRIES)
        words = []
        if last is not None:
            words = [countersign(last, me, signer(node), log.upto(partner))]
        entries = [(header.seq, entry) for header, entry in log.get(me, waiting)]
        size = peek(signed).size
        raw = _fitting(signed, entries, log.tree(size), log.offers(partner), words)
    log.offer(partner, size)
    return raw


def _fitting(
    signed: SignedHead, entries: Sequence[tuple[int, Entry]], tree: Tree, since: Sequence[int],
    words: Sequence[Countersigned],
) -> bytes:  # fmt: skip
    """As many entries as one batch may hold."""
    while True:
        raw = write_batch(make_batch(signed, entries, tree, since, words))
        if len(raw) <= MOST_BYTES or len(entries) <= 1:
            return raw
        entries = entries[: len(entries) // 2]


def verify(officer: Officer, node: Node, purpose: Purpose = Purpose.OVERSIGHT) -> VerifiedView:
    """Read the whole own log again: every leaf, the tree, the signed head.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: This node has not joined.
    """
    permit(officer, "see-exchange", purpose, "exchange log", node)
    me, log = own_name(node), node.store.exchange
    with node.store.reading():
        size, tree, signed = log.size(), log.tree(), log.head(me)
        edge, gone, broken = Growing(), 0, None
        for start in range(0, size, MOST_ENTRIES):
            entries = log.get(me, range(start, min(size, start + MOST_ENTRIES)))
            gone += sum(entry.body is None for _, entry in entries)
            broken = broken if broken is not None else _gap(start, entries, min(MOST_ENTRIES, size - start))
            edge.extend(leaf_of(entry) for _, entry in entries)
        fits = broken is None and edge.root() == tree.head()
        good = not size or (signed is not None and _signed(signed, size, edge.root(), node))
    leave(officer, purpose, "see-exchange", "exchange log", node, entries=size)
    return VerifiedView(me, size, edge.root().hex(), gone, broken if broken is not None or fits else size, good)


def _gap(start: int, entries: Sequence[tuple[Header, Entry]], count: int) -> int | None:
    """The first place that is missing, or whose body is not the one its leaf names."""
    for place, (header, entry) in enumerate(entries, start):
        try:
            read_body(entry, header)
        except ExchangeRefused:
            return place
        if header.seq != place:
            return place
    return None if len(entries) == count else start + len(entries)


def _signed(signed: SignedHead, size: int, root: bytes, node: Node) -> bool:
    try:
        head = read_head(signed, {signer(node).key: signer(node).public})
    except ExchangeRefused:
        return False
    return (head.size, head.root) == (size, root.hex())


def verify_bundle(officer: Officer, raw: bytes, node: Node, purpose: Purpose = Purpose.OVERSIGHT) -> VerifiedView:
    """Check a batch without taking anything of it: who signed it, that its entries stand in the log it names.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: It breaks a rule.
    """
    permit(officer, "see-exchange", purpose, "exchange bundle", node)
    told = federation(node)
    batch, claimed = origin_of(raw)
    member = told.member(claimed)
    read = check_batch(batch, told.keys(member.id), None, own_name(node), member.revoked)
    gone = sum(read_body(entry, header) is None for header, entry in read.entries)
    leave(officer, purpose, "see-exchange", f"exchange {member.id}", node, entries=len(read.entries))
    return VerifiedView(member.id, len(read.entries), read.head.root, gone, None, True)
