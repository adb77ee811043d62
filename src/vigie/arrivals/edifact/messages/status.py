"""Status reports of carriers (IFTSTA) in the vocabulary of DCSA Track & Trace.

Source: UN/ECE Recommendation 24 (numbers; data element 9011 of D.95B), ANSI X12 element 1650 (letters, as the lines
use them inside IFTSTA); DCSA Track & Trace 3.0 event codes.
"""

from collections.abc import Iterator, Sequence

from vigie.arrivals.cargo import Function
from vigie.arrivals.edifact.dates import When
from vigie.arrivals.edifact.envelope import Envelope, one
from vigie.arrivals.edifact.messages.moves import event_name
from vigie.arrivals.edifact.messages.notes import Notes
from vigie.arrivals.edifact.messages.said import Said
from vigie.arrivals.edifact.syntax import Elements
from vigie.arrivals.events import Classifier, Movement
from vigie.terms import write_moment, written_number

DCSA = {
    "1": "ARRI", "12": "CUSR", "13": "PICK", "21": "DROP", "22": "DROP", "24": "DEPA", "28": "STRP", "29": "DISC",
    "48": "LOAD", "59": "DISC", "79": "LOAD", "82": "GTIN", "93": "STUF", "94": "STUF", "98": "GTIN", "99": "GTOT",
    "AE": "LOAD", "UV": "DISC", "VD": "DEPA", "VA": "ARRI", "I": "GTIN", "OA": "GTOT", "EE": "GTOT", "RD": "GTIN",
    "AL": "LOAD", "UR": "DISC", "RL": "DEPA", "AR": "ARRI", "P": "DEPA", "A": "ARRI", "CT": "CUSR", "AV": "AVPU",
    "AF": "PICK", "D": "DROP",
}  # fmt: skip
"""Status codes to DCSA event codes; any other code is kept as the sender wrote it."""

_OWN = frozenset(
    ("LOAD", "DISC", "GTIN", "GTOT", "STUF", "STRP", "PICK", "DROP", "INSP", "RSEA", "RMVD", "CUSS", "CUSI", "CUSR",
     "AVPU", "AVDO", "CROS", "ARRI", "DEPA")
)
_RAIL = frozenset(("AL", "UR", "RL", "AR", "P", "A"))
_EMPTY = frozenset(("EE", "RD"))
_WHEN = ("334", "78", "7", "178", "186", "203")
_EXPECTED = ("132", "133", "17", "191")
_HERE = ("175", "165", "164", "9", "11", "8", "5", "60")


def read_status(
    envelope: Envelope, head: Said, segments: Sequence[Elements], notes: Notes, form: str
) -> Iterator[Movement]:
    """One movement for each status and box; a status that names no box speaks of the box of the whole message."""
    del form
    consignment, said = Said(0), None
    told: Elements = []
    for at, elements in enumerate(segments):
        tag = elements[0].upper() if isinstance(elements[0], str) else ""
        if tag in {"CNI", "STS", "CNT", "UNT"} and said is not None:
            yield from _events(envelope, head, consignment, said, told, notes)
            said = None
        if tag == "CNI":
            consignment = Said(at)
            if document := one(elements, 2).strip():
                consignment.references.append(("BM", document))
        elif tag == "STS":
            said, told = Said(at), elements
        elif tag not in {"CNT", "UNT", "UNZ"}:
            (said or consignment).take(elements, at, notes)
    if said is not None:
        yield from _events(envelope, head, consignment, said, told, notes)


def _events(
    envelope: Envelope, head: Said, consignment: Said, said: Said, told: Elements, notes: Notes
) -> Iterator[Movement]:
    written = one(told, 2).strip().upper()
    code = DCSA.get(written, written)
    if not code or code not in _OWN:
        notes.tell("edifact-status", said.index, "STS", status=written[:17])
    classifier, when = Classifier.ACTUAL, said.date(*_WHEN)
    if when.at is None and (expected := said.date(*_EXPECTED)).at is not None:
        classifier, when = Classifier.ESTIMATED, expected
    if when.at is None:
        notes.tell("edifact-no-time", said.index, "STS", event=code[:4])
    boxes = [said.written] if said.written else []
    for source in (said, consignment, head):
        boxes = boxes or [number for kind, number in source.references if kind in {"EQ", "AAQ"}]
    for number in dict.fromkeys(boxes or [""]):
        yield _event(envelope, (head, consignment, said), told, (code, written, number, classifier), when, notes)


def _event(
    envelope: Envelope, said_of: tuple[Said, Said, Said], told: Elements,
    named: tuple[str, str, str, Classifier], when: When, notes: Notes,
) -> Movement:  # fmt: skip
    head, consignment, said = said_of
    code, written, number, classifier = named
    if number:
        said.written = number
        number = said.number(notes)
    else:
        number = written_number(number)
    stamp = write_moment(when.at) if when.at is not None else envelope.document
    name = event_name(envelope.sender, f"{code}-{classifier.value}", number, stamp)
    cancelled = envelope.function is Function.CANCELLATION
    rail = written in _RAIL
    documents = dict.fromkeys((*said.documents(), *consignment.documents(), *head.documents()))
    ship = said if said.transports else head
    mode = "RAIL" if rail else next((transport.mode for transport in said.transports if transport.mode), "")
    return Movement(
        event_id=f"{name}:cancel" if cancelled else name, code=code, classifier=classifier, container=number,
        at=when.at, recorded_at=envelope.sent_at, place=said.place(*_HERE), facility=said.facility(*_HERE), mode=mode,
        call=ship.call(), seals=tuple(said.seals), empty=True if written in _EMPTY else said.empty,
        gross_g=said.gross_g, documents=tuple(documents), retracts=name if cancelled else "",
        reason=one(told, 3).strip(), remarks=tuple(filter(None, (one(told, 2, 3).strip(), *said.remarks))),
        size_type=said.size_type, offset_known=when.zoned or when.at is None,
    )  # fmt: skip
