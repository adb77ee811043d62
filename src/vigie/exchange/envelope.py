"""An entry of the exchange log: a header that may be kept for ever, and a body that can be erased.

The leaf of the tree is the header's bytes and the salted hash of the body. Once body and salt are gone the log still
verifies, and nobody can guess the body from its hash. The header names no person: its fields are checked for that.
"""

import re
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

import msgspec

from vigie.exchange.refusals import Why, refuse
from vigie.exchange.tree import leaf_hash
from vigie.terms import Moment

VERSION = 1
SALT_BYTES = 16  # as a random UUID: 2**128 salts cannot be tried
MAX_BODY = 1 << 20
"""Largest body, bytes: pixels travel beside the log as packages, and a batch of 4 MB holds several entries."""

MAX_AUDIENCE = 64  # nodes; every EU customs service and as many partners again

_NAME_CHARS = 64
_NODE = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?")
_ID = re.compile(r"[a-z][a-z0-9-]{1,60}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HEX32 = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[0-9a-f]{16}")
_HEX16 = re.compile(r"[0-9a-f]{32}")


class Kind(StrEnum):
    """What an entry does."""

    PUT = "put"  # tells something new
    REVISE = "revise"  # tells it again, changed: the version before has to go
    RETRACT = "retract"  # takes it back: all versions have to go
    EXPIRE = "expire"  # says that it was to be kept no longer
    RECEIPT = "receipt"  # says what became of a revision, a retraction or an expiry
    HIT = "hit"  # says that both look at one target
    POLICY = "policy"  # asks for a release, grants one, or tells of a hold


class Header(msgspec.Struct, frozen=True):
    """What of an entry is kept for ever.

    Attributes:
        v: Version of the format, 1. origin: The node that wrote it. seq: Its place in that node's log, from 0.
        kind: What it does. id: What it is about, as STIX names things: `type--uuid`. version: Of the thing, from 1.
        audience: The nodes it is for; never empty. marking: First 32 hexadecimal digits of the salted SHA-256 of its
        marking. retain_until: When the body has to go at the latest. prev_root: Head of the log before the batch.
        key: Which key signs.
    """

    v: int
    origin: str
    seq: int
    kind: Kind
    id: str
    version: int
    audience: tuple[str, ...]
    marking: str
    retain_until: Moment
    prev_root: str
    key: str


class Entry(msgspec.Struct, frozen=True):
    """An entry as it is kept and sent: exactly these bytes.

    Attributes:
        header: Bytes of the header. body_hash: Salted SHA-256 of the body, 32 bytes. salt, body: None once erased.
    """

    header: bytes
    body_hash: bytes
    salt: bytes | None = None
    body: bytes | None = None


class Body(msgspec.Struct, frozen=True, array_like=True):
    """What can be erased. marking: Bytes of the marking. content: What is told, JSON."""

    marking: bytes
    content: bytes


_headers = msgspec.json.Decoder(Header)
_write = msgspec.json.Encoder(order="deterministic")
_bodies = msgspec.msgpack.Decoder(Body)


def marking_reference(salt: bytes, marking: bytes) -> str:
    """What the header says of a marking: nothing to whom the salt is not known."""
    return sha256(b"marking" + salt + marking).hexdigest()[:32]


def body_hash(salt: bytes, body: bytes) -> bytes:
    """The hash of a body in its leaf."""
    return sha256(salt + body).digest()


def write_entry(header: Header, marking: bytes, content: bytes, salt: bytes) -> Entry:
    """Make an entry; its header's `marking` is filled in. Arguments and errors as `make_entry`."""
    return make_entry(header, marking, content, salt)[1]


def make_entry(header: Header, marking: bytes, content: bytes, salt: bytes) -> tuple[Header, Entry]:
    """Make an entry; gives its header with it, whose `marking` is filled in.

    Args:
        salt: 16 fresh random bytes.

    Raises:
        ExchangeRefused: A field is not what its place allows, or the body is too large.
    """
    header = msgspec.structs.replace(header, marking=marking_reference(salt, marking))
    checked(header)
    body = msgspec.msgpack.encode(Body(marking, content))
    if len(body) > MAX_BODY:
        refuse(Why.OVERSIZE, bytes=len(body), most=MAX_BODY)
    return header, Entry(_write.encode(header), body_hash(salt, body), salt, body)


def leaf_of(entry: Entry) -> bytes:
    """The leaf hash of an entry; the body is not needed."""
    return leaf_hash(entry.header + entry.body_hash)


def read_header(raw: bytes) -> Header:
    """Read a header; fields that this release does not know are passed over.

    Raises:
        ExchangeRefused: Not a header, or a field is not what its place allows.
    """
    try:
        header = _headers.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        refuse(Why.BAD_HEADER, field="json")
    checked(header)
    return header


def peek_header(raw: bytes) -> Header:
    """Read a header that was checked before: one of the own log, or one that was taken in."""
    return _headers.decode(raw)


def checked(header: Header) -> None:
    """Check a header's fields.

    Raises:
        ExchangeRefused: A field is not what its place allows; an empty audience has a reason of its own.
    """
    if not header.audience:
        refuse(Why.EMPTY_AUDIENCE)
    fits = (
        header.v == VERSION,
        is_node(header.origin),
        0 <= header.seq < 1 << 53,
        _ID.fullmatch(header.id) is not None,
        1 <= header.version < 1 << 31,
        are_nodes(header.audience),
        _HEX16.fullmatch(header.marking) is not None,
        0 < header.retain_until < 1 << 53,
        len(header.prev_root) <= _NAME_CHARS and _fits(_HEX32, header.prev_root),
        len(header.key) <= _NAME_CHARS and _fits(_KEY, header.key),
    )
    if False in fits:
        refuse(Why.BAD_HEADER, field=_CHECKED[fits.index(False)])


_CHECKED = ("v", "origin", "seq", "id", "version", "audience", "marking", "retain_until", "prev_root", "key")


def is_node(name: str) -> bool:
    """Whether a name can be one of a node: lower case letters, digits, dots and dashes, at most 64."""
    return len(name) <= _NAME_CHARS and _fits(_NODE, name)


def are_nodes(names: tuple[str, ...]) -> bool:
    """Whether so many names can be those of an audience, and each can be one of a node."""
    return len(names) <= MAX_AUDIENCE and all(map(is_node, names))


@lru_cache(maxsize=1 << 10)  # in all headers of a batch these are the same; what is kept is bounded and short
def _fits(shape: re.Pattern[str], text: str) -> bool:
    return shape.fullmatch(text) is not None


def read_body(entry: Entry, header: Header) -> Body | None:
    """Open the body of an entry and check it against its leaf; None where it was erased.

    Raises:
        ExchangeRefused: Too large, or not the body that the leaf names.
    """
    if entry.body is None or entry.salt is None:
        return None
    if len(entry.body) > MAX_BODY:
        refuse(Why.OVERSIZE, bytes=len(entry.body), most=MAX_BODY)
    if len(entry.salt) != SALT_BYTES or body_hash(entry.salt, entry.body) != entry.body_hash:
        refuse(Why.BODY_DIFFERS, seq=header.seq)
    try:
        body = _bodies.decode(entry.body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        refuse(Why.BAD_CONTENT, seq=header.seq)
    if marking_reference(entry.salt, body.marking) != header.marking:
        refuse(Why.BODY_DIFFERS, seq=header.seq)
    return body


def erased(entry: Entry) -> Entry:
    """The entry without its body and salt: what is left for ever."""
    return Entry(entry.header, entry.body_hash)
