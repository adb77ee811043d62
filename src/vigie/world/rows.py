"""What each party tells of a voyage: drafts become the canonical rows that writers turn into real messages.

Every message tells only what its sender knows: the bill's masses come from the bill, the seal from who saw it when.
Nothing of a lot, a typology or a trace is told.
"""

from vigie.arrivals import (
    Call,
    Consignment,
    Equipment,
    Function,
    GoodsItem,
    Level,
    Measurement,
    Movement,
    Position,
    Quantity,
    Route,
    Seal,
    Stowed,
)
from vigie.terms import DAY, GRAMS_PER_KG, HOUR, ConsignmentId, Moment, PartyRole
from vigie.tracking import RawRelease
from vigie.world.drafts import Bill, Box, Voyage
from vigie.world.parties import carrier_party, declarant, forwarder
from vigie.world.vessels import course, position

Row = Consignment | Stowed | Measurement | Movement | Position | RawRelease
"""What the world tells."""

REMARK = "AAI:SIMULATED"
"""Free text on every manifest line, bay plan and gate message (UN/EDIFACT 4451 AAI: general information)."""


def call_of(voyage: Voyage, loading: str = "") -> Call:
    """The ship and voyage as documents name it."""
    return Call(
        imo=voyage.imo, call_sign=voyage.call_sign, name=voyage.ship, voyage=voyage.number,
        carrier=voyage.service.carrier, arrival=voyage.arrival, departure=voyage.departures.get(loading),
    )


def _route(voyage: Voyage, bill: Bill) -> Route:
    return Route(bill.acceptance, bill.loading, bill.transhipment, bill.unloading, bill.unloading, voyage.terminal)


def _seals(number: str, issuer: str) -> tuple[Seal, ...]:
    return (Seal(number, issuer),) if number else ()


def _goods(bill: Bill) -> tuple[GoodsItem, ...]:
    return tuple(
        GoodsItem(
            number, bill.hs, bill.text, bill.goods.packages, bill.goods.kind, box.cargo_kg * GRAMS_PER_KG,
            containers=(box.typed or box.number,), value_minor=box.value_minor,
            currency="EUR" if box.value_minor is not None else "",
        )
        for number, box in enumerate(bill.boxes, start=1)
    )


def _equipment(bill: Bill) -> tuple[Equipment, ...]:
    return tuple(
        Equipment(
            box.typed or box.number, box.size_type, False, _seals(box.seal, "CA"),
            (box.tare_kg + box.cargo_kg) * GRAMS_PER_KG, box.tare_kg * GRAMS_PER_KG, setpoint_dc=box.setpoint_dc,
            remarks=(REMARK,),
        )
        for box in bill.boxes
    )


def manifest_line(voyage: Voyage, bill: Bill, function: Function = Function.ORIGINAL) -> Consignment:
    """A bill on the ship's manifest (CUSCAR); as an amendment, with the new consignee or corrected masses."""
    parties = bill.parties
    if function is Function.AMENDMENT and bill.new_consignee is not None:
        parties = tuple(bill.new_consignee if one.role is PartyRole.CONSIGNEE else one for one in parties)
    return Consignment(
        ConsignmentId(f"bl:{voyage.service.carrier}:{bill.number}"), function,
        Level.HOUSE if bill.parent else Level.STRAIGHT, "CUSCAR", bill.number, bill.parent, parties=parties,
        goods=_goods(bill), equipment=_equipment(bill), call=call_of(voyage), route=_route(voyage, bill),
        freight_payment="PP",
    )


def declaration(voyage: Voyage, bill: Bill, form: str) -> Consignment:
    """The entry summary declaration of a bill (F10, F12, F14 or CC315A), as filed before loading."""
    carrier = voyage.service.carrier
    house, master = form == "F14", form == "F12"
    filer = forwarder(len(bill.number) % 5, PartyRole.DECLARANT) if house else declarant(carrier)
    mrn = bill.mrn[:-1] + ("H" if house else "C") if bill.parent else bill.mrn
    parties = (*bill.parties, filer, carrier_party(carrier))
    if master:  # the carrier's contract is with the forwarders at both ends
        parties = (*(one for one in parties if one.role is PartyRole.NOTIFY), filer, carrier_party(carrier))
    level = Level.HOUSE if house else Level.MASTER if master else Level.STRAIGHT
    return Consignment(
        ConsignmentId(f"mrn::{mrn}"), Function.ORIGINAL, level, form,
        bill.parent if master else bill.number, bill.parent if house else "", mrn,
        (f"LRN:{bill.number[-12:]}", f"OFFICE-ENTRY:{bill.unloading[:2]}999999", f"UCR:SIMULATED{bill.number}"),
        parties, _goods(bill), _equipment(bill), call_of(voyage, bill.loading), _route(voyage, bill), bill.filed, "A",
    )


def stowed(voyage: Voyage, bill: Bill, box: Box, at: Moment) -> Stowed:
    """A box on the bay plan at departure."""
    remarks = ("SCAN OK:UNIDAD YA ESCANEADA", REMARK) if box.scan_flag else (REMARK,)
    return Stowed(
        "BAPLIE",
        Equipment(
            box.number, box.size_type, False, gross_g=(box.tare_kg + box.cargo_kg) * GRAMS_PER_KG,
            vgm_g=box.vgm_kg * GRAMS_PER_KG, setpoint_dc=box.setpoint_dc, stow=box.stow,
            operator=voyage.service.carrier, remarks=remarks,
        ),
        call_of(voyage), Route(loading=bill.loading, unloading=bill.unloading), at,
    )


def verified(bill: Bill, box: Box, at: Moment) -> Measurement:
    """The verified gross mass as the shipper sends it."""
    return Measurement(
        box.number, Quantity.VGM, box.vgm_kg * GRAMS_PER_KG, box.vgm_method, at, bill.shipper.party.name,
        (f"BL:{bill.number}",), bill.loading,
    )


def _moved(voyage: Voyage, code: str, box: Box, at: Moment, place: str, facility: str, seal: str, issuer: str,
           **more: object) -> Movement:
    return Movement(
        f"SIM-{code}-{box.number}-{at // 60_000_000}", code, container=box.number, at=at, recorded_at=at, place=place,
        facility=facility, seals=_seals(seal, issuer), size_type=box.size_typed or box.size_type, **more,  # type: ignore[arg-type]  # fields of Movement
    )


def at_origin(voyage: Voyage, bill: Bill, box: Box) -> list[Movement]:
    """What the carrier tells by DCSA of the box at the port of loading: gate-in, loading, sensors."""
    facility = f"S{bill.loading[2:]}1"
    documents = (f"BL:{bill.number}",)
    call = call_of(voyage)
    told = [
        _moved(voyage, "GTIN", box, box.gated, bill.loading, facility, box.seal, "SH", mode="TRUCK", empty=False,
               documents=documents),
        _moved(voyage, "LOAD", box, box.loaded, bill.loading, facility, box.seal_loaded, "CA", mode="VESSEL",
               empty=False, documents=documents, call=call),
    ]
    if box.open_at is not None:
        told.append(_moved(voyage, "DRO", box, box.open_at, bill.loading, facility, "", ""))
    if box.power_off_at is not None:
        told.append(_moved(voyage, "DETC", box, box.power_off_at, bill.loading, facility, "", "",
                           remarks=("POWER OFF",)))
    return told


def landed(voyage: Voyage, bill: Bill, box: Box) -> Movement:
    """Discharge as the terminal tells it (COARRI)."""
    return _moved(voyage, "DISC", box, box.landed, voyage.site, voyage.terminal, box.seal_landed, "CA", mode="VESSEL",
                  empty=False, documents=(f"BL:{bill.number}",), call=call_of(voyage),
                  gross_g=box.vgm_kg * GRAMS_PER_KG)


def released(voyage: Voyage, bill: Bill, box: Box) -> Movement:
    """Customs release as the status report tells it (IFTSTA)."""
    return _moved(voyage, "CUSR", box, box.released, voyage.site, voyage.terminal, "", "",
                  documents=(f"BL:{bill.number}",))


def _haulier(box: Box) -> tuple[str, ...]:
    return (REMARK, f"TRA:HAULIER {box.haulier}")  # UN/EDIFACT 4451 TRA: transportation information


def gone(voyage: Voyage, bill: Bill, box: Box) -> Movement:
    """Gate-out as the terminal tells it (CODECO), with the haulier's code."""
    return _moved(voyage, "GTOT", box, box.out, voyage.site, voyage.terminal, box.seal_out, "CA", mode="TRUCK",
                  empty=False, documents=(f"BL:{bill.number}",), remarks=_haulier(box), haulier=box.haulier)


def brought(voyage: Voyage, box: Box) -> Movement:
    """An empty box delivered to the terminal by lorry (CODECO)."""
    heavy = (box.out_kg or box.tare_kg) * GRAMS_PER_KG
    return _moved(voyage, "GTIN", box, box.gated, voyage.site, voyage.terminal, "", "", mode="TRUCK", empty=True,
                  gross_g=heavy, remarks=_haulier(box), haulier=box.haulier)


def returned(voyage: Voyage, box: Box) -> Movement:
    """The empty box back at a depot (CODECO)."""
    return _moved(voyage, "GTIN", box, box.returned, voyage.site, box.depot, "", "", mode="TRUCK", empty=True,
                  remarks=_haulier(box), haulier=box.haulier)


def opened(voyage: Voyage, bill: Bill, box: Box) -> list[Movement]:
    """Inspection, and the new seal where somebody reported it (DCSA)."""
    at = box.opened
    assert at is not None
    told = [_moved(voyage, "INSP", box, at, voyage.site, voyage.terminal, "", "", documents=(f"BL:{bill.number}",))]
    if box.resealed:
        told.append(_moved(voyage, "RSEA", box, at, voyage.site, voyage.terminal, box.resealed, "CU"))
    return told


def twin(voyage: Voyage, box: Box) -> Movement:
    """The same number at a gate while the box is at sea (CODECO)."""
    assert box.elsewhere is not None
    site, at = box.elsewhere
    return _moved(voyage, "GTIN", box, at, site, voyage.terminal, "", "", mode="TRUCK", empty=False,
                  remarks=_haulier(box), haulier=box.haulier)


def sailed(voyage: Voyage, at: Moment) -> Moment:
    """The moment at which a ship that never lingered would be where this one is; what was lost is made good."""
    if voyage.lingered is None or at <= voyage.lingered[0] or at >= voyage.arrival:
        return at
    since, lost = voyage.lingered[0], round(voyage.lingered[1] * HOUR)
    left = max(at - since - lost, 0)
    return Moment(since + left * (voyage.arrival - since) // (voyage.arrival - since - lost))


def at_sea(voyage: Voyage, loading: str, left: Moment, at: Moment, step: int) -> Position:
    """Where the ship is by AIS; what it says of itself once a day."""
    lat, lon, speed = position(loading, voyage.site, left, voyage.arrival, sailed(voyage, at))
    ahead = position(loading, voyage.site, left, voyage.arrival, sailed(voyage, Moment(at + step)))
    if voyage.lingered is not None and 0 <= at - voyage.lingered[0] < voyage.lingered[1] * HOUR:
        speed = 0.0
    told = at % DAY == 0
    return Position(
        voyage.mmsi, at, voyage.imo if told else "", voyage.ship if told else "", voyage.call_sign if told else "",
        voyage.site if told else "", round(lat * 1e6), round(lon * 1e6), round(speed * 10),
        round(course((lat, lon), ahead[:2]) * 10) % 3600,
    )
