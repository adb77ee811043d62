"""Read NMEA sentences with AIS messages: single or in several parts, with or without tag block and time."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import reduce
from operator import xor
from typing import BinaryIO

from vigie.arrivals.ais.bits import SHORTEST, TYPES, decode, unarmoured
from vigie.arrivals.events import Position
from vigie.arrivals.reading import Part, Reading
from vigie.terms import SECOND, BadMoment, Doubt, Moment, Place, moment_of

LINES = 200
"""Lines of one part; a part runs on, up to twice that, while a message in several sentences is open."""

_LONGEST = 4096  # NMEA 0183 allows 82 characters, tag blocks and suffixes of real logs a few hundred
_OPEN = 16  # messages in several sentences that may be open at once: ten ids on two channels, and some lost ones
_SENTENCE = re.compile(
    rb"(?P<before>[^!]*)!(?P<body>[A-Z]{2}VD[MO],(?P<of>[1-9]),(?P<part>[1-9]),(?P<id>[0-9]?),(?P<channel>[^,]{0,2}),"
    rb"(?P<payload>[^,]*),(?P<fill>[0-9]?))\*?(?P<check>[0-9A-Fa-f]{0,2})(?P<after>.*)", re.DOTALL
)
_TAG_TIME = re.compile(rb"[\\,]c:([0-9]{1,13})")
_LOG_TIME = re.compile(rb",[rbB][A-Za-z0-9_]+,([0-9]{9,10})\b")
_GATEHOUSE = re.compile(rb"\$PGHP,1,(\d{4}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,3}),")


def split(stream: BinaryIO) -> Iterator[Part]:
    """Cut a log into parts of about `LINES` lines, if possible never within a message in several sentences."""
    lines: list[bytes] = []
    awaited: dict[bytes, int] = {}
    number = offset = 0
    first = 1
    while line := stream.readline(_LONGEST):
        lines.append(line)
        found = _SENTENCE.match(line)
        if found and found["of"] != b"1":
            key = found["id"] + found["channel"]
            awaited[key] = awaited.get(key, int(found["of"])) - 1
            if awaited[key] <= 0:
                del awaited[key]
        if len(lines) >= LINES and (not awaited or len(lines) >= 2 * LINES):
            body = b"".join(lines)
            yield Part("ais", "NMEA", "", number, b"", body, offset, first)
            number, offset, first = number + 1, offset + len(body), first + len(lines)
            lines, awaited = [], {}
    if lines or number == 0:
        yield Part("ais", "NMEA", "", number, b"", b"".join(lines), offset, first)


def read(part: Part) -> Reading:
    """Read the sentences of one part; lines that are no AIS are counted in one doubt."""
    rows: list[Position] = []
    log = _Log(part.segment)
    for number, line in enumerate(part.body.split(b"\n"), part.segment):
        if row := log.row(line.strip(b"\r\0 "), number):
            rows.append(row)
    return Reading(tuple(rows), (*part.doubts, *log.close()))


class _Log:
    """The sentences read so far: open messages, the time that the last Gatehouse line told, what was noticed."""

    def __init__(self, first: int) -> None:
        self._open: dict[bytes, tuple[int, dict[int, bytes], Moment | None]] = {}
        self._clock: Moment | None = None
        self._doubts: list[Doubt] = []
        self._strange: list[int] = []
        self._first = first

    def row(self, line: bytes, number: int) -> Position | None:
        """What one line completes."""
        found = _SENTENCE.match(line)
        if found is None:
            self._other(line, number)
            return None
        if not _checked(found):
            self._doubt("ais-checksum", number)
        told = _told_time(found)
        at = self._clock if told is None else told
        self._clock = None
        payload, fill = found["payload"], int(found["fill"] or b"0")
        if found["of"] != b"1":
            whole = self._joined(found, number, at)
            if whole is None:
                return None
            payload, at = whole
        if not payload:
            return None  # an empty slot report: receivers send them
        bits = unarmoured(payload, fill)
        if bits is None:
            self._doubt("ais-payload", number)
            return None
        row = decode(bits, at)
        kind = int(bits[:6] or "0", 2)
        if row is None and kind in TYPES:
            self._doubt("ais-cut-off", number, type=kind, bits=len(bits), least=SHORTEST[kind])
        return row

    def _joined(self, found: "re.Match[bytes]", number: int, at: Moment | None) -> tuple[bytes, Moment | None] | None:
        """Keep one sentence of several; the whole payload once all are there."""
        key, of, part = found["id"] + found["channel"], int(found["of"]), int(found["part"])
        _, parts, since = self._open.get(key, (0, {}, None))
        if part in parts or part > of:
            self._doubt("ais-fragment", number)
            parts, since = {}, None
        parts = {**parts, part: found["payload"]}
        at = since if since is not None else at
        if len(parts) == of:
            self._open.pop(key, None)
            return b"".join(parts[place] for place in sorted(parts)), at
        self._open[key] = (number, parts, at)
        if len(self._open) > _OPEN:
            oldest = next(iter(self._open))
            self._doubt("ais-fragment", self._open.pop(oldest)[0])
        return None

    def _other(self, line: bytes, number: int) -> None:
        if told := _GATEHOUSE.match(line):
            year, month, day, hour, minute, second, milli = (int(text) for text in told.groups())
            try:
                self._clock = moment_of(datetime(year, month, day, hour, minute, second, milli * 1000, UTC))
            except (ValueError, BadMoment):
                self._clock = None
                self._doubt("ais-time", number)
        elif line and line[:1] not in b"#$":
            self._strange.append(number)

    def _doubt(self, code: str, number: int, **facts: int) -> None:
        self._doubts.append(Doubt(code, Place(segment=number), dict(facts)))

    def close(self) -> list[Doubt]:
        """All that was noticed, incomplete messages included."""
        for number, _, _ in self._open.values():
            self._doubt("ais-fragment", number)
        if self._strange:
            place = Place(segment=self._strange[0])
            self._doubts.append(Doubt("ais-not-a-sentence", place, {"lines": len(self._strange)}))
        return self._doubts


def _checked(found: "re.Match[bytes]") -> bool:
    """Whether the checksum agrees; a sentence without one is not doubted for it."""
    return not found["check"] or int(found["check"], 16) == reduce(xor, found["body"], 0)


def _told_time(found: "re.Match[bytes]") -> Moment | None:
    """The time of reception: of the tag block (seconds or milliseconds), or behind the station at the end."""
    tag, log = _TAG_TIME.search(found["before"]), _LOG_TIME.search(found["after"])
    digits = tag.group(1) if tag else log.group(1) if log else b""
    if not digits:
        return None
    told = int(digits)
    micros = told * SECOND if told < 100_000_000_000 else told * 1000
    return Moment(micros) if micros < 1 << 53 else None
