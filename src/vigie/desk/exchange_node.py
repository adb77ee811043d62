"""This node in the federation: its name, its key, what it believes, and writing into its own exchange log."""

from collections.abc import Iterable, Sequence
from os import urandom

from vigie.desk.exchange_kept import Kept
from vigie.desk.exchange_restored import must_not_wait
from vigie.desk.needs import Node
from vigie.exchange import (
    SALT_BYTES,
    Desk,
    Entry,
    Federation,
    HandlingCode,
    Header,
    Kind,
    Marking,
    Note,
    Root,
    SignedHead,
    Signer,
    Source,
    Subjects,
    Why,
    days_left,
    make_entry,
    must_be_in_force,
    peek,
    random_uuid,
    read_root,
    refuse,
    sign_head,
    taxii_spans,
    write_marking,
    write_note,
)
from vigie.terms import DAY, Handling, Moment, Purpose

NODE, ROOT, FEDERATION = "exchange-node", "exchange-root", "exchange-federation"
"""Values of the node: its name in the federation, and the two documents as they were signed."""

NOTE_DAYS = 1_825
"""So long a receipt or a note of a retraction is kept: five years, the longest period of limitation of an audit that
the reference names. It says nothing of a person."""


def signer(node: Node) -> Signer:
    """The key with which this node signs its log; made from the key file, kept nowhere else."""
    return node.trust.signer


def own_name(node: Node) -> str:
    """This node's name in the federation.

    Raises:
        ExchangeRefused: It has not joined.
    """
    if node.trust.name is None:  # once chosen it stays
        told = node.store.settings.get(NODE)
        if told is None:
            refuse(Why.NOT_A_MEMBER)
        node.trust.name = told.decode()
    return node.trust.name


def federation(node: Node) -> Federation:
    """The federation in use.

    Raises:
        ExchangeRefused: There is none, or its metadata has ended: then no partner is believed.
    """
    told = _told(node)
    must_be_in_force(told, node.now())
    return told


def federation_left(node: Node) -> int | None:
    """Whole days until the metadata ends, below zero once it has; None where this node has not joined."""
    joined = node.store.settings.get(FEDERATION) is not None and node.store.settings.get(NODE) is not None
    return days_left(_told(node), node.now()) if joined else None


def _told(node: Node) -> Federation:
    raw, root_raw = node.store.settings.get(FEDERATION), node.store.settings.get(ROOT)
    if raw is None or root_raw is None:
        refuse(Why.NOT_A_MEMBER)
    return node.trust.federation(root_raw, raw)


def root(node: Node) -> Root:
    """Whose signatures count.

    Raises:
        ExchangeRefused: None is known yet.
    """
    raw = node.store.settings.get(ROOT)
    if raw is None:
        refuse(Why.NOT_A_MEMBER)
    return read_root(raw, None, Moment(0))


def fresh_id(kind: str) -> str:
    """A new random identifier: `type--uuid`, version 4."""
    return f"{kind}--{random_uuid()}"


def note_marking(node: Node, to: Sequence[str]) -> Marking:
    """The marking of receipts, retractions and requests: they say nothing of a person, and always arrive."""
    return Marking(
        Handling.GREEN, HandlingCode.H0, Source.A, 1, own_name(node), tuple(to), tuple(Desk), Purpose.OVERSIGHT,
        "exchange", "agreement between the nodes", Subjects.NONE, Moment(node.now() + NOTE_DAYS * DAY),
    )  # fmt: skip


class Written:
    """What is to be written into the own log together. Use it inside one transaction of the store, then `close`."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._log = node.store.exchange
        self._me = own_name(node)
        self._signer = signer(node)
        self._seq = self._log.queue()
        self._before = self._log.last(self._me)
        self.entries: list[tuple[Header, Entry]] = []
        self.spoken: set[str] = set()  # terms of what was told or erased meanwhile: boxes they concern are marked anew
        self._purposes: list[str] = []
        self._terms: list[Sequence[str]] = []
        self.kept = Kept(node)
        self.markings: dict[tuple[str, bytes], Marking] = {}  # what may come, asked once: by sender and its bytes

    def add(
        self, kind: Kind, id: str, version: int, to: Sequence[str], marking: Marking, content: bytes, *,
        raw: bytes | None = None, terms: Iterable[str] = (),
    ) -> Header:  # fmt: skip
        """Add an entry; gives its header.

        Args:
            raw: The marking as bytes, where they are there already. terms: What it speaks of, to be found by.
        """
        before = self._before.root if self._before is not None else "0" * 64
        header = Header(
            1, self._me, self._seq, kind, id, version, tuple(to), "", marking.retain_until, before, self._signer.key
        )
        told = write_marking(marking) if raw is None else raw
        header, entry = make_entry(header, told, content, urandom(SALT_BYTES))
        self._seq += 1
        self._terms.append(tuple(terms))
        self.entries.append((header, entry))
        self._purposes.append(marking.purpose.value if kind in (Kind.PUT, Kind.REVISE) else self._meant(kind, id))
        return header

    def _meant(self, kind: Kind, id: str) -> str:
        """What a thing that is taken back was for: who was told of it by that purpose is told by it again."""
        return self._log.purpose(self._me, id) if kind in (Kind.RETRACT, Kind.EXPIRE) else ""

    def note(self, kind: Kind, id: str, version: int, to: Sequence[str], note: Note) -> Header:
        """Add a receipt, a retraction, a request."""
        return self.add(kind, id, version, to, note_marking(self._node, to), write_note(note))

    def close(self) -> SignedHead | None:
        """Append all, sign the new head once, and let each entry wait for whom it is for.

        Raises:
            ExchangeRefused: The store was restored from a backup, and partners may know more of the log.
        """
        self.kept.write()
        if not self.entries:
            return None
        must_not_wait(partners_of(self._node), self._node)
        now = self._node.now()
        told = self._log.append(self.entries, now, self._terms)
        signed = sign_head(self._me, self._seq, told, now, self._signer)
        self._log.put_head(peek(signed), signed)
        waits: dict[str, list[tuple[int, str, int]]] = {}
        widths = [taxii_spans(entry.body) for _, entry in self.entries]
        added = self._log.claim(now, sum(widths))
        for (header, _), purpose, width in zip(self.entries, self._purposes, widths, strict=True):
            for partner in header.audience:
                waits.setdefault(partner, []).append((header.seq, purpose, added))
            added += width
        for partner, rows in waits.items():
            self._log.send(partner, rows)
        self._node.store.afterwards(self._node.stir)
        return signed


def partners_of(node: Node) -> tuple[str, ...]:
    """All members of the federation but this node, in force or not; none while it has not joined."""
    joined = node.store.settings.get(FEDERATION) is not None and node.store.settings.get(NODE) is not None
    return tuple(one.id for one in _told(node).members if one.id != own_name(node)) if joined else ()


def others(nodes: Iterable[str], node: Node) -> tuple[str, ...]:
    """Nodes but this one, each once, of those that the federation lists, in force or not: erasing waits for nothing."""
    known = {member.id for member in _told(node).members}
    return tuple(dict.fromkeys(one for one in nodes if one != own_name(node) and one in known))
