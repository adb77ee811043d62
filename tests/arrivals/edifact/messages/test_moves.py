"""Gates and cranes."""

import pytest
from tests.arrivals.edifact.looking import back, message

from vigie.arrivals.edifact.messages.moves import event_name


@pytest.mark.parametrize(
    ("form", "kind", "code"),
    [("CODECO", "34", "GTIN"), ("CODECO", "36", "GTOT"), ("COARRI", "44", "DISC"), ("COARRI", "46", "LOAD")],
)
def test_kinds_of_report(form, kind, code):
    (row,), doubts = back(message(form, f"BGM+{kind}+1+9", "EQD+CN+CSQU3054383", "DTM+7:202601201200:203"))
    assert (row.code, row.offset_known, doubts) == (code, False, [])
    assert row.event_id == event_name("BEANRTERM", code, "CSQU3054383", "2026-01-20T12:00:00Z")


def test_a_cancellation_retracts_what_was_told():
    body = ("EQD+CN+CSQU3054383", "DTM+7:202601201200:203", "LOC+165+BEANR+K913", "TDT+1++3")
    (told,), _ = back(message("CODECO", "BGM+36+1+9", *body))
    (taken_back,), _ = back(message("CODECO", "BGM+36+2+1", *body))
    assert taken_back.retracts == told.event_id != taken_back.event_id
    assert (told.place, told.facility, told.mode) == ("BEANR", "K913", "TRUCK")


def test_an_unknown_kind_is_taken_by_its_ports_and_doubted():
    (row,), doubts = back(message("COARRI", "BGM+999", "LOC+9+ITGOA", "EQD+CN+CSQU3054383"))
    assert row.code == "LOAD"
    assert doubts == ["edifact-report-kind", "edifact-no-time"]
