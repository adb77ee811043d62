from vigie.desk.views import DossierCheck
from vigie.desk.views.plain import plain
from vigie.registry import DossierFault


def test_a_check_is_told_with_its_places():
    check = DossierCheck(False, "c", "n", "r", "s", "k", 1, 2, 3, (DossierFault("a", "part-altered", 7),))
    assert plain(check)["faults"] == [{"place": "a", "reason": "part-altered", "offset": 7}]
