"""Masses come back as they were told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.edifact import canon
from tests.arrivals.edifact.looking import SENDING, back, judged

from vigie.arrivals import Measurement, Quantity
from vigie.arrivals.edifact import write_vermas
from vigie.terms import BadRequest


@given(st.lists(canon.measurements, min_size=1, max_size=4))
def test_masses_come_back(told):
    raw = write_vermas(told, SENDING)
    assert back(raw) == (told, [])
    judged(raw)


def test_a_temperature_is_no_mass():
    with pytest.raises(BadRequest):
        write_vermas([Measurement("CSQU3054383", Quantity.TEMPERATURE, 136)], SENDING)
