"""What was read: messages, their parts, and the doubts; the raw bytes stay in the inbox under the same unit."""

from collections.abc import Sequence

import msgspec

from vigie.store.db import Db, Row, among
from vigie.terms import Doubt, Moment, Place
from vigie.tracking import Described, MessageSeen

_PART = ("unit", "hlc", "message", "number", "format", "form", "start_byte", "segment", "sent_at", "read_rows")
_DOUBT = ("unit", "number", "code", "place", "facts")
_SELECT = f"SELECT {', '.join(_PART)} FROM part "
_MESSAGE = (
    "INSERT INTO message (message, format, form, received, sent_at, parts, doubts)"
    " SELECT ?, ?, ?, received, CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT) FROM inbox WHERE id = ?"
    " ON CONFLICT (message) DO UPDATE SET"
    " parts = message.parts + excluded.parts, doubts = message.doubts + excluded.doubts"
)


class Parts:
    """Parts of messages, described."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, parts: Sequence[Described]) -> None:
        """Describe parts that were read, with their doubts."""
        with self._db.transaction():
            self._db.load("part", _PART, [_row(part) for part in parts])
            doubts = [row for part in parts for row in _doubt_rows(part)]
            self._db.load("doubt", _DOUBT, doubts)
            self._db.many(_MESSAGE, _message_rows(parts))

    def get(self, unit: int) -> Described | None:
        """One part."""
        return next(iter(self._described("WHERE unit = ?", unit)), None)

    def of_message(self, message: str) -> list[Described]:
        """All parts of a message, in its order."""
        return self._described("WHERE message = ? ORDER BY number, unit", message)

    def _described(self, where: str, value: str | int) -> list[Described]:
        return [self._with_doubts(row) for row in self._db.rows(_SELECT + where, (value,))]

    def _with_doubts(self, row: Row) -> Described:
        unit, hlc, message, number, kind, form, start, segment, sent, read = row
        doubts = self.doubts(unit)
        return Described(unit, hlc, message, number, kind, form, start, segment, sent, read, doubts)

    def doubts(self, unit: int) -> tuple[Doubt, ...]:
        """The doubts of one part."""
        found = self._db.rows("SELECT code, place, facts FROM doubt WHERE unit = ? ORDER BY number", (unit,))
        return tuple(
            Doubt(code, msgspec.json.decode(place, type=Place), msgspec.json.decode(facts))
            for code, place, facts in found
        )

    def codes(self, units: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The codes of the doubts of many parts, each code once, in order; parts without doubts are left out."""
        sql = ("SELECT d.unit, d.code FROM doubt d JOIN part p ON p.unit = d.unit WHERE d.unit IN ({})"
               " ORDER BY d.unit, d.number")  # fmt: skip
        found: dict[int, dict[str, None]] = {}
        for unit, code in among(self._db, sql, units):
            found.setdefault(unit, {})[code] = None
        return {unit: tuple(codes) for unit, codes in found.items()}

    def message(self, message: str) -> MessageSeen | None:
        """One message."""
        return next(iter(self._seen("WHERE message = ?", message)), None)

    def recent(self, limit: int = 50) -> list[MessageSeen]:
        """The messages handed in last, newest first."""
        return self._seen("ORDER BY received DESC, message DESC LIMIT ?", limit)

    def _seen(self, where: str, value: str | int) -> list[MessageSeen]:
        sql = f"SELECT message, format, form, received, sent_at, parts, doubts FROM message {where}"
        return [MessageSeen(*row) for row in self._db.rows(sql, (value,))]

    def weekly(self, start: int, span: int) -> list[tuple[str, int, int]]:
        """Messages by form and span from a moment on, as (form, start of the span, how many)."""
        sql = (
            "SELECT CASE WHEN form = '' THEN format ELSE form END, (received / ?) * ?, count(*) FROM message"
            " WHERE received >= ? GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [(str(form), int(week), int(n)) for form, week, n in self._db.rows(sql, (span, span, start))]

    def counts(self) -> dict[str, int]:
        """How many messages, parts and doubts there are."""
        asked = {name: f"SELECT count(*) FROM {name[:-1]}" for name in ("messages", "parts", "doubts")}
        return {name: int((self._db.one(sql) or (0,))[0]) for name, sql in asked.items()}


def _row(part: Described) -> Row:
    sent: Moment | None = part.sent_at
    return (part.unit, part.hlc, part.message, part.number, part.format, part.form, part.offset, part.segment, sent,
            part.rows)  # fmt: skip


def _message_rows(parts: Sequence[Described]) -> list[Row]:
    """One row per message: what its first part here says of it, and how many parts and doubts there are."""
    of_message: dict[str, list[Described]] = {}
    for part in parts:
        if part.message:
            of_message.setdefault(part.message, []).append(part)
    return [
        (name, p[0].format, p[0].form, p[0].sent_at, len(p), sum(len(each.doubts) for each in p), p[0].unit)
        for name, p in of_message.items()
    ]


def _doubt_rows(part: Described) -> list[Row]:
    write = msgspec.json.encode
    return [
        (part.unit, number, doubt.code, write(doubt.place).decode(), write(doubt.facts).decode())
        for number, doubt in enumerate(part.doubts)
    ]
