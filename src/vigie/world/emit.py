"""The stream of messages of a simulated port: real formats only, in time order, each marked as simulated.

`generate` yields all messages of the ships that arrive in a period; `vigie.world.demonstration.day` cuts that stream at
a moment into a past and a running day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from random import Random

import msgspec

from vigie.terms import DAY, HOUR, Moment, datetime_of
from vigie.world.chance import between, stream
from vigie.world.consignments import fill, minute, seen_sites, voyage_for
from vigie.world.drafts import Voyage
from vigie.world.errors import befall
from vigie.world.known import OWN, Known
from vigie.world.parameters import ARRIVAL_H
from vigie.world.planting import plant
from vigie.world.practice import control, nobody
from vigie.world.services import Service, calls_at
from vigie.world.smugglers import Smugglers
from vigie.world.telling import Sheet, Telling, tell
from vigie.world.truth import Control, TruthBook
from vigie.world.underway import unfold
from vigie.world.underway_told import tell_underway
from vigie.world.xray_day import insides_of

Practised = Callable[[Voyage, TruthBook, Random], list[Control]]
"""Who looks into the boxes of a voyage; the truth goes to the book."""

START = Moment(1_772_323_200_000_000)
"""Where a world begins when nobody says: 2026-03-01T00:00:00Z."""

EARLIEST_DAYS = Known(4.0, "days before the first port is left", OWN + "when the first declaration may come: FILING_H "
                      "and LOAD_H together, rounded up")


class Emission(msgspec.Struct, frozen=True, order=True):
    """A file that some party sends.

    Attributes:
        at: When it is received. name: File name without folder, unique in a world; it tells time, kind, reference.
        kind: `cuscar`, `ics2`, `cc315a`, `vermas`, `dcsa`, `baplie`, `ais`, `coarri`, `iftsta`, `codeco`, `controls`;
            where the world tells what happens under way also `yard` (tables), `rights` (a terminal's release events).
        body: The file.
    """

    at: Moment
    name: str
    kind: str
    body: bytes


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
    smugglers: Smugglers | None = None,
    practice: Practised = control,
    underway: bool = False,
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
        smugglers: Those who adapt to what is found; None where they do as ever. With them a voyage depends on all
            controls before it, so that `since` and `compact_until` change nothing only for those who never adapt.
        practice: Who looks: the historical practice, or `nobody`.
        underway: Tell also what happens to boxes aboard, in the yard and at the gate, and plant what only that shows.
    """
    world = World(seed, days, scale, site, start, uplift, compact_until, smugglers, practice,
                  underway=underway)
    for sheet in world.sheets(TruthBook() if book is None else book):
        if since is None or sheet.at >= since:
            yield Emission(sheet.at, name_of(sheet), sheet.kind, sheet.written())


def name_of(sheet: Sheet) -> str:
    """The file name of a sheet: moment, kind, reference."""
    return f"{datetime_of(sheet.at):%Y%m%dT%H%M%S}-{sheet.kind}-{sheet.reference}.{_ENDINGS[sheet.kind]}"


@dataclass(frozen=True, slots=True)
class World:
    """A simulated port in a period; attributes as the arguments of `generate`."""

    seed: int
    days: int
    scale: float = 1.0
    site: str = "BEANR"
    start: Moment = START
    uplift: float = 1.0
    compact_until: Moment | None = None
    smugglers: Smugglers | None = None
    practice: Practised = control
    telling: Telling = Telling.WHOLE
    underway: bool = False

    def sheets(self, book: TruthBook) -> Iterator[Sheet]:
        """All that is sent, in order of time, before anything is written.

        A voyage's story is made when its first declaration may come: what smugglers have heard by then decides.
        """
        waiting = [(earliest(voyage), order, voyage)
                   for order, voyage in enumerate(_voyages(self.seed, self.days, self.site, self.start))]
        heapify(waiting)
        due: list[tuple[Moment, str, int, Sheet]] = []
        count = 0
        while waiting or due:
            while waiting and (not due or waiting[0][0] <= due[0][0]):
                now, _, voyage = heappop(waiting)
                for sheet in self._story(now, voyage, book):
                    heappush(due, (sheet.at, f"{sheet.kind}-{sheet.reference}", count := count + 1, sheet))
            yield heappop(due)[-1]

    def _story(self, now: Moment, voyage: Voyage, book: TruthBook) -> Iterator[Sheet]:
        chance = stream(self.seed, "story", voyage.service.id, voyage.site, voyage.arrival)
        fill(voyage, _mean(voyage.service, voyage.site) * self.scale, chance)
        if self.smugglers is not None:
            self.smugglers.wake(now)
            book.shifts = self.smugglers.shifts
        plant(voyage, self.uplift, chance, self.smugglers)
        befall(voyage, chance)
        known = len(book.cases)
        controls = self.practice(voyage, book, chance)
        book.insides += insides_of(voyage, controls)
        if self.smugglers is not None and self.practice is not nobody:
            for case in book.cases[known:]:
                self.smugglers.hear(Moment(case.landed + DAY) if case.found else case.out, case, case.found)
        if voyage.bills:
            past = self.compact_until is not None and voyage.arrival < self.compact_until
            if self.underway:
                own = stream(self.seed, "underway", voyage.service.id, voyage.site, voyage.arrival)
                unfold(voyage, controls, book, own)
            yield from tell(voyage, controls, Telling.SHORT if past else self.telling, chance)
            if self.underway and not past:
                yield from tell_underway(voyage)


def earliest(voyage: Voyage) -> Moment:
    """Before the first word of a voyage."""
    return Moment(min(voyage.departures.values()) - round(EARLIEST_DAYS.value * DAY))


_ENDINGS = {"cuscar": "edi", "ics2": "xml", "cc315a": "xml", "vermas": "edi", "dcsa": "json", "baplie": "edi",
            "ais": "nmea", "coarri": "edi", "iftsta": "edi", "codeco": "edi", "controls": "csv", "yard": "csv",
            "rights": "json"}


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
