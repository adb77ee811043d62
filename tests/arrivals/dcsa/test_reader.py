from collections import Counter
from pathlib import Path

import msgspec
import pytest
from tests.arrivals.building import a_part

from vigie.arrivals import Classifier, Measurement, Movement, Port, Quantity, Reading, read, split
from vigie.arrivals.dcsa.reader import RETRACTED
from vigie.terms import SECOND

FLAT = {"eventID": "3cecb101-7a1a-43a4-9d62-e88a131651e4", "eventType": "EQUIPMENT", "eventClassifierCode": "ACT",
        "eventDateTime": "2026-01-02T00:00:00Z", "eventCreatedDateTime": "2026-01-02T01:00:00Z",
        "equipmentEventTypeCode": "GTOT", "equipmentReference": "CSQU3054383"}


def reading_of(*events: object, form: str = "TNT") -> Reading:
    return read(a_part(msgspec.json.encode(events)[1:-1], "dcsa", b"[", form=form))


def sample(shared_data: Path, name: str) -> Reading:
    with (shared_data / "trade/dcsa" / name).open("rb") as stream:
        (part,) = split(stream)
    return read(part)


def test_a_flat_event_is_a_movement() -> None:
    reading = reading_of({**FLAT, "seals": [{"sealNumber": "ML-1", "sealSource": "CUS"}], "emptyIndicatorCode": "LADEN"})
    (row,) = reading.rows
    assert isinstance(row, Movement)
    assert (row.code, row.container, row.empty, row.seals[0].number, row.seals[0].issuer) == (
        "GTOT", "CSQU3054383", False, "ML1", "CU")
    assert not reading.doubts


def test_an_event_that_references_several_boxes_gives_one_movement_each() -> None:
    references = [{"referenceType": "EQ", "referenceValue": number} for number in ("CSQU3054383", "APZU4812090")]
    event = {**FLAT, "eventType": "TRANSPORT", "transportEventTypeCode": "ARRI", "references": references}
    del event["equipmentReference"], event["equipmentEventTypeCode"]
    rows = reading_of(event).rows
    assert [row.container for row in rows if isinstance(row, Movement)] == ["CSQU3054383", "APZU4812090"]
    assert all(isinstance(row, Port) for row in reading_of({**event, "references": []}).rows)


@pytest.mark.parametrize("classifier", ["ACT", "EST", "PLN"])
def test_actual_estimated_and_planned_stay_apart(classifier: str) -> None:
    (row,) = reading_of({**FLAT, "eventClassifierCode": classifier}).rows
    assert isinstance(row, Movement)
    assert row.classifier == classifier


def test_an_unknown_classifier_claims_nothing_that_happened() -> None:
    reading = reading_of({**FLAT, "eventClassifierCode": "FOO"})
    assert [row.classifier for row in reading.rows if isinstance(row, Movement)] == [Classifier.PLANNED]
    assert [doubt.code for doubt in reading.doubts] == ["json-unknown-code"]


def test_a_retraction_names_what_it_takes_back() -> None:
    (row,) = reading_of({**FLAT, "retractedEventID": "other"}).rows
    (grouped,) = reading_of({"eventID": "e1", "isRetracted": True}).rows
    assert isinstance(row, Movement)
    assert isinstance(grouped, Movement)
    assert (row.retracts, grouped.retracts, grouped.event_id) == ("other", "e1", "e1" + RETRACTED)


def test_metadata_and_payload_are_one_event() -> None:
    inner = {name: value for name, value in FLAT.items() if name not in ("eventID", "eventCreatedDateTime")}
    outer = {"eventID": FLAT["eventID"], "eventCreatedDateTime": FLAT["eventCreatedDateTime"]}
    assert reading_of({"metadata": outer, "payload": inner}).rows == reading_of(FLAT).rows


def test_the_same_event_without_an_id_gets_the_same_name_twice() -> None:
    unnamed = {name: value for name, value in FLAT.items() if name != "eventID"}
    (one,), (two,) = reading_of(unnamed).rows, reading_of(unnamed).rows
    assert one == two


@pytest.mark.shared
@pytest.mark.parametrize(("name", "codes"), [
    ("tnt-220-response-wrong-attribute-values.json", {"json-missing": 1, "json-container-number": 1}),
    ("tnt-220-response-wrong-date-times.json", {"json-missing": 9, "json-moment": 2, "json-moments-apart": 2}),
    ("tnt-220-response-wrong-event-ids.json", {"json-wrong-type": 1, "json-id-shape": 2, "json-same-id": 2}),
    ("tnt-220-response-wrong-structure.json", {"json-no-event": 2}),
    ("tnt-220-response.json", {}),
    ("tnt-300-request-iot.json", {}),
])
def test_what_is_wrong_in_a_sample_is_told_with_its_pointer(
    shared_data: Path, name: str, codes: dict[str, int]
) -> None:
    reading = sample(shared_data, name)
    assert Counter(doubt.code for doubt in reading.doubts) == codes
    assert all(doubt.place.path.startswith("/") for doubt in reading.doubts)
    assert bool(reading.rows) == ("structure" not in name)


@pytest.mark.shared
def test_a_reefer_tells_its_temperatures_and_a_door_its_opening(shared_data: Path) -> None:
    rows = sample(shared_data, "tnt-300-request-reefer.json").rows
    assert [(row.method, row.value) for row in rows if isinstance(row, Measurement)] == [
        ("setpoint", -185), ("ambient", 223), ("probe-1", -182), ("probe-2", -187)]
    (door,) = sample(shared_data, "tnt-300-request-iot.json").rows
    assert isinstance(door, Movement)
    assert (door.code, door.remarks) == ("DRO", ("GEO:52.3676,4.9041",))


@pytest.mark.shared
def test_a_port_call_is_an_arrival(shared_data: Path) -> None:
    (row,) = sample(shared_data, "portcall-api-200-get-response.json").rows
    assert isinstance(row, Port)
    assert (row.code, row.place, row.classifier, row.call.imo, row.at) == (
        "ARRI", "NLAMS", Classifier.ESTIMATED, "9321483", 1_737_595_425 * SECOND)


@pytest.mark.shared
def test_a_vgm_that_was_taken_back_gives_no_measurement(shared_data: Path) -> None:
    assert not sample(shared_data, "vgm-api-100-post-request.json").rows
    content = (shared_data / "trade/dcsa/vgm-api-100-post-request.json").read_bytes()
    declaration = msgspec.json.decode(content)["VGMDeclarations"][0]
    rows = reading_of({**declaration, "isRetracted": False}, form="VGM").rows
    assert [(row.quantity, row.value) for row in rows if isinstance(row, Measurement)] == [
        (Quantity.VGM, 2_400), (Quantity.GROSS, 2_400), (Quantity.TARE, 2_400)]
