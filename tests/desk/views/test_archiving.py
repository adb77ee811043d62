"""What is shown of the archive and of the past made again survives the way to a face."""

from vigie.desk.views import ArchivedMonth, MonthsView, RescoreView, SkewView
from vigie.desk.views.plain import plain


def test_every_field_reaches_the_faces():
    month = ArchivedMonth("log", "2026-01", "moved", 7, 900, "log-2026-01.parquet", "ab")
    assert plain(MonthsView((month,), 7, 900, 3))["months"][0]["file"] == "log-2026-01.parquet"
    told = plain(RescoreView(1, 2, "p", "local", 5, 1, 355, 0, 5, 0, 0, 0, 0, "d", "f"))
    assert (told["boxes"], told["features_differ"], told["digest"]) == (5, 0, "d")
    assert plain(SkewView(0, 1, 9, 1, 0, ("box_rows",), 5))["names"] == ["box_rows"]
