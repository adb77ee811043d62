from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import NOON, a_movement, a_part, movements

from vigie.arrivals import Classifier, Movement, read
from vigie.arrivals.dcsa import write_dcsa_events
from vigie.arrivals.dcsa.reader import RETRACTED

_EVENTS = b'{"events":['


def read_back(written: bytes) -> tuple[object, ...]:
    assert written.startswith(_EVENTS)
    reading = read(a_part(written[len(_EVENTS):], "dcsa", _EVENTS, form="TNT"))
    assert {doubt.code for doubt in reading.doubts} <= {"json-moments-apart", "json-recorded-before", "json-same-id"}
    return reading.rows


@given(st.lists(movements(), max_size=5))
def test_what_is_written_is_read_back_the_same(told: list[Movement]) -> None:
    assert read_back(write_dcsa_events(told)) == tuple(told)


@pytest.mark.parametrize("movement", [
    a_movement(code="CRO", reason="ISSU", documents=("CRO:R1", "BL:ABC"), recorded_at=NOON),
    a_movement(code="DRO", recorded_at=NOON), a_movement(code="AMF", reason="SUBM", recorded_at=NOON,
                                                          documents=("AMF:1",), classifier=Classifier.PLANNED),
    a_movement(code="", event_id="e1" + RETRACTED, retracts="e1", container="", at=None),
])
def test_documents_doors_and_retractions_are_written_too(movement: Movement) -> None:
    assert read_back(write_dcsa_events([movement])) == (movement,)


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """DCSA's schema, with objects that may hold nothing but what it names."""
    for inner in [schema, *schema["components"]["schemas"].values()]:
        if inner.get("type") == "object":
            inner["additionalProperties"] = False
    return schema


@pytest.mark.shared
@pytest.mark.parametrize("code", ["CUSS", "CUSI", "CUSR", "ARRI", "DRO", "DEO", "GTOT"])
def test_what_is_written_passes_dcsas_own_schema(shared_data: Path, code: str) -> None:
    schema = _strict(yaml.safe_load((shared_data / "trade/dcsa/TNT_v3.0.0.yaml").read_text()))
    judge = jsonschema.Draft7Validator({**schema, "$ref": "#/components/schemas/PostEventsRequest"},
                                       format_checker=jsonschema.FormatChecker())
    written = write_dcsa_events([
        a_movement(code=code, recorded_at=NOON, place="BEANR", facility="K1742", reason="ISSU" if code == "DEO" else "WEA",
                   documents=("BL:ABC",), empty=False, size_type="45R1"),
        a_movement(code=code, retracts="e1"),
    ], party="BE-CUSTOMS")
    judge.validate(msgspec.json.decode(written))
    codes = str(schema["components"]["schemas"]["EventClassification"])
    assert f"`{code}`" in codes + str(schema["components"]["schemas"]["IotDetails"]) + str(
        schema["components"]["schemas"]["DocumentReference"])
