from vigie.arrivals.dcsa.port import port_rows
from vigie.terms import Doubt


def test_a_flat_timestamp_of_version_1_is_read() -> None:
    doubts: list[Doubt] = []
    (row,) = port_rows("", b'{"eventID":"1","operationsEventTypeCode":"DEPA","eventClassifierCode":"ACT",'
                           b'"eventDateTime":"2026-01-01T00:00:00Z","UNLocationCode":"BEANR","vesselIMONumber":"9074729"}',
                       doubts)
    assert (row.code, row.place, row.call.imo, doubts) == ("DEPA", "BEANR", "9074729", [])


def test_an_omitted_call_gives_no_row_and_another_service_keeps_its_name() -> None:
    doubts: list[Doubt] = []
    assert not list(port_rows("", b'{"portCall":{"isOmitted":true}}', doubts))
    assert [doubt.code for doubt in doubts] == ["json-retracted"]
    (row,) = port_rows("", b'{"portCallService":{"portCallServiceTypeCode":"PILO","portCallServiceEventTypeCode":"STRT"},'
                           b'"timestamp":{"classifierCode":"XXX"}}', doubts)
    assert row.code == "PILO-STRT"
