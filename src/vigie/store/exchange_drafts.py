"""What waits for a second officer before it leaves: sealed, and gone for ever once it left or was dropped."""

import msgspec

from vigie.store.db import Db
from vigie.store.vault import Vault
from vigie.terms import Moment


class Draft(msgspec.Struct, frozen=True):
    """Something that is to leave. officer, made: Who wrote it and when. body: What and with which marking."""

    id: str
    officer: str
    made: Moment
    body: bytes


class Drafts:
    """Drafts, each under an erasure unit of its own."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    def add(self, id: str, officer: str, made: Moment, body: bytes) -> None:
        """Keep a draft."""
        with self._db.transaction():
            unit = self._vault.units(1)[0]
            row = (id, officer, made, unit, self._vault.seal(unit, body, b"draft:" + id.encode()))
            self._db.load("exchange_draft", ("id", "officer", "made", "unit", "body"), [row])

    def all(self) -> list[Draft]:
        """All drafts, the oldest first."""
        rows = self._db.rows("SELECT id, officer, made, unit, body FROM exchange_draft ORDER BY made, id")
        opened = ((row, self._vault.unseal(row[3], bytes(row[4]), b"draft:" + row[0].encode())) for row in rows)
        return [Draft(row[0], row[1], row[2], body) for row, body in opened if body is not None]

    def get(self, id: str) -> Draft | None:
        """One draft."""
        return next((one for one in self.all() if one.id == id), None)

    def drop(self, id: str) -> bool:
        """Destroy a draft; whether it was there."""
        with self._db.transaction():
            found = self._db.one("SELECT unit FROM exchange_draft WHERE id = ?", (id,))
            if found is None:
                return False
            self._vault.destroy([int(found[0])])
            return self._db.run("DELETE FROM exchange_draft WHERE id = ?", (id,)) > 0
