"""Answers of customs."""

import pytest
from tests.arrivals.edifact.looking import back, message


@pytest.mark.parametrize(("indicator", "code"), [("4", "CUSR"), ("5", "CUSI"), ("7", "CUSS")])
def test_decisions(indicator, code):
    (row,), doubts = back(message("CUSRES", "BGM+962", "DOC+705+B1", f"GIS+{indicator}", "EQD+CN+CSQU3054383"))
    assert (row.code, row.documents, doubts) == (code, ("BL:B1",), [])


def test_a_decision_for_the_whole_message_and_one_that_is_unknown():
    assert back(message("CUSRES", "BGM+962", "GIS+4", "EQD+CN+CSQU3054383"))[0][0].code == "CUSR"
    assert back(message("CUSRES", "BGM+962", "GIS+99", "EQD+CN+CSQU3054383")) == ([], ["edifact-decision"])
