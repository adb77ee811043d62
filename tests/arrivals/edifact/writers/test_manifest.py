"""Cargo reports come back as they were told."""

from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.edifact import canon
from tests.arrivals.edifact.looking import SENDING, back, judged

from vigie.arrivals.edifact import write_cuscar


@given(st.lists(canon.consignments(), min_size=1, max_size=3))
def test_a_cargo_report_comes_back(report):
    raw = write_cuscar(report, SENDING)
    assert back(raw) == (report, [])
    judged(raw)
