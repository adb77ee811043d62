"""Write consignments as ICS2 filings F10 to F17; what is written is read back the same (tests/arrivals/ics2)."""

from collections.abc import Sequence

from lxml import etree

from vigie.arrivals.cargo import Call, Consignment, Equipment, Function, GoodsItem, Level
from vigie.arrivals.ics2 import fields
from vigie.arrivals.xmldoc import Written
from vigie.terms import GRAMS_PER_KG, BadRequest, Moment, Party, PartyRole, write_moment

_HELD_APART = ("LRN", "OFFICE-ENTRY", "UCR", "ROUTING")


def write_ics2(consignment: Consignment, form: str, houses: Sequence[Consignment] = ()) -> bytes:
    """Write one filing.

    Args:
        consignment: The consignment of the filing; for F14 to F17 the house, its master being `parent`.
        form: `F10` to `F17`.
        houses: The houses of an F11.

    Not written, because the filings have no place for it: values, masses and remarks of boxes, transhipment, terminal.

    Raises:
        BadRequest: Another form is asked for.
    """
    if form not in fields.FORMS:
        raise BadRequest(reason="unknown-form", form=form[:8])
    kind = "A" if consignment.function is Function.AMENDMENT else "F"
    root = etree.Element(f"IE3{kind}{form[1:]}", nsmap={None: fields.NAMESPACE})  # type: ignore[dict-item]  # lxml-stubs
    filing = Written(root)
    filing.add("LRN", _told(consignment, "LRN"))
    filing.add("MRN", consignment.mrn)
    _moment(filing, "documentIssueDate", consignment.filed_at)
    filing.add("specificCircumstanceIndicator", form)
    _means(filing.group("activeBorderTransportMeans"), consignment.call)
    filing.group("customsOfficeOfFirstEntry").add("referenceNumber", _told(consignment, "OFFICE-ENTRY"))
    _parties(filing, consignment, fields.HEADER_PARTIES)
    master = filing.group("consignmentMasterLevel")
    if fields.FORMS[form] is Level.HOUSE:
        _document(master.group("transportDocumentMasterLevel"), consignment.parent, Level.MASTER)
        _parties(master, consignment, fields.PARTIES[3:])
        _level(master.group("consignmentHouseLevel"), consignment, Level.HOUSE)
    else:
        _level(master, consignment, fields.FORMS[form])
        for house in houses:
            _level(master.group("consignmentHouseLevel"), house, Level.HOUSE)
    filing.prune()
    # the namespace is a default one: names are moved into it once, at the end
    for element in root.iter(etree.Element):
        element.tag = f"{{{fields.NAMESPACE}}}{element.tag}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _told(consignment: Consignment, word: str) -> str:
    return next((text.partition(":")[2] for text in consignment.references if text.startswith(f"{word}:")), "")


def _moment(under: Written, name: str, moment: Moment | None) -> None:
    if moment is not None:
        under.group(name).add("DateTime", write_moment(moment))


def _means(means: Written, call: Call) -> None:
    means.add("identificationNumber", call.imo or call.name)
    means.add("typeOfIdentification", "10" if call.imo else "11")  # EU code list CL750: IMO number, name of vessel
    means.add("name", call.name if call.imo else "")
    means.add("conveyanceReferenceNumber", call.voyage)
    _moment(means, "estimatedDateAndTimeOfArrival", call.arrival)
    _moment(means, "estimatedDateAndTimeOfDeparture", call.departure)


def _parties(under: Written, consignment: Consignment, names: tuple[tuple[PartyRole, tuple[str, ...]], ...]) -> None:
    for role, words in names:
        found = [party for party in consignment.parties if party.role is role]
        if role is PartyRole.CARRIER and not found and consignment.call.carrier:
            found = [Party(role, eori=consignment.call.carrier)]
        for party in found:
            written = under.group(words[0])
            written.add("name", party.name)
            written.add("identificationNumber", party.eori)
            written.add("typeOfPerson", party.person_type)
            address = written.group("address")
            address.add("street", party.street)
            address.add("city", party.city)
            address.add("postCode", party.postcode)
            address.add("country", party.country)


def _document(under: Written, number: str, level: Level) -> None:
    under.add("documentNumber", number)
    if number:
        under.add("type", fields.DOCUMENT_TYPES[level])


def _level(under: Written, consignment: Consignment, level: Level) -> None:
    name = "transportDocumentHouseLevel" if level is Level.HOUSE else "transportDocumentMasterLevel"
    _document(under.group(name), consignment.document, level)
    under.add("referenceNumberUCR", _told(consignment, "UCR"))
    _parties(under, consignment, fields.PARTIES[:3] if level is Level.HOUSE else fields.PARTIES)
    shipment = under.group("goodsShipment")
    _parties(shipment, consignment, fields.SHIPMENT_PARTIES)
    route = consignment.route
    for place, code in (("placeOfAcceptance", route.acceptance), ("placeOfLoading", route.loading),
                        ("placeOfUnloading", route.unloading), ("placeOfDelivery", route.delivery)):
        under.group(place).add("UNLOCODE", code)
    under.group("transportCharges").add("methodOfPayment", consignment.freight_payment)
    for word, _, text in (reference.partition(":") for reference in consignment.references):
        if word == "ROUTING":
            under.group("countriesOfRoutingOfConsignments").add("country", text)
        elif word not in _HELD_APART:
            document = under.group("supportingDocuments")
            document.add("type", word)
            document.add("referenceNumber", text)
    for box in consignment.equipment:
        _box(under.group("transportEquipment"), box)
    for item in consignment.goods:
        _item(under.group("goodsItem"), consignment, item)


def _box(under: Written, box: Equipment) -> None:
    under.add("containerIdentificationNumber", box.number)
    under.add("containerSizeAndType", box.size_type)
    under.add("containerPackedStatus", {True: "A", False: "B", None: ""}[box.empty])
    supplier = next((text.partition(":")[2] for text in box.remarks if text.startswith("SUPPLIER:")), "")
    under.add("containerSupplierType", supplier)
    under.add("numberOfSeals", len(box.seals))
    for seal in box.seals:
        under.group("seal").add("identifier", seal.number)


def _item(under: Written, consignment: Consignment, item: GoodsItem) -> None:
    under.add("goodsItemNumber", item.number)
    commodity = under.group("commodity")
    commodity.add("descriptionOfGoods", item.description)
    code = commodity.group("commodityCode")
    code.add("harmonizedSystemSubHeadingCode", item.hs[:6])
    code.add("combinedNomenclatureCode", item.hs[6:])
    held = [box for box in consignment.equipment if box.number in item.containers]
    for number in dict.fromkeys(number for box in held for number in box.dangerous):
        commodity.group("dangerousGoods").add("UNNumber", number)
    if item.gross_g is not None:
        grams = f"{item.gross_g // GRAMS_PER_KG}.{item.gross_g % GRAMS_PER_KG:03d}"
        under.group("weight").add("grossMass", grams)
    packaging = under.group("packaging")
    packaging.add("typeOfPackages", item.package_kind)
    packaging.add("numberOfPackages", item.packages)
    for number in item.containers:
        under.group("transportEquipment").add("containerIdentificationNumber", number)
