from collections import Counter
from pathlib import Path

import jsonschema
import msgspec
import pytest
from tests.arrivals.building import a_part

from vigie.arrivals import Measurement, Movement, Reading, read, split

EVENT = {"type": "ObjectEvent", "eventTime": "2026-01-01T00:00:00Z", "eventTimeZoneOffset": "+00:00",
         "action": "OBSERVE", "bizStep": "loading", "epcList": ["urn:epc:id:bic:CSQU3054383"]}


def reading_of(*events: object) -> Reading:
    return read(a_part(msgspec.json.encode(events)[1:-1], "epcis", b'{"@context":"","eventList":['))


def test_steps_become_codes_and_boxes_are_found_in_any_spelling() -> None:
    for thing in ("urn:epc:id:bic:CSQU3054383", "https://id.gs1.org/8004/CSQU3054383", "urn:x:csqu3054383"):
        (row,) = reading_of({**EVENT, "epcList": [thing]}).rows
        assert isinstance(row, Movement)
        assert (row.code, row.container) == ("LOAD", "CSQU3054383")


@pytest.mark.parametrize(("change", "code", "empty"), [
    ({"type": "AggregationEvent", "parentID": "urn:epc:id:grai:4012345.55555.98765", "bizStep": "packing", "action": "ADD"},
     "STUF", False),
    ({"type": "AssociationEvent", "parentID": "urn:epc:id:bic:CSQU3054383", "bizStep": "", "action": "DELETE"}, "STRP", None),
    ({"bizStep": "https://ref.gs1.org/cbv/BizStep-unloading"}, "DISC", None),
    ({"bizStep": "urn:epcglobal:cbv:bizstep:departing"}, "DEPA", None),
    ({"bizStep": "holding"}, "holding", None),
    ({"bizStep": "https://vigie.example/step/CUSS"}, "CUSS", None),
])
def test_what_happened_is_said_in_dcsas_words(change: dict[str, object], code: str, empty: bool | None) -> None:
    row = reading_of({**EVENT, **change}).rows[0]
    assert isinstance(row, Movement)
    assert (row.code, row.empty) == (code, empty)


def test_an_event_declared_wrong_takes_itself_back() -> None:
    wrong = {"declarationTime": "2026-01-02T00:00:00Z", "reason": "incorrect_data"}
    (row,) = reading_of({**EVENT, "eventID": "urn:uuid:1", "errorDeclaration": wrong}).rows
    assert isinstance(row, Movement)
    assert (row.retracts, row.event_id) == ("urn:uuid:1", "urn:uuid:1~declared-wrong")


def test_a_temperature_is_measured_in_tenths() -> None:
    sensor = [{"sensorReport": [{"type": "Temperature", "value": 56.66, "uom": "FAH"}, {"type": "x", "value": 1},
                                {"type": "Temperature", "value": 1, "uom": "KEL"}]}]
    rows = reading_of({**EVENT, "sensorElementList": sensor}).rows
    assert [row.value for row in rows if isinstance(row, Measurement)] == [137]


@pytest.mark.shared
def test_all_72_documents_are_read_and_gs1_judges_57_valid(shared_data: Path) -> None:
    folder = shared_data / "trade/epcis"
    schema = msgspec.json.decode((folder / "gs1_EPCIS-JSON-Schema.json").read_bytes())
    judge = jsonschema.Draft7Validator(schema)
    verdicts: Counter[bool] = Counter()
    rows = 0
    for path in sorted((folder / "openepcis_json").rglob("*.json")):
        with path.open("rb") as stream:
            readings = [read(part) for part in split(stream)]
        valid = judge.is_valid(msgspec.json.decode(path.read_bytes()))
        verdicts[valid] += 1
        rows += sum(len(reading.rows) for reading in readings)
        if valid and "Invalid" not in path.parts:
            assert not [doubt for reading in readings for doubt in reading.doubts], path
    assert verdicts == {True: 57, False: 15}
    assert rows > 150
