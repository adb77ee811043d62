"""Read ASYCUDA World manifests (`<Awmds>`, `<Awbolds>`): one part and one consignment per bill of lading.

Source: element names of the ASYCUDA World Manifest Data Stream, as public programs that write it spell them.
"""

from lxml import etree

from vigie.arrivals.cargo import Call, Consignment, Equipment, GoodsItem, Level, Route, Seal
from vigie.arrivals.reading import Part, Reading
from vigie.arrivals.xmldoc import Leaves, Refused, locode, name_consignment, parse
from vigie.terms import BadIdentifier, Doubt, Imo, Party, PartyRole, Place, written_seal

_CLOSED = b"</Awmds>"
_TRADERS = (
    (PartyRole.CONSIGNOR, "Exporter"), (PartyRole.NOTIFY, "Notify"), (PartyRole.CONSIGNEE, "Consignee"),
    (PartyRole.CARRIER, "Carrier"), (PartyRole.FORWARDER, "Shipping_Agent"),
)
_NATURES = {"22": "export", "23": "import", "24": "transit", "28": "transhipment"}
_EMPTY = {"0/0": True, "000": True, "MTY": True, "EMPTY": True, "1/1": False, "FCL": False, "LCL": False, "FULL": False}
"""What public programs write into `Empty_Full`; every country has its own list, so anything else stays unsaid."""
_NOT_MAPPED = frozenset(
    name.lower() for name in (
        "Total_number_of_bols", "Total_number_of_packages", "Total_number_of_containers", "Total_gross_mass",
        "Tonnage_net_weight", "Tonnage_gross_weight", "Line_number", "Num_of_ctn_for_this_bol", "Package_type_name",
        "Type_of_container_name", "Mode_of_transport_code", "Date_of_last_discharge", "Time_of_arrival",
        "Shipping_marks", "Volume_in_cubic_meters", "Number_of_packages",
    )
)


def read(part: Part) -> Reading:
    """Read the general segment and one bill of lading."""
    doubts = list(part.doubts)
    root = None
    for recover, document in ((False, part.head + part.body), (False, part.head + part.body + _closing(part.head)),
                              (True, part.head + part.body)):
        try:
            root = parse(document, recover=recover)
            break
        except Refused as refused:
            fault = refused
            if refused.code != "xml-not-well-formed":
                break
    if root is None or recover:
        doubts.append(Doubt(fault.code, Place(part.message, part.segment, offset=part.offset), dict(fault.facts)))
    if root is None:
        return Reading(doubts=tuple(doubts))
    leaves = Leaves(root, part.message)
    general = leaves.child(root, "General_segment", "Master_bol")
    bills = list(leaves.children(root, "Bol_segment"))
    call, route = _call(leaves, general), _general_route(leaves, general)
    carried = leaves.child(general, "Transport_information")
    carriers = tuple(party for role, group in _TRADERS[3:] if (party := _trader(leaves, carried, role, group)))
    if not bills:
        leaves.doubt("xml-no-record", root, record="Bol_segment")
    office = leaves.text(leaves.child(general, "General_segment_id"), "Customs_office_code")
    rows = tuple(_consignment(leaves, bill, call, route, carriers, office) for bill in bills)
    leaves.left(_NOT_MAPPED)
    return Reading(rows, tuple(doubts + leaves.doubts))


def _closing(head: bytes) -> bytes:
    """The end tag of the manifest that a part in the middle of it lacks."""
    return b"</Awbolds>" if b"<Awbolds" in head else _CLOSED


def _call(leaves: Leaves, general: etree._Element | None) -> Call:
    named = leaves.child(general, "General_segment_id")
    carried = leaves.child(general, "Transport_information")
    carrier = leaves.child(carried, "Carrier")
    registered = leaves.text(carried, "Registration_number_of_transport_code")
    try:
        imo = Imo.read(registered).text
    except BadIdentifier:
        imo = ""
    return Call(
        imo=imo,
        name=leaves.text(carried, "Identity_of_transporter"),
        voyage=leaves.text(named, "Voyage_number"),
        carrier=(leaves.text(carrier, "Carrier_code") or leaves.text(carrier, "Carrier_name")).upper(),
        arrival=leaves.moment(named, "Date_of_arrival"),
        departure=leaves.moment(named, "Date_of_departure"),
    )


def _general_route(leaves: Leaves, general: etree._Element | None) -> Route:
    places = leaves.child(general, "Load_unload_place")
    return Route(
        loading=locode(leaves.text(places, "Place_of_departure_code")),
        unloading=locode(leaves.text(places, "Place_of_destination_code")),
    )


def _consignment(
    leaves: Leaves, bill: etree._Element, call: Call, route: Route, carriers: tuple[Party, ...], office: str
) -> Consignment:
    named = leaves.child(bill, "Bol_id")
    number = leaves.text(named, "Bol_reference")
    master = leaves.text(named, "Master_bol_ref_number")
    nature = leaves.text(named, "Bol_nature", "Nature")
    kind = leaves.text(named, "Bol_type_code")
    told = (("NATURE", _NATURES.get(nature, nature)), ("BOL-TYPE", kind), ("OFFICE-ENTRY", office),
            ("UCR", leaves.text(named, "Unique_carrier_reference")), ("DG", leaves.text(named, "DG_status")))
    places = leaves.child(bill, "Load_unload_place")
    traders = leaves.child(bill, "Traders_segment")
    boxes = tuple(_box(leaves, found) for found in leaves.children(bill, "ctn_segment"))
    segments = enumerate(leaves.children(bill, "Goods_segment"), 1)
    goods = tuple(_goods(leaves, found, count) for count, found in segments)
    named_here = tuple(party for role, group in _TRADERS if (party := _trader(leaves, traders, role, group)))
    roles = {party.role for party in named_here}
    freight = leaves.child(leaves.child(bill, "Value_segment"), "Freight_segment")
    house = bool(master) or kind.upper() in ("HSB", "HBL", "HWB")
    return Consignment(
        id=name_consignment(number, "", str(leaves.text(named, "Line_number")), call.carrier, ""),
        level=Level.HOUSE if house else Level.STRAIGHT,
        form="AWMDS",
        document=number,
        parent=master,
        references=tuple(f"{word}:{text}" for word, text in told if text),
        parties=named_here + tuple(party for party in carriers if party.role not in roles),
        goods=goods,
        equipment=boxes,
        call=call,
        route=Route(
            acceptance=locode(leaves.text(places, "Port_of_origin_code")),
            loading=locode(leaves.text(places, "Place_of_loading_code")) or route.loading,
            unloading=locode(leaves.text(places, "Place_of_unloading_code")) or route.unloading,
        ),
        freight_payment=leaves.text(freight, "PC_indicator"),
    )


def _trader(leaves: Leaves, under: etree._Element | None, role: PartyRole, group: str) -> Party | None:
    found = leaves.child(under, group)
    name, code, address = (leaves.text(found, f"{group}_{word}") for word in ("name", "code", "address"))
    return Party(role, name, code.upper(), address) if name or code or address else None


def _box(leaves: Leaves, found: etree._Element) -> Equipment:
    marks = [leaves.text(found, f"Marks{count}") for count in (1, 2, 3)]
    issuer = leaves.text(found, "Sealing_Party")
    state = leaves.text(found, "Empty_Full")
    weights = [leaves.grams(found, name) for name in ("Empty_weight", "Goods_weight")]
    return Equipment(
        number=leaves.number(found, leaves.text(found, "Ctn_reference")),
        size_type=leaves.text(found, "Type_of_container"),
        empty=_EMPTY.get(state.upper()),
        seals=tuple(Seal(seal, issuer) for mark in marks if (seal := written_seal(mark))),
        tare_g=weights[0] or None,
        gross_g=weights[0] + weights[1] if weights[0] and weights[1] else None,
        remarks=(f"STATE:{state}",) if state else (),
    )


def _goods(leaves: Leaves, found: etree._Element, number: int) -> GoodsItem:
    commodity = leaves.child(found, "Commodity_segment", "Commodity")
    return GoodsItem(
        number=number,
        hs=leaves.text(found, "Commodity_code", "HS_code") or leaves.text(commodity, "Commodity_code", "HS_code"),
        description=leaves.text(found, "Goods_description"),
        packages=leaves.count(found, "Number_of_packages"),
        package_kind=leaves.text(found, "Package_type_code"),
        gross_g=leaves.grams(found, "Gross_mass"),
        containers=tuple(
            leaves.number(None, leaves.text(inner, "Ctn_item_reference"))
            for inner in leaves.children(found, "Container_item_references")
        ),
    )
