"""What goes over the wire beside batches: the answer to one, and the paths."""

from typing import Final

import msgspec

from vigie.exchange.heads import Countersigned, SignedHead
from vigie.exchange.refusals import Why, refuse

INBOX: Final = "/vx/1/inbox"
LOG: Final = "/vx/1/log"
HEADS: Final = "/vx/1/heads"
STREAM: Final = "/vx/1/stream"
BLOB: Final = "/vx/1/blob"
BATCH_TYPE: Final = "application/vnd.vigie.batch"
ANSWER_TYPE: Final = "application/vnd.vigie.answer"
MOST_ANSWER = 1 << 16  # bytes; a few heads and words, some hundred bytes each


class Answered(msgspec.Struct, frozen=True, array_like=True):
    """What a partner answers.

    Attributes:
        upto: It has all that was for it up to this place of our log; -1: nothing yet. known: Size of our log that it
        knows. word: Countersigns the head of that size; None before the first. head: Its own log's head.
        due: Up to which place of its log it believes that we have what was for us; -1: nothing.
        refused: Reasons of entries that it refused alone.
        seen: Latest heads of others' logs that it was shown: who tells each another past is noticed.
        prove: Sizes of our log that others showed it; the next batch is to prove that the log grew from each.
    """

    upto: int
    known: int
    word: Countersigned | None = None
    head: SignedHead | None = None
    due: int = -1
    refused: tuple[str, ...] = ()
    seen: tuple[SignedHead, ...] = ()
    prove: tuple[int, ...] = ()


class Refusal(msgspec.Struct, frozen=True):
    """What a partner answers to what it does not take. reason: Which rule. facts: What the rule's text names."""

    reason: str
    facts: dict[str, str | int | float | bool | None] = {}


_answers = msgspec.msgpack.Decoder(Answered)
_refusals = msgspec.json.Decoder(Refusal)


def write_answer(answer: Answered) -> bytes:
    """The bytes of an answer."""
    return msgspec.msgpack.encode(answer)


def read_answer(raw: bytes) -> Answered:
    """Read an answer; no signature in it is checked yet.

    Raises:
        ExchangeRefused: Too large, or not an answer.
    """
    if len(raw) > MOST_ANSWER:
        refuse(Why.OVERSIZE, bytes=len(raw), most=MOST_ANSWER)
    try:
        return _answers.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        refuse(Why.UNREADABLE, part="answer")


def write_refusal(refusal: Refusal) -> bytes:
    """The bytes of a refusal."""
    return msgspec.json.encode(refusal)


def read_refusal(raw: bytes) -> Refusal:
    """Read a refusal; what is none counts as one without a known reason."""
    try:
        told = _refusals.decode(raw[:MOST_ANSWER])
        return told if told.reason in set(Why) else Refusal(Why.UNREADABLE.value)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Refusal(Why.UNREADABLE.value)
