"""What faces show of erasures travels as plain JSON, moments as ISO 8601, names of erasures as numbers."""

from vigie.desk.views import ErasedBox, ErasureScope, ErasureView
from vigie.desk.views.plain import plain
from vigie.terms import Moment, VisitId


def test_an_erasure_is_plain():
    scope = ErasureScope("box", "X-1", 1, 3, 0, 2, (ErasedBox(VisitId("X-1"), "BEANR", Moment(0)),))
    told = plain(ErasureView(1_772_431_200_000_004, "asked", "box", "X-1", "ada", Moment(0), "why", "law", scope=scope))
    assert told["id"] == 1_772_431_200_000_004
    assert told["asked"].startswith("1970-01-01T00:00:00")
    assert told["scope"]["shown"] == [{"visit": "X-1", "site": "BEANR", "opened": told["asked"]}]
    assert told["decided"] is None
