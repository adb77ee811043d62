"""What waits: items on their way to the one sequencer, and jobs on their way to a worker."""

import msgspec

from vigie.terms.moments import Moment


class InboxItem(msgspec.Struct, frozen=True):
    """Something handed in for the sequencer: once its row is committed it is acknowledged and never lost.

    Attributes:
        kind: `part` (a piece of a message), `act` (what an officer did), or what a later room adds.
        digest: SHA-256 of its content, 64 hexadecimal characters: handing in the same again changes nothing.
        body: The bytes, kept encrypted.
        received: When it was handed in.
        source: Who sent it, or `officer:` and the sign-in name.
        message: The sender's identity of the message.
        recorded: When the sender recorded it; the order of a back-load.
        backload: Handed in before the node went live.
        id: Its place in the order of receipt, and the erasure unit of its body; 0 before it is handed in.
    """

    kind: str
    digest: str
    body: bytes
    received: Moment
    source: str = ""
    message: str = ""
    recorded: Moment | None = None
    backload: bool = False
    id: int = 0


class Receipt(msgspec.Struct, frozen=True):
    """The answer to one item handed in. id: Its place. known: The same content was handed in before."""

    id: int
    known: bool


class Job(msgspec.Struct, frozen=True):
    """A piece of work leased to one worker. tries: How often it was leased, this lease included."""

    id: int
    topic: str
    body: bytes
    tries: int
