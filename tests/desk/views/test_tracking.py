from vigie.desk.views import LifeView, MovesView, SilentView
from vigie.desk.views.plain import plain
from vigie.terms import VisitId, read_moment
from vigie.tracking import Gap, Story

AT = read_moment("2026-03-02T06:00:00Z")


def test_moments_are_told_as_people_read_them():
    life = LifeView(VisitId("X-1"), AT, Story((), (Gap("quiet", "", AT),)))
    told = plain(MovesView("X", AT, AT, (life,), entries=(AT,)))
    assert told["known_at"] == "2026-03-02T06:00:00Z"
    assert told["lives"][0]["story"]["gaps"][0]["until"] is None
    assert plain(SilentView(AT, ()))["rows"] == []
