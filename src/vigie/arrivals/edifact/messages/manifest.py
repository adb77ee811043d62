"""Consignments: cargo reports to customs (CUSCAR), forwarders' lists (IFCSUM), transport orders (IFTMIN, IFTMCS).

Equipment stands before the consignments that name it; the splitter copies it behind the consignment.
"""

from collections.abc import Iterator, Sequence

from vigie.arrivals.cargo import Consignment, Equipment, Function, GoodsItem, Level, Stowed
from vigie.arrivals.edifact.envelope import Envelope, function_of, one
from vigie.arrivals.edifact.messages.goods import Item
from vigie.arrivals.edifact.messages.groups import groups
from vigie.arrivals.edifact.messages.notes import ELSEWHERE, Notes
from vigie.arrivals.edifact.messages.parties import read_party
from vigie.arrivals.edifact.messages.said import Said
from vigie.arrivals.edifact.syntax import Elements
from vigie.terms import ConsignmentId, Party

_OWN = frozenset(("BM", "MB", "BH", "ABT", "MRN", "VON", "VM", "EQ"))  # references that have a field of their own
_OF_ALL = frozenset(("RFF", "DTM", "LOC", "TDT"))  # speak of the consignment even behind its goods
_POOLED = frozenset(("CUSCAR", "IFCSUM"))


class _Bill:
    """A consignment as read so far."""

    def __init__(self, index: int) -> None:
        self.said = Said(index)
        self.document, self.payment = "", ""
        self.parties: list[Party] = []
        self.items: list[Item] = []
        self.boxes: list[Said] = []
        self.function: Function | None = None
        self.item: Item | None = None
        self.box: Said | None = None

    def take(self, elements: Elements, at: int, notes: Notes, *, copied: bool) -> None:
        """Take one segment; GID opens an item, EQD a box."""
        tag = elements[0] if isinstance(elements[0], str) else ""
        if tag.islower():
            tag = tag.upper()
        if tag == "EQD":
            self.item, self.box = None, Said(at)
            self.boxes.append(self.box)
        elif tag == "GID":
            self.box, self.item = None, Item.begin(elements, self.items[-1].number if self.items else 0)
            self.items.append(self.item)
            return
        if self.box is not None:
            self.box.take(elements, ELSEWHERE if copied else at, notes)
        elif tag == "NAD":
            if (party := read_party(elements)) is not None:
                self.parties.append(party)
            self.said.take(elements, at, notes)
        elif self.item is not None and tag not in _OF_ALL:
            self.item.take(elements, at, notes)
        else:
            self._take_own(tag, elements, at, notes)

    def _take_own(self, tag: str, elements: Elements, at: int, notes: Notes) -> None:
        if tag == "CNI":
            self.document = one(elements, 2).strip()
        elif tag == "CPI":
            self.payment = one(elements, 3).strip() or self.payment
        elif tag == "GIS" and one(elements, 1, 1) == "FUN":  # agreed between partners: 1225 for one consignment
            self.function = function_of(one(elements, 1))
        elif tag != "MEA":
            self.said.take(elements, at, notes)

    def equipment(self, notes: Notes) -> tuple[Equipment, ...]:
        """The boxes in the order the goods name them, then those that no item names."""
        known = {box.plain_number(): box for box in self.boxes if box.written}
        order = dict.fromkeys(number for item in self.items for number in item.containers if number)
        order |= dict.fromkeys(known)
        for item in self.items:
            for number in item.containers or known:
                if (box := known.get(number)) is not None:
                    self._share(item, box, notes)
        for number in order:
            if number not in known:
                known[number] = box = Said(self.said.index)
                box.written = number
        unnumbered = [box for box in self.boxes if not box.written]
        return tuple(box.equipment(notes) for box in [*(known[number] for number in order), *unnumbered])

    def _share(self, item: Item, box: Said, notes: Notes) -> None:
        """Give a box what its goods say about it: dangerous goods, set temperature."""
        box.dangerous += [number for number in item.dangerous if number not in box.dangerous]
        if box.setpoint_dc is None:
            for elements in item.temperatures:
                box.take(elements, self.said.index, notes)


def read_manifest(
    envelope: Envelope, head: Said, segments: Sequence[Elements], notes: Notes, form: str
) -> Iterator[Consignment | Stowed]:
    """The consignment of a part; equipment that no consignment names becomes a list of its own."""
    pooled = form in _POOLED
    if pooled and not any(elements[0] in {"CNI", "cni"} for elements in segments):
        at = envelope.sent_at
        for said in groups(segments, ("EQD",), notes):
            yield Stowed(form, said.equipment(notes), call=head.call(), route=said.route(head), at=at)
        return
    bill = _Bill(0)
    for at_, elements in enumerate(segments):
        bill.take(elements, at_, notes, copied=pooled)
    yield _consignment(envelope, head, bill, notes, form)


def _consignment(envelope: Envelope, head: Said, bill: _Bill, notes: Notes, form: str) -> Consignment:
    said = bill.said
    own = any(transport.stage == "20" for transport in said.transports)
    call = said.call() if own else head.call()
    house, master = said.reference("BH"), said.reference("MB")
    document = (said.reference("BM") or house or bill.document or master).upper()
    parent = master if master and master != document else ""
    level = Level.HOUSE if house or parent else Level.MASTER if master else Level.STRAIGHT
    mrn = said.reference("ABT", "MRN").upper()
    equipment = bill.equipment(notes)
    everything = frozenset(box.number for box in equipment)
    goods = tuple(item.goods(everything) for item in bill.items)
    if len(goods) == 1 and goods[0] == GoodsItem(number=goods[0].number):
        goods = ()
    return Consignment(
        id=_identity(envelope, call.carrier, document, mrn, bill, notes), function=bill.function or envelope.function,
        level=level, form=form, document=document, parent=parent, mrn=mrn,
        references=tuple(f"{kind}:{number}" for kind, number in said.references if kind not in _OWN),
        parties=tuple(bill.parties), goods=goods, equipment=equipment, call=call,
        route=said.route(head), filed_at=said.date("137").at or envelope.sent_at, freight_payment=bill.payment,
    )  # fmt: skip


def _identity(
    envelope: Envelope, carrier: str, document: str, mrn: str, bill: _Bill, notes: Notes
) -> ConsignmentId:
    """Name the consignment by its transport document, else its MRN, else its booking, else its place in the message."""
    if document:
        return ConsignmentId(f"bl:{carrier}:{document}")
    if mrn:
        return ConsignmentId(f"mrn::{mrn}")
    notes.tell("edifact-no-document", bill.said.index, "RFF+BM")
    if booking := bill.said.reference("BN"):
        return ConsignmentId(f"bn:{carrier}:{booking.upper()}")
    return ConsignmentId(f"message:{envelope.sender}:{envelope.document or envelope.reference}.{notes.part.number}")
