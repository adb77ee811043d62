"""Values for the tests of the exchange; name only what a test is about."""

from hashlib import sha256
from typing import Any

from vigie.exchange import agreements, batch, envelope, heads, markings, signing, tree
from vigie.terms import DAY, Handling, Moment, Purpose

NOW = Moment(1_800_000_000_000_000)
BE, NL, BR = "be-customs", "nl-customs", "br-gateway"
SIGNERS = {name: signing.Signer(sha256(name.encode()).digest()) for name in (BE, NL, BR)}


def an_id(number: int = 1, kind: str = "attack-pattern") -> str:
    return f"{kind}--00000000-0000-4000-8000-{number:012x}"


def a_marking(**said: Any) -> markings.Marking:
    told: dict[str, Any] = {
        "tlp": Handling.AMBER,
        "handling": markings.HandlingCode.H0,
        "source": markings.Source.A,
        "information": 1,
        "originator": BE,
        "nodes": (NL,),
        "desks": (markings.Desk.TARGETING,),
        "purpose": Purpose.TARGETING,
        "case": "BE-2026-17",
        "legal_basis": "Regulation (EC) 515/97, art. 4",
        "subjects": markings.Subjects.NONE,
        "retain_until": Moment(NOW + 30 * DAY),
    }
    return markings.Marking(**(told | said))


def an_agreement(sender: str = BE, receiver: str = NL, **said: Any) -> agreements.Agreement:
    told: dict[str, Any] = {
        "id": f"{sender}-{receiver}",
        "sender": sender,
        "receiver": receiver,
        "purposes": (Purpose.TARGETING, Purpose.INVESTIGATION),
        "tlp": Handling.AMBER_STRICT,
        "handling": tuple(markings.HandlingCode),
        "subjects": tuple(markings.Subjects),
        "starts": Moment(NOW - DAY),
        "ends": Moment(NOW + 365 * DAY),
    }
    return agreements.Agreement(**(told | said))


def a_header(seq: int = 0, **said: Any) -> envelope.Header:
    told: dict[str, Any] = {
        "v": 1,
        "origin": BE,
        "seq": seq,
        "kind": envelope.Kind.PUT,
        "id": an_id(seq + 1),
        "version": 1,
        "audience": (NL,),
        "marking": "0" * 32,
        "retain_until": Moment(NOW + 30 * DAY),
        "prev_root": tree.EMPTY_ROOT.hex(),
        "key": SIGNERS[said.get("origin", BE)].key,
    }
    return envelope.Header(**(told | said))


def an_entry(seq: int = 0, content: bytes = b'{"type":"note"}', marking: markings.Marking | None = None, **said: Any):
    marking = marking or a_marking()
    header = a_header(seq, **({"retain_until": marking.retain_until, "audience": marking.nodes} | said))
    return envelope.write_entry(header, markings.write_marking(marking), content, sha256(b"salt%d" % seq).digest()[:16])


class Log:
    """A log in memory."""

    def __init__(self, origin: str = BE) -> None:
        self.origin, self.entries, self.tiles, self.growing = origin, [], {}, tree.Growing()

    def add(self, *entries: envelope.Entry) -> "Log":
        self.entries += entries
        self.growing.extend(map(envelope.leaf_of, entries))
        self.tiles |= {(level, index): told for level, index, told in self.growing.take()}
        return self

    def tree(self, size: int | None = None) -> tree.Tree:
        return tree.Tree(lambda level, index: self.tiles[level, index], len(self.entries) if size is None else size)

    def head(self, size: int | None = None, at: Moment = NOW) -> heads.SignedHead:
        told = self.tree(size)
        return heads.sign_head(self.origin, told.size, told.head(), at, SIGNERS[self.origin])

    def batch(self, places: list[int], since: int = 0, size: int | None = None) -> batch.Batch:
        chosen = [(place, self.entries[place]) for place in places]
        return batch.make_batch(self.head(size), chosen, self.tree(size), [since])


def keys_of(name: str) -> dict[str, bytes]:
    return {SIGNERS[name].key: SIGNERS[name].public}
