"""Answers of customs (CUSRES): a box selected, to be inspected, or released.

Source: UN/EDIFACT CUSRES D.00B; 7365 (4 released, 5 required for examination, 7 detained); DCSA event codes.
"""

from collections.abc import Iterator, Sequence

from vigie.arrivals.edifact.envelope import Envelope, one
from vigie.arrivals.edifact.messages.moves import event_name
from vigie.arrivals.edifact.messages.notes import Notes
from vigie.arrivals.edifact.messages.said import Said
from vigie.arrivals.edifact.syntax import Elements
from vigie.arrivals.events import Movement
from vigie.terms import write_moment

DECISIONS = {"4": "CUSR", "5": "CUSI", "7": "CUSS"}
"""Processing indicators (7365) to DCSA event codes."""


class _Answer:
    def __init__(self, index: int) -> None:
        self.said = Said(index)
        self.decision = ""

    def take(self, elements: Elements, at: int, notes: Notes) -> None:
        """Take one segment; DOC may name the transport document."""
        tag = elements[0].upper() if isinstance(elements[0], str) else ""
        if tag == "GIS":
            self.decision = one(elements, 1).strip()
        elif tag == "DOC" and one(elements, 2).strip():
            self.said.references.append(("BM", one(elements, 2).strip()))
        self.said.take(elements, at, notes)


def read_response(
    envelope: Envelope, head: Said, segments: Sequence[Elements], notes: Notes, form: str
) -> Iterator[Movement]:
    """One movement for each box that an answer names; answers open with DOC."""
    del head, form
    general, answer = _Answer(0), None
    for at, elements in enumerate(segments):
        tag = elements[0].upper() if isinstance(elements[0], str) else ""
        if tag == "DOC":
            if answer is not None:
                yield from _decided(envelope, general, answer, notes)
            answer = _Answer(at)
        (answer or general).take(elements, at, notes)
    yield from _decided(envelope, general, answer or general, notes)


def _decided(envelope: Envelope, general: _Answer, answer: _Answer, notes: Notes) -> Iterator[Movement]:
    said = answer.said
    if not said.numbered:
        return
    written = answer.decision or general.decision
    code = DECISIONS.get(written, "")
    if not code:
        notes.tell("edifact-decision", said.index, "GIS", decision=written[:3])
        return
    when = said.date("148", "9", "7", "137")
    at = when.at or general.said.date("148", "137").at or envelope.sent_at
    number = said.number(notes)
    place = said if said.places else general.said
    stamp = write_moment(at) if at is not None else envelope.document
    yield Movement(
        event_id=said.reference("ABO") or event_name(envelope.sender, code, number, stamp), code=code,
        container=number, at=at, recorded_at=envelope.sent_at, place=place.place("11", "43", "165", "22"),
        facility=place.facility("11", "43", "165", "22"), documents=said.documents(), remarks=tuple(said.remarks),
        size_type=said.size_type, offset_known=when.zoned,
    )  # fmt: skip
