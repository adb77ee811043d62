"""Read ICS2 filings by the local names of their elements: order and namespace version do not matter."""

from collections.abc import Iterator

from lxml import etree
from msgspec.structs import replace

from vigie.arrivals.cargo import Call, Consignment, Equipment, Function, GoodsItem, Level, Route, Seal
from vigie.arrivals.ics2 import fields
from vigie.arrivals.reading import Part, Reading
from vigie.arrivals.xmldoc import Leaves, local, locode, name_consignment, opened, unknown_root
from vigie.terms import BadIdentifier, Imo, Moment, Party, PartyRole, written_seal

_Names = tuple[tuple[PartyRole, tuple[str, ...]], ...]


def read(part: Part) -> Reading:
    """Read one filing: the master or straight consignment, then its houses."""
    root, doubts = opened(part)
    if root is None:
        return Reading(doubts=tuple(doubts))
    filing = next((element for element in root.iter(etree.Element) if local(element)[:4] in ("IE3F", "IE3A")), None)
    if filing is None:
        doubts.append(unknown_root(part, root))
        return Reading(doubts=tuple(doubts))
    leaves = Leaves(filing, part.message)
    rows = tuple(_consignments(leaves, local(filing)))
    leaves.left(fields.NOT_MAPPED)
    return Reading(rows, tuple(doubts + leaves.doubts))


def _consignments(leaves: Leaves, name: str) -> Iterator[Consignment]:
    root = leaves.root
    form = f"F{name[4:6]}"
    base = Consignment(
        id=name_consignment("", "", "", "", ""),
        function=Function.AMENDMENT if name[3] == "A" else Function.ORIGINAL,
        level=fields.FORMS.get(form, Level.STRAIGHT),
        form=form,
        mrn=leaves.text(root, "MRN"),
        references=tuple(_header_references(leaves)),
        parties=tuple(_parties(leaves, root, fields.HEADER_PARTIES)),
        call=_call(leaves),
        filed_at=_moment(leaves, root, "documentIssueDate"),
    )
    masters = list(leaves.children(root, *fields.MASTER)) or [root]
    for master in masters:
        own = _filled(leaves, base, master, fields.MASTER_DOCUMENT)
        houses = list(leaves.children(master, *fields.HOUSE))
        if not houses or own.goods or own.equipment:
            yield own
        for house in houses:
            below = _filled(leaves, base, house, fields.HOUSE_DOCUMENT)
            route = Route(*(getattr(below.route, part) or getattr(own.route, part) for part in Route.__struct_fields__))
            carriers = tuple(party for party in own.parties if party.role is PartyRole.CARRIER)
            yield _named(replace(below, level=Level.HOUSE, parent=own.document, call=own.call, route=route,
                                 parties=below.parties + carriers))


def _named(consignment: Consignment) -> Consignment:
    lrn = next((text.removeprefix("LRN:") for text in consignment.references if text.startswith("LRN:")), "")
    declarant = next((party.eori for party in consignment.parties if party.role is PartyRole.DECLARANT), "")
    name = name_consignment(consignment.document, consignment.mrn, lrn, consignment.call.carrier, declarant)
    return replace(consignment, id=name)


def _filled(leaves: Leaves, base: Consignment, level: etree._Element, document: tuple[str, ...]) -> Consignment:
    """One level of the filing: its document, parties, goods, boxes and places."""
    shipments = [level, *leaves.children(level, *fields.SHIPMENT)]
    parties = tuple(_parties(leaves, level, fields.PARTIES)) + tuple(
        party for shipment in shipments for party in _parties(leaves, shipment, fields.SHIPMENT_PARTIES)
    )
    items = [element for shipment in shipments for element in leaves.children(shipment, *fields.ITEM)]
    boxes = {box.number: box for box in (_box(leaves, found) for found in leaves.children(level, *fields.EQUIPMENT))}
    goods = tuple(_goods(leaves, item, boxes) for item in items)
    charges = leaves.child(level, "transportCharges")
    carrier = next((party for party in parties if party.role is PartyRole.CARRIER), None)
    call = base.call if carrier is None else replace(base.call, carrier=carrier.eori or carrier.name)
    return _named(replace(
        base,
        document=leaves.text(leaves.child(level, *document), *fields.DOCUMENT_NUMBER),
        references=base.references + tuple(_references(leaves, level)),
        parties=base.parties + parties,
        goods=goods,
        equipment=tuple(boxes.values()),
        call=call,
        route=_route(leaves, level),
        freight_payment=leaves.text(charges, "methodOfPayment"),
    ))


def _header_references(leaves: Leaves) -> Iterator[str]:
    root = leaves.root
    office = leaves.child(root, "customsOfficeOfFirstEntry", "EntryCustomsOffice")
    told = (("LRN", leaves.text(root, "LRN", "functionalReference")),
            ("OFFICE-ENTRY", leaves.text(office, "referenceNumber", "ID")))
    yield from (f"{word}:{text}" for word, text in told if text)


def _references(leaves: Leaves, level: etree._Element) -> Iterator[str]:
    if ucr := leaves.text(level, "referenceNumberUCR", "UCR"):
        yield f"UCR:{ucr}"
    for found in leaves.children(level, "supportingDocuments", "additionalReference"):
        yield f"{leaves.text(found, 'type')}:{leaves.text(found, 'referenceNumber', 'ID')}"
    for found in leaves.children(level, "countriesOfRoutingOfConsignments", "countryOfRouting"):
        yield f"ROUTING:{leaves.text(found, 'country')}"


def _parties(leaves: Leaves, under: etree._Element, names: _Names) -> Iterator[Party]:
    for role, words in names:
        for found in leaves.children(under, *words):
            address = leaves.child(found, "address")
            street, number = leaves.text(address, "street", "streetAndNumber", "line"), leaves.text(address, "number")
            party = Party(
                role,
                name=leaves.text(found, "name"),
                eori=leaves.text(found, "identificationNumber", "eori", "ID").upper(),
                street=f"{street} {number}".strip(),
                city=leaves.text(address, "city", "cityName"),
                postcode=leaves.text(address, "postCode", "postcode", "postcodeID"),
                country=leaves.text(address, "country", "countryCode").upper(),
                person_type=leaves.text(found, "typeOfPerson"),
            )
            if party != Party(role):
                yield party


def _moment(leaves: Leaves, under: etree._Element | None, name: str) -> Moment | None:
    """A moment, with or without the `DateTime` element around the text."""
    found = leaves.child(under, name)
    inner = leaves.child(found, "DateTime", "DateTimeString")
    return leaves.moment(found, "DateTime", "DateTimeString") if inner is not None else leaves.moment(under, name)


def _call(leaves: Leaves) -> Call:
    means = leaves.child(leaves.root, *fields.MEANS)
    named = leaves.text(means, "identificationNumber", "ID")
    try:
        imo, other = Imo.read(named).text, ""
    except BadIdentifier:
        imo, other = "", named
    return Call(
        imo=imo,
        name=leaves.text(means, "name") or other,
        voyage=leaves.text(means, "conveyanceReferenceNumber", "JourneyID"),
        arrival=_moment(leaves, means, "estimatedDateAndTimeOfArrival"),
        departure=_moment(leaves, means, "actualDateAndTimeOfDeparture")
        or _moment(leaves, means, "estimatedDateAndTimeOfDeparture"),
    )


def _place(leaves: Leaves, level: etree._Element, names: tuple[str, ...]) -> str:
    found = leaves.child(level, *names)
    code = leaves.text(found, *fields.PLACE_CODE)
    return locode(code) if code else leaves.text(found, "locationName", "name").upper()


def _route(leaves: Leaves, level: etree._Element) -> Route:
    return Route(
        acceptance=_place(leaves, level, ("placeOfAcceptance",)),
        loading=_place(leaves, level, fields.LOADING),
        unloading=_place(leaves, level, fields.UNLOADING),
        delivery=_place(leaves, level, ("placeOfDelivery",)),
    )


def _box(leaves: Leaves, found: etree._Element) -> Equipment:
    raw = leaves.text(found, "containerIdentificationNumber", "id", "identificationNumber")
    seals = (leaves.text(seal, "identifier", "ID", "sealIdentifier") for seal in leaves.children(found, "seal"))
    supplier = leaves.text(found, "containerSupplierType", "supplierType")
    return Equipment(
        number=leaves.number(found, raw),
        size_type=leaves.text(found, "containerSizeAndType", "sizeType", "characteristicCode"),
        empty=fields.EMPTY.get(leaves.text(found, "containerPackedStatus", "packedStatus")),
        seals=tuple(Seal(seal) for text in seals if (seal := written_seal(text))),
        remarks=(f"SUPPLIER:{supplier}",) if supplier else (),
    )


def _goods(leaves: Leaves, item: etree._Element, boxes: dict[str, Equipment]) -> GoodsItem:
    commodity = leaves.child(item, "commodity")
    code = leaves.child(commodity, "commodityCode", "classification")
    heading = leaves.text(code, "harmonizedSystemSubHeadingCode", "HSSubHeadingCode", "ID")
    packings = list(leaves.children(item, "packaging"))
    counts = [count for found in packings if (count := leaves.count(found, "numberOfPackages", "quantity")) is not None]
    kinds = [leaves.text(found, "typeOfPackages", "typeCode") for found in packings]
    dangerous = [leaves.text(found, "UNNumber") for found in leaves.children(commodity, "dangerousGoods")]
    numbers = []
    for found in leaves.children(item, *fields.EQUIPMENT):
        box = _box(leaves, found)
        numbers.append(box.number)
        boxes.setdefault(box.number, box)
    for number in numbers:
        held = boxes[number]
        told = tuple(dict.fromkeys((*held.dangerous, *filter(None, dangerous))))
        boxes[number] = replace(held, dangerous=told)
    weight = leaves.child(item, "weight")
    return GoodsItem(
        number=leaves.count(item, "goodsItemNumber", "sequenceNumber") or 1,
        hs=heading + leaves.text(code, "combinedNomenclatureCode"),
        description=leaves.text(commodity, "descriptionOfGoods", "description"),
        packages=sum(counts) if counts else None,
        package_kind=kinds[0] if kinds else "",
        gross_g=leaves.grams(weight if weight is not None else item, "grossMass", "grossMassMeasure"),
        containers=tuple(numbers),
    )
