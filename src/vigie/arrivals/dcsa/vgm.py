"""Read VGM declarations (DCSA VGM 1.0)."""

from collections.abc import Iterator

from vigie.arrivals import jsondoc
from vigie.arrivals.dcsa import shapes
from vigie.arrivals.events import Measurement, Quantity
from vigie.arrivals.jsondoc import Noticed
from vigie.terms import BadAmount, Doubt, read_grams


def vgm_rows(pointer: str, data: bytes, doubts: list[Doubt]) -> Iterator[Measurement]:
    """The masses of one declaration: verified gross, cargo gross, tare; nothing where it was retracted."""
    found, noticed = jsondoc.convert(data, shapes.VgmDeclaration, pointer, "")
    notes = Noticed(pointer, found.declarationReference if found else "", noticed)
    if found is not None and found.isRetracted:
        notes.doubt("json-retracted", "isRetracted")
    elif found is not None:
        yield from _masses(found, notes)
    doubts += notes.doubts


def _masses(found: shapes.VgmDeclaration, notes: Noticed) -> Iterator[Measurement]:
    box = found.equipmentDetails or shapes.VgmEquipment()
    verified = found.VGM or shapes.Vgm()
    shipment = found.shipmentDetails or shapes.VgmShipment()
    if not box.equipmentReference:
        notes.doubt("json-missing", "equipmentDetails/equipmentReference", field="equipmentReference")
    number = notes.number(box.equipmentReference, "equipmentDetails/equipmentReference")
    at = notes.moment(verified.dateTime, "VGM/dateTime") or notes.moment(
        found.declarationDateTime, "declarationDateTime", wanted=True)
    documents = tuple(text for prefix, name in (("BL", shipment.transportDocumentReference),
                                                ("BN", shipment.carrierBookingReference))
                      for text in ([f"{prefix}:{name}"] if name else []))
    place = verified.location.UNLocationCode if verified.location else ""
    by = found.responsibleParty.partyName if found.responsibleParty else ""
    for quantity, weight, path, method in (
        (Quantity.VGM, verified.weight, "VGM/weight", verified.method),
        (Quantity.GROSS, box.cargoGrossWeight, "equipmentDetails/cargoGrossWeight", "cargo"),
        (Quantity.TARE, box.tareWeight, "equipmentDetails/tareWeight", ""),
    ):
        if weight is None or weight.value is None:
            continue
        try:
            grams = read_grams(f"{weight.value:f}", weight.unit)
        except BadAmount as fault:
            notes.doubt("json-amount", path, reason=str(fault.facts.get("reason", "")))
            continue
        yield Measurement(number, quantity, grams, method, at, by, documents, place)
