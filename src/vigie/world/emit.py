"""The stream of messages of a simulated port: real formats only, in time order, each marked as simulated.

`generate` yields all messages of the ships that arrive in a period; `vigie.world.demonstration.day` cuts that stream at
a moment into a past and a running day.
"""

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush
from random import Random

import msgspec

from vigie.arrivals import Function, Movement
from vigie.terms import DAY, HOUR, MINUTE, Moment, datetime_of
from vigie.world import rows
from vigie.world.chance import between, stream
from vigie.world.consignments import fill, minute, seen_sites, voyage_for
from vigie.world.drafts import Voyage
from vigie.world.errors import again_h, befall, delayed_h, with_wrong_count
from vigie.world.known import OWN, Known
from vigie.world.parameters import ARRIVAL_H, MANIFEST_H, RETRACTED, RETRACTED_H, WRONG_UNT, ZONELESS
from vigie.world.places import PORTS
from vigie.world.planting import plant
from vigie.world.practice import control
from vigie.world.services import Service, calls_at
from vigie.world.truth import Control, TruthBook
from vigie.world.written import EDIFACT, outcome_table, write

START = Moment(1_772_323_200_000_000)
"""Where a world begins when nobody says: 2026-03-01T00:00:00Z."""

BATCH = Known(60, "events in one terminal file", OWN + "terminals send every half hour or so")
AIS_STEP_H = Known(3.0, "hours between stored positions at sea", OWN + "collectors thin out positions")
AIS_BEFORE_DAYS = Known(6.0, "days before arrival", OWN + "a node of a port watches the last days of a voyage")
EARLIEST_DAYS = Known(4.0, "days before the first port is left", OWN + "when the first declaration may come: FILING_H "
                      "and LOAD_H together, rounded up")


class Emission(msgspec.Struct, frozen=True, order=True):
    """A file that some party sends.

    Attributes:
        at: When it is received. name: File name without folder, unique in a world; it tells time, kind, reference.
        kind: `cuscar`, `ics2`, `cc315a`, `vermas`, `dcsa`, `baplie`, `ais`, `coarri`, `iftsta`, `codeco`, `controls`.
        body: The file.
    """

    at: Moment
    name: str
    kind: str
    body: bytes


Told = tuple[Moment, str, str, Callable[[], bytes]]
"""When, kind, reference, and how to write it: files are written only when their turn comes."""


def generate(
    seed: int,
    days: int,
    scale: float = 1.0,
    site: str = "BEANR",
    start: Moment = START,
    *,
    uplift: float = 1.0,
    book: TruthBook | None = None,
    compact_until: Moment | None = None,
    since: Moment | None = None,
) -> Iterator[Emission]:
    """Emit all messages of the ships that arrive in a period, in time order.

    Args:
        seed: The same seed gives the same bytes.
        days: Length of the period of arrivals.
        scale: 1 is the published traffic of the site (Antwerp: about 900 South-American boxes a day).
        site: `BEANR` or `NLRTM` (their small ports included), or a small port alone.
        start: First moment of the period; declarations of its ships come up to some weeks before.
        uplift: 1 plants lots at the published intensity; more only in demonstrations, which must say so.
        book: Gets the truth, which stands in no message.
        compact_until: Ships that arrive before this moment leave only manifests, controls and gate-outs: a short past.
        since: Files before this moment are passed over, unwritten.
    """
    book = TruthBook() if book is None else book
    waiting: list[tuple[Moment, int, Voyage]] = [
        (Moment(min(voyage.departures.values()) - round(EARLIEST_DAYS.value * DAY)), order, voyage)
        for order, voyage in enumerate(_voyages(seed, days, site, start))
    ]
    heapify(waiting)
    due: list[tuple[Moment, str, str, Callable[[], bytes]]] = []
    while waiting or due:
        while waiting and (not due or waiting[0][0] <= due[0][0]):
            _, _, voyage = heappop(waiting)
            for told in _story(seed, scale, voyage, uplift, book, compact_until):
                heappush(due, (told[0], f"{told[1]}-{told[2]}", told[1], told[3]))
        at, name, kind, written = heappop(due)
        if since is not None and at < since:
            continue
        yield Emission(at, f"{datetime_of(at):%Y%m%dT%H%M%S}-{name}.{_ENDINGS[kind]}", kind, written())


_ENDINGS = {"cuscar": "edi", "ics2": "xml", "cc315a": "xml", "vermas": "edi", "dcsa": "json", "baplie": "edi",
            "ais": "nmea", "coarri": "edi", "iftsta": "edi", "codeco": "edi", "controls": "csv"}


def _voyages(seed: int, days: int, site: str, start: Moment) -> Iterator[Voyage]:
    for port in seen_sites(site):
        for service, _ in calls_at(port):
            for day in range(start // DAY, start // DAY + days):
                if (day + 3) % 7 == service.weekday:  # 1970-01-01 was a Thursday
                    chance = stream(seed, "voyage", service.id, port, day)
                    arrival = Moment(day * DAY + service.hour * HOUR + round(between(chance, ARRIVAL_H.value) * HOUR))
                    yield voyage_for(service, port, minute(arrival), chance)


def _mean(service: Service, site: str) -> float:
    return {one.id: boxes for one, boxes in calls_at(site)}[service.id]


def _story(seed: int, scale: float, voyage: Voyage, uplift: float, book: TruthBook,
           compact_until: Moment | None) -> Iterator[Told]:
    chance = stream(seed, "story", voyage.service.id, voyage.site, voyage.arrival)
    fill(voyage, _mean(voyage.service, voyage.site) * scale, chance)
    plant(voyage, uplift, chance)
    befall(voyage, chance)
    controls = control(voyage, book, chance)
    if not voyage.bills:
        return
    told = [_manifest(voyage, chance), *_amendments(voyage, chance), *_controls(voyage, controls)]
    if compact_until is not None and voyage.arrival < compact_until:
        told += _grouped("codeco", _gates(voyage), voyage, 24 * HOUR, chance)
    else:
        told += [*_declarations(voyage), *_masses(voyage), *_plan(voyage), *_origin(voyage, chance),
                 *_positions(voyage), *_terminal(voyage, chance)]
    for at, kind, reference, written in told:
        late, again = (0.0, None) if kind in _STEADY else (delayed_h(chance), again_h(chance))
        if kind in EDIFACT and chance.random() < WRONG_UNT.value:
            written = _miscounted(written)
        yield Moment(at + round(late * HOUR)), kind, reference, written
        if again is not None:
            yield Moment(at + round((late + again) * HOUR)), kind, f"{reference}-again", written


_STEADY = frozenset({"controls", "ais", "cuscar", "ics2", "cc315a"})
"""Kinds that come in time and once: filings are acknowledged, manifests are waited for."""


def _miscounted(written: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: with_wrong_count(written())


def _ref(voyage: Voyage, part: object = "") -> str:
    return f"{voyage.service.id}{voyage.number}{voyage.site[2:]}{part}"


def _manifest(voyage: Voyage, chance: Random) -> Told:
    at = minute(voyage.arrival - round(between(chance, MANIFEST_H.value) * HOUR))
    lines = [rows.manifest_line(voyage, bill) for bill in voyage.bills]
    return at, "cuscar", _ref(voyage), lambda: write("cuscar", lines, at, _ref(voyage))


def _amendments(voyage: Voyage, chance: Random) -> Iterator[Told]:
    for number, bill in enumerate(voyage.bills):
        if bill.amended is not None:
            at = Moment(max(bill.amended, voyage.arrival - 19 * HOUR) + number * MINUTE)  # once the manifest is there
            line = rows.manifest_line(voyage, bill, Function.AMENDMENT)
            reference = _ref(voyage, f"A{number}")
            yield at, "cuscar", reference, _writer("cuscar", [line], at, reference)


def _writer(kind: str, told: list[rows.Row], at: Moment, reference: str) -> Callable[[], bytes]:
    return lambda: write(kind, told, at, reference)


def _controls(voyage: Voyage, controls: list[Control]) -> Iterator[Told]:
    shifts: dict[int, list[Control]] = {}
    for one in controls:
        shifts.setdefault(one.at // (8 * HOUR), []).append(one)
    for shift, done in shifts.items():
        yield (Moment((shift + 1) * 8 * HOUR), "controls", _ref(voyage, f"S{shift}"),
               lambda done=done: outcome_table(done))  # type: ignore[misc]  # mypy cannot type a default of a lambda


def _declarations(voyage: Voyage) -> Iterator[Told]:
    for bill in voyage.bills:
        if voyage.service.carrier == "SIML":  # one carrier still files the older form
            forms: tuple[str, ...] = ("CC315A",)
        else:
            forms = ("F12", "F14") if bill.parent else ("F10",)
        for form in forms:
            kind = "cc315a" if form == "CC315A" else "ics2"
            filed = rows.declaration(voyage, bill, form)
            yield bill.filed, kind, f"{bill.number}{form}", _writer(kind, [filed], bill.filed, bill.number)


def _masses(voyage: Voyage) -> Iterator[Told]:
    for port, left in voyage.departures.items():
        at = minute(left - 20 * HOUR)
        told: list[rows.Row] = [rows.verified(bill, box, at) for bill in voyage.bills if bill.loading == port
                                for box in bill.boxes]
        yield from _cut("vermas", told, at, _ref(voyage, port))


def _cut(kind: str, told: list[rows.Row], at: Moment, reference: str) -> Iterator[Told]:
    for part, first in enumerate(range(0, len(told), BATCH.value)):
        name = f"{reference}{part}"
        yield at, kind, name, _writer(kind, told[first : first + BATCH.value], at, name)


def _plan(voyage: Voyage) -> Iterator[Told]:
    at = minute(max(voyage.departures.values()) + 3 * HOUR)
    told: list[rows.Row] = [rows.stowed(voyage, bill, box, at) for bill in voyage.bills for box in bill.boxes]
    yield at, "baplie", _ref(voyage), _writer("baplie", told, at, _ref(voyage))


def _origin(voyage: Voyage, chance: Random) -> Iterator[Told]:
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
            yield later, "dcsa", name, _writer("dcsa", [back, fresh], later, name)


def _positions(voyage: Voyage) -> Iterator[Told]:
    loading, left = max(voyage.departures.items(), key=lambda item: item[1])
    begin = max(voyage.arrival - round(AIS_BEFORE_DAYS.value * DAY), left)
    for day in range(begin // DAY, voyage.arrival // DAY + 1):
        at = Moment((day + 1) * DAY)
        yield at, "ais", _ref(voyage, f"D{day}"), lambda day=day: _day_of_ais(voyage, loading, left, day)  # type: ignore[misc]  # as above


def _day_of_ais(voyage: Voyage, loading: str, left: Moment, day: int) -> bytes:
    step = round(AIS_STEP_H.value * HOUR)
    moments = range(day * DAY, (day + 1) * DAY, step)
    told: list[rows.Row] = [rows.at_sea(voyage, loading, left, Moment(at), step) for at in moments]
    return write("ais", told, Moment((day + 1) * DAY), "")


def _terminal(voyage: Voyage, chance: Random) -> Iterator[Told]:
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


def _grouped(kind: str, told: list[Movement], voyage: Voyage, every: int, chance: Random) -> Iterator[Told]:
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
