import pytest
from tests.desk.port import NOW
from tests.desk.test_ports_openings import WHY, who  # noqa: F401 -- a fixture

from vigie.desk.acts import NameAsked, NameDecided
from vigie.desk.ports_writing import write_opening
from vigie.terms import Conflict, OfficerId


def test_of_two_who_come_at_once_the_second_finds_it_done(node, who):  # noqa: F811
    asked = NameAsked(who, WHY, OfficerId("eve"), NOW)
    write_opening(asked, node)
    with pytest.raises(Conflict):
        write_opening(asked, node)
    (kept,) = node.store.access.openings()
    opened = NameDecided(kept.id, "opened", "", OfficerId("bob"), NOW)
    write_opening(opened, node)
    with pytest.raises(Conflict):
        write_opening(opened, node)
    assert node.store.access.opening(kept.id).decided_by == "bob"
