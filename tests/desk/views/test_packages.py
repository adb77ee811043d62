"""A package as it is shown."""

from vigie.desk.views.exchange_work import RecipientView
from vigie.desk.views.packages import PackagePreview, PackageView
from vigie.terms import Moment


def test_a_package_in_a_list_says_nothing_of_its_pieces():
    one = PackageView("ab" * 32, "images", "br-gateway", False, "CSQU3054383", Moment(1), Moment(2), 3)
    assert (one.title, one.pieces, one.scans) == ("", (), ())


def test_a_package_may_leave_only_to_somebody_against_whom_nothing_stands():
    def shown(*codes):
        told = tuple(RecipientView("nl", "NL", "NL", code, {}) for code in codes)
        return PackagePreview("CSQU3054383", "t", True, 1, (), told, False)

    assert [shown(*codes).may for codes in ((), ("",), ("", "exchange-expired"))] == [False, True, False]
