"""Scans of the simulated day: of boxes that controls scanned, made of what the world had put into them."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from vigie.terms import DAY, HOUR, MINUTE, Moment
from vigie.world.drafts import Bill, Box, Voyage
from vigie.world.truth import Control, Inside, TruthBook

if TYPE_CHECKING:
    from vigie.scanning import Scan
    from vigie.world.xray_load import Load

SCANNERS = ("MX-1", "MX-2")
"""Scanners of the simulated port, as its shifts name them; they see as scanners A and D of `xray.toml`."""
_SEES = {"MX-1": "A", "MX-2": "D"}
ORIGIN_SEES = "C"
"""How scanners at ports of departure see."""
ORIGINS = ("BRSSZ", "BRPNG", "BRITJ", "BRRIG", "BRNVT")
"""Ports of Brazil whose scans partners hand over (press release 002: scan images are exchanged with Brazil)."""
_BEFORE_H = 6  # hours between the scan at the port of departure and loading; own
_LATEST_DAYS = 6.0  # how far back scans of the day reach; own: boxes of ships that came in that time still stand there
_PLACES = {
    "behind-doors": ("rip-off",),
    "within-load": ("in-load", "top"),
    "in-goods": ("in-boxes", "in-load"),
    "container-structure": ("roof", "wall", "false-floor"),
    "reefer-compartment": ("reefer",),
}


class TakenScan(msgspec.Struct, frozen=True):
    """A scan with the name of its files. origin: It was taken at the port of departure."""

    name: str
    scan: "Scan"
    origin: bool


def day_scanners(site: str) -> dict[str, tuple[str, str]]:
    """Scanners whose scans `day_scans` gives: name to where it stands and which scanner of `xray.toml` it sees as."""
    own = {name: (site, letter) for name, letter in _SEES.items()}
    return own | {f"{port}-1": (port, ORIGIN_SEES) for port in ORIGINS}


def insides_of(voyage: Voyage, controls: Sequence[Control]) -> list[Inside]:
    """What was in the boxes that were scanned."""
    scanned = {one.container: one.at for one in controls if one.depth == "scan" or one.detector == "scanner"}
    if not scanned:
        return []
    boxes = [(bill, box) for bill in voyage.bills for box in bill.boxes]
    return [_inside(voyage, bill, box, scanned[box.number]) for bill, box in boxes if box.number in scanned]


def _inside(voyage: Voyage, bill: Bill, box: Box, at: Moment) -> Inside:
    lot = box.lot
    return Inside(
        box.number, box.size_type, voyage.site, at, "" if box.empty else bill.goods.key, float(box.cargo_kg),
        lot.concealment if lot else "", lot.kilos if lot else 0.0, bill.loading, box.loaded,
    )  # fmt: skip


def _number(*names: object) -> int:
    return int.from_bytes(sha256("|".join(map(str, names)).encode()).digest()[:4], "big")


def load_of(inside: Inside) -> "Load | None":
    """The load to be drawn; None for boxes that scans do not show (tanks, open tops) and for people."""
    from vigie.world.xray_goods import CLASS_OF, TRAVELS
    from vigie.world.xray_load import HiddenLot, Load, places_in
    from vigie.world.xray_settings import xray_parameters

    seed, unit = _number(inside.container, inside.loaded), _number(inside.container)
    goods = CLASS_OF.get(inside.goods, "empty")
    if inside.size_type not in TRAVELS["empty"][0] or inside.concealment == "hotel-container":
        return None
    given = xray_parameters().reefers
    reefer = inside.size_type[2] == "R"
    load = Load(
        seed=seed, size_type=inside.size_type, commodity=goods, kg=0.0 if goods == "empty" else inside.kg,
        make=unit % (given.makes - given.held_makes) if reefer else -1, unit=unit if reefer else -1,
        doors_first=bool(unit % 2), cluttered=bool(seed % 2),
    )  # fmt: skip
    if not inside.concealment:
        return load
    fit = [place for place in _PLACES.get(inside.concealment, ("in-load",)) if place in places_in(load)] or ["rip-off"]
    lot = HiddenLot(fit[seed % len(fit)], inside.lot_kg, seed % 2**31)
    return msgspec.structs.replace(load, hidden=(lot,))


def day_scans(
    book: TruthBook, now: Moment, site: str = "BEANR", boxes: int = 12, origins: int = 6
) -> Iterator[TakenScan]:
    """Scans of the last days before a moment, in the order in which they were taken; boxes with a lot come along first.

    Args:
        book: With what was inside. now: No scan is later. site: Where. boxes: How many boxes at most.
        origins: Of how many boxes from Brazil the port of departure had taken a scan as well.
    """
    since = now - _LATEST_DAYS * DAY
    past = [one for one in book.insides if one.site == site and since <= one.at <= now and load_of(one) is not None]
    past.sort(key=lambda one: (not one.concealment, one.loading not in ORIGINS, -one.at))
    chosen = past[: boxes // 3]
    rest = sorted(past[boxes // 3 :], key=lambda one: (-one.at, one.container))
    chosen = sorted(chosen + rest[: boxes - len(chosen)], key=lambda one: (one.at, one.container))
    sent = [one.container for one in chosen if one.loading in ORIGINS][:origins]
    for one in chosen:
        yield from _taken(one, one.container in sent)


def _taken(inside: Inside, with_origin: bool) -> Iterator[TakenScan]:
    from vigie.world.xray import view

    load = load_of(inside)
    assert load is not None
    if with_origin:  # what goes in behind the doors goes in after the scan at the port of departure
        before = load.cleaned() if inside.concealment == "behind-doors" else load
        at = Moment(inside.loaded - _BEFORE_H * HOUR)
        made = view(before, ORIGIN_SEES, 1).scan
        yield TakenScan(f"{inside.container}-{inside.loading}", _named(made, inside, f"{inside.loading}-1", at), True)
    scanner = SCANNERS[load.seed % len(SCANNERS)]
    made = view(load, _SEES[scanner], 2).scan
    at = Moment(inside.at - 40 * MINUTE)
    yield TakenScan(f"{inside.container}-{inside.site}", _named(made, inside, scanner, at), False)


def _named(scan: "Scan", inside: Inside, scanner: str, at: Moment) -> "Scan":
    """The scan as its instrument writes it: number, moment and scanner, nothing of the goods or of the truth."""
    facts = msgspec.structs.replace(scan.facts, container=inside.container, scanner=scanner, taken=at, commodity="")
    return msgspec.structs.replace(scan, facts=facts)
