"""Readings of scans, only ever added; who reads which scan now; answers of officers who train."""

from collections.abc import Sequence

import msgspec

from vigie.scanning import Awaits, Reading, standing
from vigie.store.db import Db, among
from vigie.store.vault import Vault
from vigie.terms import BadRequest, Moment, OfficerId

_ALL = "SELECT hlc, scan, unit, body FROM reading "


class ReadingClaim(msgspec.Struct, frozen=True):
    """Who reads a scan now. until: When the claim lapses. began: When the reader first saw the picture."""

    scan: str
    officer: OfficerId
    until: Moment
    began: Moment


class TrainingAnswer(msgspec.Struct, frozen=True):
    """An answer in training. body: What was said, as JSON. looked_real: Whether it seemed real; None where unsaid."""

    officer: OfficerId
    quiz: str
    item: int
    at: Moment
    body: bytes
    looked_real: bool | None = None


class Readings:
    """The readings of the node; one whose act was erased is gone."""

    def __init__(self, db: Db, vault: Vault) -> None:
        self._db, self._vault = db, vault

    def add(self, hlc: Moment, unit: int, reading: Reading) -> None:
        """Add a reading.

        Raises:
            BadRequest: Somebody gave this reading of the scan meanwhile.
        """
        place, before = reading.order.value, self.of([reading.scan]).get(reading.scan, [])
        if standing(before).awaits.value != place:
            raise BadRequest(reason="the-scan-does-not-wait-for-this-reading")
        body = self._vault.seal(unit, msgspec.json.encode(reading), b"reading:%d" % hlc)
        row = (hlc, reading.scan, place, reading.reader, unit, body)
        self._db.load("reading", ("hlc", "scan", "place", "officer", "unit", "body"), [row])
        self._db.run("DELETE FROM reading_claim WHERE scan = ?", (reading.scan,))
        self._db.run("DELETE FROM reading_case WHERE scan = ?", (reading.scan,))
        awaits = standing([*before, reading]).awaits.value
        self._db.run("INSERT INTO reading_case (scan, awaits) VALUES (?, ?)", (reading.scan, awaits))

    def done(self, scans: Sequence[str]) -> set[str]:
        """Those of some scans that wait for nobody."""
        sql = "SELECT scan FROM reading_case WHERE scan IN ({}) AND awaits = ?"
        return {str(row[0]) for row in among(self._db, sql, scans, after=(Awaits.NOTHING.value,))} if scans else set()

    def of(self, scans: Sequence[str]) -> dict[str, list[Reading]]:
        """The readings of scans, each in the order in which they were given; scans without any are left out."""
        return self._read(among(self._db, _ALL + "WHERE scan IN ({})", tuple(dict.fromkeys(scans)))) if scans else {}

    def all(self) -> dict[str, list[Reading]]:
        """All readings by scan, for figures over all of them."""
        return self._read(self._db.rows(_ALL))

    def _read(self, rows: Sequence[tuple[int, str, int, bytes | None]]) -> dict[str, list[Reading]]:
        found: dict[str, list[Reading]] = {}
        for hlc, scan, unit, sealed in sorted({row[0]: row for row in rows}.values()):
            body = self._vault.unseal(unit, sealed, b"reading:%d" % hlc)
            if body is not None:
                found.setdefault(scan, []).append(msgspec.json.decode(body, type=Reading))
        return found

    def claim(self, scan: str, officer: OfficerId, now: Moment, until: Moment) -> ReadingClaim:
        """Claim a scan, or tell whose it is; an own claim is made longer, a lapsed one passes on."""
        with self._db.transaction():
            held = self.claims([scan], now).get(scan)
            if held is not None and held.officer != officer:
                return held
            made = ReadingClaim(scan, officer, until, now if held is None else held.began)
            self._db.run("DELETE FROM reading_claim WHERE scan = ?", (scan,))
            self._db.run("INSERT INTO reading_claim (scan, officer, until, began) VALUES (?, ?, ?, ?)",
                         (scan, officer, until, made.began))  # fmt: skip
        return made

    def release(self, scan: str, officer: OfficerId) -> bool:
        """Give an own claim back; False where there is none."""
        return self._db.run("DELETE FROM reading_claim WHERE scan = ? AND officer = ?", (scan, officer)) > 0

    def claims(self, scans: Sequence[str], now: Moment) -> dict[str, ReadingClaim]:
        """The claims in force on scans."""
        if not scans:
            return {}
        sql = "SELECT scan, officer, until, began FROM reading_claim WHERE scan IN ({}) AND until > ?"
        rows = among(self._db, sql, tuple(dict.fromkeys(scans)), after=(now,))
        return {row[0]: ReadingClaim(row[0], OfficerId(row[1]), Moment(row[2]), Moment(row[3])) for row in rows}

    def answer(self, officer: OfficerId, quiz: str, item: int, at: Moment, body: bytes) -> bool:
        """Keep an answer in training; False where the officer has answered this already."""
        seen = "SELECT 1 FROM training_answer WHERE officer = ? AND quiz = ? AND item = ?"
        with self._db.transaction():
            if self._db.one(seen, (officer, quiz, item)):
                return False
            self._db.run("INSERT INTO training_answer (officer, quiz, item, at, body) VALUES (?, ?, ?, ?, ?)",
                         (officer, quiz, item, at, body.decode()))  # fmt: skip
        return True

    def judge(self, officer: OfficerId, quiz: str, item: int, looked_real: bool) -> bool:
        """Keep whether a picture seemed real to who answered it; False where the officer has not answered it."""
        sql = "UPDATE training_answer SET looked_real = ? WHERE officer = ? AND quiz = ? AND item = ?"
        return self._db.run(sql, (int(looked_real), officer, quiz, item)) > 0

    def answers(self, officer: OfficerId) -> list[TrainingAnswer]:
        """An officer's own answers, oldest first."""
        sql = "SELECT quiz, item, at, body, looked_real FROM training_answer WHERE officer = ? ORDER BY id"
        return [
            TrainingAnswer(officer, quiz, int(item), Moment(at), body.encode(), None if real is None else bool(real))
            for quiz, item, at, body, real in self._db.rows(sql, (officer,))
        ]
