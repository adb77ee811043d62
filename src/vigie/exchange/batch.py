"""A batch: entries of one log for one partner, under one signature, with the proof that they stand in that log.

The same bytes travel over the network and on a stick.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from vigie.exchange.envelope import Entry, Header, leaf_of, read_header
from vigie.exchange.heads import Countersigned, Head, SignedHead, grew, peek, read_head
from vigie.exchange.refusals import Why, refuse
from vigie.exchange.tree import Tree, verify_several

MOST_ENTRIES = 500
MOST_BYTES = 4 << 20
"""Limits of one batch, so that one that fails is small enough to be sent again."""


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """What is sent.

    Attributes:
        head: Signed head of the sender's log. entries: In the order of the log; perhaps none (a head alone).
        proof: That they stand in the tree. grown: That the log grew from what the receiver may know,
            by the size that it had then.
        words: What partners said of this head.
        after: Place of the entry for the receiver before the first of these; -1: there is none, or it is not said.
    """

    head: SignedHead
    entries: tuple[Entry, ...] = ()
    proof: tuple[bytes, ...] = ()
    grown: dict[int, tuple[bytes, ...]] = {}
    words: tuple[Countersigned, ...] = ()
    after: int = -1


class Read(msgspec.Struct, frozen=True):
    """A batch that was checked. head: What the sender's log is now. entries: With their headers, in order."""

    head: Head
    signed: SignedHead
    entries: tuple[tuple[Header, Entry], ...]
    words: tuple[Countersigned, ...] = ()


_batches = msgspec.msgpack.Decoder(Batch)


def make_batch(
    signed: SignedHead, entries: Sequence[tuple[int, Entry]], tree: Tree, since: Iterable[int],
    words: Sequence[Countersigned] = (), after: int = -1,
) -> Batch:  # fmt: skip
    """Make a batch.

    Args:
        signed: Head of the whole tree. entries: With their places in the log, rising.
        since: Sizes that the receiver may know: of every head made for it since the last one it is known to have.
        after: Place of the entry for the receiver before the first of these.
    """
    proof = tree.several([place for place, _ in entries]) if entries else []
    grown = {size: tuple(tree.consistency(size)) for size in since if 0 < size < tree.size}
    return Batch(signed, tuple(entry for _, entry in entries), tuple(proof), grown, tuple(words), after)


def write_batch(batch: Batch) -> bytes:
    """The bytes of a batch."""
    return msgspec.msgpack.encode(batch)


def origin_of(raw: bytes) -> tuple[Batch, str]:
    """Take the bytes of a batch apart; which node it says it is from. Nothing of it is checked yet.

    Raises:
        ExchangeRefused: Too large, or not a batch.
    """
    if len(raw) > MOST_BYTES:
        refuse(Why.OVERSIZE, bytes=len(raw), most=MOST_BYTES)
    try:
        batch = _batches.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        refuse(Why.UNREADABLE, part="batch")
    if len(batch.entries) > MOST_ENTRIES:
        refuse(Why.OVERSIZE, entries=len(batch.entries), most=MOST_ENTRIES)
    return batch, peek(batch.head).origin


def check_batch(
    batch: Batch, keys: Mapping[str, bytes], known: Head | None, me: str, revoked: Mapping[str, int] | None = None
) -> Read:
    """Check what can be checked without the store: who signed, that the log grew, that entries stand in it.

    Args:
        keys: The origin's keys by name. known: The last head of that log that was accepted. me: This node.
        revoked: Keys not to be trusted from a place in the log on, each with that place.

    Raises:
        ExchangeRefused: With the rule that it breaks.
    """
    head = read_head(batch.head, keys)
    if head.size > (revoked or {}).get(head.key, head.size):
        refuse(Why.KEY_REVOKED, key=head.key)
    grew(known, head, batch.grown.get(known.size, ()) if known is not None else ())
    found = tuple((read_header(entry.header), entry) for entry in batch.entries)
    for header, _ in found:
        _belongs(header, head, keys, me)
        if header.seq >= (revoked or {}).get(header.key, header.seq + 1):
            refuse(Why.KEY_REVOKED, key=header.key)
    leaves = {header.seq: leaf_of(entry) for header, entry in found}
    if len(leaves) != len(found):
        refuse(Why.NOT_IN_LOG, origin=head.origin)
    if found and not verify_several(leaves, head.size, batch.proof, bytes.fromhex(head.root)):
        refuse(Why.NOT_IN_LOG, origin=head.origin)
    return Read(head, batch.head, found, batch.words)


def _belongs(header: Header, head: Head, keys: Mapping[str, bytes], me: str) -> None:
    if header.origin != head.origin:
        refuse(Why.NOT_IN_LOG, origin=head.origin)
    if header.key not in keys:
        refuse(Why.UNKNOWN_KEY, key=header.key)
    if me not in header.audience:
        refuse(Why.NOT_ADDRESSED, seq=header.seq)
