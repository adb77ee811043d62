"""Traces: how a modus operandi, or a clerk's error, changes what messages will say of a box.

Every trace has an innocent twin (`vigie.world.errors`), so that none of them proves anything.
"""

from collections.abc import Callable
from random import Random

from vigie.terms import HOUR, PartyRole
from vigie.world.chance import Choice, between
from vigie.world.consignments import minute
from vigie.world.drafts import Bill, Box, Voyage
from vigie.world.goods import VAGUE, goods_of, unusual_for
from vigie.world.known import OWN, Known
from vigie.world.parameters import LATE_FILING_H, TWIN_AT
from vigie.world.parties import new_consignee, new_shipper, odd_haulier
from vigie.world.places import PORTS

LONG_YARD_H = Known((96.0, 260.0), "hours", OWN + "a box made to wait days before loading; usual is under three days")
EARLY_H = Known((1.5, 6.0), "hours after discharge", OWN + "'within hours' in TradeWinds' reports")
DUMPED_H = Known((2.0, 7.0), "hours after gate-out", OWN + "emptied at once and dumped")
HEAVY_EMPTY_KG = Known((180.0, 1_100.0), "kg above tare", OWN + "from two people to a lot of a tonne")
HIGH_KG = Known((250.0, 1_200.0), "kg", OWN + "the clean twin of added weight: a misdeclared load")
CONTRADICTION = Known((0.06, 0.14), "of the gross mass", "delviso-avocats: 5 % is France's tolerance, so above it")
AMENDED_SHARE = Known((0.25, 0.9), "share of the voyage", OWN + "while the ship is at sea")

_TYPES = Choice(("22G1", "42G1", "45G1", "45R1"), (1, 1, 1, 1))
Trace = Callable[[Voyage, Bill, Box, Random], None]


def _new_seal(chance: Random) -> str:
    return f"{''.join(chance.choice('ABCDEFGHJKLMNPRSTUVWXYZ') for _ in range(3))}{chance.randrange(10**7):07d}"


def seal_changed(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The seal seen at discharge is not the one seen at loading, and nobody reported a new one."""
    box.seal_landed = box.seal_out = _new_seal(chance)


def seal_swapped(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The seal seen at the gate is not the one seen at discharge."""
    box.seal_out = _new_seal(chance)


def seal_cloned(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The seal number is that of another box of the ship."""
    other = chance.choice(voyage.boxes)
    box.seal = box.seal_loaded = box.seal_landed = box.seal_out = other.seal


def long_origin_yard(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """It waited for days in the yard of the port of loading."""
    box.gated = minute(box.loaded - round(between(chance, LONG_YARD_H.value) * HOUR))


def no_scan_flag(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The port of origin did not flag it as scanned."""
    box.scan_flag = False


def weight_high(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """It weighs more than this shipper's boxes do: the hidden lot, or for its clean twin a misdeclared load."""
    added = box.lot.kilos * 1.12 if box.lot is not None else between(chance, HIGH_KG.value)
    box.vgm_kg += round(added)
    box.vgm_method = "SM1"


def weight_contradiction(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The verified gross mass lies beyond 5 % from what the bill says."""
    box.vgm_kg += round(between(chance, CONTRADICTION.value) * (box.tare_kg + box.cargo_kg))


def vgm_copied(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The verified mass is the booking's round figure, the same for all boxes of the bill."""
    box.vgm_kg, box.vgm_method = round((bill.goods.cargo_kg + bill.boxes[0].tare_kg) / 100) * 100, "SM2"


def vague_goods(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The goods are described by a text that says nothing."""
    bill.text = chance.choice(VAGUE)


def hs_unusual(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The goods are not what this country sends."""
    odd = unusual_for(bill.origin).draw(chance)
    bill.hs, bill.text = odd.hs, odd.text


def new_buyer(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The consignee is a firm that nobody has seen before."""
    bill.importer = new_consignee(chance)
    bill.parties = tuple(bill.importer if party.role is PartyRole.CONSIGNEE else party for party in bill.parties)


def new_pair(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The shipper has never sent anything to this consignee, nor to anybody."""
    bill.shipper = new_shipper(bill.acceptance[:2], chance)
    bill.parties = (bill.shipper.party, *bill.parties[1:])


def late_filing(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The declaration came less than 24 hours before loading, or after it."""
    bill.filed = minute(min(one.loaded for one in bill.boxes) - round(between(chance, LATE_FILING_H.value) * HOUR))


def consignee_amended(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """Another consignee was named after the ship had left."""
    left = voyage.departures[bill.loading]
    bill.amended = minute(left + round((voyage.arrival - left) * between(chance, AMENDED_SHARE.value)))
    bill.new_consignee = new_consignee(chance)


def cold_route(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """Goods of a producer country on a bill that begins in a third port; the earlier leg is not named."""
    if box.lot is None:
        return
    fit = [goods for goods in goods_of(box.lot.origin).things if goods.size_type == box.size_type]
    if fit:
        goods = chance.choice(fit)
        bill.hs, bill.text = goods.hs, goods.text


def number_twice(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The same number passed a gate in Europe while the box was at sea."""
    left = voyage.departures[bill.loading]
    sea = voyage.arrival - left
    box.elsewhere = (voyage.site, minute(left + round(sea * between(chance, TWIN_AT.value))))


def size_type_changed(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The terminal of discharge sees another size-type than the bill names."""
    seen = _TYPES.draw(chance)
    box.size_typed = seen if seen != box.size_type else "22U1"


def power_off(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The reefer lost its power in the yard of origin."""
    if box.setpoint_dc is not None:
        box.power_off_at = minute(box.gated + round((box.loaded - box.gated) * chance.random()))


def door_open(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """A sensor told that the doors were opened before loading."""
    box.open_at = minute(box.gated + round((box.loaded - box.gated) * chance.random()))


def odd_depot(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The empty box goes back to a depot that the line does not use."""
    box.depot = f"SIMX{chance.randrange(10)}"


def empty_heavy(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """A box declared empty weighs more than its tare."""
    box.out_kg = box.tare_kg + round(between(chance, HEAVY_EMPTY_KG.value))


def other_haulier(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """A haulier takes it whom this consignee does not use."""
    box.haulier = odd_haulier(chance)


def early_pickup(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """It leaves within hours of discharge, before it is released."""
    box.out = minute(box.landed + round(between(chance, EARLY_H.value) * HOUR))
    box.returned = max(box.returned, box.out)


def night_pickup(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """It leaves between midnight and four."""
    ahead = PORTS[voyage.site][2]
    hour = (box.out // HOUR + ahead) % 24
    box.out = minute(box.out + (24 + chance.randrange(4) - hour) % 24 * HOUR)
    box.returned = max(box.returned, box.out)


def dumped(voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """The empty box turns up elsewhere within hours."""
    box.returned = minute(box.out + round(between(chance, DUMPED_H.value) * HOUR))
    odd_depot(voyage, bill, box, chance)


TRACES: dict[str, Trace] = {
    "seal-changed": seal_changed, "seal-swapped": seal_swapped, "seal-cloned": seal_cloned,
    "long-origin-yard": long_origin_yard, "no-scan-flag": no_scan_flag, "weight-high": weight_high,
    "weight-contradiction": weight_contradiction, "vgm-copied": vgm_copied, "vague-goods": vague_goods,
    "hs-unusual": hs_unusual, "new-consignee": new_buyer, "new-pair": new_pair, "late-filing": late_filing,
    "consignee-amended": consignee_amended, "cold-route": cold_route, "number-twice": number_twice,
    "size-type-changed": size_type_changed, "power-off": power_off, "door-open": door_open, "odd-depot": odd_depot,
    "empty-heavy": empty_heavy, "odd-haulier": other_haulier, "early-pickup": early_pickup,
    "night-pickup": night_pickup, "dumped": dumped,
}
"""Name to effect."""

ORDER = tuple(TRACES)
"""Traces are put on in this order: who leaves early leaves at night afterwards, and is dumped last."""


def leave(trace: str, voyage: Voyage, bill: Bill, box: Box, chance: Random) -> None:
    """Put one trace on a box and remember its name."""
    TRACES[trace](voyage, bill, box, chance)
    if trace not in box.traces:
        box.traces = (*box.traces, trace)
