"""Tables of seizures that were handed in: how they were taken, and which rows wait for an answer."""

import msgspec

from vigie.store.db import Db
from vigie.store.vault import Vault
from vigie.terms import Doubt, Moment


class SeizureImport(msgspec.Struct, frozen=True):
    """One table.

    Attributes:
        hlc: Its log entry, whose body holds the bytes. officer, at: Who handed it in, when. name: Of the file.
        size: Bytes.
        taken, known, asked, refused, flagged: Rows recorded; recorded before; waiting for an answer; refused; recorded
            with a doubt.
        doubts: Every doubt, with its row and column; empty once erased.
    """

    hlc: Moment
    officer: str
    at: Moment
    name: str
    size: int
    taken: int
    known: int
    asked: int
    refused: int
    flagged: int
    doubts: tuple[Doubt, ...] = ()


_COLUMNS = "hlc, unit, officer, moment, name, size, taken, known, asked, refused, flagged, body"
_doubts = msgspec.json.Decoder(tuple[Doubt, ...])


class SeizureImports:
    """The tables that were handed in."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    def keep(
        self, hlc: Moment, unit: int, officer: str, at: Moment, name: str, size: int,
        counts: tuple[int, int, int, int, int], doubts: tuple[Doubt, ...],
    ) -> None:
        """Keep how a table was taken; its doubts may quote it, so they are sealed.

        Args:
            counts: Rows taken, known, asked, refused, flagged.
        """
        body = self._vault.seal(unit, msgspec.json.encode(doubts), b"seizure-import:%d" % hlc)
        self._db.run(
            f"INSERT INTO seizure_import ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (hlc, unit, officer, at, name, size, *counts, body),
        )  # fmt: skip

    def page(self, limit: int = 50) -> list[SeizureImport]:
        """The latest tables, without their doubts."""
        sql = f"SELECT {_COLUMNS} FROM seizure_import ORDER BY hlc DESC LIMIT ?"
        return [SeizureImport(row[0], *row[2:-1]) for row in self._db.rows(sql, (limit,))]

    def get(self, which: int) -> SeizureImport | None:
        """One table with its doubts."""
        found = self._db.one(f"SELECT {_COLUMNS} FROM seizure_import WHERE hlc = ?", (which,))
        if found is None:
            return None
        body = self._vault.unseal(found[1], found[-1], b"seizure-import:%d" % found[0])
        told = SeizureImport(found[0], *found[2:-1])
        return told if body is None else msgspec.structs.replace(told, doubts=_doubts.decode(body))

    def answer(self, which: int, line: int, answer: str, officer: str, at: Moment) -> None:
        """Keep what an officer answered to the question of a row; the last answer stands."""
        self._db.run("DELETE FROM seizure_answer WHERE handed_in = ? AND line = ?", (which, line))
        self._db.run("INSERT INTO seizure_answer (handed_in, line, answer, officer, moment) VALUES (?, ?, ?, ?, ?)",
                     (which, line, answer, officer, at))  # fmt: skip

    def answers(self, which: int) -> dict[int, str]:
        """Row to answer."""
        return dict(self._db.rows("SELECT line, answer FROM seizure_answer WHERE handed_in = ?", (which,)))
