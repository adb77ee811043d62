"""The tree of hashes over the exchange log: appending, heads, and proofs that a reader checks without the log.

Source: RFC 6962, section 2.1; verification as in RFC 9162, 2.1.3.2 and 2.1.4.2, with subtrees as in
draft-ietf-plants-merkle-tree-certs, section 4.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

HASH_BYTES = 32
HEIGHT = 4
"""Levels of the tree kept in one tile, so 16 hashes (512 bytes) of every fourth level are stored. A single append
writes one small row, and a proof at ten million entries reads six and makes about 70 hashes again. Tiles of 256 hashes
(height 8, as static-ct uses for files over HTTP) would write 8 KB for one entry."""

WIDTH = 1 << HEIGHT
_MASK = WIDTH - 1
EMPTY_ROOT = sha256(b"").digest()
"""The head of a log without entries."""

TileRead = Callable[[int, int], bytes]
"""Read the hashes of a tile: (tile level, tile index) to at most `WIDTH` hashes of 32 bytes, one after the other."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\0" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _fold(peaks: Sequence[bytes]) -> bytes:
    """One hash over whole subtrees of falling size."""
    if not peaks:
        return EMPTY_ROOT
    told = peaks[-1]
    for peak in reversed(peaks[:-1]):
        told = _node(peak, told)
    return told


def _whole(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The whole subtrees, largest first, that fill a range whose start is a multiple of its largest: (level, index)."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


class Growing:
    """The right edge of a tree: what appending needs, some 25 hashes and the tiles that are not full.

    Args:
        size: Leaves so far. peaks: Roots of the whole subtrees of that size, largest first.
        tiles: Tiles at the right edge, by tile level; full ones may be left out.
    """

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = (), tiles: Mapping[int, bytes] | None = None) -> None:
        self.size = size
        self._peaks = list(peaks)
        self._open = {level: bytearray(told) for level, told in (tiles or {}).items()}
        self._changed: dict[tuple[int, int], bytearray] = {}

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaf hashes."""
        size, peaks, place = self.size, self._peaks, self._place
        for leaf in leaves:
            place(0, size, leaf)
            level, told, rest = 0, leaf, size
            while rest & 1:
                told = sha256(b"\1" + peaks.pop() + told).digest()
                level += 1
                rest >>= 1
                if not level % HEIGHT:
                    place(level // HEIGHT, rest, told)
            peaks.append(told)
            size += 1
        self.size = size

    def _place(self, level: int, index: int, told: bytes) -> None:
        if not index & _MASK:
            self._open[level] = self._changed[level, index >> HEIGHT] = bytearray(told)
            return
        tile = self._open[level]
        tile += told
        self._changed[level, index >> HEIGHT] = tile

    def root(self) -> bytes:
        """The head of the tree as it is now."""
        return _fold(self._peaks)

    def take(self) -> list[tuple[int, int, bytes]]:
        """The tiles that changed since the last time, to be stored: (tile level, tile index, hashes)."""
        found = [(level, index, bytes(tile)) for (level, index), tile in self._changed.items()]
        self._changed.clear()
        return found


class Tree:
    """A tree read back from its tiles; what was read is kept for as long as this object is.

    Args:
        read: Reads one tile. size: Leaves of the tree proofs are about.
    """

    def __init__(self, read: TileRead, size: int) -> None:
        self._read, self.size = read, size
        self._tiles: dict[tuple[int, int], bytes] = {}

    def _tile(self, level: int, index: int) -> bytes:
        found = self._tiles.get((level, index))
        if found is None:
            found = self._tiles[level, index] = self._read(level, index)
        return found

    def _at(self, level: int, index: int) -> bytes:
        """The root of the whole subtree of 2**level leaves with this number."""
        rest = level % HEIGHT
        first = index << rest
        tile = self._tile(level // HEIGHT, first >> HEIGHT)
        start = (first & _MASK) * HASH_BYTES
        part = tile[start : start + (HASH_BYTES << rest)]
        if len(part) != HASH_BYTES << rest:
            raise LookupError(f"the tree has no subtree {index} at level {level}")
        while len(part) > HASH_BYTES:
            part = b"".join(
                sha256(b"\1" + part[at : at + 2 * HASH_BYTES]).digest() for at in range(0, len(part), 2 * HASH_BYTES)
            )
        return part

    def head(self, start: int = 0, end: int | None = None) -> bytes:
        """The head over leaves from start to end (exclusive; None: all)."""
        return _fold([self._at(*one) for one in _whole(start, self.size if end is None else end)])

    def growing(self) -> Growing:
        """Go on appending where the tree ends."""
        peaks = [self._at(*one) for one in _whole(0, self.size)]
        tiles: dict[int, bytes] = {}
        level, count = 0, self.size
        while count:
            if count & _MASK:
                tiles[level] = self._tile(level, count >> HEIGHT)[: (count & _MASK) * HASH_BYTES]
            count >>= HEIGHT
            level += 1
        return Growing(self.size, peaks, tiles)

    def inclusion(self, index: int, start: int = 0, end: int | None = None) -> list[bytes]:
        """Prove that a leaf is in the tree, or in the subtree of leaves start to end."""
        end = self.size if end is None else end
        proof: list[bytes] = []
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                proof.append(self.head(middle, end))
                end = middle
            else:
                proof.append(self.head(start, middle))
                start = middle
        return proof[::-1]

    def consistency(self, before: int, start: int = 0) -> list[bytes]:
        """Prove that this tree grew from its first `before` leaves, or has the part from start to before."""
        return list(self._grown(start, before, 0, self.size, True)) if start < before else []

    def _grown(self, start: int, end: int, low: int, high: int, known: bool) -> Iterator[bytes]:
        """The proof's hashes for leaves start to end within the node over leaves low to high."""
        if (start, end) == (low, high):
            if not known:
                yield self.head(low, high)
            return
        middle = low + _split(high - low)
        if end <= middle:
            yield from self._grown(start, end, low, middle, known)
            yield self.head(middle, high)
        elif start >= middle:
            yield from self._grown(start, end, middle, high, known)
            yield self.head(low, middle)
        else:  # the subtree reaches over the middle: then it begins with this node
            yield from self._grown(middle, end, middle, high, False)
            yield self.head(low, middle)

    def several(self, indexes: Sequence[int]) -> list[bytes]:
        """Prove that several leaves (rising) are in the tree: the heads of all that lies beside them, left to right."""
        proof: list[bytes] = []
        self._beside(0, self.size, indexes, 0, len(indexes), proof)
        return proof

    def _beside(self, start: int, end: int, wanted: Sequence[int], low: int, high: int, proof: list[bytes]) -> None:
        if low == high:
            proof.append(self.head(start, end))
        elif end - start > 1:
            middle = start + _split(end - start)
            cut = bisect_left(wanted, middle, low, high)
            self._beside(start, middle, wanted, low, cut, proof)
            self._beside(middle, end, wanted, cut, high, proof)


def _split(count: int) -> int:
    """The largest power of two below a count."""
    return 1 << ((count - 1).bit_length() - 1)


def is_subtree(start: int, end: int) -> bool:
    """Whether leaves start to end can be one subtree: start is a multiple of its size, rounded up to a power of 2."""
    return 0 <= start < end and start % (1 << (end - start - 1).bit_length()) == 0


def _sized(*hashes: bytes) -> bool:
    return all(len(one) == HASH_BYTES for one in hashes)


def verify_inclusion(
    index: int, start: int, end: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:  # fmt: skip
    """Check that a leaf hash stands at an index of the tree (start 0) or subtree over leaves start to end.

    Leaf, root and every hash of the proof must be 32 bytes; anything else is refused, an empty root too.
    """
    if not (is_subtree(start, end) and start <= index < end and _sized(leaf, root, *proof)):
        return False
    place, last, told = index - start, end - start - 1, leaf
    for one in proof:
        if not last:
            return False
        if place & 1 or place == last:
            told = _node(one, told)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            told = _node(told, one)
        place, last = place >> 1, last >> 1
    return not last and told == root


def verify_consistency(before: int, size: int, old: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Check that a tree of `size` leaves with this root grew from a tree of `before` leaves with the old root.

    A proof from an empty tree says nothing and is refused.
    """
    return before > 0 and verify_part(0, before, size, old, proof, root)


def verify_part(start: int, end: int, size: int, before: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Check that leaves start to end of a tree of a size have the head `before`; the tree's own head is `root`.

    The part over no leaves has the head of an empty tree and needs no proof.
    """
    if start == end:
        return 0 <= start <= size and before == EMPTY_ROOT and not proof
    if (start, end) == (0, size):
        return size > 0 and before == root and not proof
    if not (is_subtree(start, end) and end <= size and _sized(before, root, *proof)):
        return False
    first, place, last = start, end - 1, size - 1
    while first != place and (place == last or place & 1):
        first, place, last = first >> 1, place >> 1, last >> 1
    rest = list(proof)
    if first == place:
        old = new = before
    elif rest:
        old = new = rest.pop(0)
    else:
        return False
    for one in rest:
        if not last:
            return False
        if place & 1 or place == last:
            old = _node(one, old) if first < place else old
            new = _node(one, new)
            while not place & 1 and place:
                first, place, last = first >> 1, place >> 1, last >> 1
        else:
            new = _node(new, one)
        first, place, last = first >> 1, place >> 1, last >> 1
    return not last and old == before and new == root


def verify_several(leaves: Mapping[int, bytes], size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Check that leaf hashes stand at their indexes of a tree of `size` leaves, with what `Tree.several` proved."""
    wanted = sorted(leaves)
    if not wanted or wanted[0] < 0 or wanted[-1] >= size or not _sized(root, *leaves.values(), *proof):
        return False
    rest = iter(proof)
    try:
        return _again(0, size, wanted, 0, len(wanted), leaves, rest) == root and next(rest, None) is None
    except StopIteration:
        return False


def _again(
    start: int, end: int, wanted: Sequence[int], low: int, high: int, leaves: Mapping[int, bytes], rest: Iterator[bytes]
) -> bytes:  # fmt: skip
    """The head over leaves start to end, of which those from place `low` to `high` of the wanted ones are known."""
    if low == high:
        return next(rest)
    if high - low == end - start:
        return _fold([_root(leaves, level, index) for level, index in _whole(start, end)])
    middle = start + _split(end - start)
    cut = bisect_left(wanted, middle, low, high)
    left = _again(start, middle, wanted, low, cut, leaves, rest)
    return _node(left, _again(middle, end, wanted, cut, high, leaves, rest))


def _root(leaves: Mapping[int, bytes], level: int, index: int) -> bytes:
    """The root of a whole subtree of which all leaves are known."""
    row = [leaves[place] for place in range(index << level, index + 1 << level)]
    while len(row) > 1:
        row = [sha256(b"\1" + row[at] + row[at + 1]).digest() for at in range(0, len(row), 2)]
    return row[0]
