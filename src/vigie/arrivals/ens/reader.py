"""Read CC315A and CC313A: one consignment per transport document named by the goods items."""

import re

from lxml import etree

from vigie.arrivals.cargo import Call, Consignment, Equipment, Function, GoodsItem, Level, Route, Seal
from vigie.arrivals.ens.fields import (
    HEADER_PARTIES,
    HEADER_REFERENCES,
    ITEM_PARTIES,
    ITEM_REFERENCES,
    NOT_MAPPED,
    PARTY_FIELDS,
    TRANSPORT_DOCUMENTS,
)
from vigie.arrivals.ens.schema import schema_faults
from vigie.arrivals.reading import Part, Reading
from vigie.arrivals.xmldoc import Leaves, local, locode, name_consignment, opened, read_written_moment, unknown_root
from vigie.terms import (
    BadIdentifier,
    BadMoment,
    ConsignmentId,
    Doubt,
    Imo,
    Moment,
    Party,
    PartyRole,
    Place,
    written_seal,
)

_FORMS = ("CC315A", "CC313A")
_Item = tuple[etree._Element, GoodsItem, tuple[Party, ...], tuple[str, ...], tuple[str, str], str, str]


def read(part: Part) -> Reading:
    """Read one declaration; what HMRC's schema objects to comes as doubts beside the rows."""
    root, doubts = opened(part)
    if root is None:
        return Reading(doubts=tuple(doubts))
    declaration = next((element for element in root.iter(etree.Element) if local(element) in _FORMS), None)
    if declaration is None:
        doubts.append(unknown_root(part, root))
        return Reading(doubts=tuple(doubts))
    leaves = Leaves(declaration, part.message)
    for path, line, kind in schema_faults(declaration, local(declaration)):
        leaves.doubts.append(Doubt("xml-schema", Place(part.message, line, path), {"fault": kind}))
    rows = _consignments(leaves, local(declaration))
    leaves.left(NOT_MAPPED)
    return Reading(rows, tuple(doubts + leaves.doubts))


def _consignments(leaves: Leaves, form: str) -> tuple[Consignment, ...]:
    root = leaves.root
    header = leaves.child(root, "HEAHEA")
    parties = tuple(party for name in HEADER_PARTIES for party in _parties(leaves, root, name))
    references = tuple(_references(leaves, root, header))
    loading, unloading = leaves.text(header, "PlaLoaGOOITE334"), leaves.text(header, "PlaUnlGOOITE334")
    mrn = leaves.text(header, "DocNumHEA5")
    filed = leaves.moment(header, "DecDatTimHEA114", "DatTimAmeHEA113") or _prepared(leaves)
    payment = leaves.text(header, "TraChaMetOfPayHEA1")
    call = _call(leaves, header)
    seals = _seals(leaves)
    items = [_item(leaves, element) for element in leaves.children(root, "GOOITEGDS")]
    groups: dict[tuple[str, str], list[_Item]] = {}
    for item in items:
        groups.setdefault(item[4], []).append(item)
    return tuple(
        Consignment(
            id=_id(number, mrn, references, parties, call),
            function=Function.AMENDMENT if form == "CC313A" else Function.ORIGINAL,
            level=Level(level) if level else Level.STRAIGHT,
            form=form,
            document=number,
            mrn=mrn,
            references=references + tuple(f"SEAL:{seal}" for seal in seals) + tuple(
                text for item in group for text in item[3]
            ),
            parties=parties + tuple(dict.fromkeys(party for item in group for party in item[2])),
            goods=tuple(item[1] for item in group),
            equipment=_equipment(group, seals),
            call=call,
            route=Route(
                loading=locode(loading or next((item[5] for item in group if item[5]), "")),
                unloading=locode(unloading or next((item[6] for item in group if item[6]), "")),
            ),
            filed_at=filed,
            freight_payment=payment,
        )
        for (level, number), group in (groups or {("", ""): []}).items()
    )


def _id(
    number: str, mrn: str, references: tuple[str, ...], parties: tuple[Party, ...], call: Call
) -> ConsignmentId:
    lrn = next((text.removeprefix("LRN:") for text in references if text.startswith("LRN:")), "")
    declarant = next((party.eori for party in parties if party.role is PartyRole.DECLARANT), "")
    return name_consignment(number, mrn, lrn, call.carrier, declarant)


def _parties(leaves: Leaves, under: etree._Element, group: str) -> tuple[Party, ...]:
    role, *names = PARTY_FIELDS[group]
    found = leaves.child(under, group)
    if found is None:
        return ()
    name, street, postcode, city, country, tin = (leaves.text(found, field) for field in names)
    party = Party(role, name, tin.upper(), street, city, postcode, country.upper())
    return (party,) if party != Party(role) else ()


def _references(leaves: Leaves, root: etree._Element, header: etree._Element | None) -> list[str]:
    told = [(word, leaves.text(header, name)) for name, word in HEADER_REFERENCES.items()]
    for group, name, word in (("ITI", "CouOfRouCodITI1", "ROUTING"), ("CUSOFFLON", "RefNumCOL1", "OFFICE-LODGEMENT"),
                              ("CUSOFFFENT730", "RefNumCUSOFFFENT731", "OFFICE-ENTRY"),
                              ("CUSOFFSENT740", "RefNumSUBENR909", "OFFICE-NEXT")):
        told += [(word, leaves.text(found, name)) for found in leaves.children(root, group)]
    return [f"{word}:{text}" for word, text in told if text]


def _prepared(leaves: Leaves) -> Moment | None:
    """When the message was prepared: YYMMDD and HHMM of this century."""
    day, time = leaves.text(leaves.root, "DatOfPreMES9"), leaves.text(leaves.root, "TimOfPreMES10")
    try:
        return read_written_moment(f"20{day}{time}")
    except BadMoment:
        return None


def _call(leaves: Leaves, header: etree._Element | None) -> Call:
    named = leaves.text(header, "IdeOfMeaOfTraCroHEA85")
    try:
        imo, name = Imo.read(named).text, ""
    except BadIdentifier:
        imo, name = "", named
    carrier = leaves.child(leaves.root, "TRACARENT601")
    entry = leaves.child(leaves.root, "CUSOFFFENT730")
    return Call(
        imo=imo,
        name=name,
        voyage=leaves.text(header, "ConRefNumHEA"),
        carrier=leaves.text(carrier, "TINTRACARENT602").upper(),
        arrival=leaves.moment(entry, "ExpDatOfArrFIRENT733"),
    )


def _seals(leaves: Leaves) -> tuple[str, ...]:
    """The seals as written: the declaration names no box for them."""
    found = (leaves.text(group, "SeaIdSEAID530") for group in leaves.children(leaves.root, "SEAID529"))
    return tuple(raw for raw in found if raw)


def _item(leaves: Leaves, item: etree._Element) -> _Item:
    packages, kinds, references = [], [], []
    for group in leaves.children(item, "PACGS2"):
        count = leaves.count(group, "NumOfPacGS24")
        pieces = leaves.count(group, "NumOfPieGS25")
        packages.append(count if count is not None else pieces)
        if count is not None and pieces is not None:
            references.append(f"PIECES:{pieces}")
        kinds.append(leaves.text(group, "KinOfPacGS23"))
        references += [f"MARKS:{text}" for text in [leaves.text(group, "MarNumOfPacGSL21")] if text]
    counted = [count for count in packages if count is not None]
    boxes = tuple(leaves.number(group, leaves.text(group, "ConNumNR21")) for group in leaves.children(item, "CONNR2"))
    documents = [(leaves.text(group, "DocTypDC21"), leaves.text(group, "DocRefDC23"))
                 for group in leaves.children(item, "PRODOCDC2")]
    contract = next(((TRANSPORT_DOCUMENTS[kind], number) for kind, number in documents
                     if kind in TRANSPORT_DOCUMENTS and number), ("", ""))
    references += [f"{kind}:{number}" for kind, number in documents]
    references += [f"SPECIAL:{leaves.text(group, 'AddInfCodMT23')}" for group in leaves.children(item, "SPEMENMT2")]
    references += _itinerary(leaves, item)
    told = {word: leaves.text(item, name) for name, word in ITEM_REFERENCES.items()}
    references += [f"{word}:{text}" for word, text in told.items() if text]
    commodity = leaves.child(item, "COMCODGODITM")
    goods = GoodsItem(
        number=leaves.count(item, "IteNumGDS7") or 1,
        hs=leaves.text(commodity, "ComNomCMD1"),
        description=leaves.text(item, "GooDesGDS23"),
        packages=sum(counted) if counted else None,
        package_kind=kinds[0] if kinds else "",
        gross_g=leaves.grams(item, "GroMasGDS46"),
        containers=tuple(filter(None, boxes)),
    )
    if len(set(kinds)) > 1 or len(packages) > 1:
        references += [f"PACKAGE:{count} {kind}" for count, kind in zip(packages, kinds, strict=True)]
    parties = tuple(party for name in ITEM_PARTIES for party in _parties(leaves, item, name))
    return item, goods, parties, tuple(references), contract, told["LOADING"], told["UNLOADING"]


def _itinerary(leaves: Leaves, item: etree._Element) -> list[str]:
    """Means of transport that an item names beside the ship."""
    told = []
    for group in leaves.children(item, "IDEMEATRAGI970"):
        flag, name = leaves.text(group, "NatIDEMEATRAGI973"), leaves.text(group, "IdeMeaTraGIMEATRA971")
        told.append(f"MEANS:{name} {flag}".strip())
    return told


def _equipment(group: list[_Item], seals: tuple[str, ...]) -> tuple[Equipment, ...]:
    """The boxes of a consignment; the declaration's seals are theirs only where there is one box."""
    numbers = list(dict.fromkeys(number for item in group for number in item[1].containers))
    dangerous = {
        number: tuple(dict.fromkeys(
            re.sub(r"\D", "", text) for item in group if number in item[1].containers
            for text in item[3] if text.startswith("UNDG:") and re.search(r"\d", text)
        ))
        for number in numbers
    }
    read = [seal for raw in seals if (seal := written_seal(raw))]
    placed = tuple(Seal(seal) for seal in read) if len(numbers) == 1 else ()
    return tuple(Equipment(number, seals=placed, dangerous=dangerous[number]) for number in numbers)
