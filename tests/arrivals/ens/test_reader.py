import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from tests.arrivals.building import a_part

from vigie.arrivals import Consignment, Function, Level, Reading
from vigie.arrivals.ens import read
from vigie.arrivals.ens.fields import NOT_MAPPED
from vigie.arrivals.xmldoc import read_written_moment
from vigie.terms import PartyRole, write_moment

_RULES, _SCHEMAS = "ruleTestCases315New/", "schemaTestCases315New/"


def sample(shared_data: Path, folder: str) -> dict[str, bytes]:
    """The files of one folder of HMRC's archive."""
    with tarfile.open(shared_data / "trade/hmrc_ens/hmrc_ens_315_tests.tar.xz") as archive:
        return {
            info.name.rpartition("/")[2]: held.read()
            for info in archive if folder in info.name and info.isfile() and (held := archive.extractfile(info))
        }


def declared(reading: Reading) -> Consignment:
    (row,) = reading.rows
    assert isinstance(row, Consignment)
    return row


DECLARATION = b"""<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>
<ie:CC313A xmlns:ie="http://ics.dgtaxud.ec/CC313A">
<MesSenMES3>BE0400000001</MesSenMES3><DatOfPreMES9>260102</DatOfPreMES9><TimOfPreMES10>0304</TimOfPreMES10>
<MesIdeMES19>M1</MesIdeMES19><MesTypMES20>CC313A</MesTypMES20>
<HEAHEA><DocNumHEA5>26BE00000000000014</DocNumHEA5><TraModAtBorHEA76>1</TraModAtBorHEA76>
<IdeOfMeaOfTraCroHEA85>IMO 9074729</IdeOfMeaOfTraCroHEA85><ConRefNumHEA>123W</ConRefNumHEA>
<PlaLoaGOOITE334>ECGYE</PlaLoaGOOITE334><DatTimAmeHEA113>202601020304</DatTimAmeHEA113></HEAHEA>
<GOOITEGDS><IteNumGDS7>1</IteNumGDS7><GooDesGDS23>BANANAS</GooDesGDS23><GroMasGDS46>23840.5</GroMasGDS46>
<UNDanGooCodGDI1>1950</UNDanGooCodGDI1>
<PRODOCDC2><DocTypDC21>N705</DocTypDC21><DocRefDC23>ABC1</DocRefDC23></PRODOCDC2>
<TRACONCE2><NamCE27>Fruit BV</NamCE27><CouCE225>BE</CouCE225></TRACONCE2>
<COMCODGODITM><ComNomCMD1>080390</ComNomCMD1></COMCODGODITM>
<CONNR2><ConNumNR21>CSQU 305438-3</ConNumNR21></CONNR2>
<PACGS2><KinOfPacGS23>CT</KinOfPacGS23><NumOfPacGS24>1000</NumOfPacGS24></PACGS2>
<PACGS2><KinOfPacGS23>CT</KinOfPacGS23><NumOfPacGS24>80</NumOfPacGS24></PACGS2></GOOITEGDS>
<GOOITEGDS><IteNumGDS7>2</IteNumGDS7><PRODOCDC2><DocTypDC21>N714</DocTypDC21><DocRefDC23>H9</DocRefDC23></PRODOCDC2>
<CONNR2><ConNumNR21>CSQU3054384</ConNumNR21></CONNR2><Strange>kept</Strange></GOOITEGDS>
<PERLODSUMDEC><TINPLD1>BE0400000001</TINPLD1></PERLODSUMDEC>
<SEAID529><SeaIdSEAID530>ML-123</SeaIdSEAID530></SEAID529>
<CUSOFFFENT730><RefNumCUSOFFFENT731>BE101000</RefNumCUSOFFFENT731>
<ExpDatOfArrFIRENT733>202601201200</ExpDatOfArrFIRENT733></CUSOFFFENT730>
</ie:CC313A></s:Body></s:Envelope>"""


def test_an_amendment_gives_one_consignment_per_transport_document() -> None:
    reading = read(a_part(DECLARATION, "ens"))
    bananas, house = reading.rows
    assert isinstance(bananas, Consignment)
    assert isinstance(house, Consignment)
    assert (bananas.id, house.id) == ("bl::ABC1", "bl::H9")
    assert (bananas.function, bananas.level, house.level) == (Function.AMENDMENT, Level.STRAIGHT, Level.HOUSE)
    assert (bananas.mrn, bananas.call.imo, bananas.call.voyage) == ("26BE00000000000014", "9074729", "123W")
    assert write_moment(bananas.call.arrival or bananas.call.departure or 0) == "2026-01-20T12:00:00Z"  # type: ignore[arg-type]
    (item,) = bananas.goods
    assert (item.hs, item.packages, item.gross_g, item.containers) == ("080390", 1080, 23_840_500, ("CSQU3054383",))
    (box,) = bananas.equipment
    assert ([seal.number for seal in box.seals], box.dangerous) == (["ML123"], ("1950",))
    assert [party.role for party in bananas.parties] == [PartyRole.DECLARANT, PartyRole.CONSIGNEE]
    assert Counter(doubt.code for doubt in reading.doubts) == {
        "xml-schema": 2, "xml-container-number": 1, "xml-kept-unmapped": 1}


def test_a_declaration_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    reading = read(a_part(DECLARATION[:1500], "ens"))
    assert reading.rows
    assert reading.doubts[0].code == "xml-not-well-formed"


def test_another_document_is_doubted() -> None:
    assert [doubt.code for doubt in read(a_part(b"<a><b/></a>", "ens")).doubts] == ["xml-unknown-root"]


@pytest.mark.shared
def test_all_schema_verdicts_agree_with_hmrc(shared_data: Path) -> None:
    files = sample(shared_data, _SCHEMAS)
    verdicts = Counter()
    for name, content in files.items():
        if name.endswith(".xml"):
            expected = b"Error>" in files[name.replace(".xml", ".ctl")]
            rejected = any(doubt.code in ("xml-schema", "xml-not-well-formed")
                           for doubt in read(a_part(content, "ens")).doubts)
            verdicts[rejected == expected, rejected] += 1
    assert verdicts == {(True, True): 88, (True, False): 3}


@pytest.mark.shared
def test_no_rule_document_loses_a_value(shared_data: Path) -> None:
    files = sample(shared_data, _RULES)
    documents = {name: content for name, content in files.items() if name.endswith(".xml")}
    assert len(documents) == 1_823
    for name, content in documents.items():
        reading = read(a_part(content, "ens"))
        assert reading.rows, name
        told = set(_values(msgspec.to_builtins((reading.rows, reading.doubts))))
        lost = [leaf for leaf in _leaves(content) if not _told(leaf, told)]
        assert not lost, (name, [(leaf.tag, leaf.text) for leaf in lost])
        codes = {doubt.code for doubt in reading.doubts}
        assert codes <= {"xml-amount", "xml-container-number"}, (name, codes)


def _leaves(content: bytes) -> list[etree._Element]:
    root = etree.fromstring(content)
    return [leaf for leaf in root.iter(etree.Element)
            if len(leaf) == 0 and (leaf.text or "").strip() and str(leaf.tag).lower() not in NOT_MAPPED]


def _values(told: object) -> Iterator[str]:
    """Every text and number of the rows and doubts, references also without their qualifier and word by word."""
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, (list, tuple)):
        for inner in told:
            yield from _values(inner)
        return
    text = str(told)
    yield from (_folded(text), *map(_folded, text.partition(":")), *map(_folded, text.partition(":")[2].split()))


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper()


def _told(leaf: etree._Element, told: set[str]) -> bool:
    """Whether a leaf's text stands in the rows or doubts: as text, as grams, as moment, or within a sum of packages."""
    text = (leaf.text or "").strip()
    name = str(leaf.tag)
    if _folded(text) in told or (name in ("NumOfPacGS24", "NumOfPieGS25") and str(int(text)) in told):
        return True
    if name.startswith(("DatTim", "DecDat", "ExpDat")):
        return str(read_written_moment(text)) in told
    if name == "GroMasGDS46":
        return str(round(float(text) * 1000)) in told
    if name == "IteNumGDS7":
        return int(text) in (0, 1) or str(int(text)) in told  # 1 is what an item is without a number
    return name == "IdeOfMeaOfTraCroHEA85" and _folded(text).removeprefix("IMO") in told
