import pytest
from tests.arrivals.building import a_part

from vigie.arrivals import Consignment, Function
from vigie.arrivals.ics2 import read
from vigie.terms import PartyRole

WCO_NAMES = b"""<x:IE3A10 xmlns:x="urn:other"><x:MRN>26BE0000000000001A</x:MRN>
<x:BorderTransportMeans><x:ID>MV FICTIF</x:ID></x:BorderTransportMeans>
<x:Consignment><x:TransportContractDocument><x:ID>ABC1</x:ID></x:TransportContractDocument>
<x:Carrier><x:name>Line</x:name></x:Carrier><x:LoadingLocation><x:ID>ECGYE</x:ID></x:LoadingLocation>
<x:GoodsShipment><x:Buyer><x:name>Fruit BV</x:name></x:Buyer>
<x:GovernmentAgencyGoodsItem><x:sequenceNumber>1</x:sequenceNumber>
<x:commodity><x:description>BANANAS</x:description><x:dangerousGoods><x:UNNumber>1950</x:UNNumber></x:dangerousGoods>
</x:commodity><x:grossMassMeasure>100.5</x:grossMassMeasure>
<x:TransportEquipment><x:ID>CSQU3054384</x:ID><x:Seal><x:ID>NA</x:ID></x:Seal></x:TransportEquipment>
</x:GovernmentAgencyGoodsItem></x:GoodsShipment><x:other>1</x:other></x:Consignment></x:IE3A10>"""


def test_other_names_for_the_same_things_are_read() -> None:
    reading = read(a_part(WCO_NAMES, "ics2"))
    (row,) = reading.rows
    assert isinstance(row, Consignment)
    assert (row.function, row.form, row.mrn, row.id) == (
        Function.AMENDMENT, "F10", "26BE0000000000001A", "bl:Line:ABC1")
    assert [party.role for party in row.parties] == [PartyRole.CARRIER, PartyRole.BUYER]
    assert row.route.loading == "ECGYE"
    assert row.goods[0].gross_g == 100_500
    assert (row.equipment[0].number, row.equipment[0].seals, row.equipment[0].dangerous) == (
        "CSQU3054384", (), ("1950",))
    assert [doubt.code for doubt in reading.doubts] == ["xml-container-number", "xml-kept-unmapped"]


@pytest.mark.parametrize(("body", "code"), [
    (b"<IE3F10><consignmentMasterLevel>", "xml-not-well-formed"), (b"<IE3N99/>", "xml-unknown-root"),
    (b"<!DOCTYPE IE3F10><IE3F10/>", "xml-dtd"),
])
def test_what_cannot_be_read_is_doubted(body: bytes, code: str) -> None:
    assert code in [doubt.code for doubt in read(a_part(body, "ics2")).doubts]
