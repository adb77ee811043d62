"""Write a consignment as CC315A, as a carrier would lodge it; HMRC's schema judges it in the tests."""

from lxml import etree

from vigie.arrivals.cargo import Consignment, GoodsItem, Level
from vigie.arrivals.ens.fields import HEADER_PARTIES, ITEM_REFERENCES, PARTY_FIELDS
from vigie.arrivals.xmldoc import Written
from vigie.terms import GRAMS_PER_KG, BadRequest, Moment, Party, PartyRole, datetime_of

NAMESPACE = "http://ics.dgtaxud.ec/CC315A"
_DOCUMENT_TYPES = {Level.STRAIGHT: "N705", Level.MASTER: "N704", Level.HOUSE: "N714"}
_LIMITS = (35, 35, 9, 35, 2, 17)  # name, street, postcode, city, country, TIN (HMRC schema v11-2)


def write_cc315a(consignment: Consignment) -> bytes:
    """Write an entry summary declaration (new), with the values of `references` put back where they were read.

    Args:
        consignment: With a declarant that has an EORI, `filed_at`, `call.arrival`, and at least one item of goods.
            The office of entry is the reference `OFFICE-ENTRY:`; where there is none, one named after the port.

    Raises:
        BadRequest: The declarant's EORI, the filing or the arrival is not known: the form cannot be without them.
    """
    declarant = next((party for party in consignment.parties if party.role is PartyRole.DECLARANT and party.eori), None)
    filed, arrival = consignment.filed_at, consignment.call.arrival
    if declarant is None or filed is None or arrival is None or not consignment.goods:
        raise BadRequest(reason="no-declarant-filing-time-arrival-or-goods", form="CC315A")
    root = etree.Element(f"{{{NAMESPACE}}}CC315A", nsmap={"ie": NAMESPACE})
    message = Written(root)
    number = _told(consignment, "LRN") or consignment.document or "1"
    message.add("MesSenMES3", declarant.eori[:35])
    message.add("DatOfPreMES9", _stamp(filed)[2:8])
    message.add("TimOfPreMES10", _stamp(filed)[8:12])
    message.add("MesIdeMES19", number[-14:])
    message.add("MesTypMES20", "CC315A")
    _header(message.group("HEAHEA"), consignment, number, filed)
    for group in HEADER_PARTIES[:3]:
        _party(message, consignment, group)
    for item in consignment.goods:
        _item(message.group("GOOITEGDS"), consignment, item)
    for country in _all(consignment, "ROUTING"):
        message.group("ITI").add("CouOfRouCodITI1", country)
    if office := _told(consignment, "OFFICE-LODGEMENT"):
        message.group("CUSOFFLON").add("RefNumCOL1", office)
    for group in HEADER_PARTIES[3:5]:
        _party(message, consignment, group)
    seals = _all(consignment, "SEAL") or [seal.number for box in consignment.equipment for seal in box.seals]
    for seal in seals:
        message.group("SEAID529").add("SeaIdSEAID530", seal[:20])
    entry = message.group("CUSOFFFENT730")
    entry.add("RefNumCUSOFFFENT731", _told(consignment, "OFFICE-ENTRY") or f"{consignment.route.unloading:X<5.5}000")
    entry.add("ExpDatOfArrFIRENT733", _stamp(arrival))
    for office in _all(consignment, "OFFICE-NEXT"):
        message.group("CUSOFFSENT740").add("RefNumSUBENR909", office)
    _party(message, consignment, "TRACARENT601")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _stamp(moment: Moment) -> str:
    return datetime_of(moment).strftime("%Y%m%d%H%M")


def _all(consignment: Consignment, word: str) -> list[str]:
    return [text.partition(":")[2] for text in consignment.references if text.startswith(f"{word}:")]


def _told(consignment: Consignment, word: str) -> str:
    return next(iter(_all(consignment, word)), "")


def _header(header: Written, consignment: Consignment, number: str, filed: Moment) -> None:
    call = consignment.call
    header.add("RefNumHEA4", number[:22])
    header.add("TraModAtBorHEA76", _told(consignment, "MODE") or "1")
    header.add("IdeOfMeaOfTraCroHEA85", (f"IMO{call.imo}" if call.imo else call.name)[:27])
    header.add("NatOfMeaOfTraCroHEA87", _told(consignment, "FLAG"))
    header.add("TotNumOfIteHEA305", _told(consignment, "ITEMS") or len(consignment.goods))
    header.add("TotNumOfPacHEA306", _told(consignment, "PACKAGES"))
    header.add("TotGroMasHEA307", _told(consignment, "GROSS-KG"))
    header.add("DecPlaHEA394", _told(consignment, "PLACE")[:35])
    header.add("SpeCirIndHEA1", _told(consignment, "CIRCUMSTANCE"))
    header.add("TraChaMetOfPayHEA1", consignment.freight_payment[:1])
    header.add("ComRefNumHEA", _told(consignment, "UCR")[:70])
    header.add("ConRefNumHEA", call.voyage[:35])
    header.add("PlaLoaGOOITE334", consignment.route.loading[:35])
    header.add("PlaUnlGOOITE334", consignment.route.unloading[:35])
    header.add("DecDatTimHEA114", _stamp(filed))


def _party(message: Written, consignment: Consignment, group: str) -> None:
    role, *names = PARTY_FIELDS[group]
    party = next((party for party in consignment.parties if party.role is role), None)
    if group == "TRACARENT601" and party is None and consignment.call.carrier:
        party = Party(role, eori=consignment.call.carrier)
    if party is None:
        return
    written = message.group(group)
    values = (party.name, party.street, party.postcode, party.city, party.country, party.eori)
    for name, value, most in zip(names, values, _LIMITS, strict=True):
        written.add(name, value[:most])


def _item(group: Written, consignment: Consignment, item: GoodsItem) -> None:
    group.add("IteNumGDS7", item.number)
    group.add("GooDesGDS23", item.description[:280])
    group.add("GroMasGDS46", _kilos(item.gross_g))
    undg = next(iter(_all(consignment, "UNDG")), "")
    for name, word in ITEM_REFERENCES.items():
        if word == "UNDG":
            group.add(name, undg)
    if consignment.document:
        document = group.group("PRODOCDC2")
        document.add("DocTypDC21", _DOCUMENT_TYPES[consignment.level])
        document.add("DocRefDC23", consignment.document[:35])
    if len(item.hs) >= 4 and item.hs.isdigit():
        group.group("COMCODGODITM").add("ComNomCMD1", item.hs[:8])
    for number in item.containers or tuple(box.number for box in consignment.equipment):
        group.group("CONNR2").add("ConNumNR21", number[:17])
    if item.package_kind:
        packages = group.group("PACGS2")
        packages.add("KinOfPacGS23", item.package_kind[:2])
        packages.add("NumOfPacGS24", min(item.packages, 99_999) if item.packages is not None else None)


def _kilos(grams: int | None) -> str:
    return "" if grams is None else f"{grams // GRAMS_PER_KG}.{grams % GRAMS_PER_KG:03d}"
