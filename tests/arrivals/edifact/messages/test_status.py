"""Statuses of carriers."""

import pytest
from tests.arrivals.edifact.looking import back, message

from vigie.arrivals import Classifier


@pytest.mark.parametrize(
    ("code", "event"), [("48", "LOAD"), ("AE", "LOAD"), ("29", "DISC"), ("OA", "GTOT"), ("CT", "CUSR"), ("GTIN", "GTIN")]
)
def test_codes(code, event):
    (row,), doubts = back(message("IFTSTA", "BGM+23", "CNI+1+MEDU1", f"STS+1+{code}", "DTM+334:202601201200:203",
                                  "LOC+175+BEANR:139:6", "EQD+CN+CSQU3054383"))  # fmt: skip
    assert (row.code, row.place, row.documents, doubts) == (event, "BEANR", ("BL:MEDU1",), [])


def test_an_unknown_code_is_kept_and_doubted():
    (row,), doubts = back(message("IFTSTA", "BGM+23", "STS+1+QQ", "DTM+334:202601201200:203", "RFF+EQ:CSQU3054383"))
    assert (row.code, row.container, doubts) == ("QQ", "CSQU3054383", ["edifact-status"])


def test_what_is_expected_is_an_estimate():
    (row,), _ = back(message("IFTSTA", "BGM+23", "CNI+1", "STS+1+VA", "DTM+132:202601201200:203"))
    assert (row.classifier, row.container) == (Classifier.ESTIMATED, "")
