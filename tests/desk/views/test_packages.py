"""A package as it is shown."""

from vigie.desk.views.packages import PackageView
from vigie.terms import Moment


def test_a_package_in_a_list_says_nothing_of_its_pieces():
    one = PackageView("ab" * 32, "images", "br-gateway", False, "CSQU3054383", Moment(1), Moment(2), 3)
    assert (one.title, one.pieces, one.scans) == ("", (), ())
