"""Orders of customs come back, one for each box."""

import pytest
from tests.arrivals.edifact import canon
from tests.arrivals.edifact.looking import SENDING, back, judged

from vigie.arrivals import Movement
from vigie.arrivals.edifact import write_cusres
from vigie.terms import BadRequest


@pytest.mark.parametrize("code", ["CUSS", "CUSI", "CUSR"])
def test_an_order_comes_back(code):
    order = Movement(
        event_id="order-17:MSCU", code=code, container="CSQU3054383", at=canon.NOW, recorded_at=canon.NOW,
        place="BEANR", facility="K913", documents=("BL:MEDU+1'7", "BN:4"), remarks=("AAI:shift 2: scanner 'A'",),
        size_type="45R1",
    )  # fmt: skip
    raw = write_cusres([order, order], SENDING)
    assert back(raw) == ([order, order], [])
    judged(raw)


def test_a_gate_move_is_no_order():
    with pytest.raises(BadRequest):
        write_cusres([Movement(event_id="", code="GTIN")], SENDING)
