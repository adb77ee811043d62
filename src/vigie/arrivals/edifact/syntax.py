"""UN/EDIFACT syntax: bytes become segments as they stream by; broken files are read as far as they can be.

Source: ISO 9735 (service string advice, release character, syntax levels A and B).
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from vigie.arrivals.edifact.charset import decode

CHUNK = 1 << 18  # bytes read at a time: splitting dominates, and a run of segments stays in the processor's cache
LONGEST = 1 << 16  # bytes; no segment of any directory comes near 64 KiB, so what is longer is not a segment
BLANKS = b" \r\n\t\x00\xef\xbb\xbf"  # stand between the segments of real files; the last three are a UTF-8 mark

_BLANK = re.compile(rb"[" + BLANKS + rb"]*")

Elements = list[str | list[str]]
"""The tag and the elements of a segment; an element of several components is a list of them."""


class Service(NamedTuple):
    """The characters an interchange is cut with, one each, as UNA names them; no release character is ""."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    terminator: str = "'"


LEVEL_A = Service()
LEVEL_B = Service("\x1f", "\x1d", ",", "?", "\x1c")  # ISO 9735, level B without UNA: IS1, IS3, IS4


class Run(NamedTuple):
    """Consecutive segments of a file.

    Attributes:
        offset: First byte in the file.
        raw: The bytes, up to and with the last terminator; the runs of a file, joined, are the file.
        whole: False where `raw` is one piece that is no whole segment.
        service: The characters the run is cut with.
        strange: True where that piece belongs to more than 64 KiB without a terminator; else the file ends in it.
    """

    offset: int
    raw: bytes
    whole: bool
    service: Service
    strange: bool = False

    def pieces(self) -> list[bytes]:
        """The bytes of each segment with the blanks before it, without its terminator."""
        end, release = self.service.terminator.encode("latin-1"), self.service.release.encode("latin-1")
        pieces = self.raw.split(end)
        if self.whole:
            pieces.pop()
        return _rejoined(pieces, release, end) if release and release + end in self.raw else pieces


Segment = tuple[int, int, Elements]
"""One segment: its number in the file, counted from 1; its first byte; its tag and elements."""


def read_service(raw: bytes) -> Service | None:
    """Read a service string advice (`UNA` and six characters); None where it is none, or cuts with one sign twice."""
    advice = raw[3:9].decode("latin-1")
    if raw[:3].upper() != b"UNA" or len(advice) < 6:
        return None
    cutting = {advice[0], advice[1], advice[5]}
    if len(cutting) < 3 or any(char.isalnum() or char == " " for char in cutting):
        return None
    return Service(advice[0], advice[1], advice[2], "" if advice[3] in cutting | {" "} else advice[3], advice[5])


def service_of(head: bytes) -> Service:
    """Tell which characters a part is cut with, from the first bytes of its head."""
    told = head.lstrip(BLANKS)
    return read_service(told) or (LEVEL_B if told[:4] == b"UNB\x1d" else LEVEL_A)


def runs(stream: BinaryIO) -> Iterator[Run]:
    """Cut a stream into runs of segments; holds no more than one chunk and one segment at a time."""
    service, offset, rest, open_end = LEVEL_A, 0, b"", False
    for chunk in iter(partial(_filled, stream), b""):
        rest += chunk
        if offset == 0 and rest.lstrip(BLANKS)[:4] == b"UNB\x1d":
            service = LEVEL_B
        at = 0
        while at < len(rest):
            if open_end:
                end, release = service.terminator.encode("latin-1"), service.release.encode("latin-1")
                stop, whole = _next(rest, at, end, release), False
            else:
                service, stop, whole = _cut(rest, at, service)
            if stop == at:
                break
            yield Run(offset, rest[at:stop], whole, service, not whole)
            open_end = not whole and rest[stop - 1 : stop] != service.terminator.encode("latin-1")
            offset += stop - at
            at = stop
        rest = rest[at:]
    if rest:
        yield Run(offset, rest, False, service)


def _filled(stream: BinaryIO) -> bytes:
    got: list[bytes] = []
    size = 0
    while size < CHUNK and (more := stream.read(CHUNK - size)):
        got.append(more)
        size += len(more)
    return b"".join(got)


def _cut(text: bytes, at: int, service: Service) -> tuple[Service, int, bool]:
    """Find what can be cut off from `at`: the service in force, the byte after it (`at`: wait for more), if whole."""
    told = _BLANK.match(text, at).end()  # type: ignore[union-attr]
    if advice := read_service(text[told : told + 9]):
        return advice, told + 9, True
    end, release = service.terminator.encode("latin-1"), service.release.encode("latin-1")
    stop = _last(text, at, len(text), end, release)
    if (later := text.find(b"UNA", told + 1, stop)) >= 0:
        stop = _before_advice(text, later, stop, end)
    start = at
    while stop - start > LONGEST:
        near = _last(text, start, start + LONGEST, end, release)
        if near == start:
            return (service, start, True) if start > at else (service, _next(text, start, end, release), False)
        start = near
    if stop == at and len(text) - at > LONGEST:
        return service, len(text), False
    return service, stop, True


def _last(text: bytes, start: int, stop: int, end: bytes, release: bytes) -> int:
    """Tell the byte after the last terminator between two places; `start` where there is none."""
    found = text.rfind(end, start, stop)
    while found >= 0 and release and _released(text, start, found, release):
        found = text.rfind(end, start, found)
    return max(found + 1, start)


def _next(text: bytes, start: int, end: bytes, release: bytes) -> int:
    found = text.find(end, start)
    while found >= 0 and release and _released(text, start, found, release):
        found = text.find(end, found + 1)
    return found + 1 if found >= 0 else len(text)


def _released(text: bytes, start: int, at: int, release: bytes) -> bool:
    first = at
    while first > start and text[first - 1 : first] == release:
        first -= 1
    return (at - first) % 2 == 1


def _before_advice(text: bytes, at: int, stop: int, end: bytes) -> int:
    """Tell where a later service string advice begins, its blanks included; `stop` where there is none."""
    while 0 <= at < stop:
        before = at
        while before and text[before - 1] in BLANKS:
            before -= 1
        if text[before - 1 : before] == end and read_service(text[at : at + 9]):
            return before
        at = text.find(b"UNA", at + 1, stop)
    return stop


def _rejoined(pieces: list[bytes], release: bytes, end: bytes) -> list[bytes]:
    """Put together what was cut at a released terminator: a piece that ends in an odd number of release characters."""
    joined: list[bytes] = []
    held: list[bytes] = []
    for piece in pieces:
        held.append(piece)
        if not piece.endswith(release) or (len(piece) - len(piece.rstrip(release))) % 2 == 0:
            joined.append(end.join(held) if len(held) > 1 else piece)
            held = []
    return [*joined, end.join(held)] if held else joined


_GUARD = 0xE100  # start of a private-use area: a guarded character is chr(_GUARD + its code)
_PLUS = chr(_GUARD + ord("+"))
_SHARED = frozenset(("LOC", "TDT", "RFF", "FTX", "MEA"))  # what most boxes of a list have in common
_LONGEST_KEPT = 80  # characters; free text of a consignment is longer, and met once
_MOST_KEPT = 4096  # segments; about 2 MB
_BARE = {_GUARD + code: code for code in range(256)}


def guarded(text: str, service: Service = LEVEL_A) -> str:
    """Write text with the separators of level A, and put a private-use character where a sign means itself.

    What no release character precedes is left alone, so a text without one costs one search.
    """
    if service is LEVEL_A or service == LEVEL_A:
        if (released := text.count("?")) == 0:
            return text
        if released == text.count("?+"):  # zones of dates alone
            return text.replace("?+", _PLUS)
    cutting = (service.component, service.element, service.terminator)
    if service.release and service.release in text:
        signs = {*cutting, service.release, ":", "+", "'", "?"}
        if service.release * 2 not in text:  # a release character is never released itself: one search a sign
            for sign in signs:
                text = text.replace(service.release + sign, chr(_GUARD + ord(sign)))
        pattern = re.compile(re.escape(service.release) + "(.)", re.DOTALL)
        text = pattern.sub(lambda at: chr(_GUARD + ord(at[1])) if at[1] in signs else at[1], text)
    if cutting == (":", "+", "'"):
        return text
    table = {ord(sign): _GUARD + ord(sign) for sign in ":+'"}
    return text.translate(table | {ord(sign): plain for sign, plain in zip(cutting, ":+'", strict=True)})


def bare(value: str) -> str:
    """Give a guarded value back as it was meant."""
    if value.isascii():
        return value
    plain = value.replace(_PLUS, "+")  # the offset of a zone, in every other message
    return plain if plain.isascii() else plain.translate(_BARE)


def cut(text: str) -> Elements:
    """Cut one guarded segment, without its terminator, into its tag and elements."""
    return [
        (part.split(":") if ":" in part else part) if part.isascii()
        else ([bare(one) for one in part.split(":")] if ":" in part else bare(part))
        for part in text.split("+")
    ]


def _cut_date(told: str) -> Elements:
    """Cut a segment with a guarded character: nearly always the zone of a date, `DTM+7:202601201415?+0000:205`."""
    if told[:4] == "DTM+" and ":" in told and told.count("+") == 1:
        value = told[4:].replace(_PLUS, "+")
        if value.isascii():
            return ["DTM", value.split(":")]
    return cut(told)


class Cut(list[str | list[str]]):
    """A segment shared by all who repeat it; nobody changes it. read: What its first reader made of it, or None."""

    __slots__ = ("read",)

    def __init__(self, elements: Elements) -> None:
        super().__init__(elements)
        self.read: Any = None


class Repeated(dict[str, Cut]):
    """Segments that a run of parts repeats, cut once: boxes of a list stand at one terminal, in one bill."""

    def __missing__(self, told: str) -> Cut:
        """Cut a segment that is met for the first time, and keep it; what is kept is bounded."""
        elements = Cut(cut(told))
        if isinstance(elements[0], list):
            elements[0] = elements[0][0]
        if len(told) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[told] = elements
        return elements


def cut_all(raw: bytes, service: Service, syntax: str, known: Repeated | None = None) -> list[Elements]:
    """Cut a part, which holds whole segments, into its segments; line ends and NUL bytes are dropped.

    Args:
        known: Segments of earlier parts; those that a list repeats are looked for there. Elements may be shared: they
            are not to be changed.
    """
    known = Repeated() if known is None else known
    start = raw.lstrip(BLANKS)
    text = decode(start[9:] if start[:3] == b"UNA" and read_service(start) else start, syntax)
    if service.terminator not in "\r\n":
        text = text.replace("\r", "").replace("\n", "")
    text = guarded(text.replace("\0", ""), service)
    if text.isascii():
        cut_up: list[Elements] = [
            known[told] if told[:3] in _SHARED
            else [part.split(":") if ":" in part else part for part in told.split("+")]
            for one in text.split("'")
            if (told := one.lstrip())
        ]
    else:
        cut_up = [
            known[told] if told[:3] in _SHARED
            else [part.split(":") if ":" in part else part for part in told.split("+")] if told.isascii()
            else _cut_date(told)
            for one in text.split("'")
            if (told := one.lstrip(" \t\ufeff"))
        ]
    for elements in cut_up:
        if isinstance(elements[0], list):  # a tag with an explicit nesting indication, or damage
            elements[0] = elements[0][0]
    return cut_up


def segments(stream: BinaryIO) -> Iterator[Segment]:
    """Read the segments of a file, whatever messages it holds.

    A segment without terminator at the end of the file is read as well; blanks between segments, and what is longer
    than 64 KiB, are not.
    """
    number, syntax = 0, ""
    for run in runs(stream):
        raw = run.raw
        if run.strange:
            continue
        if run.service != LEVEL_A or not raw.isascii() or b"?" in raw or b"\0" in raw or raw[:3] == b"UNA":
            for start, elements in _careful(run, syntax):
                number += 1
                if elements[0] == "UNB":
                    syntax = _syntax_of(elements)
                yield number, start, elements
            continue
        if (at := raw.rfind(b"UNB+")) >= 0:
            syntax = raw[at + 4 : at + 8].decode("ascii")
        end = run.offset - 1
        for text in raw.decode("ascii").split("'"):
            end += len(text) + 1
            if told := text.lstrip():
                number += 1
                yield number, end - len(told), [part.split(":") if ":" in part else part for part in told.split("+")]


def _careful(run: Run, syntax: str) -> Iterator[tuple[int, Elements]]:
    offset = run.offset
    for piece in run.pieces():
        told = piece.lstrip(BLANKS)
        start = offset + len(piece) - len(told)
        offset += len(piece) + 1
        if told[:3] == b"UNA" and read_service(run.raw[start - run.offset :]):
            yield start, ["UNA", run.raw[start - run.offset + 3 :][:6].decode("latin-1")]
        elif told:
            elements = cut(guarded(decode(told, syntax), run.service))
            if elements[0] == "UNB":
                syntax = _syntax_of(elements)
            yield start, elements


def _syntax_of(elements: Elements) -> str:
    told = elements[1] if len(elements) > 1 else ""
    return told[0] if isinstance(told, list) else told
