"""XML documents, read without trust: no DTD, no entity, no network, bounded in size, depth and memory."""

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from lxml import etree

from vigie.arrivals.reading import Part
from vigie.terms import (
    BadAmount,
    BadMoment,
    ConsignmentId,
    Doubt,
    Moment,
    Place,
    number_fault,
    read_grams,
    read_moment,
    written_number,
)

LARGEST = 32 << 20
"""Bytes of one document or record: an ENS with 9,999 items of 3 KB stays below; lxml needs about 10 times that."""

_READ = 1 << 16
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORM = re.compile(rb"<(?:[\w.-]+:)?(CC31[35][A-Z]|IE3[FA]\d\d|[Aa][Ww]mds|[Aa]wbolds)\b", re.IGNORECASE)
_MESSAGE = re.compile(rb"<(?:[\w.-]+:)?(?:MesIdeMES19|LRN|Voyage_number)>\s*([^<\s]{1,60})\s*<")
_SENDER = re.compile(rb"<(?:[\w.-]+:)?(?:MesSenMES3|Customs_office_code)>\s*([^<\s]{1,60})\s*<")
_RECORD_END = re.compile(rb"</(?:[\w.-]+:)?Bol_segment\s*>", re.IGNORECASE)
_RECORD_START = re.compile(rb"<(?:[\w.-]+:)?Bol_segment[\s>]", re.IGNORECASE)


class Refused(Exception):
    """The document is not read. code, facts: Of the doubt that it becomes at once; no caller ever sees this."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def parse(document: bytes, *, recover: bool = False) -> etree._Element:
    """Parse a document without resolving anything outside or inside it.

    Args:
        document: The bytes, at most `LARGEST`.
        recover: Read what can be read of a document that is not well-formed.

    Raises:
        Refused: A DTD or an entity is declared, the document is too large, or not well-formed.
    """
    if len(document) > LARGEST:
        raise Refused("xml-too-large", bytes=len(document), most=LARGEST)
    if _DOCTYPE.search(document.replace(b"\0", b"")):
        raise Refused("xml-dtd")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=recover,
    )
    try:
        root = etree.fromstring(document.strip(b"\0 \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        line = getattr(fault, "lineno", 0) or 0
        raise Refused("xml-not-well-formed", line=line) from None
    if root is None:
        raise Refused("xml-not-well-formed", line=0)
    info: Any = root.getroottree().docinfo
    if info.doctype:  # hidden from the search above by an unusual encoding
        raise Refused("xml-dtd")
    return root


def opened(part: Part) -> tuple[etree._Element | None, list[Doubt]]:
    """Parse a part as far as it can be read, with the splitter's doubts and those of the form."""
    doubts = list(part.doubts)
    for recover in (False, True):
        try:
            return parse(part.head + part.body, recover=recover), doubts
        except Refused as refused:
            if not recover:
                place = Place(part.message, offset=part.offset)
                doubts.append(Doubt(refused.code, place, dict(refused.facts)))
            if refused.code != "xml-not-well-formed":
                break
    return None, doubts


def unknown_root(part: Part, root: etree._Element) -> Doubt:
    """The doubt about a document that the reader of its format has no use for."""
    return Doubt("xml-unknown-root", Place(part.message, path=f"/{local(root)}"), {"root": local(root)[:40]})


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Leaves:
    """The leaf elements of a document, and which of them a reader has taken; what is left over is counted.

    Attributes:
        doubts: What was noticed while values were taken.
    """

    def __init__(self, root: etree._Element, part: str = "") -> None:
        self.root = root
        self.doubts: list[Doubt] = []
        self._part = part
        self._taken: set[etree._Element] = set()
        self._children: dict[etree._Element, dict[str, list[etree._Element]]] = {}

    def text(self, under: etree._Element | None, *names: str) -> str:
        """Take the text of the first child with one of the names (case is ignored), or empty."""
        found = self.child(under, *names)
        return self.own(found) if found is not None else ""

    def own(self, element: etree._Element) -> str:
        """Take an element's own text."""
        self._taken.add(element)
        return " ".join((element.text or "").split())

    def child(self, under: etree._Element | None, *names: str) -> etree._Element | None:
        """The first child with the first of the names that there is, or None."""
        known = self._known(under)
        for name in names:
            if found := known.get(name.lower()):
                return found[0]
        return None

    def children(self, under: etree._Element | None, *names: str) -> Iterator[etree._Element]:
        """All children with one of the names, those of the first name first."""
        known = self._known(under)
        for name in dict.fromkeys(name.lower() for name in names):
            yield from known.get(name, ())

    def _known(self, under: etree._Element | None) -> dict[str, list[etree._Element]]:
        """The children of an element by lower-case name; each is walked once, for a reader asks it for twenty names."""
        if under is None:
            return {}
        known = self._children.get(under)
        if known is None:
            known = self._children[under] = {}
            for child in under:
                known.setdefault(local(child).lower(), []).append(child)
        return known

    def grams(self, under: etree._Element | None, *names: str, unit: str = "KGM") -> int | None:
        """Take a mass, in grams; a doubt and None where it cannot be read."""
        return self._read(under, names, lambda raw: read_grams(raw, unit), BadAmount, "xml-amount")

    def count(self, under: etree._Element | None, *names: str) -> int | None:
        """Take a whole number; a doubt and None where it cannot be read."""
        return self._read(under, names, _count, BadAmount, "xml-amount")

    def moment(self, under: etree._Element | None, *names: str) -> Moment | None:
        """Take a moment; a doubt and None where it cannot be read. A moment without a zone is taken as UTC."""
        read = self._read(under, names, read_written_moment, BadMoment, "xml-moment")
        return None if read is None else Moment(read)

    def _read(
        self, under: etree._Element | None, names: tuple[str, ...], read: Callable[[str], int], error: type[Exception],
        code: str,
    ) -> int | None:
        found = self.child(under, *names)
        raw = self.own(found) if found is not None else ""
        if not raw or found is None:
            return None
        try:
            return read(raw)
        except error:
            self.doubt(code, found, text=raw[:40])
            return None

    def doubt(self, code: str, at: etree._Element, **facts: str | int) -> None:
        """Note a doubt at an element."""
        self.doubts.append(Doubt(code, self.place(at), dict(facts)))

    def place(self, at: etree._Element) -> Place:
        """Where an element stands: its path and line."""
        line: Any = at.sourceline  # lxml-stubs does not know what it is
        try:
            path = at.getroottree().getpath(at)
        except UnicodeDecodeError:  # libxml2 cuts a very long path in the middle of a character
            path = local(at)[:80]
        return Place(self._part, line, path)

    def number(self, at: etree._Element | None, raw: str) -> str:
        """Normalise a container number; a doubt where shape or check digit is wrong."""
        number = written_number(raw)
        if at is not None and number and (fault := number_fault(number)):
            self.doubt("xml-container-number", at, number=number[:17], fault=fault)
        return number

    def left(self, known: frozenset[str] = frozenset()) -> None:
        """Doubt once, with a count, the leaves that nothing took and whose (lower-case) names are not `known`."""
        left = [
            leaf for leaf in self.root.iter(etree.Element)
            if len(leaf) == 0 and (leaf.text or "").strip() and leaf not in self._taken
            and local(leaf).lower() not in known
        ]
        if left:
            self.doubt("xml-kept-unmapped", left[0], count=len(left), names=" ".join(sorted({*map(local, left)}))[:200])


def _count(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or len(raw) > 15:
        raise BadAmount(reason="not a whole number", length=len(raw))
    return int(raw)


def read_written_moment(raw: str) -> Moment:
    """Read a moment as XML messages write it: ISO 8601, `YYYYMMDDHHMM`, or a date alone; without a zone it is UTC.

    Raises:
        BadMoment: None of these, or no day of the calendar.
    """
    text = raw.strip()
    if text.isascii() and text.isdigit():
        padded = {8: "0000", 10: "00", 12: ""}.get(len(text))
        if padded is None:
            raise BadMoment(reason="not a moment", length=len(text))
        text = text + padded
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}Z"
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        text += "T00:00Z"
    elif not re.search(r"(Z|[+-]\d\d:?\d\d)$", text):
        text += "Z"
    return read_moment(text)


def split(stream: BinaryIO, reader: str) -> Iterator[Part]:
    """Cut an XML file into parts: one per document, or one per bill of lading of an ASYCUDA manifest.

    A document or bill larger than `LARGEST` is kept in unread parts with a doubt.
    """
    if reader == "asycuda":
        yield from _records(stream)
        return
    body = stream.read(LARGEST + 1)
    if len(body) > LARGEST:
        yield from _oversize(stream, body, 0, 0)
    else:
        yield _part(reader, body[:_READ], b"", body, 0, 0)


def _part(reader: str, shown: bytes, head: bytes, body: bytes, number: int, offset: int) -> Part:
    form = _FORM.search(shown)
    message, sender = _MESSAGE.search(shown), _SENDER.search(shown)
    named = [found.group(1).decode("utf-8", "replace") for found in (sender, message) if found]
    name = form.group(1).decode("ascii").upper() if form else ""
    return Part(reader, name.removeprefix("IE3"), "/".join(named), number, head, body, offset, number + 1)


def _oversize(stream: BinaryIO, start: bytes, number: int, offset: int) -> Iterator[Part]:
    body = start
    while body:
        doubt = Doubt("xml-too-large", Place(offset=offset), {"bytes": len(body), "most": LARGEST})
        yield Part("unread", "", "", number, b"", body, offset, doubts=(doubt,))
        offset, number, body = offset + len(body), number + 1, stream.read(LARGEST)


def _records(stream: BinaryIO) -> Iterator[Part]:
    """Cut after each bill of lading; what follows the last one belongs to it."""
    head: bytes | None = None
    kept, ready = bytearray(), b""
    number = offset = 0
    while chunk := stream.read(_READ):
        seen = max(0, len(kept) - 64)  # an end tag may lie across two reads
        kept += chunk
        if head is None:
            start = _RECORD_START.search(kept)
            if start is None and len(kept) <= LARGEST:
                continue
            head = bytes(kept[: start.start()]) if start else b""
            del kept[: len(head)]
            offset, seen = len(head), 0
        while end := _RECORD_END.search(kept, seen):
            if ready:
                yield _part("asycuda", head[:_READ], head, ready, number, offset)
                number, offset = number + 1, offset + len(ready)
            ready = bytes(kept[: end.end()])
            del kept[: end.end()]
            seen = 0
        if len(kept) > LARGEST:
            if ready:
                yield _part("asycuda", head[:_READ], head, ready, number, offset)
                number, offset, ready = number + 1, offset + len(ready), b""
            yield from _oversize(stream, bytes(kept), number, offset)
            return
    yield _part("asycuda", (head or bytes(kept))[:_READ], head or b"", ready + bytes(kept), number, offset)


def locode(raw: str) -> str:
    """Write a place as its UN/LOCODE where the text is one (blanks are dropped), else the text in upper case.

    >>> locode("nl rtm"), locode("Port of Rotterdam")
    ('NLRTM', 'PORT OF ROTTERDAM')
    """
    text = " ".join(raw.upper().split())
    joined = text.replace(" ", "")
    return joined if re.fullmatch(r"[A-Z]{2}[A-Z2-9]{3}", joined) else text


def name_consignment(document: str, mrn: str, lrn: str, carrier: str, declarant: str) -> ConsignmentId:
    """Name a declared consignment: by its transport document, which original and amendment both carry; else its MRN;
    else the declarant's own number.

    >>> name_consignment("ABC1", "", "77", "BE0400", "BE0900")
    'bl:BE0400:ABC1'
    """
    if document:
        return ConsignmentId(f"bl:{carrier}:{document}")
    return ConsignmentId(f"mrn::{mrn}") if mrn else ConsignmentId(f"lrn:{declarant}:{lrn}")


class Written:
    """A small tree of elements being written: `add` drops what is empty."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def add(self, name: str, text: "str | int | None") -> None:
        """Add a leaf; nothing where the text is empty or None."""
        if text is None or text == "":
            return
        etree.SubElement(self.element, name).text = _storable(str(text))

    def group(self, name: str) -> "Written":
        """Add a group; `prune` removes it again if it stays empty."""
        return Written(etree.SubElement(self.element, name))

    def prune(self) -> None:
        """Remove the groups that stayed empty."""
        for element in reversed(list(self.element.iter())):
            if len(element) == 0 and element.text is None and element is not self.element:
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)


def _storable(text: str) -> str:
    """Drop the characters that XML 1.0 cannot hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
