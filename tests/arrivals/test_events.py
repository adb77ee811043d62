import msgspec
import pytest
from hypothesis import given
from tests.arrivals.building import NOON, movements

from vigie.arrivals import Call, Classifier, Measurement, Movement, Port, Position, Quantity


@given(movements())
def test_a_movement_survives_the_log(movement: Movement) -> None:
    assert msgspec.json.decode(msgspec.json.encode(movement), type=Movement) == movement


@pytest.mark.parametrize("row", [
    Measurement("CSQU3054383", Quantity.VGM, 23_840_000, "SM1", NOON), Port(Call(imo="9074729"), "BEANR", at=NOON),
    Position("205344990", NOON, lat_e6=-1, lon_e6=0),
])
def test_every_other_row_survives_it_too(row: Measurement | Port | Position) -> None:
    assert msgspec.json.decode(msgspec.json.encode(row), type=type(row)) == row


def test_the_classifiers_are_dcsas() -> None:
    assert [classifier.value for classifier in Classifier] == ["ACT", "EST", "PLN", "REQ"]
