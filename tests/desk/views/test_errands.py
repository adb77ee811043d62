from vigie.desk.views import ErrandView
from vigie.desk.views.plain import plain
from vigie.terms import Moment


def test_an_errand_is_open_until_it_ended():
    asked = ErrandView("assess", "waiting", 0, 0, "ann", Moment(1_700_000_000_000_000))
    assert asked.open
    assert not ErrandView("assess", "failed", 3, 9, "ann", asked.asked, asked.asked, "interrupted").open
    assert plain(asked)["asked"].startswith("2023-11-14T")
