"""JSON files, cut into batches of events with bounded memory, and read so that a wrong value costs itself only."""

import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, BinaryIO, NamedTuple, TypeVar

import msgspec

from vigie.arrivals.reading import Part
from vigie.terms import BadMoment, Doubt, Fact, Moment, Place, number_fault, read_moment, written_number

LARGEST = 4 << 20
"""Bytes of one event; the largest sample has 12 KB."""

DEEPEST = 64
"""Levels of nesting of one event; the samples have 9."""

MOST_EVENTS = 32
"""Events of one part: few enough that one key encrypts little."""

_READ = 1 << 16
_LISTS = re.compile(rb'"(events|VGMDeclarations|arrivalNotices|eventList)"\s*:\s*\[')
_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+([{}\[\]])', re.DOTALL)
"""The next bracket outside of texts; no match where the bytes end before it, or within a text."""

_BETWEEN = b" \t\r\n,"
_GAP = re.compile(r"[ \t\r\n,]*")
_GAP_BYTES = re.compile(rb"[ \t\r\n,]*")
_TRIES = 4  # lists within an event end in `},{` too, a few at its end
_SCAN = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str).scan_once  # type: ignore[attr-defined]
_FORMS = ((b'"VGMDeclarations"', "VGM"), (b'"portCallService"', "PORTCALL"), (b'"portCall"', "PORTCALL"),
          (b'"arrivalNotices"', "ARRIVALNOTICE"))
_T = TypeVar("_T")
_list = msgspec.json.Decoder(list[msgspec.Raw])


class Cut(NamedTuple):
    """A stretch of a JSON file.

    kind: `item` (one event with what stands before it), `end` (from the bracket that closes the list), `torn` (the file
    ends within an event), `large` (an event larger or deeper than any real one).
    """

    kind: str
    offset: int
    data: bytes


def start_of_list(head: bytes) -> int:
    """Where the events begin: behind the bracket of the list, or 0 where the file is one event or one per line."""
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if plain.startswith(b"["):
        return len(head) - len(plain) + 1
    found = _LISTS.search(head)
    return found.end() if found else 0


def cuts(stream: BinaryIO, offset: int = 0) -> Iterator[Cut]:
    """Cut a stream after each value of the list it stands in, until the list or the stream ends."""
    kept = bytearray()
    seen = depth = begun = 0
    while chunk := stream.read(_READ):
        kept += chunk
        asked = False  # once a chunk: a reader that stops does so again and again within one long event
        while True:
            if depth == 0 and seen == begun and not asked:
                asked = True
                for end in _whole(kept, begun):
                    yield Cut("item", offset + begun, bytes(kept[begun:end]))
                    begun = seen = end
            if not (found := _BRACKET.match(kept, seen)):
                break
            seen = found.end()
            mark = kept[seen - 1]
            if mark in b"{[":
                depth += 1
                if depth > DEEPEST:
                    yield Cut("large", offset + begun, bytes(kept[begun:]))
                    return
            elif depth == 0:
                yield Cut("end", offset + begun, bytes(kept[begun:]))
                return
            else:
                depth -= 1
                if depth == 0:
                    yield Cut("item", offset + begun, bytes(kept[begun:seen]))
                    begun = seen
        del kept[:begun]
        offset, seen, begun = offset + begun, seen - begun, 0
        if len(kept) > LARGEST:
            yield Cut("large", offset, bytes(kept))
            return
    if kept:
        yield Cut("torn" if kept.strip(_BETWEEN) else "end", offset, bytes(kept))


def _whole(kept: bytearray, begun: int) -> Iterator[int]:
    """Where each object from a place on ends, as a JSON reader tells; stops at the first it cannot read, or doubts.

    An object of few brackets is not nested too deep; one of many is looked at bracket by bracket.
    """
    end = begun
    for end in _run(kept, begun):
        yield end
    if not kept.isascii():
        return
    text = kept.decode("ascii")
    while (start := _GAP.match(text, end).end()) < len(text) and text[start] == "{":  # type: ignore[union-attr]
        try:
            end = _SCAN(text, start)[1]
        except (StopIteration, ValueError, RecursionError):
            return
        if text.count("{", start, end) + text.count("[", start, end) > DEEPEST:
            return
        yield end


def _run(kept: bytearray, begun: int) -> Iterator[int]:
    """Where each object of the longest run that a fast reader takes as a list ends; none where it is not sure.

    A run ends before `},{`: within an event that would leave a bracket open, and the reader would say so.
    """
    stop = len(kept)
    for _ in range(_TRIES):
        stop = kept.rfind(b"},{", begun, stop)
        if stop < 0:
            return
        plain = bytes(kept[begun : stop + 1]).lstrip(_BETWEEN)
        try:
            told = _list.decode(b"[" + plain + b"]") if plain.startswith(b"{") else []
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            continue
        end = stop + 1 - len(plain)
        for one in map(bytes, told):
            end = _GAP_BYTES.match(kept, end).end() + len(one)  # type: ignore[union-attr]
            if not one.startswith(b"{") or one.count(b"{") + one.count(b"[") > DEEPEST:
                return
            yield end
        return


def split(stream: "io.BufferedReader[Any]", reader: str) -> Iterator[Part]:
    """Cut a file into parts of at most `MOST_EVENTS` events; what follows the list belongs to the last part.

    An event larger or deeper than any real one ends the cutting: the remaining bytes are kept in unread parts.
    """
    shown = stream.peek(_READ)
    head = stream.read(start_of_list(shown))
    form = next((name for mark, name in _FORMS if mark in shown), "TNT" if reader == "dcsa" else "EPCIS")
    named = re.search(rb'"instanceIdentifier"\s*:\s*"([^"\\]{1,80})"', head)
    message = named.group(1).decode("utf-8", "replace") if named else ""
    batch: list[bytes] = []
    number = first = 0
    begun = offset = len(head)
    last: Cut | None = None
    for cut in cuts(stream, len(head)):
        if cut.kind != "item":
            last = cut
            break
        if len(batch) == MOST_EVENTS:
            yield Part(reader, form, message, number, head, b"".join(batch), begun, first + 1)
            number, first, begun, batch = number + 1, first + MOST_EVENTS, cut.offset, []
        batch.append(cut.data)
        offset = cut.offset + len(cut.data)
    torn = (last is None and head.strip()) or (last is not None and last.kind == "torn")
    doubts = (Doubt("json-truncated", Place(message, offset=offset)),) if torn else ()
    if last is not None and last.kind != "large":
        batch.append(last.data)
        offset += len(last.data)
    if batch or number == 0:
        yield Part(reader, form, message, number, head, b"".join(batch), begun, first + 1, doubts)
    yield from _unread(stream, last.data if last is not None and last.kind == "large" else b"", number + 1, offset)


def _unread(stream: BinaryIO, start: bytes, number: int, offset: int) -> Iterator[Part]:
    """What no event can be cut from: kept as it is."""
    body = start or stream.read(LARGEST)
    while body:
        code = "json-too-large" if start else "json-after-end"
        doubt = Doubt(code, Place(offset=offset), {"bytes": len(body), "most": LARGEST, "levels": DEEPEST})
        yield Part("unread", "", "", number, b"", body, offset, doubts=(doubt,))
        number, offset, body = number + 1, offset + len(body), stream.read(LARGEST)


def list_name(part: Part) -> str:
    """JSON pointer of the list in which the events of a part stand."""
    found = _LISTS.search(part.head)
    name = found.group(1).decode() if found else ""
    return {"": "", "eventList": "/epcisBody/eventList"}.get(name, f"/{name}")


def items(part: Part) -> Iterator[tuple[str, bytes]]:
    """The events of a part as JSON, each with its pointer in the file."""
    return zip(pointers(part), _of_body(part.body), strict=False)


def decoded(part: Part, read: "msgspec.json.Decoder[list[_T]]") -> list[_T] | None:
    """The events of a part, all read at once; None where one of them is not as it should be, or more stands there."""
    plain = part.body.strip(_BETWEEN)
    if not (plain.startswith(b"{") and plain.endswith(b"}")):
        return None
    try:
        return read.decode(b"[" + plain + b"]")
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def pointers(part: Part) -> Iterator[str]:
    """The pointers in the file of the events of a part, one after the other without end."""
    name = list_name(part)
    single = not part.head.strip()
    for at in count(part.segment - 1):
        yield "" if single and at == 0 else f"{name}/{at}"


def _of_body(body: bytes) -> Iterable[bytes]:
    """The values of a part; of one that is JSON throughout, as a JSON reader cuts it."""
    plain = body.strip(_BETWEEN)
    if plain.startswith(b"{") and plain.endswith(b"}"):
        try:
            told = _list.decode(b"[" + plain + b"]")
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            pass  # damage, or one value a line: cut with care below
        else:
            found = [bytes(one) for one in told]
            if all(one.startswith(b"{") for one in found):
                return found
    return (
        cut.data.strip(_BETWEEN + b"\xef\xbb\xbf\0") for cut in cuts(io.BytesIO(body)) if cut.kind == "item"
    )


def convert(data: bytes, kind: type[_T], pointer: str, name: str) -> tuple[_T | None, list[Doubt]]:
    """Read one event; a value of the wrong type becomes text where text is wanted, else is left out, with a doubt."""
    try:
        try:
            return msgspec.json.decode(data, type=kind), []
        except msgspec.ValidationError:
            value = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None, [Doubt("json-not-well-formed", Place(name, path=pointer))]
    doubts: list[Doubt] = []
    for _ in range(50):  # more wrong values than any event has fields that matter
        try:
            return msgspec.convert(value, type=kind), doubts
        except msgspec.ValidationError as fault:
            told, _, where = str(fault).rpartition(" - at ")
            keys = _keys(where.strip("`") if told else "$")
            place = Place(name, path=pointer + "".join(f"/{key}" for key in keys))
            doubts.append(Doubt("json-wrong-type", place, {"fault": (told or str(fault)).replace("`", "")[:80]}))
            if not keys or not _mend(value, keys, "Expected `str" in told):
                return None, doubts
    return None, doubts


def _keys(path: str) -> list[str | int]:
    """`$.a.b[0].c` as the keys that lead there."""
    return [int(index) if index else key for key, index in re.findall(r"\.([^.\[]+)|\[(\d+)\]", path)]


def _mend(value: Any, keys: list[str | int], as_text: bool) -> bool:
    """Turn the value at a path into text, or drop it; False where the path leads nowhere."""
    try:
        for key in keys[:-1]:
            value = value[key]
        wrong = value[keys[-1]]
        if as_text and isinstance(wrong, (int, float)) and not isinstance(wrong, bool):
            value[keys[-1]] = str(wrong)
        else:
            del value[keys[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True


class Noticed:
    """What is noticed while one event is read. pointer: Where it stands. name: Its own id. doubts: The notes."""

    def __init__(self, pointer: str, name: str = "", doubts: list[Doubt] | None = None) -> None:
        self.pointer = pointer
        self.name = name
        self.doubts = doubts if doubts is not None else []

    def doubt(self, code: str, path: str, **facts: Fact) -> None:
        """Note a doubt at a path below the event."""
        self.doubts.append(Doubt(code, self.place(path), facts))

    def place(self, path: str) -> Place:
        """Where a value of the event stands."""
        return Place(self.name, path=f"{self.pointer}/{path}" if path else self.pointer)

    def moment(self, raw: str, path: str, *, wanted: bool = False) -> Moment | None:
        """Read a moment; a doubt where it is wanted and missing, or cannot be read."""
        if not raw:
            if wanted:
                self.doubt("json-missing", path, field=path.rpartition("/")[2])
            return None
        try:
            return read_moment(raw)
        except BadMoment:
            self.doubt("json-moment", path, text=raw[:40])
            return None

    def number(self, raw: str, path: str) -> str:
        """Normalise a container number; a doubt where shape or check digit is wrong."""
        number = written_number(raw)
        if number and (fault := number_fault(number)):
            self.doubt("json-container-number", path, number=number[:17], fault=fault)
        return number
