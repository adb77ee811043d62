"""What an item of the inbox tells: the rows of a part, or the act of an officer, or that it cannot be read."""

from collections.abc import Iterator, Sequence
from typing import assert_never

import msgspec

from vigie.arrivals import (
    Consignment,
    Measurement,
    Movement,
    Part,
    PartReader,
    Port,
    Position,
    Reading,
    Row,
    Stowed,
    read,
)
from vigie.desk.acts import Act, act_of
from vigie.terms import Doubt, EntryKind, InboxItem
from vigie.tracking import Said, announcements

_part = msgspec.msgpack.Decoder(Part)
_pack = msgspec.msgpack.Encoder()
_json = msgspec.json.Encoder()


class Word(msgspec.Struct, frozen=True):
    """One row on its way to the log. said: What it says about single boxes; a ship's position says nothing of one."""

    kind: EntryKind
    subject: str
    row: Row
    said: tuple[Said, ...]

    def body(self) -> bytes:
        """The row as JSON; a ship's rows under their own name, since two kinds share one entry kind."""
        if isinstance(self.row, (Port, Position)):
            return _json.encode({type(self.row).__name__.lower(): self.row})
        return _json.encode(self.row)


class Told(msgspec.Struct, frozen=True):
    """What one item tells. fault: Why it tells nothing."""

    item: InboxItem
    part: Part | None = None
    words: tuple[Word, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    act: Act | None = None
    fault: str = ""


def packed(part: Part) -> bytes:
    """Put a part into the form in which the inbox keeps it."""
    return _pack.encode(part)


def unpacked(body: bytes) -> Part:
    """Read a part back as the inbox keeps it.

    Raises:
        msgspec.ValidationError, msgspec.DecodeError: The bytes are no part.
    """
    part: Part = _part.decode(body)
    return part


def tell(item: InboxItem, reading: Reading | None = None, reads: PartReader = read) -> Told:
    """Read one item; never raises for what its bytes hold.

    Args:
        reading: What was read ahead. reads: Who reads it otherwise; items that follow each other share a `reader`.
    """
    # A reader that fails on foreign bytes is a bug of ours, and must not stop what waits behind it.
    try:
        if item.kind == "act":
            return Told(item, act=act_of(item.body))
        if item.kind != "part":
            return Told(item, fault="unknown-kind")
        part = unpacked(item.body)
        if reading is None:
            reading = reads(part)
        return Told(item, part, tuple(words_of(reading.rows)), reading.doubts)
    except Exception as fault:  # noqa: BLE001 -- set aside with the name of the error and logged by who calls
        return Told(item, fault=type(fault).__name__)


def words_of(rows: Sequence[Row]) -> Iterator[Word]:
    """Turn rows into entries to be; a planned slot without a number says nothing."""
    for row in rows:
        match row:
            case Consignment():
                yield Word(EntryKind.CONSIGNMENT, row.id, row, announcements(row))
            case Stowed():
                if row.equipment.number:
                    yield Word(EntryKind.EQUIPMENT, row.equipment.number, row, (row,))
            case Movement():
                if row.container:
                    yield Word(EntryKind.MOVEMENT, row.container, row, (row,))
                else:
                    yield Word(EntryKind.VESSEL, _ship(row.call.imo, row.call.name), row, ())
            case Measurement():
                if row.container:
                    yield Word(EntryKind.MEASUREMENT, row.container, row, (row,))
            case Position():
                yield Word(EntryKind.VESSEL, f"mmsi:{row.mmsi}", row, ())
            case Port():
                yield Word(EntryKind.VESSEL, _ship(row.call.imo, row.call.name), row, ())
            case _:
                assert_never(row)


def _ship(imo: str, name: str) -> str:
    return f"imo:{imo}" if imo else f"ship:{name}"
