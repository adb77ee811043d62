import io

from vigie.arrivals import Consignment, Level, read, split
from vigie.terms import PartyRole

HEAD = b"""<?xml version="1.0" encoding="UTF-8"?>
<Awmds><General_segment><General_segment_id><Customs_office_code>KM01</Customs_office_code>
<Voyage_number>123W</Voyage_number><Date_of_departure>2026-01-02</Date_of_departure>
<Date_of_arrival>2026-01-20</Date_of_arrival></General_segment_id>
<Totals_segment><Total_number_of_bols>2</Total_number_of_bols></Totals_segment>
<Transport_information><Carrier><Carrier_code>LINE</Carrier_code><Carrier_name>Line SA</Carrier_name></Carrier>
<Mode_of_transport_code>1</Mode_of_transport_code><Identity_of_transporter>MV FICTIF</Identity_of_transporter>
<Registration_number_of_transport_code>9074729</Registration_number_of_transport_code></Transport_information>
<Load_unload_place><Place_of_departure_code>ECGYE</Place_of_departure_code>
<Place_of_destination_code>BEANR</Place_of_destination_code></Load_unload_place></General_segment>
"""


def bill(number: str, box: str = "CSQU3054383", master: str = "") -> bytes:
    return f"""<Bol_segment><Bol_id><Bol_reference>{number}</Bol_reference><Line_number>1</Line_number>
<Bol_nature>23</Bol_nature><Bol_type_code>BL</Bol_type_code><Master_bol_ref_number>{master}</Master_bol_ref_number></Bol_id>
<Load_unload_place><Place_of_loading_code>COTRB</Place_of_loading_code></Load_unload_place>
<Traders_segment><Exporter><Exporter_name>Fruta &amp; Co</Exporter_name><Exporter_address>Calle 1</Exporter_address></Exporter>
<Consignee><Consignee_code>BE0400</Consignee_code><Consignee_name>Fruit BV</Consignee_name></Consignee></Traders_segment>
<ctn_segment><Ctn_reference>{box}</Ctn_reference><Number_of_packages>1080</Number_of_packages>
<Type_of_container>45R1</Type_of_container><Empty_Full>1/1</Empty_Full><Marks1>ML-1</Marks1><Marks2/>
<Sealing_Party>SH</Sealing_Party><Empty_weight>4800</Empty_weight><Goods_weight>23840.0</Goods_weight></ctn_segment>
<Goods_segment><Number_of_packages>1080</Number_of_packages><Package_type_code>CT</Package_type_code>
<Gross_mass>23840</Gross_mass><Goods_description>BANANAS</Goods_description><Commodity_code>080390</Commodity_code>
</Goods_segment><Value_segment><Freight_segment><PC_indicator>PP</PC_indicator></Freight_segment></Value_segment>
</Bol_segment>
""".encode()


def rows_of(content: bytes) -> tuple[list[Consignment], list[str]]:
    readings = [read(part) for part in split(io.BytesIO(content))]
    return ([row for reading in readings for row in reading.rows if isinstance(row, Consignment)],
            [doubt.code for reading in readings for doubt in reading.doubts])


def test_a_manifest_is_read_bill_by_bill() -> None:
    content = HEAD + bill("A1") + bill("A2", master="M1") + b"</Awmds>\n"
    assert len(list(split(io.BytesIO(content)))) == 2
    (first, second), doubts = rows_of(content)
    assert not doubts
    assert (first.id, first.level, second.level, second.parent) == ("bl:LINE:A1", Level.STRAIGHT, Level.HOUSE, "M1")
    assert (first.call.imo, first.call.name, first.route.loading, first.route.unloading) == (
        "9074729", "MV FICTIF", "COTRB", "BEANR")
    assert first.references == ("NATURE:import", "BOL-TYPE:BL", "OFFICE-ENTRY:KM01")
    assert [(party.role, party.name) for party in first.parties] == [
        (PartyRole.CONSIGNOR, "Fruta & Co"), (PartyRole.CONSIGNEE, "Fruit BV"), (PartyRole.CARRIER, "Line SA")]
    (box,) = first.equipment
    assert (box.size_type, box.empty, box.tare_g, box.gross_g) == ("45R1", False, 4_800_000, 28_640_000)
    assert [(seal.number, seal.issuer) for seal in box.seals] == [("ML1", "SH")]
    assert (first.goods[0].hs, first.goods[0].gross_g, first.freight_payment) == ("080390", 23_840_000, "PP")


def test_a_manifest_that_breaks_off_keeps_the_bills_before() -> None:
    content = HEAD + bill("A1") + bill("A2")[:300]
    rows, doubts = rows_of(content)
    assert "A1" in [row.document for row in rows]
    assert "xml-not-well-formed" in doubts


def test_a_manifest_without_bills_says_so() -> None:
    assert rows_of(HEAD + b"</Awmds>") == ([], ["xml-no-record"])


def test_a_degroupage_is_read_too() -> None:
    rows, doubts = rows_of(b"<Awbolds><Master_bol><Customs_office_code>1</Customs_office_code></Master_bol>"
                           + bill("H1") + bill("H2") + b"</Awbolds>")
    assert [row.document for row in rows] == ["H1", "H2"]
    assert set(doubts) <= {"xml-kept-unmapped"}


def test_14_000_boxes_are_cut_without_holding_them() -> None:
    parts = split(io.BytesIO(HEAD + b"".join(bill(f"B{count}") for count in range(2_000)) + b"</Awmds>"))
    assert sum(1 for part in parts if len(part.body) < 5_000) == 2_000
