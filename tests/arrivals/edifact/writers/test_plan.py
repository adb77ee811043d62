"""Bay plans come back as they were told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.edifact import canon
from tests.arrivals.edifact.looking import SENDING, back, judged

from vigie.arrivals.edifact import write_baplie
from vigie.terms import BadRequest


@given(st.lists(canon.stowed(), min_size=1, max_size=4), st.sampled_from(("2.2", "3.1")))
def test_a_bay_plan_comes_back(plan, version):
    raw = write_baplie(plan, SENDING, version=version)
    assert back(raw) == (plan, [])
    judged(raw)


def test_a_plan_has_two_versions_only():
    with pytest.raises(BadRequest):
        write_baplie([], SENDING, version="1.5")
