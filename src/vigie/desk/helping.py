"""Work that needs no store, in a form that travels: reading parts and judging boxes, here or in a child process."""

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from vigie.arrivals import Consignment, Measurement, Movement, Part, Port, Position, Reading, Row, Stowed, reader
from vigie.risk import Assessment, Vector
from vigie.terms import Doubt, InboxItem, Moment
from vigie.tracking import Visit, WatchEntry, WatchList

Hits = tuple[tuple[WatchList, WatchEntry], ...]
Ask = tuple[Visit, Vector, Moment, Hits]
"""What is needed to judge one box."""

_STRONGEST = 3  # reasons a list row shows
_ROWS: dict[str, type[Row]] = {
    kind.__name__: kind for kind in (Consignment, Stowed, Movement, Measurement, Position, Port)
}
_decoders: dict[str, Any] = {name: msgspec.msgpack.Decoder(kind) for name, kind in _ROWS.items()}
_reading = msgspec.msgpack.Decoder(tuple[list[tuple[str, msgspec.Raw]], tuple[Doubt, ...]])
_part = msgspec.msgpack.Decoder(Part)
_visit = msgspec.msgpack.Decoder(Visit)
_hits = msgspec.msgpack.Decoder(Hits)
_pack = msgspec.msgpack.Encoder()
_json = msgspec.json.Encoder()


class Made(msgspec.Struct, frozen=True):
    """An assessment, with what lists show of it laid out beside its JSON."""

    score_milli: int
    band: str
    mandatory: bool
    fired: int
    reasons: tuple[str, ...]
    policy: str
    body: bytes


class Assesses(Protocol):
    """Rules that judge one box."""

    def assess(self, visit: Visit, vector: Vector, now: Moment, hits: Hits) -> Assessment:
        """Judge one box."""
        ...

    def packed(self) -> bytes:
        """What a child process judges by: the policy."""
        ...


class Crew(Protocol):
    """Somebody who helps: a second core."""

    def readings(self, items: Sequence[InboxItem]) -> dict[str, Reading]:
        """The readings of items that were read ahead, by digest; the others are left out."""
        ...

    def read_ahead(self, items: Sequence[InboxItem]) -> None:
        """Begin to read items that come next."""
        ...

    def judging(self, boxes: int, rules: Assesses) -> "Judges":
        """Begin to judge about so many boxes, a part of them elsewhere while the caller does other things."""
        ...


class Judges(Protocol):
    """Somebody who judges the boxes of a batch."""

    def add(self, asked: Sequence[Ask]) -> None:
        """Give boxes to be judged."""
        ...

    def done(self) -> list[Made]:
        """Wait for all of them; in the order given."""
        ...


class Here:
    """Judges in the caller's own time."""

    def __init__(self, rules: Assesses) -> None:
        self._rules = rules
        self._asked: list[Ask] = []

    def add(self, asked: Sequence[Ask]) -> None:
        """Give boxes to be judged."""
        self._asked += asked

    def done(self) -> list[Made]:
        """Judge them; in the order given."""
        return [made_of(ask, self._rules) for ask in self._asked]


def made_of(ask: Ask, rules: Assesses) -> Made:
    """Judge one box."""
    made = rules.assess(*ask)
    reasons = tuple(reason.indicator for reason in made.fired)
    return Made(
        made.logodds_milli, made.band, made.mandatory, len(made.fired), reasons, made.policy, _json.encode(made)
    )


def read_packed(bodies: Sequence[bytes]) -> list[bytes | None]:
    """Read parts as the inbox holds them, and pack what they say; None where the bytes are no part."""
    told: list[bytes | None] = []
    read = reader()
    for body in bodies:
        try:
            part = _part.decode(body)
        except msgspec.MsgspecError:
            told.append(None)
            continue
        reading = read(part)
        told.append(_pack.encode(([(type(row).__name__, row) for row in reading.rows], reading.doubts)))
    return told


def unpack_reading(packed: bytes) -> Reading:
    """Unpack what `read_packed` packed."""
    rows, doubts = _reading.decode(packed)
    return Reading(tuple(_decoders[name].decode(row) for name, row in rows), doubts)


def pack_ask(ask: Ask) -> tuple[bytes, Vector, int, bytes]:
    """Pack what is needed to judge one box."""
    visit, vector, now, hits = ask
    return _pack.encode(visit), vector, now, _pack.encode(hits) if hits else b""


def made_packed(asked: Sequence[tuple[bytes, Vector, int, bytes]], rules: Assesses) -> list[tuple[Any, ...]]:
    """Judge boxes as they were packed; gives the fields of each `Made`."""
    return [
        msgspec.structs.astuple(
            made_of((_visit.decode(visit), vector, Moment(now), _hits.decode(hits) if hits else ()), rules)
        )
        for visit, vector, now, hits in asked
    ]
