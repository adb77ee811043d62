"""Verified gross masses (VERMAS).

Source: UN/EDIFACT VERMAS D.16A; SMDG user manual (DOC+SM1/SM2, DTM+WAT, NAD+SPC); SOLAS VI/2.
"""

from collections.abc import Iterator, Sequence

from vigie.arrivals.cargo import Function
from vigie.arrivals.edifact.envelope import Envelope, one
from vigie.arrivals.edifact.messages.groups import opens
from vigie.arrivals.edifact.messages.notes import HEAD, Notes
from vigie.arrivals.edifact.messages.parties import read_party
from vigie.arrivals.edifact.messages.said import Said
from vigie.arrivals.edifact.syntax import Elements
from vigie.arrivals.events import Measurement, Quantity

_WHEN = ("WAT", "798", "225", "137")  # 2005: weighing time (SMDG), determination of the mass, certification, document
_ANSWERS = frozenset(("SPC", "AM", "WPA", "CZ"))  # 3035: who answers for the mass


class _Weighed:
    def __init__(self, index: int) -> None:
        self.said = Said(index)
        self.method = self.by = ""

    def take(self, elements: Elements, at: int, notes: Notes) -> None:
        """Take one segment of the group."""
        tag = elements[0].upper() if isinstance(elements[0], str) else ""
        if tag == "DOC":
            self.method = one(elements, 1).strip()
        elif tag == "NAD" and one(elements, 1) in _ANSWERS:
            party = read_party(elements)
            self.by = self.by or (party.name if party is not None and party.name else one(elements, 2))
        self.said.take(elements, at, notes)


def read_weights(
    envelope: Envelope, head: Said, segments: Sequence[Elements], notes: Notes, form: str
) -> Iterator[Measurement]:
    """One measurement for each mass of each box: verified, else gross, and tare where it is given."""
    if envelope.function is Function.CANCELLATION:
        notes.tell("edifact-list-cancelled", HEAD, "BGM", form=form)
        return
    weighed: _Weighed | None = None
    for at, elements in enumerate(segments):
        if opens(elements, ("EQD",)):
            if weighed is not None:
                yield from _masses(envelope, head, weighed, notes)
            weighed = _Weighed(at)
        if weighed is not None:
            weighed.take(elements, at, notes)
    if weighed is not None:
        yield from _masses(envelope, head, weighed, notes)


def _masses(envelope: Envelope, head: Said, weighed: _Weighed, notes: Notes) -> Iterator[Measurement]:
    said = weighed.said
    number = said.number(notes)
    at = said.date(*_WHEN).at or envelope.sent_at
    method = weighed.method or said.vgm_method
    masses = ((Quantity.VGM, said.vgm_g), (Quantity.GROSS, said.gross_g), (Quantity.TARE, said.tare_g))
    if all(value is None for _, value in masses):
        notes.tell("edifact-no-mass", said.index, "EQD")
    for quantity, value in masses:
        if value is not None:
            yield Measurement(
                container=number, quantity=quantity, value=value, at=at, by=weighed.by,
                method=method if quantity is Quantity.VGM else "", documents=said.documents(),
                place=said.place("9", "165", "175") or head.place("9", "165", "175"),
            )  # fmt: skip
