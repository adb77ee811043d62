"""Cut EDIFACT files into parts: one consignment, or a run of containers; every byte is kept in some part."""

from collections.abc import Iterator
from typing import BinaryIO

from vigie.arrivals.edifact.cutting import LONGEST_PART, Message
from vigie.arrivals.edifact.syntax import BLANKS, LEVEL_A, Run, Service, read_service, runs
from vigie.arrivals.reading import Part

_LONGEST_PREFIX = 1 << 13  # bytes; service segments (UNA, UNB, UNG) take less than 1 KiB


def split(stream: BinaryIO) -> Iterator[Part]:
    """Cut a file into parts; holds one part at a time, and the equipment list of a manifest.

    Whatever the file holds, its bytes are in the head or the body of a part, and what does not fit is a doubt.
    """
    walk = _Walk()
    for run in runs(stream):
        walk.take(run)
        if walk.out:
            yield from walk.out
            walk.out = []
    walk.end()
    yield from walk.out


class _Walk:
    """Where in the interchange a file has come to."""

    def __init__(self) -> None:
        self.out: list[Part] = []
        self.service: Service = LEVEL_A
        self.advice = b""
        self.prefix = b""
        self.copied = 0  # bytes of `prefix` that are an earlier advice, still in force
        self.prefix_used = True
        self.prefix_offset = self.offset = 0
        self.open = False
        self.reference = ""
        self.messages = 0
        self.message: Message | None = None

    def take(self, run: Run) -> None:
        """Take a run of segments."""
        self.service = run.service
        self.offset = run.offset + len(run.raw)
        if not run.whole:
            self._take_broken(run)
            return
        end = run.service.terminator.encode("latin-1")
        begun = offset = run.offset
        passed, plain, room = 0, _NONE, 0
        for piece in run.pieces():
            told = piece.lstrip(BLANKS)
            if told[:3] in plain and offset - begun <= room:
                passed += 1  # nearly all segments pass here; they are added together
                offset += len(piece) + 1
                continue
            self._pass(run.raw[begun - run.offset : offset - run.offset], passed)
            message = self.message
            if message is None or message.closed or told[:1] >= b"a" or told[:2] == b"UN":
                self._take_one(piece + end, told, offset + len(piece) - len(told))
            else:
                message.take(piece + end, told, offset + len(piece) - len(told))
            begun = offset = offset + len(piece) + 1
            passed, (plain, room) = 0, self._passing()
        self._pass(run.raw[begun - run.offset : offset - run.offset], passed)
        self._collect()

    def _passing(self) -> tuple[frozenset[bytes], int]:
        """Tags of segments that are nothing but bytes of the part that is open, and how many bytes it still takes."""
        message = self.message
        if message is None or message.closed or message.state != "body" or message.body is None:
            return _NONE, 0
        return message.plain, LONGEST_PART - len(message.body.raw)

    def _pass(self, raw: bytes, segments: int) -> None:
        """Add segments to the part that is open, as `Message.take` adds each."""
        if segments and self.message is not None and self.message.body is not None:
            self.message.segments += segments
            self.message.body.raw += raw

    def _take_one(self, piece: bytes, told: bytes, start: int) -> None:
        if told[:1] >= b"a":
            told = told.upper()
        if told[:2] == b"UN" and (act := _SERVICE_ACTS.get(told[:3])) is not None:
            act(self, piece, told, start)
        else:
            self._inside(start).take(piece, told, start)

    def _take_broken(self, run: Run) -> None:
        """Take what has no terminator: blanks after the last segment, a cut-off segment, or no segment at all."""
        told = run.raw.lstrip(BLANKS)
        start = run.offset + len(run.raw) - len(told)
        if run.strange:
            self._inside(start).take_strange(run.raw, run.offset)
        elif told:
            if told[:3].upper() in {b"UNT", b"UNE", b"UNZ"}:
                self._take_one(run.raw, told, start)
            else:
                self._inside(start).take(run.raw, told.upper() if told[:1] >= b"a" else told, start)
            self._last(start, finished=False).tell("edifact-truncated", start)
        elif self.message is not None:
            self.message.trail(run.raw, run.offset) if self.message.closed else self.message.blank(run.raw, run.offset)
        else:
            self.prefix += run.raw
            self.prefix_used = False
        self._collect()

    def _collect(self) -> None:
        if self.message is not None and self.message.out:
            self.out += self.message.out
            self.message.out = []

    def _inside(self, offset: int) -> Message:
        """The message that is open; segments outside of any open one that has no UNH."""
        if self.message is None or self.message.closed:
            self._finish_message(offset)
            self.message = self._begin(offset, headed=False)
            self.message.tell("edifact-no-unh", offset)
        return self.message

    def _begin(self, offset: int, *, headed: bool) -> Message:
        message = Message(self.prefix, self.service, offset, headed=headed)
        if not self.open and headed:
            message.tell("edifact-no-unb", offset)
        self.prefix_used = True
        return message

    def _finish_message(self, offset: int) -> None:
        if self.message is None:
            return
        if not self.message.closed and self.message.headed:
            self.message.tell("edifact-no-unt", offset)
        self._collect()
        self.out += self.message.finish()
        self.message = None

    def _advise(self, piece: bytes, told: bytes, offset: int) -> None:
        self._finish_interchange(offset)
        valid = read_service(told + piece[-1:]) is not None
        self.prefix, self.advice, self.prefix_used = piece, piece if valid else b"", False
        self.prefix_offset = offset - (len(piece) - len(piece.lstrip(BLANKS)))

    def _start_interchange(self, piece: bytes, told: bytes, offset: int) -> None:
        if self.prefix_used or self.open:
            self._finish_interchange(offset)
            self.prefix = self.advice if self.service != LEVEL_A else b""
            self.copied = len(self.prefix)
            self.prefix_offset = offset - (len(piece) - len(piece.lstrip(BLANKS)))
        self.prefix += piece
        self.open, self.prefix_used, self.messages = True, False, 0
        fields = told.decode("latin-1").split(self.service.element)
        self.reference = fields[5] if len(fields) > 5 else ""

    def _start_group(self, piece: bytes, told: bytes, offset: int) -> None:
        self._finish_message(offset)
        if len(self.prefix) + len(piece) > _LONGEST_PREFIX:
            self._inside(offset).take(piece, told, offset)
            return
        if self.prefix_used:
            self.copied = len(self.prefix)
            self.prefix_offset = offset - (len(piece) - len(piece.lstrip(BLANKS)))
        self.prefix += piece
        self.prefix_used = False

    def _start_message(self, piece: bytes, told: bytes, offset: int) -> None:
        self._finish_message(offset)
        self.message = self._begin(offset, headed=True)
        self.message.open(piece, told)
        self.messages += 1

    def _end_message(self, piece: bytes, told: bytes, offset: int) -> None:
        self._inside(offset).close(piece, told, offset)

    def _end_group(self, piece: bytes, _told: bytes, offset: int) -> None:
        self._last(offset).trail(piece, offset)

    def _end_interchange(self, piece: bytes, told: bytes, offset: int) -> None:
        message = self._last(offset)
        fields = told.decode("latin-1").split(self.service.element)
        counted, reference = (*fields[1:3], "", "")[:2]
        if not self.open:
            message.tell("edifact-no-unb", offset, "UNZ")
        elif not (counted.isascii() and counted.isdigit()) or int(counted[:10]) != self.messages:
            message.tell("edifact-unz-count", offset, "UNZ", declared=counted[:10], counted=self.messages)
        if self.open and reference.strip() != self.reference.strip():
            message.tell("edifact-unz-reference", offset, "UNZ", declared=reference[:35], expected=self.reference[:35])
        self.open = False
        message.trail(piece, offset)

    def _last(self, offset: int, *, finished: bool = True) -> Message:
        """The message a trailer of the interchange is kept with."""
        if self.message is None:
            self.message = self._begin(offset, headed=False)
        elif finished and not self.message.closed:
            if self.message.headed:
                self.message.tell("edifact-no-unt", offset)
            self.message.closed = True
        return self.message

    def _finish_interchange(self, offset: int) -> None:
        if self.open and self.message is not None:
            self.message.tell("edifact-no-unz", offset)
        self._finish_message(offset)
        if not self.prefix_used:
            bare = Message(self.prefix[: self.copied], self.service, self.prefix_offset, headed=False)
            bare.tell("edifact-no-unh", self.prefix_offset)
            body = self.prefix[self.copied :]
            bare.trail(body, self.prefix_offset + len(body) - len(body.lstrip(BLANKS) or body))
            self.out += bare.finish()
        self.open, self.prefix, self.prefix_used, self.copied = False, b"", True, 0

    def end(self) -> None:
        """Finish with the end of the file."""
        self._finish_interchange(self.offset)


_NONE: frozenset[bytes] = frozenset()
_SERVICE_ACTS = {
    b"UNA": _Walk._advise,
    b"UNB": _Walk._start_interchange,
    b"UNG": _Walk._start_group,
    b"UNH": _Walk._start_message,
    b"UNT": _Walk._end_message,
    b"UNE": _Walk._end_group,
    b"UNZ": _Walk._end_interchange,
}
