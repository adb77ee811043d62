"""Erasure: the key goes first and for ever, then the bodies, then what was derived from them; the chains stay whole."""

from collections.abc import Iterable, Sequence

import msgspec

from vigie.store.db import Db, among, remove
from vigie.store.vault import Vault


class Erased(msgspec.Struct, frozen=True):
    """What an erasure did. units: How many keys were destroyed. rows: Rows removed or emptied."""

    units: int
    rows: int


def erase(db: Db, vault: Vault, units: Iterable[int]) -> Erased:
    """Erase units.

    The key is destroyed before the rows are touched: after a crash between the two nothing can be read, and erasing
    again removes the rows. A copy of the database from before cannot be opened either; a copy of the key file can
    undo an erasure, which is why it is never copied with the database.
    """
    gone = tuple(sorted(set(units)))
    vault.destroy(gone)
    with db.transaction():
        rows = _bodies(db, gone) + _visits(db, gone) + _parties(db, gone) + _people(db, gone)
    return Erased(len(gone), rows)


def _bodies(db: Db, units: Sequence[int]) -> int:
    """Raw records, log bodies (the digest stays for the chain), notes, watch lists, doubts (their places may quote)."""
    return sum(remove(db, sql, units) for sql in (
        "UPDATE inbox SET body = NULL WHERE body IS NOT NULL AND id IN ({})",
        "DELETE FROM inbox_waiting WHERE id IN ({})",
        "UPDATE log SET body = NULL WHERE body IS NOT NULL AND unit IN ({})",
        "UPDATE act SET body = NULL WHERE body IS NOT NULL AND unit IN ({})",
        "DELETE FROM doubt WHERE unit IN ({})",
        "DELETE FROM release_right WHERE unit IN ({})",
        "DELETE FROM release_attempt WHERE unit IN ({})",
        "UPDATE seizure_report SET body = NULL WHERE body IS NOT NULL AND unit IN ({})",
        "UPDATE seizure_import SET body = NULL WHERE body IS NOT NULL AND unit IN ({})",
        "UPDATE reading SET body = NULL WHERE body IS NOT NULL AND unit IN ({})",
        "UPDATE priority_step SET body = NULL WHERE body IS NOT NULL AND unit IN ({})",
        "DELETE FROM scan_report WHERE unit IN ({})",
        "DELETE FROM machine_reading WHERE unit IN ({})",
        "DELETE FROM scan WHERE unit IN ({})",
        "DELETE FROM package WHERE unit IN ({})",
        "DELETE FROM watch_entry WHERE list IN (SELECT id FROM watchlist WHERE unit IN ({}))",
        "DELETE FROM watchlist WHERE unit IN ({})",
    ))  # fmt: skip


def _visits(db: Db, units: Sequence[int]) -> int:
    """The list row, the body, the assessments, and all that finds the visit."""
    numbers = [row[0] for row in among(db, "SELECT id FROM visit WHERE unit IN ({})", units)]
    known = among(db, "SELECT id, reasons FROM visit WHERE id IN ({})", numbers)
    fired = sorted({(code, number) for number, reasons in known for code in reasons.split()})
    db.many("DELETE FROM fired_on WHERE indicator = ? AND visit = ?", fired)
    return len(fired) + sum(remove(db, sql, numbers) for sql in (
        "DELETE FROM lookup WHERE visit IN ({})",
        "DELETE FROM visit_party WHERE visit IN ({})",
        "DELETE FROM assessment WHERE visit IN ({})",
        "DELETE FROM visit_body WHERE id IN ({})",
        "DELETE FROM visit WHERE id IN ({})",
    ))  # fmt: skip


def _parties(db: Db, units: Sequence[int]) -> int:
    """The sealed name, the hashes of its words, and where it took part."""
    keys = [row[0] for row in among(db, "SELECT key FROM party WHERE unit IN ({})", units)]
    return sum(remove(db, sql, keys) for sql in (
        "DELETE FROM party_term WHERE party IN ({})",
        "DELETE FROM visit_party WHERE party IN ({})",
        "DELETE FROM party WHERE key IN ({})",
    ))  # fmt: skip


def _people(db: Db, units: Sequence[int]) -> int:
    """The sealed name of a person in access logs, and every line of that person."""
    return sum(remove(db, sql, units) for sql in (
        "DELETE FROM access_event WHERE unit IN ({})",
        "DELETE FROM access_user WHERE unit IN ({})",
    ))  # fmt: skip
