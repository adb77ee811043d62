"""The inbox: what is handed in waits here, acknowledged once committed, until the one sequencer has settled it."""

from collections.abc import Mapping, Sequence

import msgspec

from vigie.store.archived import Archived
from vigie.store.db import Db, Row, among, portions
from vigie.store.db import places as marks
from vigie.store.together import Together
from vigie.store.vault import Vault
from vigie.terms import Fact, InboxItem, Moment, Receipt

_COLUMNS = ("id", "kind", "digest", "received", "recorded", "backload", "source", "message", "body")
_SELECT = "SELECT i.id, kind, digest, received, recorded, backload, source, message, body FROM inbox i "
REFUSED = "refused"
"""What is kept of an act that came too late, in the place of the code of a fault."""

_SETTLED = "DELETE FROM inbox_waiting WHERE id IN ({})"
_RAW = b"inbox"


class Inbox:
    """What was handed in. The bytes are written once: the row stays, as the raw record, after it is settled."""

    def __init__(self, db: Db, vault: Vault, archived: Archived) -> None:
        self._db, self._vault, self._archived = db, vault, archived
        self._together = Together(db, self._added)

    def add(self, items: Sequence[InboxItem]) -> list[Receipt]:
        """Hand in items; what was handed in before (same digest) changes nothing.

        When this returns outside a transaction the items are on the disk: they are acknowledged.

        Returns:
            One receipt per item, in order.
        """
        return self._together(items)

    def _added(self, items: Sequence[InboxItem]) -> list[Receipt]:
        self._vault.queue()
        known = self._known([item.digest for item in items])
        fresh = {item.digest: item for item in items if item.digest not in known}
        units = self._vault.units(len(fresh)) if fresh else range(0)
        rows = [self._row(unit, item) for unit, item in zip(units, fresh.values(), strict=True)]
        self._db.load("inbox", _COLUMNS, rows)
        self._db.load("inbox_waiting", ("id",), [(unit,) for unit in units])
        given = dict(zip(fresh, units, strict=True))
        receipts = []
        for item in items:
            place = known.get(item.digest)
            receipts.append(Receipt(given[item.digest] if place is None else place, place is not None))
            known[item.digest] = receipts[-1].id  # twice in one call: the second is known
        return receipts

    def _row(self, unit: int, item: InboxItem) -> Row:
        body = self._vault.seal(unit, item.body, _RAW)
        return (unit, item.kind, bytes.fromhex(item.digest), item.received, item.recorded, int(item.backload),
                item.source, item.message, body)  # fmt: skip

    def _known(self, digests: Sequence[str]) -> dict[str, int]:
        raw = [bytes.fromhex(digest) for digest in digests]
        found = among(self._db, "SELECT digest, id FROM inbox WHERE digest IN ({})", raw)
        return {bytes(digest).hex(): place for digest, place in found}

    def known(self, digests: Sequence[str]) -> set[str]:
        """Those of some digests that were handed in before."""
        return set(self._known(digests))

    def _item(self, row: Row) -> InboxItem | None:
        unit, kind, digest, received, recorded, backload, source, message, sealed = row
        body = self._vault.unseal(unit, sealed, _RAW)
        if body is None:
            return None
        return InboxItem(kind, bytes(digest).hex(), body, Moment(received), source, message, recorded,
                         bool(backload), unit)  # fmt: skip

    def take(self, limit: int, held: Sequence[InboxItem] = ()) -> list[InboxItem]:
        """The oldest items that are not settled, in the order of their places; taking leaves them where they are.

        Args:
            held: Items taken a moment ago, which are not opened again if they still wait.
        """
        if not held:
            found = self._db.rows(_SELECT + "JOIN inbox_waiting w ON w.id = i.id ORDER BY w.id LIMIT ?", (limit,))
            return [item for row in found if (item := self._item(row)) is not None]
        opened: dict[int, InboxItem | None] = {item.id: item for item in held}
        waiting = self._db.rows("SELECT id FROM inbox_waiting ORDER BY id LIMIT ?", (limit,))
        fresh = [place for (place,) in waiting if place not in opened]
        opened |= {row[0]: self._item(row) for row in among(self._db, _SELECT + "WHERE i.id IN ({})", fresh)}
        return [item for (place,) in waiting if (item := opened.get(place)) is not None]

    def get(self, place: int) -> InboxItem | None:
        """One item; None where there is none or it was erased."""
        row = self._db.one(_SELECT + "WHERE i.id = ?", (place,))
        if row is not None and row[-1] is None:
            row = (*row[:-1], self._archived.bodies("inbox", [((place,), row[3])]).get((place,)))
        return None if row is None else self._item(row)

    def settle(self, places: Sequence[int]) -> None:
        """Say that items are done with; in the transaction that holds what was made of them."""
        with self._db.transaction():
            for portion in portions(places):  # in bulk and without an answer, so that it can go on beside
                self._db.many(_SETTLED.format(marks(len(portion))), [portion])

    def fault(self, place: int, code: str, facts: Mapping[str, Fact]) -> None:
        """Settle an item that could not be worked on, and keep why."""
        with self._db.transaction():
            self.settle([place])
            row = (place, code, msgspec.json.encode(facts).decode())
            self._db.run("INSERT INTO inbox_fault (id, code, facts) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", row)

    def refuse(self, place: int, facts: Mapping[str, Fact]) -> None:
        """Settle an act that came too late: somebody decided before. It is no fault, and never tried again."""
        self.fault(place, REFUSED, facts)

    def faults(self, limit: int = 100) -> list[tuple[int, str, dict[str, Fact]]]:
        """The latest faults: place, code, facts."""
        sql = "SELECT id, code, facts FROM inbox_fault WHERE code <> ? ORDER BY id DESC LIMIT ?"
        found = self._db.rows(sql, (REFUSED, limit))
        return [(place, code, msgspec.json.decode(facts)) for place, code, facts in found]

    def again(self) -> int:
        """Let everything that was set aside wait once more; gives how many items that is."""
        with self._db.transaction():
            self._db.run("INSERT INTO inbox_waiting (id) SELECT id FROM inbox_fault WHERE code <> ?", (REFUSED,))
            return self._db.run("DELETE FROM inbox_fault WHERE code <> ?", (REFUSED,))

    def waiting(self) -> int:
        """How many items are not settled."""
        found = self._db.one("SELECT count(*) FROM inbox_waiting")
        return int(found[0]) if found else 0

    def waits(self, places: Sequence[int]) -> bool:
        """Whether one of some items is not settled."""
        return bool(among(self._db, "SELECT id FROM inbox_waiting WHERE id IN ({})", places))

    def oldest(self) -> Moment | None:
        """When the first of the items that wait was received; None where none waits."""
        sql = "SELECT received FROM inbox i JOIN inbox_waiting w ON w.id = i.id ORDER BY w.id LIMIT 1"
        found = self._db.one(sql)
        return None if found is None else Moment(found[0])

    def state(self, places: Sequence[int]) -> dict[int, str]:
        """What became of items: `waiting`, `done`, `refused`, or `fault:` and its code; unknown places are left out."""
        known = among(self._db, "SELECT id FROM inbox WHERE id IN ({})", places)
        waiting = among(self._db, "SELECT id FROM inbox_waiting WHERE id IN ({})", places)
        told = dict.fromkeys((row[0] for row in known), "done") | {row[0]: "waiting" for row in waiting}
        found = among(self._db, "SELECT id, code FROM inbox_fault WHERE id IN ({})", places)
        return told | {place: code if code == REFUSED else f"fault:{code}" for place, code in found}
