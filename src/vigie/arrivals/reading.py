"""What a reader makes of one part of a message: canonical rows, doubts, and the raw bytes they came from."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from vigie.arrivals.cargo import Consignment, Stowed
from vigie.arrivals.events import Measurement, Movement, Port, Position
from vigie.terms import Doubt, Moment, Texts

Row = Consignment | Stowed | Movement | Measurement | Position | Port


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A piece of a message small enough to hold, about one consignment or a few events: what one key encrypts.

    Attributes:
        format: Name of the reader: `edifact`, `ens`, `ics2`, `asycuda`, `dcsa`, `epcis`, `ais`, `table`, `unread`.
        form: Kind of message: `BAPLIE`, `CC315A`, `F10` ...
        message: The sender's identity of the message (sender, reference), the same when it is sent twice.
        number: Which part of the message, from 0.
        head: The bytes that all parts of the message share (service and header segments; empty for most formats).
        body: The bytes of this part.
        offset: First byte of `body` in the file.
        segment: Number of the first segment, line or row of `body`, from 1.
        doubts: What the splitter noticed on the way (counts, charset, truncation).
        sent_at: When the message says it was prepared.
    """

    format: str
    form: str
    message: str
    number: int
    head: bytes
    body: bytes
    offset: int = 0
    segment: int = 1
    doubts: tuple[Doubt, ...] = ()
    sent_at: Moment | None = None


class Reading(msgspec.Struct, frozen=True):
    """What one part says.

    Attributes:
        rows: Canonical rows in the order of the message.
        doubts: What is unsure, the splitter's doubts included.
    """

    rows: tuple[Row, ...] = ()
    doubts: tuple[Doubt, ...] = ()


Splitter = Callable[[BinaryIO], Iterator[Part]]
"""Cut a file into parts with bounded memory; every byte of the file is in the head or the body of a part."""

PartReader = Callable[[Part], Reading]
"""Read one part; never raises for what the bytes hold."""


def doubt_texts() -> Texts:
    """Read the texts of all doubts that readers can have, in five languages."""
    return Texts.load("vigie.arrivals.texts", "ais", "edifact", "json", "sniff", "table", "xml")
