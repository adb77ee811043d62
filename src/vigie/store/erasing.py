"""Keys that have to go: named in the transaction that says why, destroyed once that is on the disk.

A key that is destroyed cannot be brought back, and a transaction can still fail. So what is taken back is written
first, with the units it erases; whoever is killed before their keys are gone finds them named at the next start.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress

from vigie.store.blobs import Blobs
from vigie.store.db import Db, remove
from vigie.store.vault import Vault
from vigie.terms import StoreFault


class Erasing:
    """Units whose keys have to go.

    Args:
        transaction: The store's: all or nothing, an inner one joins the outer. afterwards: Does something once this
        thread's transaction is on the disk.
    """

    def __init__(
        self, db: Db, vault: Vault, blobs: Blobs, transaction: Callable[[], AbstractContextManager[object]],
        afterwards: Callable[[Callable[[], None]], None],
    ) -> None:  # fmt: skip
        self._db, self._vault, self._blobs = db, vault, blobs
        self.transaction, self._afterwards = transaction, afterwards

    def mark(self, units: Iterable[int]) -> None:
        """Let the keys of units go once the transaction at hand is on the disk; call it inside of one."""
        self._db.fill("erasing", ("unit",), [(unit,) for unit in units])
        self._afterwards(self._at_once)

    def _at_once(self) -> None:
        with suppress(StoreFault, OSError):  # a disk that is full now: the next tick or start does it
            self.finish()

    def finish(self) -> int:
        """Destroy the keys that are named, and the blobs sealed with them; gives how many. Again does nothing.

        Raises:
            StoreFault: The key file cannot be written; the units stay named.
        """
        units = [int(row[0]) for row in self._db.rows("SELECT unit FROM erasing ORDER BY unit")]
        if units:
            self._vault.destroy(units)
            self._blobs.remove(units)
            remove(self._db, "DELETE FROM erasing WHERE unit IN ({})", units)
        return len(units)
