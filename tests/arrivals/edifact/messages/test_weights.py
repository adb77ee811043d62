"""Verified gross masses."""

from tests.arrivals.edifact.looking import back, message

from vigie.arrivals import Quantity


def test_a_mass():
    rows, doubts = back(
        message("VERMAS", "BGM+749", "EQD+CN+CSQU3054383", "RFF+BN:4", "LOC+9+ECGYE", "MEA+AAE+VGM+KGM:23840",
                "DTM+WAT:202601201200:203", "DOC+SM1:VGM:306", "NAD+SPC+++FRUTA FICTICIA SA")
    )
    (row,) = rows
    assert (row.quantity, row.value, row.method, row.by) == (Quantity.VGM, 23_840_000, "SM1", "FRUTA FICTICIA SA")
    assert (row.documents, row.place, doubts) == (("BN:4",), "ECGYE", [])


def test_no_mass():
    assert back(message("VERMAS", "BGM+749", "EQD+CN+CSQU3054383")) == ([], ["edifact-no-mass"])


def test_a_cancelled_list():
    assert back(message("VERMAS", "BGM+749+1+1", "EQD+CN+X", "MEA+AAE+VGM+KGM:1")) == ([], ["edifact-list-cancelled"])
