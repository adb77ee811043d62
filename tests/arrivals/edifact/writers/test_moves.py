"""Movements come back as they were told; what a message cannot say is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.arrivals.edifact import canon
from tests.arrivals.edifact.looking import SENDING, back, judged

from vigie.arrivals import Classifier, Movement
from vigie.arrivals.edifact import write_coarri, write_codeco, write_iftsta
from vigie.terms import BadRequest


@pytest.mark.parametrize(
    ("write", "codes"),
    [
        (write_codeco, ("GTIN", "GTOT")),
        (write_coarri, ("DISC", "LOAD")),
        (write_iftsta, ("CUSR", "LOAD", "GTOT", "AVPU", "STRP")),
    ],
)
@given(data=st.data())
@settings(max_examples=40)
def test_movements_come_back(write, codes, data):
    told = data.draw(st.lists(canon.moves(codes), min_size=1, max_size=4))
    raw = write(told, SENDING)
    assert back(raw) == (told, [])
    judged(raw)


@pytest.mark.parametrize("write", [write_codeco, write_coarri])
def test_a_writer_refuses_what_its_message_cannot_say(write):
    with pytest.raises(BadRequest):
        write([Movement(event_id="", code="STUF")], SENDING)


def test_a_status_report_speaks_of_no_plans():
    with pytest.raises(BadRequest):
        write_iftsta([Movement(event_id="", code="LOAD", classifier=Classifier.PLANNED)], SENDING)
