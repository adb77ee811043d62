"""What is taken of a batch, written together at its end: one statement for many entries instead of several for each."""

from collections.abc import Iterable, Sequence

from vigie.desk.needs import Node
from vigie.exchange import Entry, Header, Standing


class Kept:
    """Entries of partners and how things stand, until they are written. Use it inside one transaction.

    Args:
        node: In whose store.
    """

    def __init__(self, node: Node) -> None:
        self._node = node
        self._known: dict[str, Standing | None] = {}
        self._changed: dict[str, Standing] = {}
        self._entries: list[tuple[Header, Entry]] = []
        self._terms: list[Sequence[str]] = []

    def expect(self, ids: Iterable[str]) -> None:
        """Read at once how these things stand."""
        asked = set(ids) - self._known.keys()
        self._known |= dict.fromkeys(asked) | self._node.store.standings.several(sorted(asked))

    def standing(self, id: str) -> Standing | None:
        """How a thing stands, as it will be written; None for one never heard of."""
        if id not in self._known:
            self.expect((id,))
        return self._known[id]

    def stand(self, told: Standing) -> None:
        """Keep how a thing stands."""
        self._known[told.id] = self._changed[told.id] = told

    def keep(self, header: Header, entry: Entry, terms: Iterable[str] = ()) -> None:
        """Keep an entry, to be found by what it speaks of."""
        self._entries.append((header, entry))
        self._terms.append(tuple(terms))

    def write(self) -> None:
        """Write what waits; who reads the log in the middle of a batch calls it first."""
        if self._entries:
            entries, terms = self._entries, self._terms
            self._entries, self._terms = [], []
            self._node.store.exchange.keep(entries, self._node.now(), terms)
        if self._changed:
            changed, self._changed = self._changed, {}
            self._node.store.standings.put_all(list(changed.values()))
