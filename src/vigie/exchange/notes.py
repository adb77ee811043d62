"""What entries say that are no STIX: why a thing was taken back, what became of it, who may pass it on."""

from enum import StrEnum
from typing import TypeVar

import msgspec

from vigie.exchange.refusals import Why, refuse
from vigie.terms import Moment


class Outcome(StrEnum):
    """What became of a body that had to go."""

    ERASED = "erased"
    KEPT = "kept"  # a hold or a law keeps it: reason and authority say which
    NEVER = "never-had"  # it had not come, or was gone already


class Retraction(msgspec.Struct, frozen=True, tag="retraction"):
    """Why a thing is taken back or changed; travels with revisions, retractions and expiries."""

    reason: str


class Receipt(msgspec.Struct, frozen=True, tag="receipt"):
    """What became of it. about, version: Which thing. answers: The version of the entry that is answered. outcome:
    Erased or kept. at: When. reason, authority: Why it was kept, and who said so; empty where it was erased.
    until: When the hold ends; 0 where there is none."""  # fmt: skip

    about: str
    version: int
    answers: int
    outcome: Outcome
    at: Moment
    reason: str = ""
    authority: str = ""
    until: int = 0


class ReleaseRequest(msgspec.Struct, frozen=True, tag="release-request"):
    """A recipient asks the originator whether it may pass a thing on. nodes: To whom. judicial: Also to courts."""

    about: str
    version: int
    nodes: tuple[str, ...]
    reason: str
    judicial: bool = False


class Grant(msgspec.Struct, frozen=True, tag="grant"):
    """The originator's answer. granted: Whether. nodes: To whom. until: When it ends. reason: Why, or why not."""

    about: str
    version: int
    granted: bool
    nodes: tuple[str, ...]
    until: Moment
    reason: str
    judicial: bool = False


Note = Retraction | Receipt | ReleaseRequest | Grant
N = TypeVar("N", bound=Note)

MOST_NOTE = 4_096  # bytes; a reason in a few sentences. What is larger is no note but content under another name

_notes = msgspec.json.Decoder(Note)


def write_note(note: Note) -> bytes:
    """The bytes of a note."""
    return msgspec.json.encode(note, order="deterministic")


def read_note(raw: bytes, kind: type[N]) -> N:
    """Read a note of a kind.

    Raises:
        ExchangeRefused: Not a note, or of another kind.
    """
    if len(raw) > MOST_NOTE:
        refuse(Why.OVERSIZE, bytes=len(raw), most=MOST_NOTE)
    try:
        note = _notes.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        refuse(Why.BAD_CONTENT, part="note")
    if not isinstance(note, kind):
        refuse(Why.BAD_CONTENT, part="note")
    return note
