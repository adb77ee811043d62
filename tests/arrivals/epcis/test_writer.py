from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import NOON, a_movement, a_part, movements

from vigie.arrivals import Classifier, Movement, read
from vigie.arrivals.epcis import write_epcis
from vigie.terms import BadRequest


@given(st.lists(movements(actual=True), max_size=4))
def test_what_is_written_is_read_back_the_same(told: list[Movement]) -> None:
    head, mark, body = write_epcis(told, NOON).partition(b'"eventList":[')
    reading = read(a_part(body, "epcis", head + mark))
    assert not reading.doubts
    assert [msgspec.structs.replace(row, reason="") for row in reading.rows] == told  # type: ignore[type-var]


@pytest.mark.parametrize("movement", [
    a_movement(at=None), a_movement(container=""), a_movement(classifier=Classifier.ESTIMATED)])
def test_what_epcis_cannot_tell_is_refused(movement: Movement) -> None:
    with pytest.raises(BadRequest):
        write_epcis([movement], NOON)


@pytest.mark.shared
def test_gs1s_own_schema_accepts_what_is_written(shared_data: Path) -> None:
    schema = msgspec.json.decode((shared_data / "trade/epcis/gs1_EPCIS-JSON-Schema.json").read_bytes())
    told = [a_movement(code=code, documents=("BL:A1", "BN:B 2"), place="BEANR", facility="K 1742", recorded_at=NOON)
            for code in ("LOAD", "CUSS", "CUSR", "GTOT", "DRO")]
    told += [a_movement(retracts="e1"), a_movement(facility="K1742"), a_movement(facility="urn:epc:id:sgln:1.2.3")]
    jsonschema.Draft7Validator(schema).validate(msgspec.json.decode(write_epcis(told, NOON)))
