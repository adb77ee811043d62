from msgspec.structs import fields

from vigie.desk.views import AgreementView, GivenView
from vigie.desk.views.plain import plain
from vigie.scanning import Agreement, Reading, Region, Sighting
from vigie.terms import Moment


def test_agreement_is_shown_whole_with_what_waits():
    assert {one.name for one in fields(AgreementView)} - {one.name for one in fields(Agreement)} == {"waiting"}


def test_a_given_reading_tells_no_reader_where_none_is_named():
    given = GivenView("first", "hold-and-visit", Moment(0), 9, (Region(1, 2, 3, 4, Sighting.BAGS),))
    told = plain(given)
    assert "reader" not in told or told["reader"] == ""
    assert told["regions"][0]["reason"] == "bags"
    assert {one.name for one in fields(GivenView)} <= {one.name for one in fields(Reading)}
