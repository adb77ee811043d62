"""Proofs of a dossier: that its entries of trail and log stand in the node's chains, checked without the node."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec

from vigie.exchange import Growing, Tree, leaf_hash, verify_inclusion
from vigie.registry import DossierFault, Head

START = bytes(32)
"""What stands before the first link. Source: `vigie.store.chain`; a test holds both equal."""


class Proof(msgspec.Struct, frozen=True):
    """That a part is an entry of a chain.

    Attributes:
        path: The part. chain: `trail` or `log`. index: Place in the chain, from 0. before, link: Links, hexadecimal.
        path_hashes: Hashes from the leaf to the root (RFC 6962), hexadecimal.
    """

    path: str
    chain: str
    index: int
    before: str
    link: str
    path_hashes: tuple[str, ...]


class Chained:
    """One chain of the node with the tree over its links.

    Args:
        name: `trail` or `log`. links: Place (number or moment) and link of every entry, in order.
    """

    def __init__(self, name: str, links: Iterable[tuple[int, bytes]]) -> None:
        self.name = name
        self._links: list[bytes] = []
        self._index: dict[int, int] = {}
        growing = Growing()
        for index, (place, link) in enumerate(links):
            self._links.append(link)
            self._index[place] = index
            growing.extend((leaf_hash(link),))
        tiles = {(level, at): told for level, at, told in growing.take()}
        self._root = growing.root()
        self._tree = Tree(lambda level, at: tiles[level, at], len(self._links))

    def head(self) -> Head:
        """The chain as it stands."""
        last = self._links[-1] if self._links else START
        return Head(self.name, len(self._links), self._root.hex(), last.hex())

    def proof(self, path: str, place: int) -> Proof:
        """Prove that a part is the entry at a place."""
        index = self._index[place]
        before = self._links[index - 1] if index else START
        hashes = tuple(one.hex() for one in self._tree.inclusion(index))
        return Proof(path, self.name, index, before.hex(), self._links[index].hex(), hashes)


def covered_bytes(chain: str, body: bytes) -> bytes:
    """What a link covers of a part: of the trail its very bytes, of the log what its columns say.

    Raises:
        ValueError: The part does not say it.
    """
    if chain == "trail":
        return body
    told = msgspec.json.decode(body, type=LogPart)
    return msgspec.msgpack.encode(
        (told.hlc, told.kind, told.subject, told.unit, told.source, bytes.fromhex(told.digest))
    )


class LogPart(msgspec.Struct, frozen=True):
    """An entry of the log in a dossier. original: Part that holds the message it was read from; empty for none."""

    hlc: int
    kind: str
    subject: str
    unit: int
    source: str
    digest: str
    original: str = ""


def proof_faults(
    proofs: Iterable[Proof], heads: Mapping[str, Head], members: Mapping[str, bytes]
) -> list[DossierFault]:
    """Check proofs against the heads on the sealed list, and parts against their proofs."""
    faults = []
    for one in proofs:
        head = heads.get(one.chain)
        try:
            link, before = bytes.fromhex(one.link), bytes.fromhex(one.before)
            hashes = [bytes.fromhex(told) for told in one.path_hashes]
            held = head is not None and verify_inclusion(
                one.index, 0, head.size, leaf_hash(link), hashes, bytes.fromhex(head.root)
            )
            body = members.get(one.path)
            fits = body is None or sha256(before + covered_bytes(one.chain, body)).digest() == link
        except (ValueError, msgspec.MsgspecError):
            held = fits = False
        if not held:
            faults.append(DossierFault(one.path, "not-in-the-chain"))
        if not fits:
            faults.append(DossierFault(one.path, "not-the-chained-entry"))
    return faults


def original_faults(members: Mapping[str, bytes], entries: Iterable[tuple[str, LogPart]]) -> list[DossierFault]:
    """Check that each message in the dossier is the one that the log names by its content hash."""
    faults = []
    for path, one in entries:
        body = members.get(one.original) if one.original else None
        if body is not None and sha256(body).hexdigest() != one.source.removeprefix("backload:"):
            faults.append(DossierFault(path, "not-the-logged-message"))
    return faults
