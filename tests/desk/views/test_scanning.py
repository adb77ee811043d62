from vigie.desk.views.plain import plain
from vigie.desk.views.scanning import ScanRow
from vigie.terms import Moment, VisitId


def test_moments_of_a_scan_are_told_in_iso_8601():
    row = ScanRow("X1", VisitId(""), "", "", "", "", None, Moment(0), 1, 1, (6.0,), 0, True)
    assert plain(row)["received"] == "1970-01-01T00:00:00Z"
    assert plain(row)["taken"] is None
