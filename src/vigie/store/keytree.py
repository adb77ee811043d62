"""A tree of keys from which single keys can be taken out for ever: what erasure destroys.

A seed at the root gives two seeds below it, and so on, down to one leaf per erasure unit. Who holds the root can make
every key; who holds only seeds beside a path can make every key but the one at its end. Taking a unit out replaces
the seed that covers it by the seeds beside the path to it. Nothing that is left can make the way up again.

Source: Goldreich, Goldwasser, Micali, "How to construct random functions", 1986; as a puncturable function in
Boneh, Waters, "Constrained pseudorandom functions and their applications", 2013.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

DEPTH = 48  # 281 million million units: 10 million a year fill it in 28 million years
SEED_BYTES = 32
_LABELS = (b"vigie-left", b"vigie-right")
_UNIT = b"vigie-unit"
_HALTS = (40, 24)  # seeds at these depths are remembered: a jump costs 8 steps among known blocks of 256, else 24
_REMEMBERED = 4096

Node = tuple[int, int]
"""(depth, place): the node at this depth whose path from the root, read as a binary number, is place."""


def _below(seed: bytes, right: int) -> bytes:
    return blake2b(key=seed, person=_LABELS[right], digest_size=SEED_BYTES).digest()


class KeyTree:
    """The keys that are left.

    Args:
        cover: Seeds by node; no node lies above another.
    """

    def __init__(self, cover: dict[Node, bytes]) -> None:
        self.cover = dict(cover)
        self._forget()

    def _forget(self) -> None:
        self._path: list[bytes] = []  # seeds from the covering node down to the unit asked last
        self._top: int = 0
        self._last = -1
        self._halts: dict[Node, list[bytes]] = {}

    def _covering(self, unit: int) -> Node | None:
        for depth in range(DEPTH + 1):
            node = (depth, unit >> (DEPTH - depth))
            if node in self.cover:
                return node
        return None

    def key(self, unit: int) -> bytes | None:
        """The key of a unit (32 bytes); None once it was taken out. The next unit costs two steps on average."""
        if not 0 <= unit < 1 << DEPTH:
            raise ValueError(f"no such unit: {unit}")
        if unit != self._last and not self._walk(unit):
            return None
        return blake2b(key=self._path[-1], person=_UNIT, digest_size=SEED_BYTES).digest()

    def _walk(self, unit: int) -> bool:
        """Put the path to a unit in place, keeping what it shares with the path before or a remembered one."""
        shared = DEPTH - (unit ^ self._last).bit_length() if self._last >= 0 else -1
        if shared < self._top or shared < _HALTS[-1] or not self._path:
            found = self._halted(unit)
            if found is None:
                return False
            self._path, shared = found
            self._top = shared + 1 - len(self._path)
        del self._path[shared - self._top + 1 :]
        seed, path = self._path[-1], self._path
        for depth in range(shared + 1, DEPTH + 1):
            seed = _below(seed, unit >> (DEPTH - depth) & 1)
            path.append(seed)
            if depth in _HALTS:
                self._remember((depth, unit >> (DEPTH - depth)))
        self._last = unit
        return True

    def _halted(self, unit: int) -> tuple[list[bytes], int] | None:
        """The deepest remembered path towards a unit, and its depth."""
        for depth in _HALTS:
            halt = self._halts.get((depth, unit >> (DEPTH - depth)))
            if halt is not None:
                return list(halt), depth
        node = self._covering(unit)
        return None if node is None else ([self.cover[node]], node[0])

    def _remember(self, node: Node) -> None:
        if len(self._halts) >= _REMEMBERED:
            self._halts.clear()
        self._halts[node] = list(self._path)

    def without(self, units: Iterable[int]) -> "KeyTree":
        """The tree with some units taken out; neighbours taken out together leave fewer seeds."""
        cover = dict(self.cover)
        for unit in sorted(set(units)):
            path = ((depth, unit >> (DEPTH - depth)) for depth in range(DEPTH, -1, -1))
            node = next((node for node in path if node in cover), None)
            if node is not None:
                cover.update(_beside(node, cover.pop(node), unit))
        return KeyTree(cover)


def _beside(node: Node, seed: bytes, unit: int) -> Iterator[tuple[Node, bytes]]:
    """The seeds beside the path from a node down to a unit."""
    for depth in range(node[0] + 1, DEPTH + 1):
        turn = unit >> (DEPTH - depth) & 1
        yield (depth, unit >> (DEPTH - depth) ^ 1), _below(seed, turn ^ 1)
        seed = _below(seed, turn)


def new_tree(root: bytes) -> KeyTree:
    """A tree from which nothing was taken out. root: 32 random bytes."""
    return KeyTree({(0, 0): root})
