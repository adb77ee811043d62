"""A voyage and what it brings: bills and boxes as they would be without smugglers and clerks' errors."""

from dataclasses import dataclass, field
from math import ceil, log
from random import Random

from vigie.terms import DAY, HOUR, MINUTE, Moment, Party, PartyRole, datetime_of
from vigie.world import parameters as known
from vigie.world.chance import Choice, between, poisson
from vigie.world.drafts import Bill, Box, Voyage
from vigie.world.fleet import ROWS, WEEK_DAYS, dry_type, number_of, serials, tare_kg
from vigie.world.goods import GOODS, goods_of
from vigie.world.parties import (
    FORWARDERS,
    Shipper,
    consignee,
    draw_shipper,
    forwarder,
    new_consignee,
    new_shipper,
    usual_haulier,
)
from vigie.world.places import PORTS, sailed_nm
from vigie.world.services import PRECARRIED, SERVICES, SITES, Service
from vigie.world.vessels import ship_of

_COUNTS = Choice((1, 2, 3, 4, 5, 10), known.BOXES_PER_BILL.value)
_SLACK = 1.6  # own derivation: the rotation holds more boxes than one call brings, so that companions change
_NIGHT = (22, 5)  # hours of local time in which terminals give out few boxes (own derivation)
_SITE_RANK = {site: rank for rank, site in enumerate(("BEANR", "NLRTM", "NLVLI", "BEGNE", "BEZEE"))}
_SERVICE_RANK = {service.id: rank for rank, service in enumerate(SERVICES)}


_THURSDAY = 3  # 1970-01-01
_HIRED = 40_000
"""Serials of a rotation after which hired boxes begin, where it is not larger. Source: own."""


def minute(at: int) -> Moment:
    """Cut to whole minutes, so that every format tells the same moment."""
    return Moment(at // MINUTE * MINUTE)


def week_of(service: Service, arrival: Moment) -> int:
    """The week of the schedule that an arrival belongs to, counted from 1970; a ship a day late is no ship of the next.

    Ship, boxes and numbers of bills hang on it: two calls of one week would be one ship with the same boxes twice.
    """
    scheduled = (service.weekday - _THURSDAY) % WEEK_DAYS * DAY + service.hour * HOUR
    return (arrival - scheduled + WEEK_DAYS * DAY // 2) // (WEEK_DAYS * DAY)


@dataclass(slots=True)
class Boxes:
    """The boxes that a voyage may take from its rotation, each once."""

    service: Service
    base: int
    row: int
    reefers: list[int]
    dries: dict[str, list[int]] = field(default_factory=dict)
    hired: int = 0
    borrowed: int = 0

    def take(self, size_type: str) -> str:
        """Take the next box of a size-type; beyond the rotation, one is hired."""
        reefer = size_type.endswith("R1")
        columns = self.reefers if reefer else self.dries.get(size_type, [])
        prefix = self.service.prefixes[0 if reefer else 1]
        if columns:
            return number_of(prefix, self.base, columns.pop(), self.row)
        self.borrowed += 1
        return number_of(prefix, self.base + self.hired, self.borrowed, self.row)


def boxes_for(service: Service, site: str, week: int, mean: float, chance: Random) -> Boxes:
    """Open the rotation of a service at a site for one week."""
    columns = ceil(mean * _SLACK) + 8
    first = _SITE_RANK[site] % 2 * 80_000
    reefers = list(range(columns))
    dries: dict[str, list[int]] = {}
    for column in range(columns * 2):
        dries.setdefault(dry_type(column), []).append(column)
    for each in (reefers, *dries.values()):
        chance.shuffle(each)
    hired = max(_HIRED, serials(2 * columns))  # beyond the rotation, or a hired box would be in two places
    return Boxes(service, service.base + first, week % ROWS, reefers, dries, hired)


def voyage_for(service: Service, site: str, arrival: Moment, chance: Random) -> Voyage:
    """The ship of a service that arrives at a site; it left its ports of loading as its speed demands."""
    ship = ship_of(service.id, week_of(service, arrival))
    speed = known.SPEED_KN.value * between(chance, known.SPEED_SPREAD.value)
    last = service.loads[-1][0]
    sail = arrival - round(sailed_nm(last, site) / speed * HOUR)
    departures: dict[str, Moment] = {}
    for port, _ in reversed(service.loads):
        behind = max(sailed_nm(port, site) - sailed_nm(last, site), 60.0) / speed + known.PORT_STAY_H.value
        departures[port] = minute(sail if port == last else min(departures.values()) - round(behind / 2 * HOUR))
    stamp = datetime_of(arrival)
    return Voyage(
        service, site, f"SIM{site[2:]}{1 + _SERVICE_RANK[service.id] % 2}", *ship,
        f"{stamp:%y}{service.id[-1]}{stamp.isocalendar().week:02d}", arrival,
        dict(reversed(departures.items())),
    )


def fill(voyage: Voyage, mean: float, chance: Random) -> None:
    """Put bills and boxes on a voyage.

    Args:
        voyage: Without bills; gets them.
        mean: Mean number of boxes; the count is Poisson.
        chance: Stream of draws.
    """
    week = week_of(voyage.service, voyage.arrival)
    boxes = boxes_for(voyage.service, voyage.site, week, mean, chance)
    ports = Choice([port for port, _ in voyage.service.loads], [share for _, share in voyage.service.loads])
    wanted, slot = poisson(chance, mean), 0
    code = f"{_SERVICE_RANK[voyage.service.id]:02d}{_SITE_RANK[voyage.site]}{week % 1000:03d}"
    while slot < wanted:
        count = min(_COUNTS.draw(chance), wanted - slot)
        bill = _bill(voyage, ports.draw(chance), f"{voyage.service.carrier}{code}{len(voyage.bills):04d}", chance)
        for _ in range(count):
            bill.boxes.append(_box(voyage, bill, boxes, slot, chance))
            slot += 1
        voyage.bills.append(bill)
    for number in range(round(wanted * known.EMPTY_SHARE.value)):
        voyage.land_empties.append(_land_empty(voyage, boxes, number, chance))


def _sender(country: str, chance: Random) -> tuple[Shipper, Party]:
    if chance.random() < known.NEW_PARTY.value:
        return new_shipper(country, chance), new_consignee(chance)
    shipper = draw_shipper(country, chance)
    return shipper, consignee(shipper.links[int(chance.random() ** 2 * len(shipper.links))])


def _bill(voyage: Voyage, port: str, number: str, chance: Random) -> Bill:
    inland, share = PRECARRIED.get(port, ("", 0.0))
    acceptance = inland if inland and chance.random() < share else port
    shipper, importer = _sender(acceptance[:2], chance)
    goods = shipper.goods if chance.random() < known.USUAL_GOODS.value else goods_of(acceptance[:2]).draw(chance)
    house = chance.random() < known.FORWARDED.value and goods is not GOODS["banana"]
    notify = forwarder(int(chance.random() ** 2 * FORWARDERS.value))
    if chance.random() < known.TO_ORDER.value:
        importer_as_written = Party(PartyRole.CONSIGNEE, "TO ORDER")
        notify = Party(PartyRole.NOTIFY, *(getattr(importer, name) for name in Party.__struct_fields__[1:]))
    else:
        importer_as_written = importer
    loaded = voyage.departures[port]
    mrn = f"{datetime_of(loaded):%y}BE{number[4:]:0>12.12}{'M' if house else 'S'}{len(number) % 10}"
    return Bill(
        f"H{number}" if house else number, number if house else "", mrn, shipper, goods, goods.text, goods.hs,
        (shipper.party, importer_as_written, notify), acceptance[:2], acceptance, port, voyage.site, (),
        minute(loaded - round(between(chance, known.FILING_H.value) * HOUR)), importer,
    )


def _box(voyage: Voyage, bill: Bill, boxes: Boxes, slot: int, chance: Random) -> Box:
    goods = bill.goods
    number = boxes.take(goods.size_type)
    tare = tare_kg(number, goods.size_type)
    own = bill.shipper.offset_kg if bill.shipper.goods is goods else 0.0
    cargo = round(chance.gauss(goods.cargo_kg + own, goods.sd_kg))
    if chance.random() < known.ODD_WEIGHT.value:
        cargo = round(cargo * between(chance, known.ODD_LOAD.value))
    calculated = goods.setpoint_dc is None and chance.random() < known.CALCULATED.value
    gross = tare + cargo if calculated else tare + cargo + round(chance.gauss(0, known.SCALE_SD_KG.value))
    departure = voyage.departures[bill.loading]
    loaded = departure - round(between(chance, known.LOAD_H.value) * HOUR)
    landed = voyage.arrival + round((3.0 + slot / known.DISCHARGE_PER_H.value) * HOUR)
    released, out, returned = _leaving(landed, goods.setpoint_dc is not None, voyage.site, chance)
    seal = f"{bill.shipper.seal}{voyage.arrival // DAY % 1_000:03d}{slot:04d}"
    return Box(
        number, goods.size_type, tare, cargo, gross, "SM2" if calculated else "SM1", goods.setpoint_dc,
        f"{1 + slot // 96 * 2:03d}{slot % 12:02d}{2 + slot // 12 % 8 * 2 + (80 if slot % 96 > 47 else 0):02d}",
        seal, seal, seal, seal,
        minute(loaded - round(between(chance, known.ORIGIN_YARD_H.value) * HOUR)), minute(loaded), minute(landed),
        released, out, returned, usual_haulier(bill.importer.name), f"SIMD{voyage.service.carrier[:2]}",
        chance.random() < known.ORIGIN_SCAN_FLAG.value,
    )


def _leaving(landed: int, reefer: bool, site: str, chance: Random) -> tuple[Moment, Moment, Moment]:
    median, spread = known.DWELL_H.value
    released = landed + round(between(chance, known.RELEASE_H.value) * HOUR)
    dwell = chance.lognormvariate(log(median * (known.REEFER_DWELL.value if reefer else 1.0)), spread)
    out = max(landed + round(dwell * HOUR), released + HOUR)
    hour = (out // HOUR + PORTS[site][2]) % 24
    if (hour >= _NIGHT[0] or hour < _NIGHT[1]) and chance.random() > known.NIGHT_PICKUP.value * 2:
        out += (_NIGHT[1] + 2 - hour) % 24 * HOUR
    return minute(released), minute(out), minute(out + round(between(chance, known.RETURN_H.value) * HOUR))


def _land_empty(voyage: Voyage, boxes: Boxes, number: int, chance: Random) -> Box:
    size_type = "45R1" if chance.random() < known.REEFER_SHARE.value else "22G1"
    box = boxes.take(size_type)
    tare = tare_kg(box, size_type)
    gated = minute(voyage.arrival + round(between(chance, known.EMPTY_GATE_H.value) * HOUR))
    return Box(
        box, size_type, tare, 0, tare, "", None, "", "", "", "", "", gated, gated, gated, gated, gated, gated,
        f"SIMH{number % 40:03d}", f"SIMD{voyage.service.carrier[:2]}", False, empty=True, out_kg=tare,
    )


def seen_sites(site: str) -> tuple[str, ...]:
    """The ports whose arrivals a node of this site sees."""
    return SITES[site]
