import pytest
from tests.desk.port import ADA, ANN, BOB, EVE, trail

from vigie.desk.reading_room import room, rules_of, set_room
from vigie.scanning import RoomRules
from vigie.terms import BadRequest, NotForYou, Purpose


def test_a_change_is_made_by_who_may_and_told_in_the_trail(node):
    assert room(EVE, node, Purpose.OVERSIGHT) == RoomRules()
    set_room(BOB, RoomRules(machine_first=True), node)
    assert rules_of(node).machine_first
    (told,) = [one for one in trail(node) if one.act == "change-reading-room"]
    assert dict(told.facts) == {"machine_first": "False > True"}
    assert set_room(ADA, RoomRules(), node, Purpose.ADMINISTRATION) == RoomRules()
    with pytest.raises(NotForYou):
        set_room(ANN, RoomRules(), node)
    with pytest.raises(BadRequest):
        set_room(BOB, RoomRules(claim_minutes=0), node)
    assert rules_of(node) == RoomRules()
