"""Dossiers that are to leave the service: asked by one officer, decided by another."""

import msgspec

from vigie.store.db import Db, Row
from vigie.terms import Moment

_SELECT = (
    "SELECT id, judicial_case, recipient, clearance, purpose, officer, asked, reason, state, decided_by, decided,"
    " answer FROM dossier "
)


class DossierWish(msgspec.Struct, frozen=True):
    """A dossier that is to leave the service.

    Attributes:
        id: Number. case: Reference of the judicial file. recipient: Service that is to have it. clearance: Handling
            code up to which the recipient may know. purpose: What the recipient wants it for.
        officer, asked, reason: Who asked, when, why. state: `asked`, `allowed`, `refused`, `withdrawn`.
        decided_by, decided, answer: Who decided, when, and the words.
    """

    id: int
    case: str
    recipient: str
    clearance: int
    purpose: str
    officer: str
    asked: Moment
    reason: str
    state: str
    decided_by: str = ""
    decided: Moment | None = None
    answer: str = ""


class Dossiers:
    """The wishes, by number."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def ask(
        self, case: str, recipient: str, clearance: int, purpose: str, officer: str, at: Moment, reason: str
    ) -> int:
        """Keep a wish; gives its number."""
        sql = (
            "INSERT INTO dossier (judicial_case, recipient, clearance, purpose, officer, asked, reason, state,"
            " decided_by, answer) VALUES (?, ?, ?, ?, ?, ?, ?, 'asked', '', '') RETURNING id"
        )
        with self._db.transaction():
            found = self._db.one(sql, (case, recipient, clearance, purpose, officer, at, reason))
        return int(found[0]) if found else 0

    def decide(self, dossier: int, state: str, officer: str, at: Moment, answer: str) -> bool:
        """Decide a wish that waits; False where it does not wait any more."""
        sql = "UPDATE dossier SET state = ?, decided_by = ?, decided = ?, answer = ? WHERE id = ? AND state = ?"
        return self._db.run(sql, (state, officer, at, answer, dossier, "asked")) > 0

    def get(self, which: int) -> DossierWish | None:
        """One wish."""
        found = self._db.one(_SELECT + "WHERE id = ?", (which,))
        return None if found is None else _wish(found)

    def page(self, limit: int = 100) -> list[DossierWish]:
        """Wishes, newest first."""
        return [_wish(row) for row in self._db.rows(_SELECT + "ORDER BY id DESC LIMIT ?", (limit,))]


def _wish(row: Row) -> DossierWish:
    which, case, recipient, clearance, purpose, officer, asked, reason, state, decided_by, decided, answer = row
    return DossierWish(
        int(which), case, recipient, int(clearance), purpose, officer, Moment(asked), reason, state, decided_by,
        None if decided is None else Moment(decided), answer,
    )  # fmt: skip
