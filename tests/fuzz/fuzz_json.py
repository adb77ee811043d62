"""Damage DCSA and EPCIS files. By hand: `python -m tests.fuzz.fuzz_json 100000 7` (rounds, seed)."""

from tests.arrivals.building import NOON, a_movement
from tests.fuzz.damage import asked, loop

from vigie.arrivals.dcsa import write_dcsa_events
from vigie.arrivals.epcis import write_epcis

_FLAT = b"""[{"eventID":"3cecb101-7a1a-43a4-9d62-e88a131651e4","eventType":"EQUIPMENT","eventClassifierCode":"EST",
"eventDateTime":"2019-11-12T07:41:00+08:30","eventCreatedDateTime":"2021-01-09T14:12:56Z","equipmentEventTypeCode":"LOAD",
"equipmentReference":"APZU4812090","emptyIndicatorCode":"EMPTY","seals":[{"sealNumber":"A1","sealSource":"CUS"}],
"transportCall":{"vessel":{"vesselIMONumber":"9321483"}},"references":[{"referenceType":"EQ","referenceValue":"X"}]}]"""
_MASSES = b"""{"VGMDeclarations":[{"declarationReference":"1","declarationDateTime":"2025-01-23T01:23:45Z","VGM":{"weight":
{"value":2.4,"unit":"KGM"},"method":"SM1"},"equipmentDetails":{"equipmentReference":"APZU4812090"}}]}"""
_PORT = b"""{"events":[{"eventID":"1","portCall":{"UNLocationCode":"NLAMS"},"portCallService":{"portCallServiceTypeCode":
"BERTH","portCallServiceEventTypeCode":"STRT"},"timestamp":{"classifierCode":"EST","serviceDateTime":"2025-01-23T01:23:45Z"}}]}"""
_MOVES = [a_movement(code=code, documents=("BL:A1",), place="BEANR") for code in ("CUSS", "GTOT", "ARRI", "DRO", "CRO")]
CORPUS = (_FLAT, _FLAT[1:-1] + b"\n" + _FLAT[1:-1], _MASSES, _PORT, write_dcsa_events(_MOVES * 20),
          write_epcis(_MOVES, NOON))
BITS = (
    b"{", b"}", b"[", b"]", b'"', b"\\", b"\\u0000", b"\\ud800", b",", b":", b"null", b"true", b"1e999", b"-0", b"9" * 400,
    b'"events":[', b'"eventID":5,', b'"eventList":[', b"\xff", b"\0", b"[" * 200, b'"isRetracted":true,', b"\xef\xbb\xbf",
    b'"weight":{"value":1e308},', b'"value":-1,', b'"seals":{},', b'"payload":{"payload":{}},',
)  # fmt: skip

if __name__ == "__main__":
    print(loop(CORPUS, BITS, *asked()))
