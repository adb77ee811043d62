from vigie.desk.views import AccessPlace, InsiderRow, OpeningView
from vigie.desk.views.plain import plain
from vigie.terms import Moment


def test_a_name_is_plain_and_its_places_carry_moments():
    row = InsiderRow("2026-03-01", "u-1", "badge", False, 0.01, 0.3, 0.5, 50, 3, 0.0, 0.0, 0.0, 0.0, 7.5, "", 0, (),
                     (AccessPlace(Moment(0), "zone-a"),))  # fmt: skip
    told = plain(row)
    assert told["places"] == [{"at": "1970-01-01T00:00:00Z", "zone": "zone-a"}]
    assert (told["opening"], told["state"]) == (None, "")


def test_an_opening_holds_no_name_of_its_own():
    assert plain(OpeningView(1, "u-1", "eve", Moment(0), "why", "asked", "", None, ""))["identity"] == ""
