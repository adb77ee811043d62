import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import a_consignment, consignments

from vigie.arrivals import Consignment, Equipment, GoodsItem, Level, Route, Seal, Stowed


@given(st.sampled_from(list(Level)).flatmap(lambda level: consignments(level, "F10")))
def test_a_consignment_survives_the_log(consignment: Consignment) -> None:
    assert msgspec.json.decode(msgspec.json.encode(consignment), type=Consignment) == consignment


def test_what_is_not_said_takes_no_room_and_a_newer_field_is_passed_over() -> None:
    assert msgspec.json.encode(Equipment("CSQU3054383")) == b'{"number":"CSQU3054383"}'
    assert msgspec.json.decode(b'{"number":"A","newer":1}', type=Equipment) == Equipment("A")
    assert msgspec.json.encode(GoodsItem()) == msgspec.json.encode(Route()) == b"{}"


@pytest.mark.parametrize("value", [a_consignment(), Seal("A"), Stowed("BAPLIE", Equipment("A"))])
def test_a_row_cannot_be_changed(value: object) -> None:
    with pytest.raises(AttributeError):
        value.form = "other"  # type: ignore[attr-defined]
