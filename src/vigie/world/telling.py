"""What is sent of a voyage: a sheet per file, with the rows that its sender knows; bytes are written when asked for."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from random import Random
from typing import NamedTuple

import msgspec

from vigie.arrivals import Function, Movement
from vigie.terms import DAY, HOUR, MINUTE, Moment
from vigie.world import rows
from vigie.world.chance import between
from vigie.world.consignments import minute
from vigie.world.drafts import Voyage
from vigie.world.errors import again_h, delayed_h, with_wrong_count
from vigie.world.known import OWN, Known
from vigie.world.parameters import MANIFEST_H, RETRACTED, RETRACTED_H, WRONG_UNT, ZONELESS
from vigie.world.places import PORTS
from vigie.world.truth import Control
from vigie.world.written import EDIFACT, outcome_table, write

BATCH = Known(60, "events in one terminal file", OWN + "terminals send every half hour or so")
AIS_STEP_H = Known(3.0, "hours between stored positions at sea", OWN + "collectors thin out positions")
AIS_BEFORE_DAYS = Known(6.0, "days before arrival", OWN + "a node of a port watches the last days of a voyage")


class Sheet(NamedTuple):
    """One file to be.

    Attributes:
        at: When it is received. kind: As in `Emission.kind`. reference: Part of its name, unique with kind and moment.
        told: Its rows, or what makes them when their turn comes. controls: What a table of controls tells.
        signed: What its control reference is made from; None for the reference. dated: When it says it was written.
        miscounted: Its segment count is wrong.
    """

    at: Moment
    kind: str
    reference: str
    told: Sequence[rows.Row] | Callable[[], Sequence[rows.Row]] = ()
    controls: Sequence[Control] = ()
    signed: str | None = None
    dated: Moment | None = None
    miscounted: bool = False

    @property
    def signature(self) -> str:
        """What its control reference is made from."""
        return self.reference if self.signed is None else self.signed

    def rows(self) -> Sequence[rows.Row]:
        """The rows that it tells; none for a table of controls."""
        return self.told() if callable(self.told) else self.told

    def written(self) -> bytes:
        """The file."""
        if self.kind == "controls":
            return outcome_table(self.controls)
        body = write(self.kind, self.rows(), self.at if self.dated is None else self.dated, self.signature)
        return with_wrong_count(body) if self.miscounted else body


class Telling(StrEnum):
    """How much is told of a voyage.

    WHOLE: everything. SHORT: manifests, controls and gate-outs, as a past is told. AHEAD: all that can be known before
    the ship arrives, and gate-outs: what a decision before landing needs.
    """

    WHOLE = "whole"
    SHORT = "short"
    AHEAD = "ahead"


def tell(voyage: Voyage, controls: list[Control], telling: Telling, chance: Random) -> Iterator[Sheet]:
    """Tell what is sent of a voyage, in no order of time.

    Args:
        voyage: Filled, planted, befallen. controls: Of it. telling: How much. chance: Stream of draws.
    """
    told = [_manifest(voyage, chance), *_amendments(voyage, chance), *_controls(voyage, controls)]
    if telling is not Telling.WHOLE:
        if telling is Telling.AHEAD:
            told += [*_declarations(voyage), *_masses(voyage), *_plan(voyage), *_origin(voyage, chance)]
        told += _grouped("codeco", _gates(voyage), voyage, 24 * HOUR, chance)
    else:
        told += [*_declarations(voyage), *_masses(voyage), *_plan(voyage), *_origin(voyage, chance),
                 *_positions(voyage), *_terminal(voyage, chance)]
    for sheet in told:
        late, again = (0.0, None) if sheet.kind in _STEADY else (delayed_h(chance), again_h(chance))
        wrong = sheet.kind in EDIFACT and chance.random() < WRONG_UNT.value
        first = sheet._replace(at=Moment(sheet.at + round(late * HOUR)), dated=sheet.at, miscounted=wrong)
        yield first
        if again is not None:
            again_at = Moment(sheet.at + round((late + again) * HOUR))
            yield first._replace(at=again_at, reference=f"{sheet.reference}-again", signed=first.signature)


_STEADY = frozenset({"controls", "ais", "cuscar", "ics2", "cc315a"})
"""Kinds that come in time and once: filings are acknowledged, manifests are waited for."""


def _ref(voyage: Voyage, part: object = "") -> str:
    return f"{voyage.service.id}{voyage.number}{voyage.site[2:]}{part}"


def _manifest(voyage: Voyage, chance: Random) -> Sheet:
    at = minute(voyage.arrival - round(between(chance, MANIFEST_H.value) * HOUR))
    lines = [rows.manifest_line(voyage, bill) for bill in voyage.bills]
    return Sheet(at, "cuscar", _ref(voyage), lines)


def _amendments(voyage: Voyage, chance: Random) -> Iterator[Sheet]:
    for number, bill in enumerate(voyage.bills):
        if bill.amended is not None:
            at = Moment(max(bill.amended, voyage.arrival - 19 * HOUR) + number * MINUTE)  # once the manifest is there
            line = rows.manifest_line(voyage, bill, Function.AMENDMENT)
            yield Sheet(at, "cuscar", _ref(voyage, f"A{number}"), [line])


def _controls(voyage: Voyage, controls: list[Control]) -> Iterator[Sheet]:
    shifts: dict[int, list[Control]] = {}
    for one in controls:
        shifts.setdefault(one.at // (8 * HOUR), []).append(one)
    for shift, done in shifts.items():
        yield Sheet(Moment((shift + 1) * 8 * HOUR), "controls", _ref(voyage, f"S{shift}"), controls=done)


def _declarations(voyage: Voyage) -> Iterator[Sheet]:
    for bill in voyage.bills:
        if voyage.service.carrier == "SIML":  # one carrier still files the older form
            forms: tuple[str, ...] = ("CC315A",)
        else:
            forms = ("F12", "F14") if bill.parent else ("F10",)
        for form in forms:
            kind = "cc315a" if form == "CC315A" else "ics2"
            filed = rows.declaration(voyage, bill, form)
            yield Sheet(bill.filed, kind, f"{bill.number}{form}", [filed], signed=bill.number)


def _masses(voyage: Voyage) -> Iterator[Sheet]:
    for port, left in voyage.departures.items():
        at = minute(left - 20 * HOUR)
        told: list[rows.Row] = [rows.verified(bill, box, at) for bill in voyage.bills if bill.loading == port
                                for box in bill.boxes]
        yield from _cut("vermas", told, at, _ref(voyage, port))


def _cut(kind: str, told: list[rows.Row], at: Moment, reference: str) -> Iterator[Sheet]:
    for part, first in enumerate(range(0, len(told), BATCH.value)):
        name = f"{reference}{part}"
        yield Sheet(at, kind, name, told[first : first + BATCH.value])


def _plan(voyage: Voyage) -> Iterator[Sheet]:
    at = minute(max(voyage.departures.values()) + 3 * HOUR)
    told: list[rows.Row] = [rows.stowed(voyage, bill, box, at) for bill in voyage.bills for box in bill.boxes]
    yield Sheet(at, "baplie", _ref(voyage), told)


def _origin(voyage: Voyage, chance: Random) -> Iterator[Sheet]:
    for port, left in voyage.departures.items():
        at = minute(left + 2 * HOUR)
        told: list[rows.Row] = []
        for bill in voyage.bills:
            if bill.loading == port:
                for box in bill.boxes:
                    told.extend(rows.at_origin(voyage, bill, box))
        yield from _cut("dcsa", told, at, _ref(voyage, port))
        gone_back = [row for row in told if isinstance(row, Movement) and row.code == "GTIN"
                     and chance.random() < RETRACTED.value * 2]
        for number, row in enumerate(gone_back):
            later = minute(at + round(between(chance, RETRACTED_H.value) * HOUR))
            back = msgspec.structs.replace(row, retracts=row.event_id, recorded_at=later)
            fresh = msgspec.structs.replace(row, event_id=f"{row.event_id}-B", recorded_at=later)
            name = _ref(voyage, f"{port}R{number}")
            yield Sheet(later, "dcsa", name, [back, fresh])


def _positions(voyage: Voyage) -> Iterator[Sheet]:
    loading, left = max(voyage.departures.items(), key=lambda item: item[1])
    begin = max(voyage.arrival - round(AIS_BEFORE_DAYS.value * DAY), left)
    for day in range(begin // DAY, voyage.arrival // DAY + 1):
        at = Moment((day + 1) * DAY)
        yield Sheet(at, "ais", _ref(voyage, f"D{day}"), partial(_day_of_ais, voyage, loading, left, day), signed="")


def _day_of_ais(voyage: Voyage, loading: str, left: Moment, day: int) -> list[rows.Row]:
    step = round(AIS_STEP_H.value * HOUR)
    moments = range(day * DAY, (day + 1) * DAY, step)
    return [rows.at_sea(voyage, loading, left, Moment(at), step) for at in moments]


def _terminal(voyage: Voyage, chance: Random) -> Iterator[Sheet]:
    pairs = [(bill, box) for bill in voyage.bills for box in bill.boxes]
    landed = sorted((rows.landed(voyage, bill, box) for bill, box in pairs), key=_when)
    yield from _grouped("coarri", landed, voyage, 90 * MINUTE, chance)
    yield from _grouped("iftsta", [rows.released(voyage, bill, box) for bill, box in pairs], voyage, 6 * HOUR, chance)
    gates = _gates(voyage)
    gates += [rows.returned(voyage, box) for _, box in pairs]
    gates += [rows.brought(voyage, box) for box in voyage.land_empties]
    gates += [rows.twin(voyage, box) for _, box in pairs if box.elsewhere is not None]
    yield from _grouped("codeco", gates, voyage, 6 * HOUR, chance)
    visited = [row for bill, box in pairs if box.opened is not None for row in rows.opened(voyage, bill, box)]
    yield from _grouped("dcsa", visited, voyage, 4 * HOUR, chance)


def _gates(voyage: Voyage) -> list[Movement]:
    """Every box leaves the terminal."""
    return [rows.gone(voyage, bill, box) for bill in voyage.bills for box in bill.boxes]


def _when(row: Movement) -> Moment:
    return row.at or Moment(0)


def _grouped(kind: str, told: list[Movement], voyage: Voyage, every: int, chance: Random) -> Iterator[Sheet]:
    """Cut events into one file per span of time, sent when the span ends; some senders write local time."""
    spans: dict[int, list[Movement]] = {}
    for row in sorted(told, key=_when):
        spans.setdefault(_when(row) // every, []).append(row)
    for span, events in spans.items():
        at = Moment((span + 1) * every)
        local = kind in EDIFACT and chance.random() < ZONELESS.value
        ahead = PORTS[voyage.site][2] * HOUR if local else 0
        sent: list[rows.Row] = [
            msgspec.structs.replace(row, recorded_at=at, at=Moment(_when(row) + ahead), offset_known=not local)
            for row in events
        ]
        yield from _cut(kind, sent, at, _ref(voyage, f"{kind[:2].upper()}{span}"))
