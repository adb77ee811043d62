"""One message while it streams by: its head, the groups that open in it, and what its trailer counts."""

from hashlib import sha256

from vigie.arrivals.edifact.charset import strange_bytes
from vigie.arrivals.edifact.envelope import Envelope, read_head
from vigie.arrivals.edifact.forms import FORMS, RUN, Form
from vigie.arrivals.edifact.syntax import BLANKS, Service
from vigie.arrivals.reading import Part
from vigie.terms import Doubt, Fact, Place

LONGEST_PART = 4 << 20  # bytes; the longest consignment of the standard (9,999 containers) stays well below
LONGEST_HEAD = 1 << 16  # bytes; a head is stored with each part, so a long one is cut off
LARGEST_POOL = 1 << 24  # bytes of equipment kept until a consignment names it (9,999 groups of 100 to 300 bytes)

_STRANGE = -1  # stands for the number of a segment that is none
_WHOLE = Form()
_PLAIN = frozenset(
    b"ALI AUT BGM BUS CAV CCI COM CPI CST CTA DGS DIM DOC DTM EQA EQN ERC FTX GDS GID GIN GIS GOR GPO HAN IMD LOC MEA "
    b"MOA NAD PAC PCI PIA PRI QTY REL RFF RNG SEL SPL STS TCC TDT TMD TMP TOD TPL TSR".split()
)  # where no form is cut and which nothing counts; a form's own openers are taken out; EQD, CNI, CNT, SGP are not in
_GUESS = "BAPLIE"  # a file without UNH that holds LOC+147 groups is read as a plan


class Group:
    """Bytes that belong together. offset, segment: Of their first segment, in the file and in the message."""

    __slots__ = ("doubts", "offset", "raw", "segment")

    def __init__(self, offset: int, segment: int) -> None:
        self.raw = bytearray()
        self.doubts: list[Doubt] = []
        self.offset, self.segment = offset, segment

    def add(self, piece: bytes) -> None:
        """Append bytes."""
        self.raw += piece


def _begin(piece: bytes, offset: int) -> int:
    """Tell where a piece begins, the blanks before its segment included."""
    told = piece.lstrip(BLANKS)
    return offset - (len(piece) - len(told)) if told else offset


class Message:
    """One message of a file, cut as its form says; a finished part waits until the next, so that a trailer can join it.

    Attributes:
        out: Finished parts, for the caller to take away.
        plain: Tags of segments that are nothing but bytes of the part that is open.
        closed: True after UNT. segments: Segments so far, UNH counted. reference: Message reference of UNH.
    """

    def __init__(self, prefix: bytes, service: Service, offset: int, *, headed: bool) -> None:
        self.service, self.prefix, self.headed, self.closed = service, prefix, headed, False
        self.out: list[Part] = []
        self.name, self.reference = "", ""
        self.form = _WHOLE if headed else FORMS[_GUESS]
        self.openers: dict[str, tuple[bytes, ...]] = {}
        self.opener: tuple[bytes, ...] = ()
        self.state = "head"
        self.head = Group(offset, 1)
        self.body: Group | None = None
        self.held: Group | None = None
        self.segments = self.equipment = self.consignments = self.groups = self.number = 0
        self.declared: list[tuple[str, str, int]] = []
        self.pool: dict[bytes, Group] = {}
        self.pool_size = 0
        self.pooling: Group | None = None
        self.named: list[bytes] = []
        self.used: set[bytes] = set()
        self.doubts: list[Doubt] = []
        self.envelope: Envelope | None = None
        self.identity = ""
        self.strange = False
        self._prepare()

    def _prepare(self) -> None:
        self.plain = _PLAIN - {opener[:3].encode("latin-1") for opener in self.form.openers}
        ends = (self.service.element, self.service.component)
        for opener in self.form.openers:
            start = opener.replace("+", self.service.element)
            self.openers[opener] = tuple((start + end).encode("latin-1") for end in ends)

    def tell(self, code: str, offset: int, path: str = "", **facts: Fact) -> None:
        """Keep a doubt for the part that is being cut."""
        self.doubts.append(Doubt(code, Place(self.reference, self.segments or None, path, offset), facts))

    def open(self, piece: bytes, told: bytes) -> None:
        """Begin with UNH."""
        self.segments = 1
        self.head.offset = _begin(piece, self.head.offset)
        self.head.add(piece)
        self.reference = self._field(told, 1).decode("latin-1")
        self.name = self._field(told, 2).decode("latin-1").upper()
        self.form = FORMS.get(self.name, _WHOLE)
        self._prepare()

    def take(self, piece: bytes, told: bytes, offset: int) -> None:
        """Take the next segment: its bytes; the same without blanks before it and terminator; where it starts."""
        self.segments += 1
        tag = told[:3]
        if tag == b"EQD":
            self.equipment += 1
        elif tag == b"CNI":
            self.consignments += 1
        elif tag == b"CNT":
            code, value = self._field(told, 1).decode("latin-1"), self._field(told, 1, 1).decode("latin-1")
            self.declared.append((code, value, offset))
        if self.state == "body":
            if self.opener and told.startswith(self.opener):
                self._open_group(piece, offset)
            elif tag == b"SGP" and self.form.pooled:
                self.named.append(self._field(told, 1))
            if (body := self.body) is not None and len(body.raw) <= LONGEST_PART:
                body.raw += piece
            else:
                self._add(piece, offset)
        elif self.state == "pool":
            self._take_pooled(piece, told, offset)
        else:
            self._take_early(piece, told, offset)

    def _take_early(self, piece: bytes, told: bytes, offset: int) -> None:
        """Take a segment of the head, or the one that ends it."""
        for starts in self.openers.values():
            if told.startswith(starts):
                self.opener, self.state = starts, "body"
                if not self.name:
                    self.name = _GUESS
                    self.tell("edifact-form-guessed", offset, form=_GUESS)
                self._open_group(piece, offset)
                self._add(piece, offset)
                return
        if self.form.pooled and told[:3] == b"EQD":
            self.state = "pool"
            self._take_pooled(piece, told, offset)
        elif not (self.form.openers or told[:3] == b"BGM"):
            self.state = "body"
            self._add(piece, offset)
        elif len(self.head.raw) + len(piece) > LONGEST_HEAD:
            self._settle_head()
            self._add(piece, offset)
        else:
            self._to_head(piece, offset)

    def _to_head(self, piece: bytes, offset: int) -> None:
        if self.envelope is None:
            if not self.head.raw:
                self.head.offset = _begin(piece, offset)
            self.head.add(piece)
        else:
            self._add(piece, offset)

    def _take_pooled(self, piece: bytes, told: bytes, offset: int) -> None:
        """Take equipment that stands before the consignments, and keep it until one names it."""
        if told.startswith(self.openers[self.form.openers[0]]):
            self.opener, self.state, self.pooling = self.openers[self.form.openers[0]], "body", None
            self._open_group(piece, offset)
            self._add(piece, offset)
            return
        if told[:3] == b"EQD":
            number = self._field(told, 2)
            self.pooling = self.pool.setdefault(number, Group(_begin(piece, offset), self.segments))
        if self.pooling is None or told[:3] == b"CNT":
            self._to_head(piece, offset)
            return
        self.pooling.add(piece)
        self.pool_size += len(piece)
        if self.pool_size > LARGEST_POOL:
            self.tell("edifact-equipment-apart", offset)
            self._empty_pool()
            self.pooling = None

    def take_strange(self, raw: bytes, offset: int) -> None:
        """Take bytes that are longer than any segment: they are kept, and read by nobody."""
        if self.body is not None or self.held is None or self.held.segment != _STRANGE:
            self.tell("edifact-segment-too-long", offset, bytes=len(raw))
        self._flush()
        self.body = Group(offset, _STRANGE)
        self.body.add(raw)
        self._flush()

    def close(self, piece: bytes, told: bytes, offset: int) -> None:
        """End with UNT, and compare what it counts with what came."""
        self.segments += 1
        counted, reference = self._field(told, 1), self._field(told, 2).decode("latin-1")
        number = int(counted) if counted.isdigit() and len(counted) <= 10 else -1
        if number != self.segments and self.headed:
            self.tell("edifact-unt-count", offset, "UNT", declared=number, counted=self.segments)
        if reference != self.reference and self.headed:
            self.tell("edifact-unt-reference", offset, "UNT", declared=reference[:35], expected=self.reference[:35])
        for code, value, place in self.declared:
            have = {"16": self.equipment, "10": self.consignments}.get(code)
            if have is not None and value.strip() != "" and (not value.isdigit() or int(value[:10]) != have):
                self.tell("edifact-control-total", place, f"CNT+{code}", declared=value[:18], counted=have)
        self.closed = True
        self.trail(piece, offset)

    def trail(self, piece: bytes, offset: int) -> None:
        """Append bytes that end the message or the interchange to the last part."""
        self._flush()
        self._empty_pool()
        if self.held is None or len(self.held.raw) > LONGEST_PART:
            self.body = Group(_begin(piece, offset), self.segments)
            self._flush()
        if self.held is not None:
            self.held.add(piece)

    def blank(self, raw: bytes, offset: int) -> None:
        """Keep blanks that end a file."""
        if self.state == "head" and self.envelope is None:
            self.head.add(raw)
        else:
            self._add(raw, offset)

    def finish(self) -> list[Part]:
        """Give the last parts away; segments of no message that opened no group are a body, not a head."""
        end = self.head.offset + len(self.head.raw)
        unread = self.envelope is None and self.body is None and bool(self.head.raw)
        if unread and not self.headed and self.state == "head":
            self.body, self.head = self.head, Group(self.head.offset, 1)
        self._flush()
        self._empty_pool()
        self._settle_head()
        if self.held is None and (self.number == 0 or self.doubts):
            self.held = Group(end, self.segments)
        if self.held is not None:
            self.held.doubts += self.doubts
        self._emit()
        return self.out

    def _open_group(self, piece: bytes, offset: int) -> None:
        if self.groups >= self.form.groups or (self.body is not None and self.groups == 0):
            self._flush()
        self.groups += 1
        if self.body is None:
            self.body = Group(_begin(piece, offset), self.segments)

    def _add(self, piece: bytes, offset: int) -> None:
        if self.body is None:
            self.body = Group(_begin(piece, offset), self.segments)
        elif len(self.body.raw) > LONGEST_PART:
            self.tell("edifact-part-too-long", offset, bytes=len(self.body.raw))
            self._flush()
            self.body = Group(_begin(piece, offset), self.segments)
        self.body.add(piece)

    def _flush(self) -> None:
        if self.body is None:
            return
        for number in dict.fromkeys(self.named):
            if (group := self.pool.get(number)) is not None:
                self.body.add(bytes(group.raw))
                self.used.add(number)
        self.named.clear()
        self._settle_head()
        self._judge(bytes(self.body.raw), self.body.offset)
        self._emit()
        self.body.doubts, self.doubts = self.doubts, []
        self.held, self.body, self.groups = self.body, None, 0

    def _empty_pool(self) -> None:
        """Give equipment that no consignment names its own parts."""
        waiting = [group for number, group in self.pool.items() if number not in self.used]
        self.pool.clear()
        self.pool_size = 0
        self.used.clear()
        for first in range(0, len(waiting), RUN):
            run = waiting[first : first + RUN]
            self._flush()
            self.body = Group(run[0].offset, run[0].segment)
            for group in run:
                self.body.add(bytes(group.raw))
        self._flush()

    def _settle_head(self) -> None:
        """Read the head before the first part leaves; from then on it is what all parts share."""
        if self.envelope is not None:
            return
        head = self.prefix + bytes(self.head.raw)
        self.prefix, self.head.raw = head, bytearray()
        self.envelope = read_head(head, self.service)
        told = (self.envelope.sender, self.envelope.interchange, self.reference, sha256(head).hexdigest()[:12])
        self.identity = "/".join(told)
        self._judge(head, self.head.offset)

    def _emit(self) -> None:
        """Turn the part that waited into a finished one."""
        if (held := self.held) is None or self.envelope is None:
            return
        form = self.name if held.segment != _STRANGE else ""
        self.out.append(
            Part(
                format="edifact", form=form, message=self.identity, number=self.number, head=self.prefix,
                body=bytes(held.raw), offset=held.offset, segment=max(held.segment, 1),
                doubts=tuple(held.doubts), sent_at=self.envelope.sent_at,
            )
        )  # fmt: skip
        self.number += 1
        self.held = None

    def _judge(self, raw: bytes, offset: int) -> None:
        """Notice, once in a message, bytes that its character set has not."""
        syntax = self.envelope.syntax.upper() if self.envelope is not None else ""
        strange = b"" if self.strange else strange_bytes(raw, syntax)
        if strange:
            self.strange = True
            at = raw.find(strange[:1])
            code = "edifact-nul" if strange[:1] == b"\0" else "edifact-charset"
            facts: dict[str, Fact] = {"syntax": syntax or "UNOC", "byte": f"{strange[0]:02X}", "count": len(strange)}
            self.doubts.append(Doubt(code, Place(part=self.reference, offset=offset + at), facts))

    def _field(self, told: bytes, index: int, component: int = 0) -> bytes:
        """Take one component of a segment, as written; separators that are released cut as well."""
        fields = told.split(self.service.element.encode("latin-1"), index + 1)
        parts = fields[index].split(self.service.component.encode("latin-1")) if index < len(fields) else []
        return parts[component].strip() if component < len(parts) else b""
