"""Who is in the federation: members, keys and agreements, signed by a quorum of people, none of whom can do it alone.

Two documents, as The Update Framework (TUF) has them: `root` says whose signatures count and changes rarely, its keys
kept offline; `federation` says who takes part and what they agreed on. Each is the exact text that was signed, beside
its signatures; a text has a version that only rises and a day on which it ends.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from vigie.exchange.agreements import Agreement, between
from vigie.exchange.certificates import unpinned
from vigie.exchange.envelope import is_node
from vigie.exchange.refusals import Why, refuse
from vigie.exchange.signing import FEDERATION, ROOT, Signer, key_id, signable, verify
from vigie.terms import DAY, Moment

WARN_DAYS = 7
"""So many days before the metadata ends a node says so. Source: reference exchange, section 7."""

RESERVED = "taxii."
"""Names that begin so are those of what clients push, which have no log of their own."""

MOST_BYTES = 1 << 20  # of one document; thousands of agreements
_ADDRESS = re.compile(r"https://(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\]):[1-9][0-9]{0,4}")


class Quorum(msgspec.Struct, frozen=True):
    """So many of these keys have to sign. keys: Names of keys. threshold: How many of them, at least 1."""

    keys: tuple[str, ...]
    threshold: int


class Root(msgspec.Struct, frozen=True):
    """Whose signatures count. keys: Public keys (hexadecimal) by name. root, federation: Who signs which document."""

    version: int
    expires: Moment
    keys: dict[str, str]
    root: Quorum
    federation: Quorum


class Member(msgspec.Struct, frozen=True):
    """A node of the federation.

    Attributes:
        id: Name of the node. name: Of its organisation. country: ISO 3166, two letters.
        keys: Public keys (hexadecimal) that sign its log, by their names.
        revoked: Keys that are not to be trusted any more, each with the place in the log from which it is not.
        address: Where partners reach it, `https://host:port`; empty: it cannot be reached, and fetches by itself.
        certificate: With which it shows itself there and elsewhere (DER, Base64); empty: it exchanges on sticks alone.
    """

    id: str
    name: str
    country: str
    keys: dict[str, str]
    revoked: dict[str, int] = {}
    address: str = ""
    certificate: str = ""


class Federation(msgspec.Struct, frozen=True):
    """Who takes part. vocabularies: SHA-256 (hexadecimal) of each list of words, by its name."""

    name: str
    version: int
    expires: Moment
    members: tuple[Member, ...]
    agreements: tuple[Agreement, ...] = ()
    vocabularies: dict[str, str] = {}

    def member(self, node: str) -> Member:
        """A member by its name.

        Raises:
            ExchangeRefused: There is none of that name.
        """
        found = next((one for one in self.members if one.id == node), None)
        if found is None:
            refuse(Why.UNKNOWN_PEER, node=node if is_node(node) else "")
        return found

    def keys(self, node: str) -> dict[str, bytes]:
        """The keys of a member's log, by their names."""
        return {name: bytes.fromhex(told) for name, told in self.member(node).keys.items()}

    def agreement(self, sender: str, receiver: str, now: Moment) -> Agreement | None:
        """What one node may send to another."""
        return between(self.agreements, sender, receiver, now)


class Signature(msgspec.Struct, frozen=True):
    """One signature. key: Name of the key. signature: 128 hexadecimal digits."""

    key: str
    signature: str


class Document(msgspec.Struct, frozen=True):
    """A text with its signatures. signed: The exact text. signatures: Over it."""

    signed: str
    signatures: tuple[Signature, ...] = ()


D = TypeVar("D", Root, Federation)

_documents = msgspec.json.Decoder(Document)
_roots = msgspec.json.Decoder(Root)
_federations = msgspec.json.Decoder(Federation)


def draft(told: Root | Federation) -> Document:
    """A document that nobody signed yet."""
    return Document(msgspec.json.format(msgspec.json.encode(told, order="deterministic"), indent=1).decode())


def signed_by(document: Document, signers: Iterable[Signer], kind: str) -> Document:
    """Add signatures. kind: `ROOT` or `FEDERATION`."""
    found = {one.key: one for one in document.signatures}
    for signer in signers:
        told = signer.sign(kind, document.signed.encode())
        found[signer.key] = Signature(signer.key, told.hex())
    return Document(document.signed, tuple(found.values()))


def write_document(document: Document) -> bytes:
    """The bytes of a document, as it stands in a file."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def read_document(raw: bytes) -> Document:
    """Read a document; no signature is checked yet.

    Raises:
        ExchangeRefused: Too large, or not a document.
    """
    if len(raw) > MOST_BYTES:
        refuse(Why.OVERSIZE, bytes=len(raw), most=MOST_BYTES)
    try:
        return _documents.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        refuse(Why.UNREADABLE, part="document")


def read_root(raw: bytes, known: Root | None, now: Moment) -> Root:
    """Read who signs; a new one is signed by the quorum before it and by its own.

    Args:
        known: The root in use; None the first time, when people compare its keys by another way.

    Raises:
        ExchangeRefused: Forged, older than the one in use, more than one step ahead of it, or ended.
    """
    document = read_document(raw)
    root = _read(document, _roots)
    _own_keys(root.keys)
    if known is not None and root != known:
        if root.version != known.version + 1:
            refuse(Why.METADATA_OLDER, known=known.version, told=root.version)
        _enough(document, known.root, known.keys, ROOT)
    _enough(document, root.root, root.keys, ROOT)
    return _in_force(root, now)


def read_federation(raw: bytes, root: Root, known: Federation | None, now: Moment) -> Federation:
    """Read who takes part.

    Args:
        known: The federation in use, whose version must not be undercut.

    Raises:
        ExchangeRefused: Signed by too few, older than the one in use, ended, or a name in it is none.
    """
    document = read_document(raw)
    _enough(document, root.federation, root.keys, FEDERATION)
    told = _read(document, _federations)
    if known is not None and (told.version < known.version or (told.version == known.version and told != known)):
        refuse(Why.METADATA_OLDER, known=known.version, told=told.version)
    for member in told.members:
        if not is_node(member.id) or member.id.startswith(RESERVED):
            refuse(Why.BAD_NAME)
        _own_keys(member.keys)
        if not is_address(member.address):
            refuse(Why.BAD_CONTENT, part="address")
        if member.certificate:
            unpinned(member.certificate)
    if len({one.id for one in told.members}) != len(told.members):
        refuse(Why.BAD_CONTENT, part="members")
    return _in_force(told, now)


def is_address(text: str) -> bool:
    """Whether a text can be a node's address: none, or `https://host:port` and nothing behind it."""
    return text == "" or _ADDRESS.fullmatch(text) is not None


def days_left(told: Root | Federation, now: Moment) -> int:
    """Whole days until a document ends; below zero once it has."""
    return (told.expires - now) // DAY


def must_be_in_force(told: Root | Federation, now: Moment) -> None:
    """Check that a document has not ended: with an ended one no partner is believed.

    Raises:
        ExchangeRefused: It has.
    """
    if told.expires <= now:
        refuse(Why.METADATA_EXPIRED, days=-days_left(told, now))


def _in_force(told: D, now: Moment) -> D:
    must_be_in_force(told, now)
    return told


def _read(document: Document, decoder: "msgspec.json.Decoder[D]") -> D:
    try:
        return decoder.decode(document.signed)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        refuse(Why.UNREADABLE, part="document")


def _own_keys(keys: Mapping[str, str]) -> None:
    """A key stands under its own name, so that no name can stand for two keys."""
    for name, told in keys.items():
        try:
            fits = len(told) == 64 and key_id(bytes.fromhex(told)) == name
        except ValueError:
            fits = False
        if not fits:
            refuse(Why.BAD_CONTENT, part="keys")


def _enough(document: Document, quorum: Quorum, keys: Mapping[str, str], kind: str) -> None:
    """Check that enough different keys of a quorum signed."""
    if quorum.threshold < 1 or quorum.threshold > len(set(quorum.keys)):
        refuse(Why.BAD_CONTENT, part="threshold")
    told = signable(kind, document.signed.encode(errors="replace"))
    good = set()
    for one in document.signatures:
        if one.key not in quorum.keys or one.key not in keys:
            continue
        try:
            signature = bytes.fromhex(one.signature)
        except ValueError:
            continue
        if verify(bytes.fromhex(keys[one.key]), told, signature):
            good.add(one.key)
    if len(good) < quorum.threshold:
        refuse(Why.THRESHOLD, needed=quorum.threshold, found=len(good))
