"""Taking in what clients of TAXII push, each thing under its own marking and under the rules of the wire.

A client has no log of its own that could be checked: what it pushes stands under `taxii.` and its node's name, and its
token alone says who it is.
"""

from collections.abc import Sequence
from hashlib import sha256
from os import urandom
from uuid import UUID, uuid5

import msgspec

from vigie.desk.exchange import PUSHED
from vigie.desk.exchange_answering import turned_away
from vigie.desk.exchange_effects import follow
from vigie.desk.exchange_node import Written, federation, own_name
from vigie.desk.exchange_receiving import NODE, thing_taken
from vigie.desk.exchange_taxii import Collection
from vigie.desk.needs import Node
from vigie.exchange import (
    FORMS,
    SALT_BYTES,
    ExchangeRefused,
    Header,
    Kind,
    Pushed,
    Why,
    extension_id,
    pushed_things,
    read_body,
    read_header,
    read_objects,
    refuse,
    unmarked,
    write_entry,
    write_marking,
)
from vigie.terms import AuditEntry, Fact, Moment, Purpose

MAINS = frozenset(extension_id(form) for form in FORMS)


class Status(msgspec.Struct, frozen=True):
    """What became of a push. good: Things that were taken. bad: Things that were not, each with the reason."""

    id: str
    made: Moment
    good: tuple[str, ...]
    bad: tuple[tuple[str, str], ...]


_statuses = msgspec.json.Decoder(Status)


def push(partner: str, collection: Collection, raw: bytes, node: Node) -> Status:
    """Take in what a client pushed: each thing under its marking, or refused with its reason; all in one transaction.

    Raises:
        ExchangeRefused: Not STIX 2.1, or nothing is pushed to this collection.
    """
    if not collection.inward:
        refuse(Why.NO_AGREEMENT, node=partner)
    things = pushed_things(read_objects(raw), MAINS)
    good: list[str] = []
    bad: list[tuple[str, str]] = []
    status = str(UUID(bytes=urandom(16), version=4))
    with node.store.transaction():
        written = Written(node)
        place = node.store.exchange.upto(PUSHED + partner) + 1
        for thing in things:
            try:
                if _take(partner, collection, thing, place, written, node):
                    place += 1
                good.append(thing.id)
            except ExchangeRefused as refusal:
                bad.append((thing.id, str(refusal.facts["reason"])))
                turned_away(partner, refusal, node)
        written.close()
        follow(written.spoken, node)
        told = Status(status, node.now(), tuple(good), tuple(bad))
        node.store.collections.keep_status(status, partner, told.made, msgspec.json.encode(told).decode())
        facts: dict[str, Fact] = {"step": "pushed", "new": len(good), "refused": len(bad)}
        node.store.trail.keep(
            AuditEntry(NODE, Purpose.OVERSIGHT, "receive-exchange", f"exchange {partner}", "done", node.now(), facts)
        )
    return told


def _take(partner: str, collection: Collection, thing: Pushed, place: int, written: Written, node: Node) -> bool:
    """Take one thing; whether it is new.

    Raises:
        ExchangeRefused: It breaks a rule.
    """
    marking, me = thing.marking, own_name(node)
    if marking is None:
        refuse(Why.BAD_MARKING, field="object_marking_refs")
    if marking.purpose is not collection.purpose:
        refuse(Why.PURPOSE, purpose=marking.purpose.value, agreement=collection.agreement.id)
    id = thing.id if not thing.id.startswith("container--") else _beside(thing)
    version = _version(id, thing.objects, written, node)
    if version is None:
        return False  # pushed before, word for word as late
    header = Header(1, PUSHED + partner, place, Kind.PUT if version == 1 else Kind.REVISE, id, version, (me,), "",
                    marking.retain_until, "0" * 64, "0" * 16)  # fmt: skip
    content = msgspec.json.encode(unmarked(thing.objects))
    entry = write_entry(header, write_marking(marking), content, urandom(SALT_BYTES))
    head, told = read_header(entry.header), federation(node)
    body = read_body(entry, head)
    assert body is not None  # written a line above
    thing_taken(head, entry, body, told, written, node, sender=partner)
    return True


def _beside(thing: Pushed) -> str:
    """A name for what is told of a container, whose own name others have, too: from what was told."""
    told = msgspec.json.encode(thing.objects, order="sorted")
    return f"container--{uuid5(UUID(thing.id.partition('--')[2]), sha256(told).hexdigest())}"


def _version(id: str, objects: Sequence[dict[str, object]], written: Written, node: Node) -> int | None:
    """Which version of a thing this is; None where it is no later than what is here."""
    standing = written.kept.standing(id)
    if standing is None:
        return 1
    written.kept.write()
    modified = str(objects[0].get("modified", ""))
    for _, entry in reversed(node.store.exchange.of(id)):
        if entry.body is not None and modified.encode() in entry.body:
            return None
    return standing.version + 1 if modified else None


def status(partner: str, id: str, node: Node) -> Status | None:
    """What became of a push of this partner; None where there was none."""
    found = node.store.collections.status(id, partner)
    return None if found is None else _statuses.decode(found)
