"""Damage ENS, ICS2 and ASYCUDA documents. By hand: `python -m tests.fuzz.fuzz_xml 100000 7` (rounds, seed)."""

from tests.arrivals.building import EORI, NOON, a_consignment
from tests.fuzz.damage import asked, loop

from vigie.arrivals import Level
from vigie.arrivals.ens import write_cc315a
from vigie.arrivals.ics2 import write_ics2

_MANIFEST = b"""<Awmds><General_segment><General_segment_id><Voyage_number>1</Voyage_number></General_segment_id>
</General_segment><Bol_segment><Bol_id><Bol_reference>A1</Bol_reference></Bol_id><ctn_segment><Ctn_reference>CSQU3054383
</Ctn_reference><Empty_weight>4</Empty_weight></ctn_segment></Bol_segment><Bol_segment><Goods_segment><Gross_mass>1
</Gross_mass></Goods_segment></Bol_segment></Awmds>"""
CORPUS = (
    write_cc315a(a_consignment()),
    write_cc315a(a_consignment()).replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"),
    write_ics2(a_consignment(), "F10"),
    write_ics2(a_consignment(level=Level.MASTER), "F11", [a_consignment(level=Level.HOUSE)] * 3),
    _MANIFEST,
)
BITS = (
    b"<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]>", b"&d;", b"&#0;", b"&#x110000;", b"<![CDATA[", b"]]>", b"<!--",
    b"-->", b"<?xml version='1.0' encoding='UTF-7'?>", b"<a xmlns:ie='x'>", b"</Bol_segment>", b"<Bol_segment>", b"\0",
    b"<IE3F10>", b"<CC313A>", b"1e999", b"-1", b"9" * 400, b"\xff\xfe", b"<a>" * 300, NOON.to_bytes(8, "big"),
    EORI.encode(), b'encoding="EBCDIC-CP-US"', b"xsi:schemaLocation='file:///etc/passwd'",
)  # fmt: skip

if __name__ == "__main__":
    print(loop(CORPUS, BITS, *asked()))
