"""Movements that terminals and depots report: gates (CODECO), discharge and loading (COARRI).

Source: UN/EDIFACT 1001 as SMDG and ITIGG use it (34, 36 gates; 44, 46, 98, 270 ship); DCSA Track & Trace 3.0 codes.
"""

from collections.abc import Iterator, Sequence

from vigie.arrivals.cargo import Call, Function
from vigie.arrivals.edifact.dates import When
from vigie.arrivals.edifact.envelope import Envelope
from vigie.arrivals.edifact.messages.groups import groups
from vigie.arrivals.edifact.messages.notes import HEAD, Notes
from vigie.arrivals.edifact.messages.said import Said
from vigie.arrivals.edifact.syntax import Elements
from vigie.arrivals.events import Movement
from vigie.terms import write_moment

_CODES = {
    ("CODECO", "34"): "GTIN", ("CODECO", "36"): "GTOT", ("CODECO", "109"): "GTIN", ("CODECO", "111"): "GTOT",
    ("COARRI", "44"): "DISC", ("COARRI", "46"): "LOAD", ("COARRI", "98"): "DISC", ("COARRI", "119"): "DISC",
    ("COARRI", "270"): "LOAD", ("COARRI", "122"): "LOAD",
}  # fmt: skip
_WHEN = ("203", "7", "78", "403", "404", "181", "182", "9", "178", "186")  # 2005: when the move was done, first found
_HERE = {"DISC": ("11", "12", "165", "175", "9"), "LOAD": ("9", "6", "165", "175", "11")}
_NOWHERE = ("", "")
_NAMED = "TRA:HAULIER "
_GATE = ("165", "175", "172", "9", "11")


def event_name(sender: str, code: str, container: str, when: str) -> str:
    """Name an event so that a second delivery, and a cancellation, of it carry the same name."""
    return f"{sender}:{code}:{container}:{when}"


def read_moves(
    envelope: Envelope, head: Said, segments: Sequence[Elements], notes: Notes, form: str
) -> Iterator[Movement]:
    """One movement for each box, in the order of the message."""
    code = _CODES.get((form, envelope.kind.strip()), "")
    if not code:
        code = _guessed(form, head)
        notes.tell("edifact-report-kind", HEAD, "BGM", kind=envelope.kind[:3], taken=code)
    call, here = head.call(), _HERE.get(code, _GATE)
    there = (head.place(*here), head.facility(*here)) if head.places else _NOWHERE
    for said in groups(segments, ("EQD",), notes):
        yield _movement(envelope, head, said, (call, there, code), notes)


def _guessed(form: str, head: Said) -> str:
    """Tell from the places of the head whether a ship was loaded or discharged, where the document name does not."""
    if form == "CODECO":
        return "GTIN" if head.place("9") and not head.place("11") else "GTOT"
    return "LOAD" if head.place("9") and not head.place("11") else "DISC"


def _movement(
    envelope: Envelope, head: Said, said: Said, shared: tuple[Call, tuple[str, str], str], notes: Notes
) -> Movement:
    """One movement. shared: The call of the ship, place and facility as the head tells them, the code of the event."""
    (call, there, code), number = shared, said.number(notes)
    when = said.date(*_WHEN)
    if when.at is None:
        when = head.date(*_WHEN)
    if when.at is None:
        notes.tell("edifact-no-time", said.index, "EQD", event=code)
    if there[0] and (code in _HERE or not said.place("165", "175")):
        place, facility = there
    else:
        here = _HERE.get(code, _GATE)
        place, facility = said.place(*here), said.facility(*here)
    name = event_name(envelope.sender, code, number, _stamp(when, envelope))
    cancelled = envelope.function is Function.CANCELLATION
    return Movement(
        event_id=f"{name}:cancel" if cancelled else name, code=code, container=number, at=when.at,
        recorded_at=envelope.sent_at, place=place, facility=facility,
        mode=_mode(code, said), call=call, seals=tuple(said.seals), empty=said.empty,
        gross_g=said.gross_g if said.gross_g is not None else said.vgm_g, documents=said.documents(),
        retracts=name if cancelled else "", remarks=_remarks(said), size_type=said.size_type,
        offset_known=when.zoned or when.at is None, haulier=_haulier(code, said),
    )  # fmt: skip


def _stamp(when: When, envelope: Envelope) -> str:
    return write_moment(when.at) if when.at is not None else envelope.document


def _mode(code: str, said: Said) -> str:
    if code in _HERE:
        return "VESSEL"
    for transport in said.transports:
        if transport.mode:
            return transport.mode
    return ""


def _haulier(code: str, said: Said) -> str:
    """Who fetched or brought the box by road: the carrier of the on-carriage, else a remark that names him.

    Source: UN/EDIFACT CODECO, TDT in the group of the box (8067: 3 road, C040 carrier); remarks `TRA:HAULIER name`
    (4451 TRA: transportation information), as reference page trade quotes them.
    """
    if code in _HERE or not (said.transports or said.remarks):
        return ""
    for each in said.transports:
        if each.mode == "TRUCK" and (road := each.carrier.strip()):
            return road
    named = (each[len(_NAMED) :].strip() for each in said.remarks if each.upper().startswith(_NAMED))
    return next(named, "") if said.remarks else ""


def _remarks(said: Said) -> tuple[str, ...]:
    """Free text with its qualifier; the stowage cell and the goods are kept in it, having no field of a movement."""
    if not (said.description or said.remarks or said.stow):
        return ()
    told = [f"AAA:{said.description}"] if said.description else []
    told += said.remarks
    return (*told, f"STOW:{said.stow}") if said.stow else tuple(told)
