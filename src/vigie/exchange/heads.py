"""Heads of a log: signed by who writes it, countersigned by who saw it, compared so that two pasts are noticed."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from vigie.exchange.refusals import Why, refuse
from vigie.exchange.signing import HEAD, WITNESS, Signer, must_fit, signable, verify
from vigie.exchange.tree import EMPTY_ROOT, verify_consistency
from vigie.terms import Moment


class Head(msgspec.Struct, frozen=True):
    """What a node says its log is. origin: The node. size: Entries. root: Head of the tree, 64 hexadecimal digits.
    at: When it was said (by that node's clock; nothing is ordered by it). key: Which key signs."""  # fmt: skip

    origin: str
    size: int
    root: str
    at: Moment
    key: str


class SignedHead(msgspec.Struct, frozen=True, array_like=True):
    """A head as it is kept and sent. told: Its bytes. signature: 64 bytes over them."""

    told: bytes
    signature: bytes


class Countersigned(msgspec.Struct, frozen=True, array_like=True):
    """A partner's word that it saw a head. by: The partner. key: Its key. signature: Over the head's bytes and `upto`.
    upto: It has all that was for it up to this place of that log (included); -1: nothing yet. size: Of the head."""

    by: str
    key: str
    signature: bytes
    upto: int = -1
    size: int = 0


class View(StrEnum):
    """What became of a head that a partner was shown."""

    OPEN = "open"  # of a size that we do not know: growth is to be proved
    GOOD = "good"
    SPLIT = "split"  # it cannot be true beside what we were shown
    PAST = "past"  # it was, and an administrator believes the log again


class Seen(msgspec.Struct, frozen=True):
    """A head of a third log that a partner was shown.

    Attributes:
        origin: Whose log. shown_by: Who was shown it; the origin itself where it showed us two. signed: The head.
        at: When it came, or was judged. asked: How often a proof was asked for. missed: Batches that came without it.
        state: What became of it. against: Size of the head that we were shown and it was judged by; 0: none.
    """

    origin: str
    shown_by: str
    signed: SignedHead
    at: Moment
    asked: int = 0
    missed: int = 0
    state: View = View.OPEN
    against: int = 0

    @property
    def head(self) -> Head:
        """What it says; its signature was checked when it came."""
        return peek(self.signed)


_heads = msgspec.json.Decoder(Head)
_write = msgspec.json.Encoder(order="deterministic")


def sign_head(origin: str, size: int, root: bytes, at: Moment, signer: Signer) -> SignedHead:
    """Sign the head of one's own log."""
    told = _write.encode(Head(origin, size, root.hex(), at, signer.key))
    return SignedHead(told, signer.sign(HEAD, told))


def read_head(signed: SignedHead, keys: Mapping[str, bytes]) -> Head:
    """Read a head and check its signature.

    Args:
        keys: Keys of the node that it says it is of, by their names.

    Raises:
        ExchangeRefused: Not a head, not one of these keys, or forged.
    """
    head = peek(signed)
    if head.key not in keys:
        refuse(Why.UNKNOWN_KEY, key=head.key[:16])
    must_fit(keys[head.key], HEAD, signed.told, signed.signature)
    return head


def peek(signed: SignedHead) -> Head:
    """Read a head without asking who signed it: to find out whose keys to ask.

    Raises:
        ExchangeRefused: Not a head.
    """
    try:
        head = _heads.decode(signed.told)
        root = bytes.fromhex(head.root)
    except (msgspec.MsgspecError, ValueError):
        refuse(Why.UNREADABLE, part="head")
    if len(root) != len(EMPTY_ROOT) or head.size < 0:
        refuse(Why.UNREADABLE, part="head")
    return head


def grew(known: Head | None, new: Head, proof: Sequence[bytes]) -> None:
    """Check that a log only grew since the head known.

    Raises:
        ExchangeRefused: The head is older than the one known, names another past at the same size (split view), or
        its proof does not lead there (rewritten history).
    """
    if known is None or not known.size:
        return
    if new.size < known.size:
        refuse(Why.STALE, known=known.size, told=new.size)
    if new.size == known.size:
        if new.root != known.root:
            refuse(Why.SPLIT_VIEW, origin=new.origin, size=new.size)
        return
    if not verify_consistency(known.size, new.size, bytes.fromhex(known.root), proof, bytes.fromhex(new.root)):
        refuse(Why.REWRITTEN, origin=new.origin, known=known.size, told=new.size)


def one_log(one: Head, other: Head, proof: Sequence[bytes] | None) -> bool | None:
    """Whether two heads can be of one log that only grew; None where that cannot be said without a proof.

    Args:
        proof: Of growth from the smaller to the larger; None: none was given.
    """
    old, new = sorted((one, other), key=lambda head: head.size)
    if old.size == new.size:
        return old.root == new.root
    if not old.size:
        return True
    if proof is None:
        return None
    return verify_consistency(old.size, new.size, bytes.fromhex(old.root), proof, bytes.fromhex(new.root))


def countersign(signed: SignedHead, by: str, signer: Signer, upto: int = -1) -> Countersigned:
    """Say that one saw a head, found that the log only grew, and has what was for it up to a place."""
    return Countersigned(by, signer.key, signer.sign(WITNESS, _seen(signed, upto)), upto, peek(signed).size)


def _seen(signed: SignedHead, upto: int) -> bytes:
    return signed.told + b"\n%d" % upto


def witnessed(signed: SignedHead, words: Iterable[Countersigned], keys: Mapping[str, Mapping[str, bytes]]) -> set[str]:
    """Which partners saw a head, of those whose words are given; a word that does not fit is nobody's.

    Args:
        keys: Keys by node, then by their names.
    """
    found = set()
    for word in words:
        public = keys.get(word.by, {}).get(word.key)
        if public is not None and verify(public, signable(WITNESS, _seen(signed, word.upto)), word.signature):
            found.add(word.by)
    return found
